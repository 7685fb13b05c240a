"""What lies before the council and what it adopted; texts that wait for a translation."""

import datetime as dt

import pytest

from leitbild.accounts.models import Municipality
from leitbild.plan.actions.adopting import adopt, submit_proposal, withdraw_proposal
from leitbild.plan.models import Concept, Publication
from leitbild.plan.queries.translations import TextInventory, translation_gaps
from leitbild.plan.queries.waiting import standing_publications
from tests.towns import measure, plan, settle


@pytest.fixture
def concept(db: None) -> Concept:
    return Concept.objects.get(municipality=settle(plan(measure("1.1"), measure("1.2", "Rechnen"))))


def submitted(concept: Concept) -> Publication:
    """What the concept says, before the council."""
    return submit_proposal(concept=concept, by=None, typeset=lambda _frozen: b"%PDF-1.7")


def test_proposals_and_what_was_adopted_stand(concept: Concept) -> None:
    first = submitted(concept)
    adopt(publication=first, by=None, body="Rat", date=dt.date(2025, 3, 3))
    second = submitted(concept)

    assert list(standing_publications(concept.municipality)) == [second, first]


def test_withdrawn_proposal_waits_no_longer(concept: Concept) -> None:
    town = concept.municipality
    publication = submitted(concept)
    assert list(standing_publications(town)) == [publication]

    withdraw_proposal(publication=publication, by=None, reason="Noch einmal.")

    assert list(standing_publications(town)) == []


def test_gaps_are_counted_as_the_inventory_counts_them(demo_city: Municipality) -> None:
    concepts = list(Concept.objects.order_by("pk"))

    counted = translation_gaps(demo_city, concepts)

    assert counted == TextInventory(demo_city, concepts).gaps()
    assert [each for each in counted if each.missing] != []
