"""Writing a part: who may, what is kept, what is refused and how, what readers get to see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.models import Concept, Draft, Goal, Revision, Theme
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import address, adopt, autosave, filled, freeze, post, send, the_measure
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow

NEW = "/office/konzepte/2025/{}/neu/"
REASON = "Der Verein hat mehr Plätze."


@pytest.fixture
def town(writing_town: Municipality) -> Municipality:
    return writing_town


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


@pytest.fixture
def editor(town: Municipality) -> Client:
    school = Organisation.objects.get(slug="schulamt")
    return signed_in(member(town, Role.EDITOR, organisation=school))


@pytest.fixture
def drafted(concept: Concept) -> Concept:
    """The same concept before it was adopted."""
    concept.status = "draft"
    concept.save()
    return concept


def parts(town: Municipality) -> Iterator[Any]:
    concept = Concept.objects.get(municipality=town)
    yield from (concept, Theme.objects.get(), Goal.objects.get(), the_measure())


def reasons(response: Any) -> list[str]:
    return [words(each) for each in by_class(parsed(response), "errorlist")]


# Who may


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OFFICER, [200, 200, 200, 200]),
        (Role.EDITOR, [403, 403, 403, 403]),
        (Role.TRANSLATOR, [403, 403, 403, 403]),
        (Role.OBSERVER, [403, 403, 403, 403]),
        (Role.ADMINISTRATOR, [403, 403, 403, 403]),
    ],
)
def test_roles_open_what_they_may_write(
    town: Municipality, role: Role, expected: list[int]
) -> None:
    client = signed_in(member(town, role))

    assert [client.get(address(each)).status_code for each in parts(town)] == expected


def test_editor_opens_own_measures_alone(editor: Client, town: Municipality) -> None:
    statuses = [editor.get(address(each)).status_code for each in parts(town)]

    assert statuses == [403, 403, 403, 200]
    assert editor.get(address(the_measure("1.2"))).status_code == 403
    assert editor.get(NEW.format("massnahmen")).status_code == 403


def test_only_the_office_is_led_to_deleting(officer: Client, editor: Client) -> None:
    path = address(the_measure())

    assert f"{path}loeschen/" in links(parsed(officer.get(path)))
    assert f"{path}loeschen/" not in links(parsed(editor.get(path)))


def test_editor_writes_nobody_elses_measure(editor: Client) -> None:
    path = address(the_measure("1.2"))

    response = editor.post(path, {"do": "save", "base": "0", "title": "Meins"})

    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_outsiders_find_nothing(town: Municipality) -> None:
    outsider = signed_in(person("someone@example.org"))

    assert outsider.get(address(the_measure())).status_code == 404
    assert Client().get(address(the_measure())).status_code == 302


def test_wrong_method_is_refused(officer: Client) -> None:
    assert officer.put(address(the_measure())).status_code == 405
    assert officer.get("/office/konzepte/2025/massnahmen/vorschau/").status_code == 405


def test_what_isnt_there_is_not_found(officer: Client, concept: Concept) -> None:
    assert officer.get(f"/office/konzepte/2025/massnahmen/{10**6}/").status_code == 404
    assert officer.get(f"/office/konzepte/2025/konzept/{concept.pk + 1}/").status_code == 404
    assert officer.get(NEW.format("konzept")).status_code == 404
    assert officer.get(NEW.format("massnahmen") + "?draft=99").status_code == 404


# The page


def test_every_part_has_a_valid_page(officer: Client, town: Municipality) -> None:
    for each in parts(town):
        assert_valid(officer.get(address(each)))
    for word in ("themen", "ziele", "massnahmen"):
        assert_valid(officer.get(NEW.format(word)))


def test_looking_at_a_part_changes_nothing(officer: Client, town: Municipality) -> None:
    before = Revision.objects.count()

    for each in parts(town):
        response = send(officer, address(each), "apply", note=REASON)

        assert response.status_code == 302
    assert not Draft.objects.exists()
    assert Revision.objects.count() == before


def test_fields_show_what_stands(officer: Client) -> None:
    fields = filled(officer.get(address(the_measure())))

    assert (fields["title"], fields["text"], fields["code"]) == (
        ["Lesen"],
        ["Ein *Absatz*."],
        ["1.1"],
    )
    assert (fields["start"], fields["end"]) == (["2025"], ["31.12.2026"])
    assert (fields["goals"], fields["lead"]) == (["1a"], ["schulamt"])


def test_preview_shows_what_readers_will_see(officer: Client) -> None:
    page = parsed(officer.get(address(the_measure())))

    shown = by_id(page, "preview")
    assert [each.text for each in shown.iter("em")] == ["Absatz"]
    assert "Schulamt" in words(shown)
    assert (shown.attrib["lang"], shown.attrib["dir"]) == ("de", "ltr")


def test_texts_keep_their_language_on_a_page_in_another(town: Municipality) -> None:
    client = signed_in(member(town, Role.OFFICER, language="ar"))

    page = parsed(client.get(address(the_measure())))

    assert page.attrib["dir"] == "rtl"
    title = by_id(page, "id_title")
    assert (title.attrib["lang"], title.attrib["dir"]) == ("de", "ltr")


def test_others_at_work_are_named(officer: Client, editor: Client) -> None:
    send(editor, address(the_measure()), "save", title="Vorlesen")

    page = parsed(officer.get(address(the_measure())))

    notices = [words(each) for each in by_class(page, "notice")]
    assert any(each.startswith("editor is writing here too") for each in notices)


def test_superseded_concept_is_read_not_written(officer: Client, concept: Concept) -> None:
    concept.status = "superseded"
    concept.save()

    response = officer.get(address(the_measure()), follow=True)

    assert response.redirect_chain == [(address(the_measure(), "verlauf"), 302)]
    assert "stays as it is" in response.content.decode()


def test_page_takes_the_same_queries_for_many_measures(officer: Client, town: Municipality) -> None:
    path = address(the_measure())
    officer.get(path)

    few = queries_of(lambda: officer.get(path))
    grow(town, 30)
    many = queries_of(lambda: officer.get(path))

    assert_same_number(few, many)


# Drafts


def test_saved_draft_comes_back_and_readers_see_nothing(officer: Client) -> None:
    path = address(the_measure())

    response = send(officer, path, "save", title="Vorlesen", end="irgendwann")

    assert response.status_code == 302
    fields = filled(officer.get(path))
    assert (fields["title"], fields["end"]) == (["Vorlesen"], ["irgendwann"])
    assert the_measure().title == "Lesen"


def test_autosave_says_what_was_confirmed(officer: Client) -> None:
    path = address(the_measure())
    fields = filled(officer.get(path))

    answer = autosave(officer, path, fields, title="Vorlesen").json()

    draft = Draft.objects.get()
    assert answer.pop("at")
    assert answer == {"saved": True, "draft": draft.pk, "saves": 1, "address": path}
    assert draft.content["title"] == "Vorlesen"


def test_autosave_of_nothing_new_stores_nothing(officer: Client) -> None:
    path = address(the_measure())

    answer = autosave(officer, path, filled(officer.get(path))).json()

    assert (answer["saved"], answer["draft"]) == (True, "")
    assert not Draft.objects.exists()


def test_second_window_overwrites_nothing(officer: Client) -> None:
    path = address(the_measure())
    first, second = filled(officer.get(path)), filled(officer.get(path))
    autosave(officer, path, first, title="Aus dem ersten")

    answer = autosave(officer, path, second, title="Aus dem zweiten")

    assert (answer.status_code, answer.json()) == (409, {"saved": False, "saves": 1})
    assert Draft.objects.get().content["title"] == "Aus dem ersten"


def test_second_window_sees_both_and_may_keep_its_own(officer: Client, concept: Concept) -> None:
    adopt(concept)
    path = address(the_measure())
    first, second = filled(officer.get(path)), filled(officer.get(path))
    post(officer, path, first, "save", title="Aus dem ersten")

    response = post(officer, path, second, "save", title="Aus dem zweiten", note=REASON)

    assert response.status_code == 409
    assert_valid(response)
    [difference] = by_class(parsed(response), "difference")
    assert words(difference) == "Aus dem gone: ersten; new: zweiten;"
    shown = filled(response)
    assert (shown["title"], shown["note"]) == (["Aus dem zweiten"], [REASON])
    assert post(officer, path, shown, "save").status_code == 302
    assert Draft.objects.get().content["title"] == "Aus dem zweiten"


def test_discarded_draft_is_gone(officer: Client) -> None:
    path = address(the_measure())
    send(officer, path, "save", title="Vorlesen")

    send(officer, path, "discard")

    assert not Draft.objects.exists()
    assert filled(officer.get(path))["title"] == ["Lesen"]


# Publishing


def test_publishing_writes_the_row(officer: Client) -> None:
    path = address(the_measure())

    response = send(officer, path, "apply", title="Vorlesen", end="2027", lead="")

    assert (response.status_code, response["Location"]) == (302, path)
    now = the_measure()
    assert (now.title, now.planned_end, now.lead) == ("Vorlesen", 2027, None)
    assert not Draft.objects.exists()


def test_adopted_concept_asks_for_a_reason(officer: Client, concept: Concept) -> None:
    adopt(concept)
    path = address(the_measure())

    response = send(officer, path, "apply", title="Vorlesen")

    assert response.status_code == 422
    assert_valid(response)
    assert "Say in a sentence why it changes" in words(by_class(parsed(response), "faults")[0])
    assert filled(response)["title"] == ["Vorlesen"]
    assert the_measure().title == "Lesen"
    assert post(officer, path, filled(response), "apply", note=REASON).status_code == 302
    assert the_measure().title == "Vorlesen"
    assert Revision.objects.get(number=2).reason == REASON


def test_invalid_input_is_named_at_its_field_and_nothing_is_lost(officer: Client) -> None:
    path = address(the_measure())
    typed = {
        "title": "",
        "text": "Zeile eins\r\n\r\n  eingerückt **fett",
        "code": "1.2",
        "start": "2027",
        "end": "bald",
        "source_url": "nirgends",
        "goals": "",
    }

    response = send(officer, path, "apply", **typed)

    assert response.status_code == 422
    assert_valid(response)
    shown = {name: filled(response).get(name, [""])[0] for name in typed}
    assert shown == {**typed, "text": typed["text"].replace("\r\n", "\n")}
    faulty = {
        each.attrib["id"] for each in parsed(response).iter() if "aria-invalid" in each.attrib
    }
    assert faulty == {"id_title", "id_code", "id_end", "id_source_url", "id_goals"}
    summary = by_class(parsed(response), "faults")[0]
    assert links(summary) == ["#id_title", "#id_goals", "#id_code", "#id_end", "#id_source_url"]
    # What was typed is a draft by now.
    assert filled(officer.get(path))["end"] == ["bald"]


def test_theme_that_cannot_be_read_is_refused(officer: Client) -> None:
    path = address(Theme.objects.get())

    response = send(officer, path, "apply", colour="#ffff00")

    assert response.status_code == 422
    [reason] = reasons(response)
    assert "darker colour" in reason


def test_proposal_before_the_council_leaves_only_the_draft(
    officer: Client, concept: Concept
) -> None:
    freeze(concept)
    path = address(the_measure())

    page = officer.get(path)
    response = post(officer, path, filled(page), "apply", title="Vorlesen", note=REASON)

    offered = {
        each.get("value") for each in parsed(page).iter("button") if each.get("name") == "do"
    }
    assert offered == {"save", "discard"}
    assert response.status_code == 422
    assert the_measure().title == "Lesen"
    assert Draft.objects.get().content["title"] == "Vorlesen"


def test_goals_keep_their_order_and_the_main_one_is_first(officer: Client) -> None:
    theme = Theme.objects.get()
    for code in ("1b", "1c"):
        Goal.objects.create(concept=theme.concept, theme=theme, code=code, title=code, position=9)
    path = address(the_measure())

    send(officer, path, "apply", goals="1c", also=["1a", "1b", "1c"])

    served = the_measure().goal_links.values_list("goal__code", flat=True)
    assert list(served) == ["1c", "1a", "1b"]


def test_editor_publishes_in_a_draft_concept(editor: Client, drafted: Concept) -> None:
    send(editor, address(the_measure()), "apply", title="Vorlesen")

    assert the_measure().title == "Vorlesen"


def test_editor_cannot_publish_in_an_adopted_one(editor: Client) -> None:
    path = address(the_measure())

    response = send(editor, path, "apply", title="Vorlesen", note=REASON)

    draft = Draft.objects.get()
    assert response["Location"] == f"/office/entwuerfe/{draft.pk}/"
    assert draft.handed_in_at is not None
    assert the_measure().title == "Lesen"
