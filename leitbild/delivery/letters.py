"""The mails of a round, written in the language of whoever gets them.

Plain text, because that is what everybody can read: who asks, for what, until when, and one link.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.accounts.models import Contact, Municipality, User
from leitbild.core.queries import overlay
from leitbild.delivery.ladder import last_day
from leitbild.delivery.models import Recipient, Round
from leitbild.plan.models import Measure


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is posted."""

    to: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, for which city, and how to reach them."""

    municipality: Municipality
    name: str
    email: str
    phone: str

    @property
    def reach(self) -> str:
        """Address and phone in one line."""
        return ", ".join(filter(None, [self.email, self.phone]))


def sender_of(round_: Round) -> Sender:
    """Who asks in a round: whoever prepared it while they work here, otherwise the city."""
    town = round_.concept.municipality
    person: User | None = round_.created_by
    if person is None or not person.is_active:
        name = town.contact_office or town.name
        return Sender(town, name, town.contact_email, town.contact_phone)
    return Sender(town, str(person), person.email, town.contact_phone)


def lay_titles_over(measures: Iterable[Measure], round_: Round, language: str) -> None:
    """Give measures their titles in the language of a mail; no query in the source language."""
    source = round_.concept.municipality.source_language
    overlay(measures, language=language, source=source)


def asking(
    recipient: Recipient, measures: Sequence[Measure], *, link: str, today: dt.date
) -> Letter:
    """The first mail: the officer's words, the measures, the due date, the link."""
    round_ = recipient.round
    with translation.override(recipient.language):
        return _letter(
            recipient,
            round_.subject,
            round_.message.strip(),
            ngettext("This measure is meant:", "These measures are meant:", len(measures)),
            _listed(measures),
            _until(round_.due, today),
            *_way_in(recipient, link),
        )


def handing_on(
    recipient: Recipient, measures: Sequence[Measure], *, link: str, today: dt.date
) -> Letter:
    """A question that was somebody else's before, with all that is open for them."""
    round_ = recipient.round
    with translation.override(recipient.language):
        return _letter(
            recipient,
            round_.subject,
            _("Somebody named you as the one to ask now."),
            round_.message.strip(),
            ngettext("This measure is meant:", "These measures are meant:", len(measures)),
            _listed(measures),
            _until(round_.due, today),
            *_way_in(recipient, link),
        )


def renewing(
    recipient: Recipient, measures: Sequence[Measure], *, link: str, today: dt.date
) -> Letter:
    """A new link in place of all older ones."""
    round_ = recipient.round
    with translation.override(recipient.language):
        return _letter(
            recipient,
            _("New link: {subject}").format(subject=round_.subject),
            _("Here is a new link for your answers. Older ones don’t work any more."),
            _missing(measures),
            _listed(measures),
            _until(round_.due, today),
            *_way_in(recipient, link),
        )


def reminding(
    recipient: Recipient, measures: Sequence[Measure], *, link: str, today: dt.date
) -> Letter:
    """A friendly reminder of what is still open."""
    round_ = recipient.round
    with translation.override(recipient.language):
        return _letter(
            recipient,
            _("Reminder: {subject}").format(subject=round_.subject),
            _("A while ago we asked you how your measures are doing."),
            _missing(measures),
            _listed(measures),
            _until(round_.due, today),
            *_way_in(recipient, link),
        )


def giving_back(
    recipient: Recipient, measure: Measure, *, note: str, is_help: bool, link: str
) -> Letter:
    """The officer's word on an answer, after which the question is open again.

    Without a link where the round takes no answers any more.
    """
    round_ = recipient.round
    with translation.override(recipient.language):
        return _letter(
            recipient,
            _("Your answer: {subject}").format(subject=round_.subject),
            _("You asked for help with this measure:")
            if is_help
            else _("You answered our question about this measure:"),
            _listed([measure]),
            _("The office writes to you:"),
            note,
            *_way_back_in(recipient, link),
        )


def escalating(
    head: Contact, round_: Round, silent: Mapping[Recipient, Sequence[Measure]]
) -> Letter:
    """What the head of an organisation needs to know: who owes news of what, and what to do.

    It holds nobody's link: an answer is signed with the name of whose link it is.
    """
    sender = sender_of(round_)
    language = head.language or sender.municipality.source_language
    lay_titles_over([each for own in silent.values() for each in own], round_, language)
    with translation.override(language):
        blocks = [
            _("Good day {name},").format(name=head.name),
            _(
                "We asked people of {organisation} how their measures are doing. The answers "
                "were due on {day} and are still missing:"
            ).format(organisation=head.organisation.name, day=_day(round_.due)),
            *(
                f"{_person(recipient)}\n{_listed(measures)}"
                for recipient, measures in silent.items()
            ),
            _(
                "Please see that they answer. They have the link in a mail from us, and it works "
                "until {day}."
            ).format(day=_day(last_day(round_.due))),
            _(
                "If somebody else should be asked, or something keeps the measures from going "
                "on, please write to {name}: {reach}"
            ).format(name=sender.name, reach=sender.reach),
            _("The plan with all its measures: {address}").format(address=round_.site),
        ]
        subject = _("No answer yet: {subject}").format(subject=round_.subject)
        return Letter(head.email, language, subject, "\n\n".join(blocks))


def _letter(recipient: Recipient, subject: str, *blocks: str) -> Letter:
    """A mail to whoever is asked; closes with who asks."""
    sender = sender_of(recipient.round)
    closing = _("{name} asks you for {town}. Questions? {reach}").format(
        name=sender.name, town=sender.municipality.name, reach=sender.reach
    )
    text = "\n\n".join([_("Good day {name},").format(name=recipient), *blocks, closing])
    return Letter(recipient.email, recipient.language, subject, text)


def _way_in(recipient: Recipient, link: str) -> list[str]:
    return [
        _("One link for all of it, without signing in:"),
        link,
        _(
            "The link is yours alone, please don’t pass it on. It works until {day}. If a "
            "measure isn’t yours any more, or you need help, say so there."
        ).format(day=_day(last_day(recipient.round.due))),
    ]


def _way_back_in(recipient: Recipient, link: str) -> list[str]:
    if not link:
        return []
    return [_("The question is open again, please answer it once more."), *_way_in(recipient, link)]


def _missing(measures: Sequence[Measure]) -> str:
    return ngettext(
        "Your answer on this measure is still missing:",
        "Your answers on these measures are still missing:",
        len(measures),
    )


def _until(due: dt.date, today: dt.date) -> str:
    if due < today:
        return _("The answer was due on {day}. Please give it as soon as you can.").format(
            day=_day(due)
        )
    return _("Please answer by {day}.").format(day=_day(due))


def _listed(measures: Sequence[Measure]) -> str:
    return "\n".join(f"– {each.code} {each.t.title.plain}" for each in measures)


def _person(recipient: Recipient) -> str:
    return f"{recipient} ({recipient.email})" if recipient.name else recipient.email


def _day(date: dt.date) -> str:
    return date_format(date, _("j F Y"))
