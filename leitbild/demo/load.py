"""Loads the demo city through the same reader and the same actions as any other plan."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.demo.asking import load_conduct, load_contacts
from leitbild.demo.days import BASE, Calendar
from leitbild.demo.evidence import load_milestones, load_money, load_papers
from leitbild.demo.files import CITY
from leitbild.demo.lineage import load_lineage
from leitbild.demo.progress import load_progress
from leitbild.plan.actions import import_concept
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.exchange import read_document
from leitbild.plan.models import Concept, Measure
from leitbild.reports.concept_pdf import concept_pdf

LOADED: Final = "demo.load"


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
    *,
    by: User | None = None,
    progress: Callable[[int, int], None] | None = None,
    today: dt.date = BASE,
) -> Municipality:
    """Fill an empty database with the demo city as it is on a day; refuse any other."""
    if Municipality.objects.exists():
        raise Refused([_("There is a municipality already; the demo needs an empty database.")])
    advance = progress or (lambda done, total: None)
    new = read_document(CITY / "2022.yaml").document
    old = read_document(CITY / "2013.yaml").document
    advance(1, 5)
    # The older edition's file leaves it to the newer one's to describe the city.
    with_city = old.model_copy(update={"municipality": new.municipality})
    import_concept(document=with_city, by=by)
    advance(2, 5)
    import_concept(document=new, by=by)
    advance(3, 5)
    municipality = Municipality.objects.get()
    concept = Concept.objects.get(municipality=municipality, slug=new.concept.slug)
    load_lineage(municipality=municipality, by=by)
    _adopt(concept, by=by)
    advance(4, 5)
    _deliver(concept, municipality=municipality, today=today, by=by)
    record_event(action=LOADED, by=by, municipality_id=municipality.pk, record=municipality)
    advance(5, 5)
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


def _deliver(
    concept: Concept, *, municipality: Municipality, today: dt.date, by: User | None
) -> None:
    """Tell how the measures have fared until a day."""
    calendar = Calendar(today)
    measures = {
        each.code: each
        for each in Measure.objects.filter(concept=concept).select_related("concept__municipality")
    }
    load_conduct(measures, municipality=municipality, by=by)
    load_contacts(measures, municipality=municipality, by=by)
    load_progress(measures, calendar=calendar, by=by)
    load_milestones(measures, calendar=calendar, by=by)
    load_money(measures, calendar=calendar, by=by)
    load_papers(measures, calendar=calendar, by=by)
