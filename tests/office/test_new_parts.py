"""Writing a part that doesn't exist yet: what it begins with, its draft, how it comes about."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Draft, Measure, Theme
from tests.office.writing import address, autosave, filled, send
from tests.people import member, signed_in

NEW = "/office/konzepte/2025/{}/neu/"


@pytest.fixture
def officer(writing_town: Municipality) -> Client:
    return signed_in(member(writing_town, Role.OFFICER))


def test_new_measure_begins_below_its_goal(officer: Client) -> None:
    fields = filled(officer.get(NEW.format("massnahmen") + "?goal=1a"))

    assert (fields["goals"], fields["code"], fields["kind"]) == (["1a"], ["1.3"], ["one_off"])


def test_new_goal_begins_below_its_theme(officer: Client) -> None:
    fields = filled(officer.get(NEW.format("ziele") + "?theme=1"))

    assert (fields["theme"], fields["code"]) == (["1"], ["1b"])


def test_new_measure_is_created(officer: Client) -> None:
    path = NEW.format("massnahmen") + "?goal=1a"

    response = send(officer, path, "apply", title="Singen")

    created = Measure.objects.get(title="Singen")
    assert response["Location"] == address(created)
    assert created.code == "1.3"


def test_new_theme_gets_its_address_from_its_name(officer: Client) -> None:
    send(officer, NEW.format("themen"), "apply", name="Wohnen und Leben")

    created = Theme.objects.get(number=2)
    assert (created.slug, created.name) == ("wohnen-und-leben", "Wohnen und Leben")


def test_new_part_goes_on_under_its_drafts_address(officer: Client) -> None:
    path = NEW.format("massnahmen")

    first = autosave(officer, path, filled(officer.get(path)), title="Singen").json()
    second = send(officer, first["address"], "save", title="Singen und tanzen")

    draft = Draft.objects.get()
    assert first["address"] == second["Location"] == f"{path}?draft={draft.pk}"
    assert (draft.content["title"], draft.saves) == ("Singen und tanzen", 2)


def test_new_part_whose_draft_was_discarded_is_kept_anew(officer: Client) -> None:
    path = NEW.format("massnahmen")
    begun = autosave(officer, path, filled(officer.get(path)), title="Singen").json()["address"]
    fields = filled(officer.get(begun))
    Draft.objects.all().delete()

    answer = autosave(officer, begun, fields, title="Singen im Chor")

    assert answer.status_code == 200
    assert Draft.objects.get().content["title"] == "Singen im Chor"
