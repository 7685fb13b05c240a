"""Following counts once it is confirmed from the address, and leaves nothing when it ends."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from leitbild.accounts.models import Municipality
from leitbild.community.actions import (
    confirm_following,
    stop_following,
    tell_followers,
)
from leitbild.community.models import Follower, Following
from leitbild.community.queries import followings
from leitbild.community.tokens import (
    confirm_token,
    follower_behind,
    follower_token,
    following_to_confirm,
)
from leitbild.core.enums import MailState
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.refusal import Refused
from leitbild.plan.models import Measure, Theme
from leitbild.portal.following import Pages
from tests.community.followers import SITE, ask, follow
from tests.queries import queries_of
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def town(db: None) -> Municipality:
    """A town with a plan."""
    return settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"}), measure("1.2", "Rechnen")))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday in March."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def test_who_asks_is_asked_back_in_their_language_and_follows_once_they_confirm(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    row = Measure.objects.get(code="1.1")

    following = ask(town, row, email="Nadia@Example.org", language="ar")

    [mail] = PostedMail.objects.all()
    assert (mail.to, mail.language) == ("nadia@example.org", "ar")
    assert f"{SITE}/ar/folgen/bestaetigen/{confirm_token(following)}/" in mail.text
    assert "1.1 القراءة" in mail.text
    assert followings(following.follower, language="de") == []
    assert not AuditEvent.objects.filter(action="follower.confirm").exists()

    for _twice in range(2):
        confirm_following(following=following, language="en", site="https://anders.example")

    follower = Follower.objects.get()
    assert (follower.language, follower.site) == ("en", "https://anders.example")
    assert (follower.told_until, followings(follower, language="de")) == (MONDAY, [following])
    [event] = AuditEvent.objects.filter(action="follower.confirm")
    assert (event.record, event.record_id) == ("plan.measure", row.pk)
    assert (event.actor_name, event.changes) == ("jemand (by link)", {})


def test_strangers_change_nothing_and_learn_nothing(town: Municipality) -> None:
    follow(town, language="ar")
    Follower.objects.update(site="https://old.example")
    before = Follower.objects.values().get()

    again = ask(town, language="de")
    other = ask(town, Theme.objects.get(), language="de")

    assert Follower.objects.values().get() == before
    assert other.confirmed_at is None
    # One mail each time, whoever follows already: to them in their own language.
    assert list(PostedMail.objects.order_by("pk").values_list("language", flat=True)) == [
        *("ar", "ar", "de")
    ]
    [known] = PostedMail.objects.filter(text__contains="/ar/folgen/meine/")
    assert f"https://old.example/ar/folgen/meine/{follower_token(again.follower)}/" in known.text


def test_unconfirmed_are_forgotten_after_a_week(
    town: Municipality, clock: time_machine.Traveller
) -> None:
    theme = Theme.objects.get()
    ask(town, email="late@example.org")
    known = follow(town)
    pending = ask(town, theme)
    clock.shift(dt.timedelta(days=6))
    ask(town, email="late@example.org")
    clock.shift(dt.timedelta(days=1))

    with pytest.raises(Refused, match="expired"):
        confirm_following(following=pending, language="de", site=SITE)
    tell_followers(addresses=Pages())

    assert [each.follower.email for each in Following.objects.order_by("pk")] == [
        *("late@example.org", known.email)
    ]
    clock.shift(dt.timedelta(days=6))
    tell_followers(addresses=Pages())
    assert list(Follower.objects.all()) == [known]
    assert not PostedMail.objects.filter(to="late@example.org").exists()
    with pytest.raises(Refused, match="expired"):
        confirm_following(following=pending, language="de", site=SITE)


def test_following_ends_one_by_one_and_with_the_last_all_is_forgotten(town: Municipality) -> None:
    follower = follow(town)
    follow(town, Theme.objects.get())
    ask(town, Measure.objects.get(code="1.1"))
    follow(town, email="other@example.org")
    first, second = followings(follower, language="de")

    stop_following(follower=follower, following=second)
    assert followings(follower, language="de") == [first]
    stop_following(follower=follower, following=second)
    stop_following(follower=follower, following=first)

    assert list(Follower.objects.values_list("email", flat=True)) == ["other@example.org"]
    assert set(PostedMail.objects.values_list("to", flat=True)) == {"other@example.org"}
    ended = AuditEvent.objects.filter(action="follower.end").order_by("pk")
    assert list(ended.values_list("record", flat=True)) == ["plan.theme", "accounts.municipality"]


def test_mail_being_handed_over_outlives_its_reader(town: Municipality) -> None:
    follower = follow(town)
    PostedMail.objects.update(state=MailState.LEAVING)

    stop_following(follower=follower)

    assert PostedMail.objects.count() == 1
    assert not Follower.objects.exists()


def test_what_is_followed_goes_with_it(town: Municipality) -> None:
    follow(town, Measure.objects.get(code="1.2"))

    Measure.objects.filter(code="1.2").delete()
    tell_followers(addresses=Pages())

    assert not Follower.objects.exists()


def test_links_open_nothing_but_what_they_were_made_for(town: Municipality) -> None:
    following = ask(town)
    follower = following.follower
    neighbour = settle(
        plan(
            measure("1.1"),
            municipality={"slug": "nachbar", "name": "Nachbar", "languages": ["de"]},
            concept={"slug": "nachbar", "title": "Plan", "edition": 2025},
        )
    )
    confirm, mine = confirm_token(following), follower_token(follower)

    assert following_to_confirm(confirm, town) == following
    assert follower_behind(mine, town) == follower
    assert following_to_confirm(confirm, neighbour) is None
    assert follower_behind(mine, neighbour) is None
    assert follower_behind(confirm, town) is None
    assert following_to_confirm(mine, town) is None
    for forged in ("", "x", f"{mine}x", f"9{mine}", mine.swapcase(), "1.2.3", "٣.a.b"):
        assert queries_of(lambda: follower_behind(forged, town)) == []  # noqa: B023 # called at once
    # After a restored backup somebody else may have this number.
    Follower.objects.update(email="other@example.org")
    assert follower_behind(mine, town) is None
    assert following_to_confirm(confirm, town) is None
