"""Towns of a test's own, made by the product's import: the real way, and the only one."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.core.models import AuditEvent, Translation
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.actions import import_concept
from leitbild.plan.document import parse_document
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    TargetGroup,
)
from tests.rows import Rows

_SETTLED: Final[dict[tuple[str, dt.date], Rows]] = {}


def measure(code: str, title: str | Mapping[str, str] = "Lesen", **more: Any) -> dict[str, Any]:
    """A measure as a file holds it; it serves goal 1a unless told otherwise."""
    return {"code": code, "title": title, "goals": ["1a"], **more}


def plan(*measures: Mapping[str, Any], **parts: Any) -> dict[str, Any]:
    """A small plan as a file holds it: one theme, one goal, and the measures given."""
    return {
        "format": "leitbild-concept/1",
        "language": "de",
        "municipality": {"slug": "musterstadt", "name": "Musterstadt", "languages": ["de", "ar"]},
        "concept": {"slug": "2025", "title": "Plan 2025", "edition": 2025},
        "organisations": [
            {"slug": "schulamt", "name": "Schulamt"},
            {"slug": "amt-fuer-bau", "name": "Amt für Bau"},
        ],
        "themes": [{"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen."}],
        "goals": [{"code": "1a", "theme": 1, "title": "Jedes Kind liest."}],
        "measures": list(measures),
        **parts,
    }


def settle(raw: Mapping[str, Any]) -> Municipality:
    """Import a plan; the municipality it belongs to.

    Into an empty database the same plan is imported once a day and process; from then on the
    rows the import wrote are written again, as they were.
    """
    key = (json.dumps(raw, sort_keys=True, default=str), timezone.localdate())
    if Municipality.objects.exists() or User.objects.exists() or AuditEvent.objects.exists():
        return _imported(raw)
    if key in _SETTLED:
        _SETTLED[key].write()
        return Municipality.objects.get()
    municipality = _imported(raw)
    _SETTLED[key] = Rows.of_database()
    return municipality


def _imported(raw: Mapping[str, Any]) -> Municipality:
    report = import_concept(document=parse_document(raw), by=None)
    return Municipality.objects.get(slug=report.municipality)


def report_on(town: Municipality, code: str, state: str, day: str = "2025-01-31") -> None:
    """Record a progress update of a measure."""
    ProgressUpdate.objects.create(
        measure=Measure.objects.get(concept__municipality=town, code=code),
        date=dt.date.fromisoformat(day),
        state=state,
        text=f"Bericht zu {code}",
        reason=f"Grund bei {code}" if state in {"delayed", "stopped"} else "",
    )


def grow(town: Municipality, number: int) -> None:
    """Add measures to the town's only concept, each with everything a measure can have."""
    concept = Concept.objects.get(municipality=town)
    lead = Organisation.objects.filter(municipality=town)[0]
    made = Measure.objects.bulk_create(
        [
            Measure(
                concept=concept,
                code=f"9.{each}",
                title=f"Vorhaben {each}",
                summary="Kurz gesagt.",
                text="Ein *Absatz*.",
                kind="one_off",
                lead=lead,
                position=1_000 + each,
            )
            for each in range(number)
        ]
    )
    _connect(made, concept, lead)
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(measure=each, date=dt.date(2025, 1, 31), state="under_way", text="Läuft.")
        for each in made
    )
    name = Measure.record_name()
    Translation.objects.bulk_create(
        Translation(record=name, record_id=each.pk, field="title", language="ar", text="مشروع")
        for each in made
    )


def _connect(made: list[Measure], concept: Concept, lead: Organisation) -> None:
    goal = Goal.objects.filter(concept=concept)[0]
    stage = ArrivalStage.objects.filter(municipality=concept.municipality)[0]
    group = TargetGroup.objects.filter(municipality=concept.municipality)[0]
    stages, groups, partners = (
        getattr(Measure, name).through for name in ("stages", "target_groups", "partners")
    )
    MeasureGoal.objects.bulk_create(
        MeasureGoal(measure=each, goal=goal, concept=concept) for each in made
    )
    stages.objects.bulk_create(stages(measure=each, arrivalstage=stage) for each in made)
    groups.objects.bulk_create(groups(measure=each, targetgroup=group) for each in made)
    partners.objects.bulk_create(partners(measure=each, organisation=lead) for each in made)
