"""A round of asking for news that is under way in a seeded municipality."""

import datetime as dt
from typing import Final

from leitbild.accounts.models import Organisation
from leitbild.delivery.enums import AnswerKind, State
from leitbild.delivery.ladder import end_of_links
from leitbild.delivery.models import Answer, Recipient, Round, UpdateRequest
from leitbild.demo.seeding.batch import Batch
from leitbild.demo.seeding.people import contact_email, contact_name
from leitbild.demo.seeding.samples import filled, samples
from leitbild.demo.seeding.tables import moment, stored
from leitbild.demo.seeding.town import Town

SENT: Final = dt.timedelta(days=10)
DUE: Final = dt.timedelta(days=21)
"""How long ago the round was sent, and in how many days answers are due: no reminder is yet."""


def make_round(town: Town, contacts: dict[int, int], batch: Batch, *, officer: int) -> None:
    """Everybody who leads measures is asked for news of them; some have answered."""
    pk, source, said = batch.new_id(Round), town.scale.source, samples()
    sent, due = town.scale.day - SENT, town.scale.day + DUE
    batch[Round].add(
        pk,
        town.concept.pk,
        said.round_subject[source],
        said.round_message[source],
        due.isoformat(),
        officer,
        moment(sent),
        moment(sent),
        f"https://{town.host}",
    )
    for body in town.organisations:
        led = [each.measure.pk for each in town.measures if each.lead == body]
        if led:
            recipient, has_opened = _make_recipient(town, batch, pk, body, contacts[body.pk])
            for measure in led:
                request = batch.new_id(UpdateRequest)
                batch[UpdateRequest].add(request, pk, recipient, measure)
                if has_opened and town.rng.random() < 0.7:
                    _make_answer(town, batch, request, recipient, contact_name(town, body))


def _make_recipient(
    town: Town, batch: Batch, round_: int, body: Organisation, contact: int
) -> tuple[int, bool]:
    """Somebody who is asked: their id, and whether they have opened their link."""
    pk, has_opened = batch.new_id(Recipient), town.rng.random() < 0.5
    sent = town.scale.day - SENT
    batch[Recipient].add(
        pk,
        round_,
        contact,
        body.pk,
        contact_name(town, body),
        contact_email(town, body),
        town.scale.source,
        stored(end_of_links(town.scale.day + DUE)),
        moment(sent),
        moment(sent, 11) if has_opened else None,
    )
    return pk, has_opened


def _make_answer(town: Town, batch: Batch, request: int, recipient: int, name: str) -> None:
    rng, source = town.rng, town.scale.source
    answered = moment(town.scale.day - dt.timedelta(days=rng.randrange(1, SENT.days)))
    if rng.random() < 0.3:
        batch[Answer].add(request, recipient, AnswerKind.UNCHANGED.value, "", "", name, answered)
        return
    text = filled(rng.choice(samples().news[State.UNDER_WAY]), count=rng.randrange(12, 400))
    kind, state = AnswerKind.NEWS.value, State.UNDER_WAY.value
    batch[Answer].add(request, recipient, kind, state, text[source], name, answered)
