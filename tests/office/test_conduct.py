"""The officer names contacts and settles how the plan is conducted."""

import pytest
from django.test import Client

from leitbild.accounts.actions import add_contact
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.models import Rhythm
from leitbild.plan.models import Concept
from tests.elements import by_id, parsed
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of

CONTACTS = "/office/ansprechpersonen/"
SETTINGS = "/office/einstellungen/"
CHOSEN = {
    "rhythm": "3",
    "release": "at_once",
    "reminders_before": "14, 7, 7",
    "reminders_after": "",
    "escalation_after": "20",
    "gaps": "observers",
    "word-done-de": "  geschafft ",
    **{
        f"shape-{state}": state
        for state in ("planned", "under_way", "done", "permanent", "delayed", "stopped")
    },
}


@pytest.fixture
def officer(writing_town: Municipality) -> Client:
    return signed_in(member(writing_town, Role.OFFICER))


def test_officer_names_changes_and_removes_a_contact(
    writing_town: Municipality, officer: Client
) -> None:
    school = Organisation.objects.get(slug="schulamt")
    given = {"organisation": str(school.pk), "name": "Frau A", "email": "a@x.org", "language": "de"}

    before = officer.get(CONTACTS).content.decode()
    refused = officer.post(CONTACTS, {**given, "name": " "})
    officer.post(CONTACTS, given)
    named = Contact.objects.get()
    after = officer.get(CONTACTS).content.decode()
    officer.post(f"{CONTACTS}{named.pk}/", {**given, "name": "Frau B", "is_head": "on"})
    changed = Contact.objects.values_list("name", "is_head").get()
    officer.post(f"{CONTACTS}{named.pk}/", {"remove": "yes"})

    assert before.count("nobody to ask") == 2
    assert refused.status_code == 422
    assert after.count("nobody to ask") == 1
    assert "asked for 1 measure" in after
    assert changed == ("Frau B", True)
    assert not Contact.objects.exists()
    assert officer.get(f"{CONTACTS}{named.pk}/").status_code == 404


def test_contacts_cost_the_same_for_many(writing_town: Municipality, officer: Client) -> None:
    few = queries_of(lambda: officer.get(CONTACTS))
    for number in range(30):
        school = Organisation.objects.create(
            municipality=writing_town, slug=f"o{number}", name=f"O{number}", kind="body"
        )
        add_contact(organisation=school, name="N", email=f"n{number}@x.org", by=None)

    assert_same_number(few, queries_of(lambda: officer.get(CONTACTS)))


def test_officer_settles_how_the_plan_is_conducted(
    writing_town: Municipality, officer: Client
) -> None:
    said = officer.post(SETTINGS, CHOSEN, follow=True)
    writing_town.refresh_from_db()
    conduct = conduct_of(writing_town)
    shown = parsed(said)

    assert said.redirect_chain == [(SETTINGS, 302)]
    assert (conduct.rhythm, conduct.reminders_before, conduct.reminders_after) == (3, (7, 14), ())
    assert (conduct.escalation_after, conduct.gaps) == (20, "observers")
    assert (conduct.label("done"), conduct.money_is_public) == ("done", False)
    assert conduct.states["done"].words == {"de": "geschafft"}  # type: ignore[index] # a State is its text
    assert by_id(shown, "id_reminders_before").get("value") == "7, 14"


def test_edition_has_a_rhythm_of_its_own(writing_town: Municipality, officer: Client) -> None:
    Concept.objects.update(status="adopted")
    place = f"{SETTINGS}2025/rhythmus/"

    said = officer.post(place, {"months": "3"}, follow=True)
    refused = officer.post(place, {"months": "99"})
    kept = Rhythm.objects.get(measure=None).months
    officer.post(place, {"months": ""})

    assert by_id(parsed(said), "id_months").get("value") == "3"
    assert (refused.status_code, kept) == (422, 3)
    assert not Rhythm.objects.exists()


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ({"reminders_before": "bald"}, "Write days as numbers"),
        ({"reminders_before": "9" * 5_000}, "Write days as numbers"),
        ({"reminders_before": "0"}, "Each number must lie between 1 and 60."),
        ({"reminders_after": "1 2 3 4 5 6"}, "At most 5 reminders"),
        ({"shape-planned": "done"}, "can’t have the same form"),
    ],
)
def test_faulty_settings_keep_what_was_typed(
    officer: Client, faulty: dict[str, str], said: str
) -> None:
    answer = officer.post(SETTINGS, {**CHOSEN, **faulty})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="  geschafft "' in answer.content.decode()
    assert Municipality.objects.get().reporting == {}
