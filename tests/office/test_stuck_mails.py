"""Mails that didn't leave stand before the officer, who sends them again or gives them up."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.actions import post_mail
from leitbild.core.enums import MailState
from leitbild.core.models import PostedMail
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of

PAGE = "/office/mails/liegengeblieben/"
TODAY = "/office/"


@pytest.fixture
def officer(writing_town: Municipality) -> Client:
    """The officer's browser."""
    return signed_in(member(writing_town, Role.OFFICER))


def stuck(town: Municipality | None, key: str, state: str = MailState.FAILED) -> PostedMail:
    """A mail that didn't leave."""
    post_mail(
        key=key,
        to=f"{key.replace(':', '.')}@example.org",
        language="de",
        sender="Musterstadt",
        subject=f"Betreff {key}",
        text="Siehe https://x.example/geheim/",
        municipality_id=town.pk if town else 0,
    )
    PostedMail.objects.filter(key=key).update(state=state, error="550 No such user", attempts=6)
    return PostedMail.objects.get(key=key)


def rows(client: Client) -> list[str]:
    """The lines of the table."""
    table = [words(each) for each in parsed(client.get(PAGE)).iter("tr")]
    return [each.partition(" Send again")[0] for each in table[1:]]


def states() -> dict[str, str]:
    return dict(PostedMail.objects.values_list("key", "state"))


def test_officer_sees_what_is_stuck_and_sends_it_again_or_gives_it_up(
    writing_town: Municipality, officer: Client
) -> None:
    assert len(by_class(parsed(officer.get(PAGE)), "empty")) == 1
    assert "did not leave" not in words(parsed(officer.get(TODAY)))
    again, dropped = (stuck(writing_town, key) for key in ("round:1", "round:2"))
    unclear = stuck(writing_town, "round:3", MailState.UNCLEAR)
    stuck(None, "round:of-another-town")
    stuck(writing_town, "follower:7:2026-03-02")

    page = officer.get(PAGE)

    assert_valid(page)
    assert b"geheim" not in page.content
    assert [each.split(" ")[1] for each in rows(officer)] == ["round:3", "round:2", "round:1"]
    assert ["not deliverable" in each for each in rows(officer)] == [*(False, True, True)]
    assert b"follower.7" not in page.content
    assert "1 mail to somebody who follows" in words(parsed(page))
    assert "3 mails did not leave." in words(parsed(officer.get(TODAY)))

    officer.post(PAGE, {"mail": again.pk, "do": "again"})
    officer.post(PAGE, {"mail": dropped.pk, "do": "drop"})
    officer.post(PAGE, {"mail": dropped.pk, "do": "again"})
    officer.post(PAGE, {"mail": "followers", "do": "drop"})

    assert states() == {
        "round:1": MailState.WAITING,
        "round:2": MailState.FAILED,
        "round:3": MailState.UNCLEAR,
        "round:of-another-town": MailState.FAILED,
        "follower:7:2026-03-02": MailState.FAILED,
    }
    assert PostedMail.objects.filter(text="").count() == 2
    assert [each.split(" ")[1] for each in rows(officer)] == [str(unclear.key)]
    answer = officer.post(PAGE, {"mail": "all", "do": "again"}, follow=True)
    assert "1 mail is on its way again." in words(parsed(answer))
    answer = officer.post(PAGE, {"mail": "all", "do": "again"}, follow=True)
    assert "Somebody has decided about this already." in words(parsed(answer))


def test_list_takes_as_many_queries_for_thirty_as_for_one(
    writing_town: Municipality, officer: Client
) -> None:
    stuck(writing_town, "round:0")
    officer.get(PAGE)
    few = queries_of(lambda: officer.get(PAGE))
    for number in range(1, 31):
        stuck(writing_town, f"round:{number}")

    assert_same_number(few, queries_of(lambda: officer.get(PAGE)))
    assert len(rows(officer)) == 31
