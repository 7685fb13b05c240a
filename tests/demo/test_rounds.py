"""The round that lies on the desk of the demo's officer."""

import datetime as dt
from collections import Counter

from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.models import PostedMail
from leitbild.delivery.models import ProgressUpdate, Recipient, Round
from leitbild.delivery.queries.answers import waiting_answers
from leitbild.delivery.queries.rounds import round_board
from leitbild.delivery.tokens import recipient_behind
from leitbild.demo.people import demo_officer, demo_sign_ins
from leitbild.demo.rounds import demo_round

SITE = "http://localhost:8000"


def test_round_holds_answers_of_every_kind(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)

    demo_round(demo_city, officer=demo_officer(), site=SITE)

    board = round_board(Round.objects.select_related("concept__municipality").get())
    assert Counter(each.state.value for each in board.questions) == {
        "waiting": 6,
        "answered": 2,
        "accepted": 1,
        "declined": 1,
        "not_mine": 1,
        "help": 1,
    }
    today = timezone.localdate()
    assert board.round.sent_at
    assert timezone.localdate(board.round.sent_at) < today < board.round.due
    assert board.round.due - today <= dt.timedelta(days=8)
    assert waiting_answers(demo_city).count() == 4


def test_what_was_taken_over_is_a_sample_too(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)

    demo_round(demo_city, officer=demo_officer(), site=SITE)

    assert ProgressUpdate.objects.latest("pk").measure.code == "3.4"
    assert not ProgressUpdate.objects.filter(sample=False).exists()


def test_links_of_the_round_lead_to_the_demo(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)

    demo_round(demo_city, officer=demo_officer(), site=SITE)

    mail = PostedMail.objects.get(to="editor@demo.example")
    [link] = [each for each in mail.text.split() if each.startswith(f"{SITE}/office/")]
    behind = recipient_behind(link.rstrip("/").rsplit("/", 1)[1], demo_city)
    assert isinstance(behind, Recipient)
    assert behind.email == "editor@demo.example"


def test_next_start_sends_no_second_round(demo_city: Municipality) -> None:
    demo_sign_ins(demo_city)
    demo_round(demo_city, officer=demo_officer(), site=SITE)

    assert demo_round(demo_city, officer=demo_officer(), site=SITE) is None
    assert Round.objects.count() == 1
