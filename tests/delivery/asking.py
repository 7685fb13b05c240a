"""A small town that asks for news: whom it asks, and the rounds tests send."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

import time_machine

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality, Organisation, User
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.delivery.actions.attending import attend_rounds
from leitbild.delivery.actions.rounds import prepare_round, send_round
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Answer, Recipient, Round, Ruling, UpdateRequest
from leitbild.plan.models import Concept, Measure
from tests.people import member
from tests.towns import measure, plan, settle

SITE: Final = "https://plan.example"
BERLIN: Final = ZoneInfo("Europe/Berlin")
ADA: Final = "ada@example.org"
BABBAGE: Final = "babbage@example.org"
HEAD: Final = "head@example.org"


def at(day: dt.date, hour: int = 12, minute: int = 0) -> dt.datetime:
    """A moment on the clocks of the city."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def attend(moment: dt.datetime) -> int:
    """Let the worker look after rounds at a moment; how many mails that were."""
    with time_machine.travel(moment, tick=False):
        return attend_rounds(link_to=link_to)


def posted(kind: str) -> list[tuple[str, dt.date]]:
    """Mails of a kind by address and day, each as often as it was posted."""
    mails = PostedMail.objects.filter(key__contains=f":{kind}:")
    return sorted((each.to, each.posted_at.astimezone(BERLIN).date()) for each in mails)


def ends() -> list[tuple[str, dt.date]]:
    """By whom and on which day rounds were closed."""
    events = AuditEvent.objects.filter(action="round.close").order_by("at")
    return [(each.actor_name, each.at.astimezone(BERLIN).date()) for each in events]


def asking_town() -> Municipality:
    """Two measures of the school office, one of the building office, one nobody leads."""
    town = settle(
        plan(
            measure("1.1", {"de": "Lesen", "ar": "القراءة"}, lead="schulamt"),
            measure("1.2", "Rechnen", lead="schulamt"),
            measure("1.3", "Bauen", lead="amt-fuer-bau"),
            measure("1.4", "Singen"),
        )
    )
    contact("schulamt", "Frau Ada", ADA)
    contact("amt-fuer-bau", "Herr Babbage", BABBAGE, language="ar")
    contact("schulamt", "Leitung Schulamt", HEAD, is_head=True)
    member(town, Role.OFFICER)
    return town


def contact(
    slug: str, name: str, email: str, *, language: str = "", is_head: bool = False
) -> Contact:
    """Somebody of an organisation."""
    return Contact.objects.create(
        organisation=Organisation.objects.get(slug=slug),
        name=name,
        email=email,
        language=language,
        is_head=is_head,
    )


def officer() -> User:
    """The town's officer."""
    return User.objects.get(memberships__role=Role.OFFICER)


def link_to(recipient: Recipient) -> str:
    """A link that names whose it is, and of which generation."""
    return f"{SITE}/r/{recipient.email}/{recipient.generation}"


def prepared(due: dt.date, *codes: str) -> Round:
    """A round that asks for these measures, or for all."""
    concept = Concept.objects.get()
    measures = Measure.objects.filter(concept=concept)
    return prepare_round(
        concept=concept,
        measures=list(measures.filter(code__in=codes) if codes else measures),
        subject="Wie steht es?",
        message="Bitte melden Sie sich.",
        due=due,
        by=officer(),
    ).round


def sent(due: dt.date, *codes: str) -> Round:
    """The same, sent now."""
    round_ = prepared(due, *codes)
    send_round(round_=round_, by=officer(), link_to=link_to, site=SITE)
    round_.refresh_from_db()
    return round_


def answer(
    round_: Round, code: str, kind: str = AnswerKind.UNCHANGED, *, accepted: bool | None = None
) -> Answer:
    """Whoever is asked answers; with `accepted` the officer has dealt with it."""
    request = UpdateRequest.objects.get(round=round_, measure__code=code)
    given = Answer.objects.create(
        request=request, recipient=request.recipient, kind=kind, author_name=str(request.recipient)
    )
    if accepted is not None:
        Ruling.objects.create(answer=given, accepted=accepted, by=officer())
    return given
