"""Every write to municipalities and the people who work for them."""

from leitbild.accounts.actions.contacts import add_contact, change_contact, remove_contact
from leitbild.accounts.actions.invitations import (
    Accepted,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from leitbild.accounts.actions.municipalities import (
    create_municipality,
    municipality_obstacles,
    set_hosts,
)
from leitbild.accounts.actions.people import (
    appoint,
    change_membership,
    change_profile,
    create_officer,
    end_membership,
    let_back_in,
)

__all__ = [
    "Accepted",
    "accept_invitation",
    "add_contact",
    "appoint",
    "change_contact",
    "change_membership",
    "change_profile",
    "create_municipality",
    "create_officer",
    "end_membership",
    "invite",
    "let_back_in",
    "municipality_obstacles",
    "remove_contact",
    "set_hosts",
    "withdraw_invitation",
]
