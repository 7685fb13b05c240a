"""The preview: what readers will see of what was typed, without storing it."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.models import Concept, Draft
from tests.elements import links, parsed
from tests.markup import assert_valid
from tests.office.writing import address, adopt, filled, the_measure
from tests.people import member, signed_in

REASON = "Der Verein hat mehr Plätze."


@pytest.fixture
def concept(writing_town: Municipality) -> Concept:
    return Concept.objects.get(municipality=writing_town)


@pytest.fixture
def officer(writing_town: Municipality) -> Client:
    return signed_in(member(writing_town, Role.OFFICER))


@pytest.fixture
def editor(writing_town: Municipality) -> Client:
    school = Organisation.objects.get(slug="schulamt")
    return signed_in(member(writing_town, Role.EDITOR, organisation=school))


def test_preview_page_keeps_what_was_typed(officer: Client, concept: Concept) -> None:
    adopt(concept)
    path = address(the_measure())
    fields = filled(officer.get(path))
    data = {**fields, "title": "Vorlesen", "text": "**Laut**", "note": REASON}

    page = officer.post("/office/konzepte/2025/massnahmen/vorschau/", data)

    assert_valid(page)
    assert [each.text for each in parsed(page).iter("strong")] == ["Laut", "Vorlesen"]
    assert not Draft.objects.exists()
    [form] = [each for each in parsed(page).iter("form") if each.get("action") == path]
    back = [(each.get("name", ""), each.get("value", "")) for each in form.iter("input")]
    typed = {name: value for name, value in back if name != "csrfmiddlewaretoken"}
    again = officer.post(path, {**typed, "do": "go_on"})
    assert (again.status_code, filled(again)["title"]) == (200, ["Vorlesen"])
    assert filled(again)["note"] == [REASON]


def test_preview_beside_the_form_is_a_fragment(officer: Client) -> None:
    fields = filled(officer.get(address(the_measure())))

    part = officer.post(
        "/office/konzepte/2025/massnahmen/vorschau/",
        {**fields, "text": "<script>x</script> **Laut**"},
        headers={"HX-Request": "true"},
    )

    html = part.content.decode()
    assert "<html" not in html
    assert "<strong>Laut</strong>" in html
    assert "<script" not in html


def test_preview_of_anothers_measure_is_refused(editor: Client) -> None:
    data = {"part": str(the_measure("1.2").pk), "title": "Meins"}

    assert editor.post("/office/konzepte/2025/massnahmen/vorschau/", data).status_code == 403


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_preview_links_to_the_web_alone(officer: Client, source: str) -> None:
    fields = filled(officer.get(address(the_measure())))

    page = officer.post(
        "/office/konzepte/2025/massnahmen/vorschau/", {**fields, "source_url": source}
    )

    assert source not in links(parsed(page))
    kept = [
        each.get("value") for each in parsed(page).iter("input") if each.get("name") == "source_url"
    ]
    assert kept == [source]
