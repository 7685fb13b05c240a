"""The demo city with fewer measures: walks over all addresses open thousands of its pages.

All that makes pages differ is there: two editions, themes, goals and measures in every language,
an adopted text, news, milestones, money and papers.
"""

import datetime as dt
from typing import Any, Final

from leitbild.accounts.models import Municipality
from leitbild.delivery.actions import NewUpdate, record_updates
from leitbild.delivery.actions.milestones import add_milestone
from leitbild.delivery.actions.money import set_money
from leitbild.delivery.actions.papers import add_paper
from leitbild.demo.files import CITY
from leitbild.plan.actions import import_concept
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange import read_document
from leitbild.plan.models import Concept, Measure

THEMES: Final = 2
MEASURES: Final = 6
DAY: Final = dt.date(2025, 6, 30)


def small_city() -> Municipality:
    """Fill an empty database with it."""
    new = read_document(CITY / "2022.yaml").document
    old = read_document(CITY / "2013.yaml").document
    for document in (old.model_copy(update={"municipality": new.municipality}), new):
        import_concept(document=_beginning(document), by=None)
    concept = Concept.objects.select_related("municipality").get(slug=new.concept.slug)
    proposal = submit_proposal(concept=concept, by=None, typeset=lambda _text: b"%PDF-1.7")
    adopt(publication=proposal, by=None, body="Stadtrat", date=dt.date(2022, 7, 4))
    _deliver(list(Measure.objects.filter(concept=concept).select_related("concept__municipality")))
    return concept.municipality


def _beginning(document: ConceptDocument) -> ConceptDocument:
    """The first themes with all of their goals, and the first measures of these."""
    themes = document.themes[:THEMES]
    goals = [each for each in document.goals if each.theme in {theme.number for theme in themes}]
    codes = {each.code for each in goals}
    found = [each for each in document.measures if codes.issuperset(each.goals)]
    # One of every goal and so of every theme comes first.
    first = {each.goals[0]: each for each in reversed(found)}
    measures = [each for each in found if each in first.values()][:MEASURES]
    parts: dict[str, Any] = {"themes": themes, "goals": goals, "measures": measures}
    return document.model_copy(update=parts)


def _deliver(measures: list[Measure]) -> None:
    """Have all but the last measure report, in every state; and the first one prove it."""
    states = ("under_way", "done", "delayed", "stopped", "planned")
    record_updates(
        updates=[
            NewUpdate(
                measure=each,
                date=DAY,
                state=state,
                text=f"Neues zu {each.code}.",
                reason="Es fehlt an Räumen." if state in {"delayed", "stopped"} else "",
            )
            for each, state in zip(measures[:-1], states, strict=False)
        ],
        by=None,
    )
    for due in (DAY, DAY + dt.timedelta(days=2_000)):
        rest: dict[str, Any] = {"done": None, "target": 12, "unit": "Kitas"}
        add_milestone(measure=measures[0], title="Alle Kitas", due=due, by=None, **rest)
    for source in ("budget", "grant"):
        set_money(
            measure=measures[0],
            year=DAY.year,
            source=source,
            planned_cents=2_500_000,
            spent_cents=2_000_050,
            by=None,
        )
    add_paper(measure=measures[0], title="Bericht", date=DAY, by=None)
