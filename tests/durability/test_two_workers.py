"""Two workers of one database do everything once between them, also when they are killed.

Jobs lie in the queue, people wait for their reminder, followers for their news. Both workers are
killed with SIGKILL in the midst of a job, and of a turn. Between these they begin at the same
moment, again and again; each time one is killed wherever it is, and the other asked to end. Every
mail must be there once in the end, every queued job have run once at most, and no periodic job in
two workers at once.
"""

import datetime as dt
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Sequence
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path
from typing import Final

import time_machine
from django_tasks_db.models import DBTaskResult

import leitbild
from leitbild.config.periodic import JOBS
from leitbild.core.enums import MailState
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.periodic import TURN, Periodic
from leitbild.core.tasks import send_mails
from leitbild.delivery.actions import NewUpdate, record_update
from leitbild.plan.models import Measure
from tests.community.followers import follow
from tests.delivery.asking import ADA, BABBAGE, asking_town, at, posted, sent
from tests.durability.jobs import BEGUN, ENDED, TURNING, queued
from tests.durability.test_killed_worker import Lives, attempts, is_done, wait_for, worker

KILLS: Final = 10
LONG: Final = 60.0
"""Seconds no job lasts to its end before its worker is killed."""
WELL: Final = {0, -signal.SIGTERM}
"""How a worker ends that was asked to; the latter where it had not even begun."""
QUEUED: Final = 16
FOLLOWERS: Final = 30
ASKED: Final = dt.date(2026, 3, 2)
DUE: Final = dt.date(2026, 3, 23)
REMINDED: Final = dt.date(2026, 3, 16)
MORNING: Final = at(REMINDED, 8)


def busy_town() -> None:
    """A town that has asked for news two weeks ago, and has something to tell since."""
    with time_machine.travel(at(ASKED), tick=False) as clock:
        town = asking_town()
        for number in range(FOLLOWERS):
            follow(town, email=f"follower{number}@example.org")
        sent(DUE, "1.1", "1.2", "1.3")
        clock.shift(dt.timedelta(hours=1))
        row = Measure.objects.select_related("concept__municipality").get(code="1.1")
        record_update(update=NewUpdate(measure=row, date=ASKED, state="under_way"), by=None)
        for number in range(QUEUED):
            queued.enqueue(number)


def traces(what: str) -> list[tuple[int, dt.datetime]]:
    """Which jobs have left a trace, and when on the clock of their worker."""
    events = AuditEvent.objects.filter(action=what).order_by("at", "pk")
    return [(each.changes["number"], each.at) for each in events]


def progress() -> int:
    """Grows with whatever a worker does."""
    return attempts() + AuditEvent.objects.count() + PostedMail.objects.count()


def kill_one_by_one(both: Sequence[Lives]) -> None:
    """Let both work through many short lives, of which every other one ends badly."""
    for number in range(KILLS):
        before = progress()
        for each in both:
            each.begin()
        wait_for(lambda: progress() > before or is_at_rest())  # noqa: B023 # called at once
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 # moments nobody could guard against
        assert both[number % 2].end() == -signal.SIGKILL
        assert both[1 - number % 2].end(signal.SIGTERM) in WELL


def kill_in_the_midst_of_jobs(both: Sequence[Lives]) -> None:
    """Let each take up a job of the queue that it can't end."""
    for each in both:
        each.begin(job_lasts=LONG)
    wait_for(lambda: len(traces(BEGUN)) == len(both))
    assert {each.end() for each in both} == {-signal.SIGKILL}


def kill_in_the_midst_of_a_turn(both: Sequence[Lives]) -> None:
    """Let them work off the queue, then one of them take a turn that it can't end."""
    for each in both:
        each.begin()
    wait_for(lambda: not DBTaskResult.objects.ready().exists())
    assert {each.end(signal.SIGTERM) for each in both} <= WELL
    before = len(traces(BEGUN))
    for each in both:
        # Whatever turn a worker killed before holds has come to its end.
        each.begin(later=TURN, job_lasts=LONG)
    wait_for(lambda: len(traces(BEGUN)) > before)
    assert {each.end() for each in both} == {-signal.SIGKILL}


def is_at_rest() -> bool:
    """Whether nothing waits in the queue or the outbox."""
    return is_done() and not DBTaskResult.objects.ready().exists()


def is_over() -> bool:
    """Whether everybody has been told everything."""
    told = PostedMail.objects.filter(key__startswith="follower:", key__endswith=f":{REMINDED}")
    is_told = told.count() >= FOLLOWERS and len(posted("reminder")) >= 2
    # Asked last: what has just been posted may not have left.
    return is_told and is_at_rest()


def assert_turns_follow_each_other(
    begun: Sequence[dt.datetime], ended: Sequence[dt.datetime]
) -> None:
    """Fail where a turn began while another one wasn't over."""
    for first, then in pairwise(begun):
        is_whole = any(first <= each < then for each in ended)
        assert then - first >= (TURNING.every if is_whole else TURN) - dt.timedelta(seconds=5)


def test_two_workers_do_everything_once_though_they_are_killed(
    own_database: str, tmp_path: Path
) -> None:
    busy_town()
    folder = tmp_path / "mails"
    mail = {"EMAIL_BACKEND": "leitbild.core.mail.KeptAsFiles", "MAILS": str(folder)}
    with worker(own_database) as one, worker(own_database) as other:
        asked = {"clock": MORNING.isoformat(), "all_jobs": True}
        both = [Lives(each, mail, **asked) for each in (one, other)]
        kill_in_the_midst_of_jobs(both)
        kill_one_by_one(both)
        kill_in_the_midst_of_a_turn(both)
        ended = len(traces(ENDED))
        for each in both:
            each.begin(later=2 * TURN)
        wait_for(lambda: is_over() and len(traces(ENDED)) > ended)
        assert {each.end(signal.SIGTERM) for each in both} <= WELL

    assert_every_mail_is_there_once(folder)
    assert_every_job_ran_once_at_most()


def assert_every_mail_is_there_once(folder: Path) -> None:
    read = [
        message_from_bytes(each.read_bytes(), policy=policy.default) for each in folder.iterdir()
    ]
    kept = Counter(str(each["Message-ID"]) for each in read)
    assert set(kept.values()) == {1}
    assert len(kept) == PostedMail.objects.count()
    assert set(PostedMail.objects.values_list("state", flat=True)) == {MailState.LEFT}
    assert posted("reminder") == [(ADA, REMINDED), (BABBAGE, REMINDED)]
    assert AuditEvent.objects.filter(action="round.remind").count() == 1
    to_followers = Counter(str(each["To"]) for each in read if each["List-Unsubscribe"])
    assert to_followers == {f"follower{number}@example.org": 1 for number in range(FOLLOWERS)}


def assert_every_job_ran_once_at_most() -> None:
    begun, ended = traces(BEGUN), traces(ENDED)
    assert set(Counter(number for number, _at in begun if number >= 0).values()) == {1}
    broken_off = set(range(QUEUED)) - {number for number, _at in ended}
    assert len(broken_off) >= 2
    # It isn't taken up again; why it needn't be, the next test says.
    running = DBTaskResult.objects.running().filter(task_path=queued.module_path)
    assert broken_off <= {each.args_kwargs["args"][0] for each in running}
    turns = [at for number, at in begun if number < 0]
    assert_turns_follow_each_other(turns, [at for number, at in ended if number < 0])


def test_what_is_queued_is_done_by_the_clock_too() -> None:
    """A job whose worker died isn't taken up again; what it was to do is found a minute later."""
    source = Path(leitbild.__file__).parent
    enqueued = {
        found
        for file in source.rglob("*.py")
        for found in re.findall(r"(\w+)\.enqueue\(", file.read_text(encoding="utf-8"))
    }

    assert enqueued == {"send_mails"}
    assert Periodic(send_mails, turns=False) in JOBS
