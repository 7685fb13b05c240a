"""Municipalities are written with guards, or not at all."""

from typing import Any

import pytest

from leitbild.accounts.actions import create_municipality
from leitbild.accounts.models import HostName, Municipality
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused

pytestmark = pytest.mark.django_db


def create(**values: Any) -> Municipality:
    given: dict[str, Any] = {"slug": "neustadt", "name": "Neustadt", "languages": ["de"], **values}
    return create_municipality(**given, by=None)


def reasons(**values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        create(**values)
    return refused.value.reasons


def test_create_municipality_keeps_what_it_was_given() -> None:
    town = create(
        languages=["de", "ar", "de"],
        key="07312000",
        hosts=["Plan.Example"],
        contact_email="x@example.org",
    )

    town.refresh_from_db()
    assert (town.name, town.languages, town.key) == ("Neustadt", ["de", "ar"], "07312000")
    assert town.contact_email == "x@example.org"
    assert [host.name for host in town.hosts.all()] == ["plan.example"]
    event = AuditEvent.objects.get()
    assert (event.action, event.record_id) == ("municipality.create", town.pk)
    assert event.actor_name == "command line"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (
            {"slug": "Neu Stadt"},
            "“Neu Stadt” can’t stand in an address; use small letters, digits and hyphens.",
        ),
        ({"key": "123"}, "The municipality key “123” doesn’t have 8 digits."),
        ({"languages": []}, "A municipality needs at least one language."),
        ({"languages": ["de", "xx"]}, "“xx” is not a known language code."),
        ({"hosts": ["no_host"]}, "“no_host” is not a host name."),
        ({"name": " "}, "A municipality needs a name."),
        ({"contact_email": "nobody"}, "“nobody” is not an e-mail address."),
    ],
)
def test_faulty_municipality_is_refused(values: dict[str, Any], reason: str) -> None:
    assert reasons(**values) == [reason]
    assert not Municipality.objects.exists()


def test_what_another_municipality_has_is_refused_all_at_once() -> None:
    create(key="07312000", hosts=["plan.example"])

    assert reasons(slug="altstadt", key="07312000", hosts=["plan.example"]) == [
        "The municipality key 07312000 already belongs to Neustadt.",
        "The host name plan.example already belongs to Neustadt.",
    ]
    assert HostName.objects.count() == 1


def test_slug_is_given_once() -> None:
    create()

    assert reasons() == ["There is a municipality “neustadt” already."]
