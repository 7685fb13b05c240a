"""The translation desk: what is to do, both sides of a text, and that nothing is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.enums import TranslationState
from leitbild.core.models import Translatable, Translation
from leitbild.office.translating.text_kinds import WORDS
from leitbild.plan.actions.translating import save_translations, sighting
from leitbild.plan.models import Concept, Goal, Measure, MeasureLineage, Resolution, Revision, Theme
from leitbild.plan.queries.translations import TextInventory
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

DESK = "/office/uebersetzungen/"


@pytest.fixture
def town(db: None) -> Municipality:
    raw = plan(
        measure("1.1", {"de": "Lesen", "ar": "قراءة"}, summary="Kurz.", text="Ein *Absatz*."),
        measure("1.2", "Rechnen"),
    )
    raw["concept"]["resolutions"] = [{"body": "Stadtrat", "result": "einstimmig"}]
    return settle(raw)


@pytest.fixture
def translator(town: Municipality) -> Client:
    return signed_in(member(town, Role.TRANSLATOR))


def address(row: Translatable, language: str = "ar") -> str:
    kwargs = {"language": language, "kind": type(row), "pk": row.pk}
    return reverse("office:translate", kwargs=kwargs)


def the_measure() -> Measure:
    return Measure.objects.get(code="1.1")


def filled(response: Any, **texts: str) -> dict[str, str]:
    """The page's form as the browser would send it, with what was typed."""
    root = parsed(response)
    form = next(each for each in root.iter("form") if each.attrib.get("id") == "translation")
    sent = {"do": "save"}
    for each in form.iter("input"):
        kind = each.attrib.get("type", "text")
        if kind not in {"checkbox", "radio"} or "checked" in each.attrib:
            sent[each.attrib["name"]] = each.attrib.get("value", "")
    for each in form.iter("textarea"):
        sent[each.attrib["name"]] = (each.text or "").removeprefix("\n")
    return sent | texts


def text_of(field: str) -> str:
    found = Translation.objects.filter(
        record="plan.measure", record_id=the_measure().pk, field=field, language="ar"
    )
    return str(found.values_list("text", flat=True).first() or "")


def entries(response: Any) -> list[str]:
    """The texts listed, in order."""
    tables = by_class(parsed(response), "grid--list")
    return [words(next(row.iter("th"))) for table in tables for row in table.iter("tr")][1:]


def test_list_shows_what_is_to_do(translator: Client, town: Municipality) -> None:
    response = translator.get(DESK)

    assert_valid(response)
    found = entries(response)
    assert found[:6] == [
        "Plan 2025",
        "Stadtrat",
        "1 Bildung",
        "1a Jedes Kind liest.",
        "1.1 Lesen",
        "1.2 Rechnen",
    ]
    assert {"Musterstadt", "Schulamt", "Amt für Bau"} <= set(found[6:])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("edition=2025&q=rechn", ["1.2 Rechnen"]),
        ("state=done", ["1.1 Lesen"]),
        ("state=outdated", []),
        ("edition=listen&q=schulamt", ["Schulamt"]),
        ("state=nonsense&edition=nothing&theme=x&q=jedes", ["1a Jedes Kind liest."]),
        ("language=xx&state=done", ["1.1 Lesen"]),
    ],
)
def test_list_is_filtered(translator: Client, query: str, found: list[str]) -> None:
    response = translator.get(f"{DESK}?{query}")

    assert_valid(response)
    assert entries(response) == found


def test_list_of_a_theme_holds_its_goals_and_measures(
    translator: Client, town: Municipality
) -> None:
    theme = Theme.objects.get()

    found = entries(translator.get(f"{DESK}?theme={theme.pk}"))

    assert found == ["1 Bildung", "1a Jedes Kind liest.", "1.1 Lesen", "1.2 Rechnen"]


def test_town_with_one_language_has_nothing_to_translate(db: None) -> None:
    town = settle(plan(municipality={"slug": "a", "name": "A", "languages": ["de"]}))
    response = signed_in(member(town, Role.TRANSLATOR)).get(DESK)

    assert_valid(response)
    assert "there is nothing to translate" in response.content.decode()


def test_every_kind_of_text_has_its_page(translator: Client, town: Municipality) -> None:
    concept = Concept.objects.get()
    first = the_measure()
    MeasureLineage.objects.create(concept=concept, before=first, after=first, reason="Weil.")
    concept.purpose = concept.introduction = "Wozu."
    concept.save()
    rows = [each.row for each in TextInventory(town, [concept]).rows]

    answers = {type(row): translator.get(address(row)) for row in rows}

    assert set(answers) == set(WORDS)
    for response in answers.values():
        assert_valid(response)


def test_both_sides_carry_their_language(translator: Client, town: Municipality) -> None:
    response = translator.get(address(the_measure()))

    sources = by_class(parsed(response), "pair__source")
    areas = list(parsed(response).iter("textarea"))
    assert {(each.attrib["lang"], each.attrib["dir"]) for each in sources} == {("de", "ltr")}
    assert {(each.attrib["lang"], each.attrib["dir"]) for each in areas} == {("ar", "rtl")}


def test_saved_text_is_there_and_the_page_says_so(translator: Client, town: Municipality) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), summary="باختصار.")

    response = translator.post(page, sent, follow=True)

    assert "“1.1 Lesen” is saved." in response.content.decode()
    assert text_of("summary") == "باختصار."


def test_saving_goes_on_to_the_next_text_of_the_same_list(
    translator: Client, town: Municipality
) -> None:
    page = address(Goal.objects.get()) + "?q=e&theme=" + str(Theme.objects.get().pk)
    sent = filled(translator.get(page), title="كل طفل يقرأ.", do="next")

    response = translator.post(page, sent)

    first = address(the_measure())
    assert response["Location"].startswith(f"{first}?state=open&theme=")
    assert response["Location"].endswith("&q=e")


def test_after_the_last_text_comes_the_list(translator: Client, town: Municipality) -> None:
    page = address(Measure.objects.get(code="1.2")) + "?q=rechnen"
    sent = filled(translator.get(page), title="حساب", do="next")

    response = translator.post(page, sent, follow=True)

    assert response.redirect_chain[0][0] == f"{DESK}?language=ar&state=open&q=rechnen"
    assert "That was the last text of this list." in response.content.decode()


def test_outdated_text_shows_what_changed(translator: Client, town: Municipality) -> None:
    row = the_measure()
    content = {"title": "Lesen"}
    Revision.objects.create(
        concept_id=row.concept_id,
        kind="measure",
        part_id=row.pk,
        number=50,
        change="edited",
        content=content,
    )
    Measure.objects.filter(pk=row.pk).update(title="Lesen und schreiben")

    response = translator.get(address(row))

    assert_valid(response)
    assert [words(each) for each in parsed(response).iter("ins")] == ["und schreiben"]
    assert "This translation still fits" in response.content.decode()


def test_second_translator_sees_both_versions_and_chooses(
    translator: Client, town: Municipality
) -> None:
    row = the_measure()
    page = address(row)
    mine = filled(translator.get(page), title="أن نقرأ")
    other = member(town, Role.OFFICER)
    save_translations(
        municipality=town,
        language="ar",
        record=row,
        texts={"title": "القراءة"},
        seen={"title": sighting("Lesen", "قراءة")},
        by=other,
    )

    response = translator.post(page, mine)

    assert response.status_code == 200
    assert_valid(response)
    body = response.content.decode()
    assert "Nothing was saved: somebody else was quicker." in body
    assert f"{other} wrote meanwhile:" in body
    assert "أن نقرأ" in body
    assert "القراءة" in body
    assert text_of("title") == "القراءة"

    translator.post(page, filled(response))

    assert text_of("title") == "أن نقرأ"


def test_source_that_changed_meanwhile_is_shown(translator: Client, town: Municipality) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), summary="باختصار.")
    Measure.objects.filter(code="1.1").update(summary="Ganz anders.")

    response = translator.post(page, sent)

    assert_valid(response)
    assert "The source text changed while you were writing" in response.content.decode()
    assert "Ganz anders." in response.content.decode()
    assert text_of("summary") == ""


def test_draft_stays_unseen_by_readers(translator: Client, town: Municipality) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), summary="مسودة", state=TranslationState.DRAFT)

    translator.post(page, sent)

    reader = Client()
    assert "مسودة" not in reader.get("/ar/massnahmen/1.1/").content.decode()
    translator.post(page, filled(translator.get(page), state=TranslationState.FINAL))
    assert "مسودة" in reader.get("/ar/massnahmen/1.1/").content.decode()


def test_preview_shows_markdown_and_saves_nothing(translator: Client, town: Municipality) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), text="نص *مهم*", do="preview")

    response = translator.post(page, sent)

    assert_valid(response)
    assert [words(each) for each in parsed(response).iter("em")] == ["مهم"]
    assert text_of("text") == ""


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e"])
def test_control_character_is_refused(translator: Client, town: Municipality, sign: str) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), summary=f"a{sign}b")

    response = translator.post(page, sent)

    assert response.status_code == 200
    assert text_of("summary") == ""


def test_title_that_is_too_long_is_refused(translator: Client, town: Municipality) -> None:
    page = address(the_measure())
    sent = filled(translator.get(page), title="ا" * 301)

    response = translator.post(page, sent)

    assert "300" in re.sub(r"\s+", " ", response.content.decode())
    assert text_of("title") == "قراءة"


def test_text_of_another_municipality_is_not_found(translator: Client, town: Municipality) -> None:
    other = Municipality.objects.create(slug="b", name="B", languages=["de", "ar"])
    concept = Concept.objects.create(
        municipality=other, slug="x", title="X", edition=2025, status="draft"
    )
    resolution = Resolution.objects.create(concept=concept, body="Rat")
    town.hosts.create(name="testserver")

    for row in (other, concept, resolution):
        assert translator.get(address(row)).status_code == 404


@pytest.mark.parametrize("language", ["de", "fr"])
def test_language_the_town_lacks_is_not_found(
    translator: Client, town: Municipality, language: str
) -> None:
    assert translator.get(address(the_measure(), language)).status_code == 404


def test_desk_takes_as_many_queries_for_five_hundred_measures(
    translator: Client, town: Municipality
) -> None:
    translator.get(DESK)
    few = queries_of(lambda: translator.get(DESK))
    grow(town, 500)
    many = queries_of(lambda: translator.get(DESK))

    assert_same_number(few, many)


def test_page_takes_as_many_queries_for_many_measures(
    translator: Client, town: Municipality
) -> None:
    page = address(the_measure())
    translator.get(page)
    few = queries_of(lambda: translator.get(page))
    grow(town, 30)
    many = queries_of(lambda: translator.get(page))

    assert_same_number(few, many)
