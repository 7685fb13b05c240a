"""Loads the demo city through the same reader and the same actions as any other plan."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import yaml
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import NewUpdate, record_updates
from leitbild.delivery.enums import State
from leitbild.delivery.models.progress import REASONED
from leitbild.demo.lineage import load_lineage
from leitbild.plan.actions import import_concept
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.exchange import read_document
from leitbild.plan.models import Concept, Measure
from leitbild.reports.concept_pdf import concept_pdf

CITY: Final = Path(__file__).parent / "kaiserslautern"
LOADED: Final = "demo.load"


class UpdatePart(BaseModel):
    """A progress update as the demo's file holds it."""

    model_config = ConfigDict(extra="forbid")

    measure: str
    date: dt.date
    state: State
    text: dict[str, str] = {}
    sample: bool = False


class ProgressFile(BaseModel):
    """The demo's file of progress updates."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["leitbild-progress/1"]
    language: str
    concept: str
    updates: list[UpdatePart]


def holds_demo() -> bool:
    """Whether this database was filled with the demo city and nothing else."""
    return (
        Municipality.objects.count() == 1
        and AuditEvent.objects.filter(
            action=LOADED, municipality_id=Municipality.objects.get().pk
        ).exists()
    )


@transaction.atomic
def load_demo(
    *, by: User | None = None, progress: Callable[[int, int], None] | None = None
) -> Municipality:
    """Fill an empty database with the demo city; refuse any other."""
    if Municipality.objects.exists():
        raise Refused([_("There is a municipality already; the demo needs an empty database.")])
    advance = progress or (lambda done, total: None)
    new = read_document(CITY / "2022.yaml").document
    old = read_document(CITY / "2013.yaml").document
    advance(1, 4)
    # The older edition's file leaves it to the newer one's to describe the city.
    with_city = old.model_copy(update={"municipality": new.municipality})
    import_concept(document=with_city, by=by)
    advance(2, 4)
    import_concept(document=new, by=by)
    advance(3, 4)
    municipality = Municipality.objects.get()
    load_lineage(CITY / "lineage.yaml", municipality=municipality, by=by)
    _load_progress(CITY / "progress.yaml", municipality=municipality, by=by)
    _adopt(Concept.objects.get(municipality=municipality, slug=new.concept.slug), by=by)
    record_event(action=LOADED, by=by, municipality_id=municipality.pk, record=municipality)
    advance(4, 4)
    return municipality


def _adopt(concept: Concept, *, by: User | None) -> None:
    """Freeze the edition in force as the council adopted it.

    That it did, and when, is known; the text that is frozen is our sample, so the decision is one.
    """
    resolution = concept.resolutions.exclude(date=None).first()
    if resolution is None or resolution.date is None:
        return
    publication = submit_proposal(concept=concept, by=by, typeset=concept_pdf)
    adopt(
        publication=publication,
        by=by,
        body=resolution.body,
        date=resolution.date,
        paper=resolution.paper,
        vote=resolution.result,
        url=resolution.url,
        sample=True,
    )


def _load_progress(path: Path, *, municipality: Municipality, by: User | None) -> None:
    file = ProgressFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    measures = {
        measure.code: measure
        for measure in Measure.objects.filter(
            concept__municipality=municipality, concept__slug=file.concept
        ).select_related("concept__municipality")
    }
    record_updates(
        updates=[
            NewUpdate(
                measure=measures[each.measure],
                date=each.date,
                state=each.state,
                text="" if each.state in REASONED else each.text.get(file.language, ""),
                reason=each.text.get(file.language, "") if each.state in REASONED else "",
                sample=each.sample,
                translations={
                    code: {_field(each): text}
                    for code, text in each.text.items()
                    if code != file.language
                },
            )
            for each in file.updates
        ],
        by=by,
    )


def _field(update: UpdatePart) -> str:
    return "reason" if update.state in REASONED else "text"
