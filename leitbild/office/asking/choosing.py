"""What the pages of rounds show: whom each measure would ask, and mails as they will look."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitbild.accounts.models import Contact
from leitbild.delivery.actions.round_mail import LinkTo
from leitbild.delivery.enums import Freshness
from leitbild.delivery.letters import Letter, asking, lay_titles_over
from leitbild.delivery.models import Recipient, Round
from leitbild.delivery.queries import Standing, Standings
from leitbild.delivery.queries.responsible import responsible_contacts
from leitbild.delivery.queries.rounds import Board, asked_already
from leitbild.delivery.tokens import reply_token
from leitbild.office.desk import Desk
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import MeasureEntry

WEEKS: Final = dt.timedelta(weeks=3)
"""How long people have to answer unless the officer says otherwise."""
WORKDAYS: Final = 5
OWED: Final = (Freshness.DUE, Freshness.SILENT)
"""When news of a measure is owed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure that can be asked for: how fresh its news is, who would be asked."""

    entry: MeasureEntry
    standing: Standing
    contact: Contact | None
    pending: Round | None
    is_chosen: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether news of it is due, or was never given."""
        return self.standing.freshness in OWED

    @property
    def stands_first(self) -> bool:
        """Whether the officer should look at it: the others are folded away."""
        return self.is_owed or self.is_chosen

    @property
    def is_suggested(self) -> bool:
        """Whether it makes sense to ask: news is owed, and nobody was asked just now."""
        return self.is_owed and self.contact is not None and self.pending is None


def choices_of(
    concept: Concept,
    entries: Sequence[MeasureEntry],
    standings: Standings,
    chosen: Iterable[int] | None = None,
) -> list[Choice]:
    """These measures with whom they would ask; without `chosen` those are chosen that owe news.

    Three queries.
    """
    contacts = responsible_contacts([each.measure for each in entries])
    pending = asked_already(concept)
    wanted = None if chosen is None else set(chosen)
    found = []
    for entry in entries:
        pk = entry.measure.pk
        choice = Choice(entry, standings.of(entry), contacts.get(pk), pending.get(pk))
        is_chosen = choice.is_suggested if wanted is None else pk in wanted
        found.append(
            Choice(choice.entry, choice.standing, choice.contact, choice.pending, is_chosen)
        )
    return found


def first_words(desk: Desk, concept: Concept) -> dict[str, object]:
    """What a new round says until the officer says it better, in the plan's language."""
    with translation.override(desk.municipality.source_language):
        return {
            "subject": _("How are your measures of “{title}” doing?").format(title=concept.title),
            "message": _(
                "We would like to know how the measures you answer for are doing. One to three "
                "sentences for each are enough; where nothing has changed, one tap says so.\n\n"
                "What you report goes into the public pages of the plan and into the report to "
                "the council.\n\n"
                "Thank you for your time!"
            ),
            "due": in_three_weeks(timezone.localdate()),
        }


def in_three_weeks(today: dt.date) -> dt.date:
    """A day three weeks away; a Monday where that would be at a weekend."""
    day = today + WEEKS
    beyond = day.weekday() - WORKDAYS
    return day if beyond < 0 else day + dt.timedelta(days=2 - beyond)


def links_from(site: str) -> LinkTo:
    """Makes the personal links under an origin."""
    return lambda recipient: site + reverse("office:reply", args=[reply_token(recipient)])


def letters_of(board: Board, site: str) -> list[tuple[Recipient, Letter]]:
    """The mails of a round as they will leave, but without the secret in their links."""
    round_ = board.round
    by_language: dict[str, list[Recipient]] = {}
    measures = {each.recipient.pk: [one.measure for one in each.asked] for each in board.people}
    for person in board.people:
        by_language.setdefault(person.recipient.language, []).append(person.recipient)
    for language, people in by_language.items():
        lay_titles_over([one for each in people for one in measures[each.pk]], round_, language)
    link, today = f"{site}{reverse('office:reply', args=['x'])[:-2]}…", timezone.localdate()
    return [
        (
            each.recipient,
            asking(each.recipient, measures[each.recipient.pk], link=link, today=today),
        )
        for each in board.people
    ]
