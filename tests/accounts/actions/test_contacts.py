"""Organisations name whom a round asks; the log never keeps addresses."""

import json

import pytest
from django.db import IntegrityError, transaction

from leitbild.accounts.actions import add_contact, change_contact, remove_contact
from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused


@pytest.fixture
def schools(db: None) -> Organisation:
    town = Municipality.objects.create(slug="x", name="X", languages=["de"])
    return Organisation.objects.create(
        municipality=town, slug="schulamt", name="Schulamt", kind="department"
    )


def test_contact_lives_from_naming_to_removal(schools: Organisation) -> None:
    made = add_contact(
        organisation=schools, name=" Frau Yıldız ", email="Y@Example.org", is_head=True, by=None
    )
    change_contact(contact=made, name="Frau Yıldız", email="z@example.org", language="uk", by=None)
    kept = Contact.objects.values("name", "email", "language", "is_head", "position").get()
    remove_contact(contact=made, by=None)

    assert kept == {
        "name": "Frau Yıldız",
        "email": "z@example.org",
        "language": "uk",
        "is_head": False,
        "position": 0,
    }
    assert not Contact.objects.exists()
    events = AuditEvent.objects.order_by("pk")
    assert [each.action for each in events] == [
        "contact.create",
        "contact.change",
        "contact.remove",
    ]
    assert "@" not in json.dumps([each.changes for each in events])


def test_faulty_contact_is_refused_with_every_reason(schools: Organisation) -> None:
    add_contact(organisation=schools, name="A", email="a@example.org", is_head=True, by=None)

    with pytest.raises(Refused) as refused:
        add_contact(organisation=schools, name=" ", email="A@example.org", is_head=True, by=None)
    with pytest.raises(Refused) as unreachable:
        add_contact(organisation=schools, name="B", email="nobody", by=None)
    with pytest.raises(Refused) as silent:
        add_contact(organisation=schools, name="B", email="", by=None)

    assert refused.value.reasons == [
        "A contact needs a name; the mail begins with it.",
        "a@example.org is a contact of Schulamt already.",
        "A is the head of Schulamt already; only one can be.",
    ]
    assert unreachable.value.reasons == ["“nobody” is not an e-mail address."]
    assert silent.value.reasons == ["A contact needs an e-mail address."]
    assert Contact.objects.count() == 1


def test_contact_of_an_organisation_that_is_gone_is_refused(schools: Organisation) -> None:
    Organisation.objects.all().delete()

    with pytest.raises(Refused):
        add_contact(organisation=schools, name="A", email="a@example.org", by=None)


def test_database_keeps_one_address_and_one_head_an_organisation(schools: Organisation) -> None:
    Contact.objects.create(organisation=schools, name="A", email="a@example.org", is_head=True)

    for email, is_head in (("A@example.org", False), ("b@example.org", True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(organisation=schools, name="B", email=email, is_head=is_head)
