"""What readers see of publications and amendments, and what they don't."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.actions.adopting import adopt, submit_proposal, withdraw_proposal
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Measure, Publication, Theme
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.people import member
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

DAY = dt.date(2025, 3, 3)
LIST = "/de/konzept/2025/fassungen/"
PAGES = ("", "1/", "1/aenderungen/", "1/konzept.pdf", "1/vergleich/2/")


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1"), measure("1.2", "Rechnen")))


def submitted() -> Publication:
    return submit_proposal(
        concept=Concept.objects.get(), by=None, typeset=lambda _: b"%PDF"
    )  # fmt: skip


def adopted() -> Publication:
    publication = submitted()
    adopt(publication=publication, by=None, body="Stadtrat", date=DAY, vote="einstimmig")
    return publication


def amend(reason: str = "Klarer.", **values: Any) -> None:
    officer = member(Municipality.objects.get(), Role.OFFICER, email=f"{len(reason)}@example.org")
    officer.name = "Ada Geheim"
    officer.save()
    with changing(
        concept=Concept.objects.get(), by=officer, action="x", change=RevisionChange.EDITED,
        reason=reason,
    ):  # fmt: skip
        Measure.objects.filter(code="1.1").update(**values or {"title": "Vorlesen"})


def page(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    assert_valid(response)
    return parsed(response)


def test_proposal_is_nobodys_outside(town: Municipality, client: Client) -> None:
    submitted()

    assert [client.get(LIST + each).status_code for each in PAGES] == [200, 404, 404, 404, 404]
    assert links(page(client, LIST)).count(LIST + "1/") == 0
    assert len(by_class(page(client, LIST), "empty")) == 1


def test_withdrawn_proposal_stays_nobodys(town: Municipality, client: Client) -> None:
    withdraw_proposal(publication=submitted(), by=None, reason="Geheim.")

    assert client.get(LIST + "1/").status_code == 404
    assert "Geheim" not in client.get(LIST).content.decode()


def test_draft_with_a_proposal_is_not_found(db: None, client: Client) -> None:
    draft = {"slug": "2025", "title": "Plan", "edition": 2025, "status": "draft"}
    settle(plan(measure("1.1"), concept=draft))
    submitted()

    assert {client.get(LIST + each).status_code for each in PAGES} == {404}


def test_adopted_version_is_listed_with_its_resolution(town: Municipality, client: Client) -> None:
    publication = adopted()

    root = page(client, LIST)

    shown = words(by_id(root, "inhalt"))
    assert "Stadtrat, 3. März 2025" in shown
    assert publication.digest in shown
    assert {LIST + "1/", LIST + "1/konzept.pdf"} <= set(links(root))
    assert by_class(root, "amendments") == []


def test_adopted_text_is_read_as_it_was(town: Municipality, client: Client) -> None:
    adopted()
    amend()

    shown = words(by_id(page(client, LIST + "1/"), "inhalt"))

    assert "1.1 Lesen" in shown
    assert "Vorlesen" not in shown


def test_adopted_text_says_its_language_to_readers_of_another(
    town: Municipality, client: Client
) -> None:
    adopted()

    root = page(client, "/ar/konzept/2025/fassungen/1/")

    [heading] = list(root.iter("h1"))
    assert [each.attrib.get("lang") for each in heading.iter("span")] == ["de"]


def test_pdf_is_the_file_the_council_got(town: Municipality, client: Client) -> None:
    publication = adopted()

    response = client.get(LIST + "1/konzept.pdf")

    assert response.content == bytes(publication.pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Language"] == "de"


@pytest.mark.parametrize("path", ["massnahmen/1.1/", "konzept/", "konzept/2025/"])
def test_amended_part_tells_day_and_reason_and_leads_to_the_words(
    town: Municipality, client: Client, path: str
) -> None:
    adopted()
    amend()

    root = page(client, f"/de/{path}")

    [notice] = by_class(root, "amendment")
    number = Measure.objects.get(code="1.1").pk
    assert "Klarer." in words(notice)
    assert links(notice) == [f"{LIST}1/aenderungen/#measure-{number}"]


def test_theme_page_marks_amended_measures_and_its_own_words(
    town: Municipality, client: Client
) -> None:
    adopted()
    amend()
    with changing(
        concept=Concept.objects.get(), by=None, action="x", change=RevisionChange.EDITED,
        reason="Kürzer.",
    ):  # fmt: skip
        Theme.objects.update(vision="Alle.")

    root = page(client, "/de/themen/bildung/")

    [notice] = by_class(root, "amendment")
    assert "Kürzer." in words(notice)
    [first, second] = by_class(root, "measure-list__item")
    assert len(list(first.iter("p"))) == len(list(second.iter("p"))) + 1


def test_untouched_part_tells_nothing(town: Municipality, client: Client) -> None:
    adopted()
    amend()

    assert by_class(page(client, "/de/massnahmen/1.2/"), "amendment") == []


def test_nothing_is_amended_before_anything_was_adopted(town: Municipality, client: Client) -> None:
    amend()

    assert by_class(page(client, "/de/massnahmen/1.1/"), "amendment") == []


def test_no_page_names_who_changed_it(town: Municipality, client: Client) -> None:
    adopted()
    amend()
    paths = [LIST, LIST + "1/", LIST + "1/aenderungen/", "/de/massnahmen/1.1/", "/de/konzept/"]

    assert [path for path in paths if "Geheim" in client.get(path).content.decode()] == []


def test_changes_are_told_word_by_word(town: Municipality, client: Client) -> None:
    adopted()
    amend()

    [part] = by_class(page(client, LIST + "1/aenderungen/"), "altered")

    assert [words(each) for each in part.iter("del")] == ["weg: Lesen;"]
    assert [words(each) for each in part.iter("ins")] == ["neu: Vorlesen;"]
    assert "Klarer." in words(part)


def test_removed_part_stands_on_the_list_of_versions(town: Municipality, client: Client) -> None:
    adopted()
    with changing(
        concept=Concept.objects.get(), by=None, action="x", change=RevisionChange.EDITED,
        reason="Erledigt.",
    ):  # fmt: skip
        Measure.objects.get(code="1.2").delete()

    [listed] = by_class(page(client, LIST), "amendments")

    assert "1.2 Rechnen" in words(listed)
    assert "Erledigt." in words(listed)


def test_next_adopted_version_ends_the_amendments(town: Municipality, client: Client) -> None:
    adopted()
    amend()
    adopted()

    assert by_class(page(client, "/de/massnahmen/1.1/"), "amendment") == []
    [part] = by_class(page(client, LIST + "1/vergleich/2/"), "altered")
    assert [words(each) for each in part.iter("ins")] == ["neu: Vorlesen;"]
    assert client.get(LIST + "1/aenderungen/").status_code == 404
    assert LIST + "1/vergleich/2/" in links(page(client, LIST))


def test_full_text_leads_to_the_adopted_one(town: Municipality, client: Client) -> None:
    assert LIST + "1/" not in links(page(client, "/de/konzept/"))

    adopted()

    assert {LIST, LIST + "1/", LIST + "1/konzept.pdf"} <= set(links(page(client, "/de/konzept/")))


def test_pages_cost_the_same_for_few_and_many_changes(town: Municipality, client: Client) -> None:
    adopted()
    amend()
    paths = [
        *(f"/ar/konzept/2025/fassungen/{each}" for each in ("", "1/", "1/aenderungen/")),
        "/ar/konzept/", "/ar/themen/bildung/", "/ar/massnahmen/1.1/",
    ]  # fmt: skip
    few = {path: queries_of(partial(client.get, path)) for path in paths}

    with changing(
        concept=Concept.objects.get(), by=None, action="x", change=RevisionChange.EDITED, reason="x"
    ):
        grow(town, 30)

    for path, sent in few.items():
        many = queries_of(partial(client.get, path))
        assert_same_number(sent, many)
        assert len(many) <= 12, path
