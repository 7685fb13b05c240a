"""One municipality and the frame of its concept, made up from its number alone."""

import datetime as dt
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from leitbild.accounts.models import HostName, Municipality, Organisation
from leitbild.core.colour import palette_colour
from leitbild.core.models import Translatable
from leitbild.demo.files import Texts
from leitbild.demo.seeding.batch import Batch, Scale
from leitbild.demo.seeding.samples import GoalSample, ThemeSample, filled, samples
from leitbild.plan.actions.history import NOBODY
from leitbild.plan.enums import ConceptStatus, RevisionChange, Sign
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Resolution,
    Revision,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.contents import content_of, kind_of
from leitbild.plan.queries.outline import MeasureEntry

HORIZON: Final = 10
SIGNS: Final = list(Sign)


@dataclass(slots=True)
class Town:
    """A municipality being made, its rows as objects that aren't stored."""

    number: int
    scale: Scale
    rng: random.Random
    id: int
    concept: Concept = field(default_factory=Concept)
    organisations: list[Organisation] = field(default_factory=list)
    stages: list[ArrivalStage] = field(default_factory=list)
    groups: list[TargetGroup] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    measures: list[MeasureEntry] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Its short name."""
        return slug_of(self.number)

    @property
    def host(self) -> str:
        """Under which name its pages answer."""
        return host_of(self.slug)

    def own(self, texts: dict[str, Texts]) -> dict[str, str]:
        """Texts in the municipality's first language."""
        return {name: text[self.scale.source] for name, text in texts.items()}


def slug_of(number: int) -> str:
    """The short name of the municipality with this number."""
    return f"stadt-{number:04}"


def host_of(slug: str) -> str:
    """The host name of the municipality with this short name; nobody can own it (RFC 2606)."""
    return f"{slug}.example"


def make_town(number: int, batch: Batch) -> Town:
    """A municipality with its lists and the frame of its concept, which is in force."""
    # By its number alone: it is the same whoever else is there.
    rng = random.Random(f"leitbild {number}")  # noqa: S311 # no secret
    town = Town(number, batch.scale, rng, batch.new_id(Municipality))
    _make_municipality(town, batch)
    _make_lists(town, batch)
    _make_concept(town, batch)
    for place, theme in enumerate(themes_of(batch.scale)):
        _make_theme(town, batch, theme, place)
    return town


def themes_of(scale: Scale) -> Sequence[ThemeSample]:
    """The themes of a concept; a small one has fewer, so that none is empty."""
    return samples().themes[: scale.measures]


def keep_history(
    batch: Batch, concept: Concept, row: Translatable, content: dict[str, Any]
) -> None:
    """What the part says now is what it said first."""
    batch[Revision].add(
        concept.pk,
        kind_of(row).value,
        row.pk,
        1,
        RevisionChange.IMPORTED.value,
        json.dumps(content),
        NOBODY,
    )


def _make_municipality(town: Town, batch: Batch) -> None:
    said = samples()
    texts = {
        "name": filled(said.name, number=town.number),
        "official_name": filled(said.official_name, number=town.number),
        "contact_office": said.office,
        "responsible": said.responsible,
    }
    own = town.own(texts)
    batch[Municipality].add(
        town.id,
        town.slug,
        own["name"],
        own["official_name"],
        json.dumps(town.scale.languages),
        own["contact_office"],
        f"integration@{town.host}",
        own["responsible"],
    )
    batch.translate(Municipality, town.id, **texts)
    batch[HostName].add(town.id, town.host)


def _make_lists(town: Town, batch: Batch) -> None:
    said = samples()
    for place, sample in enumerate(said.organisations):
        body = Organisation(
            id=batch.new_id(Organisation),
            municipality_id=town.id,
            slug=sample.slug,
            kind=sample.kind.value,
            position=place,
        )
        add(town, batch, body, name=sample.name)
        town.organisations.append(body)
    for place, each in enumerate(said.stages):
        pk = batch.new_id(ArrivalStage)
        stage = ArrivalStage(id=pk, municipality_id=town.id, slug=each.slug, position=place)
        add(town, batch, stage, name=each.name, description=each.description)
        town.stages.append(stage)
    for place, people in enumerate(said.target_groups):
        pk = batch.new_id(TargetGroup)
        group = TargetGroup(id=pk, municipality_id=town.id, slug=people.slug, position=place)
        add(town, batch, group, name=people.name)
        town.groups.append(group)


def add(town: Town, batch: Batch, row: Translatable, **texts: Texts) -> None:
    """Write a row with its texts, which it gets in the municipality's first language."""
    for name, text in town.own(texts).items():
        setattr(row, name, text)
    batch.add(row)
    batch.translate(type(row), row.pk, **texts)


def _make_concept(town: Town, batch: Batch) -> None:
    said, edition = samples(), town.scale.edition
    town.concept = Concept(
        id=batch.new_id(Concept),
        municipality_id=town.id,
        slug=str(edition),
        edition=edition,
        horizon=edition + HORIZON,
        status=ConceptStatus.ADOPTED.value,
        sample=True,
    )
    title = filled(said.title, year=edition)
    add(
        town,
        batch,
        town.concept,
        title=title,
        purpose=said.purpose,
        introduction=said.introduction,
    )
    keep_history(batch, town.concept, town.concept, content_of(town.concept))
    resolution = Resolution(
        id=batch.new_id(Resolution),
        concept_id=town.concept.pk,
        date=dt.date(edition, 1, 11) + dt.timedelta(days=town.rng.randrange(90)),
        paper=f"{town.rng.randrange(10, 400)}/{edition}",
    )
    add(town, batch, resolution, body=said.resolution_body, result=said.resolution_result)


def _make_theme(town: Town, batch: Batch, sample: ThemeSample, place: int) -> None:
    theme = Theme(
        id=batch.new_id(Theme),
        concept_id=town.concept.pk,
        number=place + 1,
        slug=sample.slug,
        colour=palette_colour(place + 1),
        sign=SIGNS[place % len(SIGNS)].value,
        position=place,
        sample=True,
    )
    vision, introduction = sample.vision, sample.introduction
    add(town, batch, theme, name=sample.name, vision=vision, introduction=introduction)
    keep_history(batch, town.concept, theme, content_of(theme))
    town.themes.append(theme)
    for letter, goal in zip("ab", sample.goals, strict=True):
        _make_goal(town, batch, theme, f"{theme.number}{letter}", goal)


def _make_goal(town: Town, batch: Batch, theme: Theme, code: str, sample: GoalSample) -> None:
    goal = Goal(
        id=batch.new_id(Goal),
        concept_id=town.concept.pk,
        theme=theme,
        code=code,
        horizon=town.scale.edition + HORIZON,
        position=len(town.goals),
        sample=True,
    )
    add(town, batch, goal, title=sample.title, text=sample.text)
    keep_history(batch, town.concept, goal, content_of(goal))
    town.goals.append(goal)
