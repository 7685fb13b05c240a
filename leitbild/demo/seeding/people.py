"""Who works in a seeded municipality, and who follows its plan. Nobody of them exists."""

import datetime as dt
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Membership, Organisation, User
from leitbild.community.models import Follower, Following
from leitbild.demo.seeding.batch import Batch
from leitbild.demo.seeding.tables import moment
from leitbild.demo.seeding.town import Town

FIRST: Final = ("Ada", "Bela", "Cem", "Dana", "Emin", "Fee", "Goran", "Hanna", "Ida", "Jona")
LAST: Final = ("Ahrental", "Birkfeld", "Dornbach", "Erlgrund", "Fichtau", "Ginsterloh", "Holmtal")
NO_PASSWORD: Final = f"{UNUSABLE_PASSWORD_PREFIX}nobody"
"""They sign in by code, which goes to an address that can't exist."""
EDITORS: Final = 3
FOLLOWERS: Final = 8


def contact_name(town: Town, organisation: Organisation | None) -> str:
    """Who answers for an organisation; for none, the integration office does."""
    place = town.number + 3 * (organisation.position if organisation else 0)
    return f"{FIRST[place % len(FIRST)]} {LAST[place % len(LAST)]}"


def make_contacts(town: Town, batch: Batch) -> dict[int, int]:
    """One contact of each organisation: their ids by the ids of the organisations."""
    made = {}
    for body in town.organisations:
        made[body.pk] = pk = batch.new_id(Contact)
        batch[Contact].add(pk, body.pk, contact_name(town, body), contact_email(town, body), "")
    return made


def contact_email(town: Town, organisation: Organisation) -> str:
    """The address of whoever answers for an organisation."""
    return f"{organisation.slug}@{town.host}"


def make_staff(town: Town, batch: Batch) -> int:
    """The integration officer, whose id is returned, and editors of some organisations."""
    officer = _make_person(town, batch, f"integration@{town.host}", None)
    for body in town.organisations[:EDITORS]:
        _make_person(town, batch, contact_email(town, body), body)
    return officer


def _make_person(town: Town, batch: Batch, email: str, body: Organisation | None) -> int:
    """An editor of an organisation; of none, the integration officer."""
    pk, role = batch.new_id(User), Role.EDITOR if body else Role.OFFICER
    batch[User].add(pk, email, contact_name(town, body), town.scale.source, NO_PASSWORD)
    batch[Membership].add(pk, town.id, role.value, body.pk if body else None)
    batch[EmailAddress].add(pk, email, True, True)
    return pk


def make_followers(town: Town, batch: Batch) -> None:
    """Readers who follow the whole plan, a theme or a measure."""
    rng, languages = town.rng, town.scale.languages
    asked = moment(town.scale.day - dt.timedelta(days=rng.randint(30, 300)))
    for place in range(FOLLOWERS):
        pk, what = batch.new_id(Follower), place % 3
        language = languages[place % len(languages)]
        batch[Follower].add(
            pk, town.id, f"leser-{place + 1}@{town.host}", language, f"https://{town.host}"
        )
        theme = rng.choice(town.themes).pk if what == 1 else None
        measure = rng.choice(town.measures).measure.pk if what == 2 else None
        batch[Following].add(pk, theme, measure, asked, asked)
