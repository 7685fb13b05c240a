"""Loads whom the demo asks for news, how often, and how its city conducts the plan."""

from collections.abc import Mapping
from typing import Literal

from leitbild.accounts.actions import add_contact
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.delivery.actions.conduct import change_conduct
from leitbild.delivery.actions.responsibility import set_responsible, set_rhythm
from leitbild.delivery.conduct import Conduct
from leitbild.demo.files import Part, Sample, read
from leitbild.plan.models import Measure


class ContactPart(Sample):
    """Somebody who doesn't exist; `measures` are those they are asked for by name."""

    organisation: str
    name: str
    email: str
    language: str = ""
    head: bool = False
    measures: list[str] = []


class ContactsFile(Part):
    """The demo's contacts."""

    format: Literal["leitbild-contacts/1"]
    contacts: list[ContactPart]


class ConductFile(Part):
    """How the demo's city conducts its plan; rhythms in months, by measure."""

    format: Literal["leitbild-conduct/1"]
    conduct: Conduct
    rhythms: dict[str, int]


def load_contacts(
    measures: Mapping[str, Measure], *, municipality: Municipality, by: User | None
) -> None:
    """Name people of the organisations that lead."""
    organisations = {
        each.slug: each for each in Organisation.objects.filter(municipality=municipality)
    }
    for each in read("contacts.yaml", ContactsFile).contacts:
        contact = add_contact(
            organisation=organisations[each.organisation],
            name=each.name,
            email=each.email,
            language=each.language,
            is_head=each.head,
            by=by,
        )
        for code in each.measures:
            set_responsible(measure=measures[code], contact=contact, by=by)


def load_conduct(
    measures: Mapping[str, Measure], *, municipality: Municipality, by: User | None
) -> None:
    """Conduct the plan as the file says."""
    file = read("conduct.yaml", ConductFile)
    change_conduct(municipality=municipality, conduct=file.conduct, by=by)
    for code, months in file.rhythms.items():
        measure = measures[code]
        set_rhythm(concept=measure.concept, measure=measure, months=months, by=by)
