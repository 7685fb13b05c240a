"""Followers are told in the morning what is new, once, in their language, and nothing internal."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.community.actions import tell_followers
from leitbild.community.models import Follower
from leitbild.community.tokens import follower_token
from leitbild.core.outbox import send_waiting_mails
from leitbild.delivery.actions import NewUpdate, confirm_unchanged, record_update
from leitbild.plan.models import Concept, Measure, MeasureLineage, Theme, ThemeLineage
from leitbild.portal.following import Pages
from tests.community.followers import SITE, digests, follow
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
MORNING = dt.timedelta(hours=21)
"""From nine o’clock in winter to seven in Kaiserslautern the next day."""
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday in March, ten o’clock in Germany."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(clock: time_machine.Traveller) -> Municipality:
    """A town with two themes."""
    return settle(
        plan(
            measure("1.1", {"de": "Lesen", "ar": "القراءة"}),
            measure("1.2", "Rechnen"),
            measure("2.1", "Wohnen", goals=["2a"]),
            themes=[
                {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen."},
                {"number": 2, "slug": "wohnen", "name": "Wohnen", "vision": "Alle wohnen."},
            ],
            goals=[
                {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
                {"code": "2a", "theme": 2, "title": "Alle haben ein Dach."},
            ],
        )
    )


def the(code: str) -> Measure:
    """The measure of the newest edition with this code."""
    return (
        Measure.objects.filter(code=code)
        .order_by("-concept__edition")
        .select_related("concept__municipality")[0]
    )


def report(code: str, text: str, *, state: str = "under_way", public: bool = True) -> None:
    """Something is reported now."""
    record_update(
        update=NewUpdate(
            measure=the(code),
            date=dt.date(2026, 3, 2),
            state=state,
            text=text,
            reason="Der Raum fehlt." if state == "delayed" else "",
            public=public,
        ),
        by=None,
    )


def tell() -> int:
    return tell_followers(addresses=Pages())


def told(email: str = "nadia@example.org") -> list[str]:
    """Which of these texts the last mail holds, in order."""
    mails = digests(email)
    words = mails[-1].text.split() if mails else []
    return [word for word in words if word.startswith("Meldung-")]


def test_digest_tells_each_measure_once_by_whatever_it_is_followed(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    report("1.1", "Meldung-davor")
    clock.shift(1)
    follower = follow(town, the("1.1"))
    follow(town, Theme.objects.get(slug="bildung"))
    follow(town)
    clock.shift(1)
    report("1.1", "Meldung-1")
    report("2.1", "Meldung-2", state="delayed")
    report("1.1", "Meldung-intern", public=False)
    report("1.1", "Meldung-3")
    clock.shift(MORNING)

    assert (tell(), tell()) == (1, 0)

    [mail] = digests()
    page = f"{SITE}/de/folgen/meine/{follower_token(follower)}/"
    assert mail.text == (
        "Guten Tag,\n\n{intro}\n\n"
        "1.1 Lesen\n2. März 2026 · Läuft\nMeldung-3\n2. März 2026 · Läuft\nMeldung-1\n"
        f"{SITE}/de/massnahmen/1.1/\n\n"
        "2.1 Wohnen\n2. März 2026 · Verzögert\nMeldung-2\nGrund: Der Raum fehlt.\n"
        f"{SITE}/de/massnahmen/2.1/\n\n"
        "{see}\n\n{page}"
    ).format(intro=mail.text.split("\n\n")[1], see=mail.text.split("\n\n")[4], page=page)
    assert mail.subject.endswith(" 2 Maßnahmen")
    assert mail.headers["List-Unsubscribe"] == f"<{page}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.key == f"follower:{follower.pk}:2026-03-03"


def test_everybody_is_told_only_of_what_they_follow_and_in_their_language(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    follow(town, the("1.1"), email="measure@example.org", language="ar")
    follow(town, Theme.objects.get(slug="wohnen"), email="theme@example.org")
    follow(town, the("1.2"), email="other@example.org")
    clock.shift(1)
    report("1.1", "Meldung-1")
    report("2.1", "Meldung-2")
    clock.shift(MORNING)

    assert tell() == 2

    assert (told("measure@example.org"), told("other@example.org")) == ([], [])
    assert told("theme@example.org") == ["Meldung-2"]
    [arabic] = digests("measure@example.org")
    assert (arabic.language, "1.1 القراءة" in arabic.text) == ("ar", True)
    # The German text keeps its own direction in the Arabic mail.
    assert "\n\u2068Meldung-1\u2069\n" in arabic.text
    assert f"{SITE}/ar/massnahmen/1.1/" in arabic.text


def test_each_day_with_news_has_one_mail_the_morning_after_or_when_the_worker_is_back(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    follow(town)
    told_on: dict[str, list[str]] = {}
    for day in range(60):
        # At ten and at six in the evening something is reported, on every twentieth day.
        for hours, number in ((0, 1), (8, 2)):
            clock.move_to(MONDAY + day * DAY + dt.timedelta(hours=hours, seconds=1))
            if day % 20 == 0:
                report("1.1", f"Meldung-{day}.{number}")
        # The worker is down for a week from the 19th day on.
        if not 19 <= day < 26:
            for hour in (12, 20, 21, 22):
                clock.move_to(MONDAY + day * DAY + dt.timedelta(hours=hour))
                if tell():
                    told_on[f"{dt.datetime.now(dt.UTC):%m-%d %H}"] = told()
                    send_waiting_mails()

    assert told_on == {
        "03-03 05": ["Meldung-0.2", "Meldung-0.1"],
        "03-28 21": ["Meldung-20.2", "Meldung-20.1"],
        "04-12 05": ["Meldung-40.2", "Meldung-40.1"],
    }


def test_nothing_but_that_nothing_changed_is_news_too(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    report("1.1", "Meldung-davor")
    clock.shift(1)
    follow(town)
    clock.shift(1)
    confirm_unchanged(measure=the("1.1"), date=dt.date(2026, 3, 2), by=None)
    clock.shift(MORNING)

    assert tell() == 1
    assert "2. März 2026 · " in digests()[0].text
    assert told() == []


def continue_plan() -> None:
    """An edition that follows: one measure goes on, one is dropped, one theme goes on."""
    before = {each.code: each for each in Measure.objects.all()}
    housing = Theme.objects.get(slug="wohnen")
    settle(
        plan(
            measure("1.7", "Vorlesen", goals=["7a"]),
            measure("1.8", "Mieten", goals=["8a"]),
            concept={"slug": "2026", "title": "Plan 2026", "edition": 2026},
            themes=[
                {"number": 7, "slug": "lernen", "name": "Lernen", "vision": "Alle lernen."},
                {"number": 8, "slug": "haus", "name": "Haus", "vision": "Alle wohnen."},
            ],
            goals=[
                {"code": "7a", "theme": 7, "title": "Jedes Kind liest."},
                {"code": "8a", "theme": 8, "title": "Alle haben ein Dach."},
            ],
        )
    )
    edition = Concept.objects.get(slug="2026")
    for code, fate, after in (("1.1", "continued", the("1.7")), ("1.2", "dropped", None)):
        MeasureLineage.objects.create(
            concept=edition, before=before[code], after=after, fate=fate, reason="So."
        )
    ThemeLineage.objects.create(
        concept=edition, before=housing, after=Theme.objects.get(slug="haus")
    )


def test_next_edition_is_followed_where_it_continues_what_was_followed(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    follow(town, the("1.1"), email="measure@example.org")
    follow(town, the("1.2"), email="dropped@example.org")
    follow(town, Theme.objects.get(slug="wohnen"), email="theme@example.org")
    follow(town, email="all@example.org")
    continue_plan()
    clock.shift(1)
    report("1.7", "Meldung-7")
    report("1.8", "Meldung-8")
    clock.shift(MORNING)

    assert tell() == 3
    people = ("measure", "dropped", "theme", "all")
    assert {each: told(f"{each}@example.org") for each in people} == {
        "measure": ["Meldung-7"],
        "dropped": [],
        "theme": ["Meldung-8"],
        "all": ["Meldung-7", "Meldung-8"],
    }


def test_digest_takes_as_many_queries_for_much_news_as_for_little(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    follow(town, the("1.1"))
    follow(town, Theme.objects.get(slug="wohnen"))
    clock.shift(1)
    report("1.1", "Meldung-1")
    clock.shift(MORNING)
    few = queries_of(tell)

    follow(town)
    clock.shift(1)
    grow(town, 30)
    clock.shift(DAY)
    many = queries_of(tell)

    assert digests()[-1].text.count("/massnahmen/9.") == 30
    assert_same_number(few, many)


def test_nobody_is_told_what_was_before_their_time_or_what_they_know(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    follow(town, the("1.1"))
    follow(town, email="knows@example.org")
    clock.shift(1)
    report("2.1", "Meldung-davor")
    report("1.1", "Meldung-1")
    clock.shift(1)
    # From now on of the theme as well; and somebody has been told up to this moment.
    follow(town, Theme.objects.get(slug="wohnen"))
    Follower.objects.filter(email="knows@example.org").update(told_until=timezone.now())
    clock.shift(MORNING)

    assert tell() == 1
    assert told() == ["Meldung-1"]
