"""Following by e-mail, page by page: no cookie, no account, no word about who follows."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.models import HostName, Municipality
from leitbild.community.models import Follower, Following
from leitbild.community.tokens import confirm_token, follower_token
from leitbild.core.models import PostedMail
from leitbild.plan.models import Concept, Measure, Theme
from tests.community.followers import ask, follow
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

pytestmark = pytest.mark.django_db

EMAIL = "nadia@example.org"
FORM = {"what": "plan", "email": EMAIL, "website": ""}


@pytest.fixture
def town(db: None) -> Municipality:
    """A town with a plan in two languages, and no host name."""
    return settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"}), measure("1.2", "Rechnen")))


@pytest.fixture
def reader() -> Client:
    """Somebody on the computer the pages come from; no form of theirs carries a token."""
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})


def offers(response: Any) -> list[str]:
    """What can be followed, in order, the chosen one marked."""
    fields = [each for each in parsed(response).iter("label") if list(each.iter("input"))]
    return [
        words(each) + ("*" if next(each.iter("input")).get("checked") is not None else "")
        for each in fields
    ]


def confirm_address(language: str = "de") -> str:
    [following] = Following.objects.filter(confirmed_at=None)
    return f"/{language}/folgen/bestaetigen/{confirm_token(following)}/"


def mine(follower: Follower, language: str = "de") -> str:
    return f"/{language}/folgen/meine/{follower_token(follower)}/"


def test_reader_asks_confirms_sees_and_ends_without_any_cookie(
    town: Municipality, reader: Client
) -> None:
    form = reader.get("/de/folgen/?measure=1.1")
    assert offers(form) == ["Maßnahme 1.1: Lesen*", "Themenfeld 1: Bildung", words_of_plan()]
    asked = reader.post("/de/folgen/?measure=1.1", {**FORM, "what": "measure-1.1"})
    assert (asked.status_code, asked["Location"]) == (302, "/de/folgen/gesendet/")
    address = confirm_address("ar")
    assert confirm_address() in PostedMail.objects.get().text

    shown = reader.get(address)
    # Programs that look at the links in mails confirm nothing.
    assert not Following.objects.filter(confirmed_at__isnull=False).exists()
    assert "1.1: القراءة" in words(by_class(parsed(shown), "leaf__summary")[0])
    confirmed = reader.post(address)
    follower = Follower.objects.get(language="ar")
    assert confirmed["Location"] == mine(follower, "ar")

    follow(town, Theme.objects.get(), email=EMAIL)
    listed = reader.get(mine(follower))
    lines = [words(each) for each in by_class(parsed(listed), "followed__line")]
    assert [each.rpartition(" ")[0] for each in lines] == [
        *("Maßnahme 1.1: Lesen", "Themenfeld 1: Bildung")
    ]
    first, second = Following.objects.order_by("pk")
    one = reader.post(mine(follower), {"end": first.pk})
    assert (one.status_code, one["Location"]) == (302, mine(follower))
    assert list(Following.objects.all()) == [second]
    last = reader.post(mine(follower), {"end": second.pk})

    assert not Follower.objects.exists()
    for page in (form, reader.get("/de/folgen/gesendet/"), shown, listed, last):
        assert page.status_code == 200
        assert_valid(page)
    assert not reader.cookies
    assert all(each["Cache-Control"].startswith("max-age=0") for each in (shown, listed))


def words_of_plan() -> str:
    """What the choice of the whole plan is called in German."""
    return offers(Client(headers={"host": "localhost"}).get("/de/folgen/"))[0].removesuffix("*")


def test_mail_program_ends_everything_by_one_request(town: Municipality, reader: Client) -> None:
    follower = follow(town, email=EMAIL)
    follow(town, Theme.objects.get(), email=EMAIL)
    # Readers must be able to end it also when there is nothing to read any more.
    Concept.objects.update(status="draft")

    ended = reader.post(mine(follower), {"List-Unsubscribe": "One-Click"})
    again = reader.post(mine(follower), {"List-Unsubscribe": "One-Click"})

    assert (ended.status_code, again.status_code) == (200, 404)
    assert not Follower.objects.exists()


def test_answer_is_the_same_whoever_follows_already_or_asks_too_often(
    town: Municipality, reader: Client
) -> None:
    follow(town, email="known@example.org")
    PostedMail.objects.all().delete()
    asked = {
        "new": FORM,
        "known": {**FORM, "email": "KNOWN@example.org"},
        "program": {**FORM, "email": "trap@example.org", "website": "https://x.example"},
        **{f"often {number}": FORM for number in range(3)},
    }

    answers = {name: reader.post("/de/folgen/", form) for name, form in asked.items()}

    assert {(each.status_code, each["Location"], each.content) for each in answers.values()} == {
        (302, "/de/folgen/gesendet/", b"")
    }
    to = [*PostedMail.objects.order_by("pk").values_list("to", flat=True)]
    assert to == [EMAIL, "known@example.org", EMAIL, EMAIL]


def test_one_internet_address_asks_twenty_times_an_hour_at_most(
    town: Municipality, reader: Client
) -> None:
    statuses = [
        reader.post("/de/folgen/", {**FORM, "email": f"{number}@example.org"}).status_code
        for number in range(22)
    ]

    assert statuses == [302] * 20 + [429] * 2
    assert PostedMail.objects.count() == 20


def test_links_in_mails_never_name_a_host_that_the_request_made_up(town: Municipality) -> None:
    forger = Client(headers={"host": "boese.example"})

    page = forger.get("/de/folgen/")
    refused = forger.post("/de/folgen/", FORM)

    assert len(by_class(parsed(page), "empty")) == 1
    assert (refused.status_code, PostedMail.objects.count()) == (200, 0)
    HostName.objects.create(municipality=town, name="plan.musterstadt.example")
    assert forger.post("/de/folgen/", FORM).status_code == 302
    assert "http://plan.musterstadt.example/de/folgen/bestaetigen/" in PostedMail.objects.get().text


@pytest.mark.parametrize(
    ("wrong", "field"), [({"email": "nadia@"}, "email"), ({"what": "theme-nirgends"}, "what")]
)
def test_what_cannot_be_sent_is_said(
    town: Municipality, reader: Client, wrong: dict[str, str], field: str
) -> None:
    response = reader.post("/ar/folgen/?theme=bildung", {**FORM, **wrong})

    assert response.status_code == 422
    faulty = [each.get("id") for each in by_class(parsed(response), "errorlist")]
    assert faulty == [f"id_{field}_error"]
    assert offers(response)[0].startswith("محور 1: ")
    assert_valid(response)
    assert not Follower.objects.exists()


def test_form_offers_all_themes_where_the_address_names_nothing_there_is(
    town: Municipality, reader: Client
) -> None:
    every = [f"{words_of_plan()}*", "Themenfeld 1: Bildung"]

    assert offers(reader.get("/de/folgen/?measure=9.9&theme=x")) == every
    assert offers(reader.get("/de/folgen/?theme=bildung")) == [
        *("Themenfeld 1: Bildung*", words_of_plan())
    ]


def test_links_that_lead_nowhere_say_so_and_change_nothing(
    town: Municipality, reader: Client
) -> None:
    following = ask(town, Measure.objects.get(code="1.1"), email=EMAIL)
    for place in ("bestaetigen", "meine"):
        for method in (reader.get, reader.post):
            response = method(f"/de/folgen/{place}/1.483f1777.gefaelscht/")
            assert response.status_code == 404
            assert_valid(response)
    assert reader.put(mine(following.follower)).status_code == 405
    assert list(Following.objects.values_list("confirmed_at", flat=True)) == [None]

    Following.objects.update(asked_at="2020-01-01T00:00Z")
    expired = reader.post(confirm_address())
    assert expired.status_code == 422
    assert_valid(expired)


def test_page_takes_as_many_queries_for_thirty_as_for_one(
    town: Municipality, reader: Client
) -> None:
    follower = follow(town, Measure.objects.get(code="1.1"), email=EMAIL)
    few = queries_of(lambda: reader.get(mine(follower, "ar")))
    grow(town, 30)
    Following.objects.bulk_create(
        Following(follower=follower, measure=each, confirmed_at=follower.told_until)
        for each in Measure.objects.filter(code__startswith="9.")
    )

    many = queries_of(lambda: reader.get(mine(follower, "ar")))

    assert_same_number(few, many)
    assert len(many) <= 12
