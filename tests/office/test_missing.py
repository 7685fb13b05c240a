"""What is missing, for those who work here: internal news counts, and money always."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Money
from leitbild.plan.models import Concept, Measure
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow

PAGE = "/office/umsetzung/2025/was-fehlt/"


@pytest.fixture
def office(writing_town: Municipality) -> Client:
    return signed_in(member(writing_town, Role.OBSERVER))


def test_office_sees_what_is_missing_also_where_readers_do_not(
    writing_town: Municipality, office: Client
) -> None:
    Municipality.objects.update(reporting={"gaps": "observers"})
    lesen, rechnen = Measure.objects.order_by("code")
    lesen.updates.create(date="2020-01-01", state="stopped", reason="Ruht.", public=False)
    Money.objects.create(measure=lesen, year=2025, source="budget", spent_cents=1)

    response = office.get(PAGE)

    page = parsed(response)
    assert_valid(response)
    assert [words(each) for each in by_class(page, "gaps__holder")] == ["Amt für Bau 1"]
    assert [links(each) for each in by_class(page, "gaps__title")] == [
        [f"/office/umsetzung/2025/{rechnen.pk}/"]
    ]
    assert [words(each) for each in by_class(page, "gap")] == ["missing", "missing", "No news yet"]
    assert "Only those who work here see this page" in words(page)
    assert PAGE in links(by_class(page, "rooms")[0])


def test_office_takes_the_table_along(writing_town: Municipality, office: Client) -> None:
    response = office.get(f"{PAGE}tabelle.csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="musterstadt-2025-was-fehlt.csv"'
    )
    assert [line.split(";")[0] for line in lines] == ["Code", "1.1", "1.2"]
    assert lines[1].endswith(
        f"http://testserver/office/umsetzung/2025/{Measure.objects.get(code='1.1').pk}/"
    )


def test_office_list_costs_the_same_for_many(writing_town: Municipality, office: Client) -> None:
    few = queries_of(lambda: office.get(PAGE))
    grow(writing_town, 30)

    many = queries_of(lambda: office.get(PAGE))

    assert Concept.objects.get().measures.count() == 32
    assert_same_number(few, many)
