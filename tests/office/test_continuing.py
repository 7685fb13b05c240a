"""A new edition in the office: begin it, decide one measure after the other."""

from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.enums import ConceptStatus, Fate
from leitbild.plan.models import Concept, Measure, MeasureLineage
from leitbild.plan.queries.lineage import undecided
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.plan.editions import begun, compared, decide, line, of
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(
        plan(
            measure("1.1", lead="schulamt"), measure("1.2", "Schreiben"), measure("1.3", "Rechnen")
        )
    )


@pytest.fixture
def client(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


@pytest.fixture
def new(town: Municipality) -> Concept:
    return begun(town)[1]


def address(name: str, concept: Concept, code: str = "") -> str:
    """A page of the new edition, for a measure of the old one where a code is given."""
    if not code:
        return reverse(f"office:{name}", args=[concept.slug])
    assert concept.predecessor
    return reverse(f"office:{name}", args=[concept.slug, of(concept.predecessor, code).pk])


def answer(client: Client, path: str, **values: Any) -> Element:
    """The page after a form was sent and every redirection followed."""
    response = client.post(path, values, follow=True)
    assert response.status_code == 200
    assert_valid(response)
    return parsed(response)


def said(root: Element) -> list[str]:
    return [words(each) for each in by_class(root, "said__line")]


def faults(root: Element) -> str:
    return words(by_class(root, "faults")[0])


def test_new_edition_begins_with_year_and_title(town: Municipality, client: Client) -> None:
    old = Concept.objects.get()
    page = parsed(client.get(address("continue", old)))
    assert words(next(page.iter("h1"))) == "Begin a new edition"

    root = answer(client, address("continue", old), edition="2031", title="Plan 2031")

    assert said(root) == ["“Plan 2031” has begun."]
    assert words(by_class(root, "progress")[0]) == "0 of 3 measures decided"
    assert Concept.objects.get(slug="2031").predecessor == old


def test_refusal_stands_at_the_form(town: Municipality, client: Client) -> None:
    root = answer(client, address("continue", Concept.objects.get()), edition="2025", title="Plan")

    assert "The year of the new edition must be later than 2025." in faults(root)


def test_edition_with_a_draft_leads_there(new: Concept, client: Client) -> None:
    assert new.predecessor

    root = parsed(client.get(address("continue", new.predecessor)))

    assert address("origins", new) in links(root)
    assert not list(root.iter("textarea"))
    assert not by_class(root, "form")


def test_draft_that_continues_one_opens_its_list(new: Concept, client: Client) -> None:
    response = client.get(address("continue", new))

    assert response.headers["Location"] == address("origins", new)


@pytest.mark.parametrize("status", [ConceptStatus.DRAFT, ConceptStatus.SUPERSEDED])
def test_edition_that_cant_be_continued_says_why(
    town: Municipality, client: Client, status: ConceptStatus
) -> None:
    Concept.objects.update(status=status)

    response = client.get(address("continue", Concept.objects.get()))

    assert_valid(response)
    assert len(by_class(parsed(response), "empty")) == 1


def test_list_shows_what_is_open_new_and_decided(new: Concept, client: Client) -> None:
    decide(new, "1.1", Fate.SPLIT, "Zwei Vorhaben.", titles=["Vorlesen", "Nachlesen"])
    MeasureLineage.objects.filter(after__title="Nachlesen").delete()

    response = client.get(address("origins", new))

    root = parsed(response)
    assert_valid(response)
    headings = [words(each) for each in root.iter("h2")]
    assert headings[:3] == ["Still open 2", "New measures 1", "Decided 1"]
    [row] = [each for each in root.iter("tr") if "Zwei Vorhaben." in words(each)]
    assert [words(each) for each in by_class(row, "mark")] == ["split"]
    assert words(by_class(root, "mark--attention")[0]) == "New, the reason is missing"


def test_decision_leads_to_the_next_measure(new: Concept, client: Client) -> None:
    root = answer(client, address("fate", new, "1.2"), fate="dropped", reason="Erledigt.", seen="")

    assert said(root) == ["1.2 Schreiben: dropped."]
    assert words(next(root.iter("h1"))) == "1.3 Rechnen"
    assert words(by_class(root, "progress")[0]) == "1 of 3 measures decided"


def test_last_decision_leads_back_to_the_list(new: Concept, client: Client) -> None:
    decide(new, "1.1", Fate.CONTINUED)
    decide(new, "1.2", Fate.CONTINUED)

    root = answer(client, address("fate", new, "1.3"), fate="continued", seen="")

    assert words(by_class(root, "empty")[0]).startswith("Every measure of the old edition has")
    assert undecided(new) == []


@pytest.mark.parametrize(
    ("fate", "missing"),
    [
        ("changed", ["Why?: Say in a sentence why; readers of the new edition see it."]),
        ("merged", [
            "Which measure does it become part of?: Choose the measure that it is merged into.",
            "Why?: Say in a sentence why; readers of the new edition see it.",
        ]),
        ("split", [
            ("Which measures take over a part?: "
            "Name at least one further measure that takes over a part of it."),
            "Why?: Say in a sentence why; readers of the new edition see it.",
        ]),
    ],
)  # fmt: skip
def test_what_a_choice_needs_is_asked_for_at_its_field(
    new: Concept, client: Client, fate: str, missing: list[str]
) -> None:
    root = answer(client, address("fate", new, "1.1"), fate=fate, seen="")

    found = [words(each) for each in by_class(root, "faults")[0].iter("li")]
    assert sorted(found) == sorted(missing)
    assert len(undecided(new)) == 3


def test_merging_and_splitting_by_the_form(new: Concept, client: Client) -> None:
    into = of(new, "1.1").pk

    answer(client, address("fate", new, "1.2"), fate="merged", into=into, reason="Weil.", seen="")
    answer(
        client, address("fate", new, "1.3"),
        fate="split", parts=[into], titles="Zählen\n\n Messen ", reason="Weil.", seen="",
    )  # fmt: skip

    assert [line(each) for each in compared(new).passages] == [
        "1.1 → 1.1 undecided", "1.2 → 1.1 merged", "1.3 → 1.1 1.3 1.4 1.5 split",
    ]  # fmt: skip
    assert {each.title for each in new.measures.all()} == {"Lesen", "Rechnen", "Zählen", "Messen"}


def test_refused_decision_keeps_what_was_typed(new: Concept, client: Client) -> None:
    decide(new, "1.2", Fate.MERGED, "Weil.", into=of(new, "1.1"))

    root = answer(client, address("fate", new, "1.1"), fate="dropped", reason="Mein Grund", seen="")

    assert "Others go on in “1.1 Lesen”: 1.2 Schreiben." in faults(root)
    assert "Mein Grund" in words(root)


def test_continuing_a_changed_text_is_warned_of(new: Concept, client: Client) -> None:
    Measure.objects.filter(concept=new, code="1.1").update(title="Lesen und schreiben")
    page = parsed(client.get(address("fate", new, "1.1")))
    assert "“changed” fits better" in words(page)

    root = answer(client, address("fate", new, "1.1"), fate="continued", seen="")

    assert said(root) == [
        "1.1 Lesen: continued.",
        ("1.1 Lesen reads differently than before. If that is more than wording, choose "
        "“changed” and say why."),
    ]  # fmt: skip


def test_all_unchanged_ones_are_continued_at_once(new: Concept, client: Client) -> None:
    Measure.objects.filter(concept=new, code="1.1").update(title="Lesen und schreiben")

    root = answer(client, address("continue-unchanged", new))

    assert said(root) == ["2 measures go on unchanged."]
    assert [each.code for each in undecided(new)] == ["1.1"]


def test_decision_is_taken_back(new: Concept, client: Client) -> None:
    decide(new, "1.1", Fate.DROPPED, "Weil.")
    page = parsed(client.get(address("fate", new, "1.1")))
    seen = next(each.attrib["value"] for each in page.iter("input") if each.get("name") == "seen")

    root = answer(client, address("fate-undo", new, "1.1"), seen=seen)

    assert said(root) == ["1.1 Lesen is undecided again."]
    assert len(undecided(new)) == 3


def test_taking_back_what_somebody_changed_meanwhile_is_refused(
    new: Concept, client: Client
) -> None:
    decide(new, "1.1", Fate.DROPPED, "Weil.")

    root = answer(client, address("fate-undo", new, "1.1"), seen="")

    assert said(root)[0].startswith("Meanwhile somebody else decided on this measure: dropped.")
    assert len(undecided(new)) == 2


def test_new_measure_gets_its_reason(new: Concept, client: Client) -> None:
    decide(new, "1.1", Fate.SPLIT, "Weil.", titles=["Vorlesen"])
    fresh = Measure.objects.get(title="Vorlesen")
    MeasureLineage.objects.filter(after=fresh).delete()
    path = reverse("office:explain", args=[new.slug, fresh.pk])
    assert_valid(client.get(path))
    assert "This is missing. Please fill it in." in faults(answer(client, path, reason=" "))

    root = answer(client, path, reason="Gewünscht.")

    assert said(root) == ["1.4 Vorlesen: new."]
    assert MeasureLineage.objects.get(after=fresh).reason == "Gewünscht."


def test_superseded_edition_offers_nothing_to_decide(new: Concept, client: Client) -> None:
    Concept.objects.filter(pk=new.pk).update(status=ConceptStatus.SUPERSEDED)

    root = parsed(client.get(address("origins", new)))

    assert [each for each in links(root) if each == address("fate", new, "1.1")] == []
    assert said(answer(client, address("continue-unchanged", new))) == [
        "“Die nächste” was superseded and stays as it is."
    ]


def test_page_before_the_council_warns_of_what_is_open(new: Concept, client: Client) -> None:
    path = reverse("office:submit", args=[new.slug])
    assert "For 3 measures readers won’t see" in words(parsed(client.get(path)))

    for code in ("1.1", "1.2", "1.3"):
        decide(new, code, Fate.CONTINUED)

    assert "readers won’t see" not in words(parsed(client.get(path)))


@pytest.mark.parametrize("name", ["origins", "fate", "explain"])
def test_what_isnt_there_is_not_found(town: Municipality, client: Client, name: str) -> None:
    slug = Concept.objects.get().slug
    arguments: list[Any] = [slug] if name == "origins" else [slug, 4711]

    assert client.get(reverse(f"office:{name}", args=arguments)).status_code == 404


def test_edition_that_continues_none_has_nothing_to_mark(
    town: Municipality, client: Client
) -> None:
    assert client.post(address("continue-unchanged", Concept.objects.get())).status_code == 404


def test_measure_of_another_edition_is_not_found(new: Concept, client: Client) -> None:
    own = of(new, "1.1").pk

    assert client.get(reverse("office:fate", args=[new.slug, own])).status_code == 404
    assert client.get(reverse("office:explain", args=[new.slug, own])).status_code == 404


def test_pages_cost_the_same_for_many(town: Municipality, client: Client) -> None:
    first = begun(town)[1]
    paths = [address("origins", first), address("fate", first, "1.1")]
    few = [queries_of(partial(client.get, path)) for path in paths]
    Concept.objects.filter(pk=first.pk).delete()
    grow(town, 60)
    second = begun(town)[1]

    many = [
        queries_of(partial(client.get, path))
        for path in (address("origins", second), address("fate", second, "1.1"))
    ]

    for one, other in zip(few, many, strict=True):
        assert_same_number(one, other)
