"""The sentences of seeded municipalities, read from their file and checked."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import AfterValidator

from leitbild.accounts.enums import OrganisationKind
from leitbild.delivery.enums import State
from leitbild.demo.files import Part
from leitbild.demo.files import Texts as AnyTexts

FILE: Final = Path(__file__).with_name("samples.yaml")
LANGUAGES: Final = ("de", "en", "ar", "uk")
"""Every sample exists in all of them."""


def _in_all_languages(texts: AnyTexts) -> AnyTexts:
    if set(texts) != set(LANGUAGES):
        raise ValueError(f"must be in {', '.join(LANGUAGES)}")
    return texts


Texts = Annotated[AnyTexts, AfterValidator(_in_all_languages)]


class OrganisationSample(Part):
    """Somebody who leads measures or helps with them."""

    slug: str
    kind: OrganisationKind
    name: Texts


class StageSample(Part):
    """A stage of arrival."""

    slug: str
    name: Texts
    description: Texts


class GroupSample(Part):
    """People measures are for."""

    slug: str
    name: Texts


class GoalSample(Part):
    """A goal of a theme."""

    title: Texts
    text: Texts


class MeasureSample(Part):
    """A measure, which a municipality has in one district or more."""

    title: Texts
    summary: Texts


class ThemeSample(Part):
    """A theme with what belongs to it."""

    slug: str
    name: Texts
    vision: Texts
    introduction: Texts
    goals: list[GoalSample]
    measures: list[MeasureSample]


class MilestoneSample(Part):
    """A milestone; one with a unit has a number to reach."""

    title: Texts
    unit: Texts | None = None


class Samples(Part):
    """All there is to say."""

    format: Literal["leitbild-seeding/1"]
    name: Texts
    official_name: Texts
    office: Texts
    responsible: Texts
    title: Texts
    purpose: Texts
    introduction: Texts
    resolution_body: Texts
    resolution_result: Texts
    districts: list[Texts]
    organisations: list[OrganisationSample]
    stages: list[StageSample]
    target_groups: list[GroupSample]
    themes: list[ThemeSample]
    sentences: list[Texts]
    news: dict[State, list[Texts]]
    reasons: list[Texts]
    next_steps: list[Texts]
    obstacles: list[Texts]
    helps: list[Texts]
    milestones: list[MilestoneSample]
    round_subject: Texts
    round_message: Texts


@cache
def samples() -> Samples:
    """The file, read once."""
    return Samples.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def filled(texts: AnyTexts, **values: object) -> AnyTexts:
    """The texts with their {places} filled."""
    return {language: text.format(**values) for language, text in texts.items()}
