"""Rounds by the clock: reminders, escalations, ends and freshness on the right days, once each.

A whole year is walked day by day, with a worker that is down for days and weeks. What must come
out is computed here from the calendar alone, in another way than the product does it.
"""

import calendar
import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
import time_machine

from leitbild.delivery.actions.recipients import hand_on
from leitbild.delivery.models import ProgressUpdate, Round, UpdateRequest
from leitbild.delivery.queries import standings
from leitbild.plan.models import Concept, Measure
from tests.delivery.asking import (
    ADA,
    BABBAGE,
    HEAD,
    answer,
    asking_town,
    at,
    attend,
    ends,
    link_to,
    officer,
    posted,
    sent,
)

pytestmark = pytest.mark.django_db

HOURS: Final = (6, 7, 7, 9, 13, 23)
"""When the worker looks: also too early in the morning."""
NEW: Final = "neu@example.org"
HANDED: Final = dt.date(2024, 10, 29)
"""In the third round, after its due date, a question goes to somebody else."""
FRAME: Final = (
    (dt.date(2024, 1, 25), dt.date(2024, 2, 19)),
    (dt.date(2024, 3, 22), dt.date(2024, 3, 28)),
    (dt.date(2024, 10, 1), dt.date(2024, 10, 24)),
    (dt.date(2024, 12, 1), dt.date(2024, 12, 22)),
)
"""When rounds leave and are due: steps fall on a leap day, both changes of the clocks, New Year."""


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]


WHOLE: Final = days(dt.date(2024, 1, 20), dt.date(2025, 1, 25))


@dataclass(frozen=True)
class Plan:
    """A round of the year: when it leaves, when it is due, on which day who answers."""

    leaves: dt.date
    due: dt.date
    answers: Mapping[str, dt.date | None]


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: since when, until when an answer is due, until when it matters."""

    email: str
    asked: dt.datetime
    due: dt.date
    stop: dt.datetime

    def steps(self, before: Sequence[int], after: Sequence[int]) -> set[dt.date]:
        """The days of the reminders, those of the asking and before left out."""
        clock = max(self.due, self.asked.date())
        found = {clock - dt.timedelta(days=each) for each in before}
        found |= {clock + dt.timedelta(days=each) for each in after}
        return {each for each in found if each > self.asked.date()}


def year_of(dice: random.Random) -> list[Plan]:
    """The year's rounds, with people who answer on some day or never."""

    def some_day(leaves: dt.date) -> dt.date | None:
        never = dice.random() < 0.4
        return None if never else leaves + dt.timedelta(days=dice.randrange(1, 50))

    return [Plan(a, b, {ADA: some_day(a), BABBAGE: some_day(a)}) for a, b in FRAME]


def looks_of(dice: random.Random, whole: Sequence[dt.date]) -> list[dt.datetime]:
    """When the worker looks: once a day, but not on single days and not for three weeks."""
    gone = set(dice.sample(whole, 25))
    for start in dice.sample(range(len(whole) - 7), 3):
        gone |= set(whole[start : start + 7])
    return [at(day, dice.choice(HOURS), dice.randrange(60)) for day in whole if day not in gone]


def people_of(plans: Sequence[Plan], handed: dt.date) -> list[Asked]:
    """Everybody who is asked in the year; in the third round a question is handed on."""
    found = []
    for number, each in enumerate(plans):
        over = at(each.due + dt.timedelta(days=31), 0)
        for email, answered in each.answers.items():
            stop = min(at(answered), over) if answered else over
            if number == 2 and email == BABBAGE and (answered is None or answered > handed):
                stop = min(stop, at(handed))
                found.append(Asked(NEW, at(handed), each.due, over))
            found.append(Asked(email, at(each.leaves), each.due, stop))
    return found


def expected_mails(
    people: Sequence[Asked], looks: Sequence[dt.datetime], conduct: Mapping[str, Any]
) -> tuple[list[tuple[str, dt.date]], list[tuple[str, dt.date]]]:
    """Reminders and what heads are told: by whom it is about, on which day.

    A step is taken when the worker first looks from seven on; steps taken at the same time are
    one mail.
    """
    awake = [each for each in looks if each.hour >= 7]

    def taken(day: dt.date) -> dt.datetime | None:
        return next((each for each in awake if each >= at(day, 7)), None)

    reminders: set[tuple[str, dt.date]] = set()
    told: set[tuple[str, dt.date]] = set()
    for each in people:
        for step in each.steps(conduct["reminders_before"], conduct["reminders_after"]):
            moment = taken(step)
            if moment and moment < each.stop:
                reminders.add((each.email, moment.date()))
        late = conduct["escalation_after"]
        if late and each.email == ADA:
            moment = taken(max(each.due, each.asked.date()) + dt.timedelta(days=late))
            if moment and moment < each.stop:
                told.add((HEAD, moment.date()))
    return sorted(reminders), sorted(told)


def happen(day: dt.date, plans: Sequence[Plan], handed: dt.date) -> None:
    """What people do on a day, at noon."""
    for number, each in enumerate(plans):
        if each.leaves == day:
            sent(each.due, "1.1", "1.2", "1.3")
        if day <= each.leaves or not (round_ := Round.objects.filter(due=each.due).first()):
            continue
        if number == 2 and day == handed:
            request = UpdateRequest.objects.get(round=round_, measure__code="1.3")
            if not request.answers.exists():
                hand_on(
                    request=request,
                    name="Frau Neu",
                    email=NEW,
                    by=officer(),
                    link_to=link_to,
                )
        for email, codes in ((ADA, ("1.1", "1.2")), (BABBAGE, ("1.3",))):
            if each.answers[email] == day and round_.is_open:
                own = round_.requests.filter(recipient__email=email).exists()
                for code in codes if own else ():
                    answer(round_, code)


@pytest.mark.parametrize(
    ("seed", "before", "after", "late"), [(8, (7,), (3, 10), 14), (14, (14, 3, 1), (1, 5, 29), 1)]
)
def test_every_step_of_a_year_comes_once_and_on_its_day(
    seed: int, before: tuple[int, ...], after: tuple[int, ...], late: int
) -> None:
    conduct = {"reminders_before": before, "reminders_after": after, "escalation_after": late}
    dice = random.Random(seed)  # noqa: S311 # no secret, but the same dice each time
    plans, looks = year_of(dice), looks_of(dice, WHOLE)

    walk(plans, looks, conduct)

    reminders, told = expected_mails(people_of(plans, HANDED), looks, conduct)
    assert posted("reminder") == reminders
    assert posted("head") == told
    assert len(told) > 1
    assert {email for email, _day in reminders} == {ADA, BABBAGE, NEW}
    assert ends() == [first_look(looks, each.due + dt.timedelta(days=31)) for each in plans]


def test_steps_come_on_leap_day_with_both_clocks_and_over_new_year() -> None:
    silent = {ADA: None, BABBAGE: None}
    plans = [Plan(a, b, silent) for a, b in FRAME]
    looks = [at(day, 8) for day in WHOLE if not 4 < day.month < 10]  # no round in summer

    walk(plans, looks, {"reminders_after": (3, 10), "reminders_before": (7,)})

    days_of_ada = [day.isoformat() for email, day in posted("reminder") if email == ADA]
    assert days_of_ada == [
        *("2024-02-12", "2024-02-22", "2024-02-29"),
        *("2024-03-31", "2024-04-07"),
        *("2024-10-17", "2024-10-27", "2024-11-03"),
        *("2024-12-15", "2024-12-25", "2025-01-01"),
    ]
    days_of_new = [day.isoformat() for email, day in posted("reminder") if email == NEW]
    assert days_of_new == ["2024-11-01", "2024-11-08"]
    assert posted("head") == []


def walk(plans: Sequence[Plan], looks: Sequence[dt.datetime], conduct: Mapping[str, Any]) -> None:
    """Let a year pass in a town with these settings."""
    town = asking_town()
    town.reporting = dict(conduct)
    town.save()
    noons = {each.leaves for each in plans} | {HANDED}
    noons |= {day for each in plans for day in each.answers.values() if day}
    moments = sorted([(at(day), False) for day in noons] + [(each, True) for each in looks])
    for moment, is_look in moments:
        if is_look:
            attend(moment)
        else:
            with time_machine.travel(moment, tick=False):
                happen(moment.date(), plans, HANDED)
    assert [each.is_open for each in Round.objects.all()] == [False] * len(plans)


def first_look(looks: Sequence[dt.datetime], day: dt.date) -> tuple[str, dt.date]:
    return "command line", next(each for each in looks if each >= at(day, 0)).date()


def month_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


NEWS: Final[Mapping[str, Sequence[tuple[dt.date, str]]]] = {
    "1.1": [(dt.date(2023, 8, 31), "under_way"), (dt.date(2024, 5, 1), "under_way")],
    "1.2": [(dt.date(2023, 8, 31), "under_way"), (dt.date(2024, 3, 2), "done")],
    "1.3": [(dt.date(2024, 4, 30), "planned")],
    "1.4": [],
}


def expected_freshness(code: str, today: dt.date) -> str:
    """Fresh for six months, then due for half as many days again, then silent."""
    known = [each for each in NEWS[code] if each[0] <= today]
    if not known:
        return "silent"
    day, state = known[-1]
    if state == "done":
        return "closed"
    rhythm, late = (month_later(day, 6) - day).days, (today - day).days
    return "fresh" if late <= rhythm else "due" if late <= rhythm * 3 // 2 else "silent"


def test_freshness_turns_on_the_right_days_of_a_year() -> None:
    town, concept = asking_town(), Concept.objects.get()
    measures = {each.code: each for each in Measure.objects.filter(concept=concept)}
    for code, said in NEWS.items():
        for day, state in said:
            ProgressUpdate.objects.create(measure=measures[code], date=day, state=state)
    year = days(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    turns = {
        code: [
            (day, name)
            for day in year
            if (name := expected_freshness(code, day))
            != expected_freshness(code, day - dt.timedelta(days=1))
        ]
        for code in NEWS
    }

    # By hand: six months after 31 August comes the leap day.
    assert turns["1.1"] == [
        (dt.date(2024, 3, 1), "due"),
        (dt.date(2024, 5, 1), "fresh"),
        (dt.date(2024, 11, 2), "due"),
    ]
    assert [name for _day, name in turns["1.2"]] == ["due", "closed"]
    assert [name for _day, name in turns["1.3"]] == ["fresh", "due"]
    known = [standings(concept, town, until=year[0])]
    for today in year:
        if any(today == said for own in NEWS.values() for said, _state in own) or today.day == 1:
            known.append(standings(concept, town, until=today))
        found = replace(known[-1], today=today)
        assert {code: found.of_measure(row).freshness.value for code, row in measures.items()} == {
            code: expected_freshness(code, today) for code in NEWS
        }, today
