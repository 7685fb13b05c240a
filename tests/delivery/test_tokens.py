"""A link opens its own questions, in its own time; nobody makes one up."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from string import ascii_letters, digits
from typing import Final

import pytest
import time_machine
from django.core import signing
from django.core.signing import Signer, TimestampSigner
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Recipient, Round
from leitbild.delivery.tokens import SALT, DeadLink, Death, recipient_behind, reply_token
from tests.delivery.asking import asking_town, sent
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)
URL_SAFE: Final = f"{ascii_letters}{digits}-_"
UNKNOWN: Final = DeadLink(Death.UNKNOWN)


@pytest.fixture
def town() -> Iterator[Municipality]:
    with time_machine.travel(NOW, tick=False):
        town = asking_town()
        sent(DUE, "1.1", "1.2", "1.3")
        yield town


def ada() -> Recipient:
    return Recipient.objects.get(email="ada@example.org")


def test_token_leads_to_whom_it_was_mailed_by_one_query(town: Municipality) -> None:
    token = reply_token(ada())

    queries = queries_of(lambda: recipient_behind(token, town))

    assert recipient_behind(token, town) == ada()
    assert len(queries) == 1
    assert set(token) <= set(URL_SAFE) | {"."}
    assert ada().email not in token


def test_every_dead_link_says_why_in_its_owners_language(town: Municipality) -> None:
    token = reply_token(ada())

    def found(**values: object) -> object:
        Recipient.objects.filter(email="ada@example.org").update(**values)
        return recipient_behind(token, town)

    assert found(generation=2) == DeadLink(Death.SUPERSEDED, "de")
    assert found(generation=1, expires_at=timezone.now()) == DeadLink(Death.EXPIRED, "de")
    # A newer link would help as little once the round is over.
    Round.objects.update(closed_at=timezone.now())
    assert found(generation=2) == DeadLink(Death.CLOSED, "de")


def test_link_of_another_city_looks_forged(town: Municipality) -> None:
    other = Municipality.objects.create(slug="b", name="B", languages=["de"])

    assert recipient_behind(reply_token(ada()), other) == UNKNOWN


def test_id_that_belongs_to_somebody_else_by_now_opens_nothing(town: Municipality) -> None:
    """After a backup was restored, ids mailed since are given once more, to others."""
    token = reply_token(ada())
    Recipient.objects.filter(email="ada@example.org").update(email="eve@example.org")

    assert recipient_behind(token, town) == UNKNOWN


def test_round_that_was_not_sent_has_no_links(town: Municipality) -> None:
    Round.objects.update(sent_at=None)

    assert recipient_behind(reply_token(ada()), town) == UNKNOWN


def test_ten_thousand_tokens_open_nothing(town: Municipality) -> None:
    """Random ones, changed ones, recombined ones and those of other signatures cost no query."""
    forged = list(forgeries())
    old = [reply_token(each) for each in (*older(100), *strangers(100))]

    def opened() -> list[str]:
        return [each for each in forged if recipient_behind(each, town) != UNKNOWN]

    assert len(forged) + len(old) >= 10_000
    assert queries_of(opened) == []
    assert opened() == []
    assert [each for each in old if isinstance(recipient_behind(each, town), Recipient)] == []


def older(number: int) -> Iterator[Recipient]:
    """Links that were mailed before the newest one."""
    Recipient.objects.filter(email="ada@example.org").update(generation=number + 1)
    for generation in range(1, number + 1):
        recipient = ada()
        recipient.generation = generation
        yield recipient


def strangers(number: int) -> Iterator[Recipient]:
    """Links of recipients who aren't there, rightly signed."""
    for place in range(number):
        yield Recipient(pk=10**6 + place, email="ada@example.org", generation=1)


def forgeries() -> Iterator[str]:
    """Tokens nobody has signed, at least ten thousand of them."""
    chance = random.Random(4)  # noqa: S311 # the same ones in every run
    own, other = reply_token(ada()), reply_token(Recipient.objects.exclude(pk=ada().pk)[0])
    yield from changed(own)
    yield from recombined(own, other)
    value = own.rpartition(".")[0]
    for _ in range(5_000):
        yield f"{value}.{noise(chance, 43)}"
        yield noise(chance, chance.randint(1, 120))


def noise(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(URL_SAFE, k=length))


def changed(token: str) -> Iterator[str]:
    """The token with any one sign replaced, dropped or doubled; cut, padded, in other cases."""
    for place, sign in enumerate(token):
        for other in {"0", "1", "A", "b", "-", "_", ".", "~", chr(ord(sign) ^ 1)} - {sign}:
            yield f"{token[:place]}{other}{token[place + 1 :]}"
        yield f"{token[:place]}{token[place + 1 :]}"
        yield f"{token[:place]}{sign}{token[place:]}"
        yield token[:place]
    yield from (token.upper(), token.lower(), token.swapcase(), f"{token}=", f"{token}\n")
    yield from (f" {token}", f"{token}\x00", f"{token}é", "\udc80", "", ".", "...", "…", "🧱")


def recombined(own: str, other: str) -> Iterator[str]:
    """Parts of two good tokens together, and the right value under wrong signatures."""
    (value, mine), (theirs, signature) = own.rsplit(".", 1), other.rsplit(".", 1)
    pk, generation, mark = value.split(".")
    yield from (f"{value}.{signature}", f"{theirs}.{mine}")
    for place in range(1, 50):
        yield f"{pk}.{place + 1}.{mark}.{mine}"
        yield f"{int(pk) + place}.{generation}.{mark}.{mine}"
    signers: list[Callable[[str], str]] = [
        Signer(sep=".").sign,
        Signer(sep=".", salt="leitbild.delivery.calendar").sign,
        Signer(sep=".", salt=SALT, key="x" * 50).sign,
        Signer(sep=".", salt=SALT, algorithm="sha1").sign,
        Signer(sep=":", salt=SALT).sign,
        TimestampSigner(sep=".", salt=SALT).sign,
        lambda text: signing.dumps(text, salt=SALT),
    ]
    yield from (sign(value) for sign in signers)
