"""Kept mails are shown where the installation was started to show them, and nowhere else."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.mail import letter
from leitbild.office.urls import urlpatterns
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where mails are kept, in a test that shows them."""
    settings.MAILS = tmp_path / "mails"
    settings.SHOW_MAILS = True
    settings.EMAIL_BACKEND = "leitbild.core.mail.KeptAsFiles"
    return tmp_path / "mails"


def test_mails_are_shown_newest_first_without_signing_in(
    demo_city: Municipality, client: Client, folder: Path
) -> None:
    letter(subject="Eins", text="Zuerst.", to="a@example.org", sender="Stadt").send()
    letter(subject="Zwei", text="https://x.example/ <b>", to="b@example.org", sender="Stadt").send()

    response = client.get("/office/mails/", headers={"accept-language": "en"})

    assert_valid(response)
    root = parsed(response)
    articles = by_class(root, "mail")
    assert [words(next(each.iter("h2"))) for each in articles] == ["Zwei", "Eins"]
    assert "to b@example.org" in words(articles[0])
    assert "https://x.example/ <b> Stadt" in words(articles[0])
    assert links(articles[0]) == ["https://x.example/"]


def test_page_without_mails_says_what_to_do(
    demo_city: Municipality, client: Client, folder: Path
) -> None:
    response = client.get("/office/mails/")

    assert_valid(response)
    assert len(by_class(parsed(response), "empty")) == 1


def test_mails_are_not_there_in_earnest(demo_city: Municipality) -> None:
    administrator = signed_in(member(demo_city, Role.ADMINISTRATOR))

    assert administrator.get("/office/mails/").status_code == 404
    assert Client().get("/office/mails/").status_code == 404


def test_mails_are_only_read(demo_city: Municipality, client: Client, folder: Path) -> None:
    assert client.post("/office/mails/").status_code == 405


def test_all_other_pages_of_the_office_ask_who_one_is() -> None:
    open_to_all = {each.name for each in urlpatterns if not hasattr(each.callback, "may")}

    # Most are guarded by the secret in their address, mails by not being there.
    assert open_to_all == {"mails", "invitation", "reply", "reply-question", "calendar"}
