"""Signing in: by code, password and second step; what is limited, and what readers never get."""

import re
import time
from pathlib import Path
from smtplib import SMTPServerDisconnected
from typing import Any, Final

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import Settings

from leitbild.accounts.enums import Role
from leitbild.accounts.models import CacheEntry, Membership, Municipality, User
from leitbild.config.environment import Environment
from leitbild.config.sign_in import sign_in_settings
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.pages import MACHINES, PAGES
from tests.people import member, signed_in

LOGIN: Final = "/office/account/login/"
CODE: Final = "/office/account/login/code/"
CONFIRM: Final = "/office/account/login/code/confirm/"
PASSWORD: Final = "vier Wörter ohne Sinn"
KEY: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Broken(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, _messages: Any) -> int:
        raise SMTPServerDisconnected


@pytest.fixture
def officer(demo_city: Municipality) -> User:
    user = member(demo_city, Role.OFFICER)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def is_signed_in(client: Client) -> bool:
    return client.get("/office/konto/").status_code == 200


def mailed_code() -> str:
    found = re.search(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[0]


def by_password(client: Client, password: str, email: str = "officer@example.org") -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize(
    "path", [*(f"/de/{each}" for each in PAGES.values()), *(f"/{each}" for each in MACHINES)]
)
def test_readers_get_no_cookie_and_pages_vary_by_none(demo_city: Municipality, path: str) -> None:
    response = Client().get(path)

    assert response.cookies == {}
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_cookies_stay_in_the_office(officer: User, client: Client) -> None:
    client.get(LOGIN)
    by_password(client, PASSWORD)

    paths = {name: cookie["path"] for name, cookie in client.cookies.items()}
    session = client.cookies["sessionid"]
    assert paths == {"csrftoken": "/office/", "sessionid": "/office/"}
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert session["max-age"] == 14 * 24 * 60 * 60


@pytest.mark.parametrize("https", [True, False])
def test_cookies_are_secure_behind_https(tmp_path: Path, https: bool) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_HTTPS": str(int(https))}
    environment = Environment.read(given)

    made = sign_in_settings(environment)

    assert (made["SESSION_COOKIE_SECURE"], made["CSRF_COOKIE_SECURE"]) == (https, https)
    assert made["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_code_from_the_mail_signs_in_and_leads_where_one_wanted(
    officer: User, client: Client
) -> None:
    asked = client.post(f"{CODE}?next=/office/menschen/", {"email": "Officer@example.org"})
    page = client.get(asked["Location"])
    assert_valid(page)

    done = client.post(asked["Location"], {"code": mailed_code(), "next": "/office/menschen/"})

    assert (done.status_code, done["Location"]) == (302, "/office/menschen/")
    assert is_signed_in(client)


def test_mail_with_the_code_is_a_letter_in_the_persons_language(
    officer: User, client: Client
) -> None:
    client.post(CODE, {"email": officer.email})

    [letter] = mail.outbox
    assert letter.subject == f"{mailed_code()} is your code to sign in"
    assert letter.from_email == "Kaiserslautern <leitbild@localhost>"
    assert str(letter.body).endswith("\n\nKaiserslautern\n")
    assert isinstance(letter, EmailMultiAlternatives)
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    assert f"<p>{mailed_code()}</p>" in str(html)


def test_wrong_codes_end_the_attempt_and_new_ones_are_limited(
    officer: User, client: Client
) -> None:
    for _each in range(5):
        client.post(CODE, {"email": officer.email})
        for _guess in range(3):
            client.post(CONFIRM, {"code": "0000-0000"})
        assert client.post(CONFIRM, {"code": mailed_code()})["Location"] == CODE

    response = client.post(CODE, {"email": officer.email})

    assert response.status_code == 429
    assert words(next(parsed(response).iter("h1"))) == "Please wait a little"
    assert_valid(response)
    assert (len(mail.outbox), is_signed_in(client)) == (5, False)


def test_stranger_and_member_see_the_same(officer: User, client: Client) -> None:
    seen = []
    for address in (officer.email, "unknown@example.org"):
        visitor = Client(headers={"accept-language": "en"})
        asked = visitor.post(CODE, {"email": address})
        page = visitor.get(asked["Location"]).content.decode().replace(address, "…")
        seen.append((asked.status_code, asked["Location"], re.sub(r'value="\w{64}"', "", page)))

    assert seen[0] == seen[1]
    assert [each.to for each in mail.outbox] == [[officer.email], ["unknown@example.org"]]
    assert "ask the integration officer for an invitation" in str(mail.outbox[1].body)


def test_mail_that_cannot_leave_is_said(officer: User, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    response = client.post(CODE, {"email": officer.email})

    assert response.status_code == 503
    assert words(next(parsed(response).iter("h1"))) == "The mail couldn’t be sent"
    assert_valid(response)


def test_password_signs_in(officer: User, client: Client) -> None:
    assert by_password(client, PASSWORD)["Location"] == "/office/"
    assert is_signed_in(client)


def test_wrong_password_is_shown_with_the_way_on(officer: User, client: Client) -> None:
    response = by_password(client, "falsch")

    root = parsed(response)
    assert "don’t belong together" in words(by_class(root, "faults")[0])
    assert "open" in next(root.iter("details")).attrib
    assert_valid(response)
    assert not is_signed_in(client)


def test_guessing_passwords_ends_after_five(officer: User, client: Client) -> None:
    answers = [by_password(client, "falsch").status_code for _each in range(5)]

    right = by_password(Client(headers={"accept-language": "en"}), PASSWORD)

    assert answers == [200] * 5
    assert right.status_code == 429
    assert words(next(parsed(right).iter("h1"))) == "Please wait a little"
    assert_valid(right)


@pytest.mark.parametrize(
    ("password", "accepted"),
    [("kurz", False), ("qwertyqwerty", False), ("officer@example", False), (PASSWORD, True)],
)
def test_weak_passwords_are_refused(demo_city: Municipality, password: str, accepted: bool) -> None:
    user = member(demo_city, Role.OBSERVER, email="officer@example.org")
    user.set_unusable_password()
    user.save()

    signed_in(user).post(
        "/office/account/password/set/", {"password1": password, "password2": password}
    )

    user.refresh_from_db()
    assert user.check_password(password) is accepted


def test_forgotten_password_is_replaced_by_a_code(officer: User, client: Client) -> None:
    new = "fünf andere Wörter"
    asked = client.post("/office/account/password/reset/", {"email": officer.email}, follow=True)
    assert_valid(asked)
    path = asked.redirect_chain[-1][0]

    chosen = client.post(path, {"code": mailed_code()}, follow=True)
    assert_valid(chosen)
    path = chosen.redirect_chain[-1][0]
    client.post(path, {"password1": new, "password2": new})

    officer.refresh_from_db()
    assert officer.check_password(new)
    assert "http" not in str([each.body for each in mail.outbox])


def number_of_now() -> str:
    value: str = format_hotp_value(hotp_value(KEY, int(time.time()) // 30))
    return value


def test_app_is_asked_after_code_and_password_alike(officer: User, client: Client) -> None:
    TOTP.activate(officer, KEY)
    client.post(CODE, {"email": officer.email})

    asked = client.post(CONFIRM, {"code": mailed_code()})
    assert asked["Location"] == "/office/account/2fa/authenticate/"
    assert_valid(client.get(asked["Location"]))
    assert not is_signed_in(client)
    client.post(asked["Location"], {"code": number_of_now()})

    assert is_signed_in(client)
    assert by_password(Client(), PASSWORD)["Location"] == asked["Location"]


def test_nobody_signs_up(demo_city: Municipality, client: Client) -> None:
    path = "/office/account/signup/"
    given = {"email": "a@example.org", "password1": PASSWORD, "password2": PASSWORD}

    answers = [client.get(path), client.post(path, given)]

    for response in answers:
        assert words(next(parsed(response).iter("h1"))) == "You are not known here yet"
        assert_valid(response)
    assert not User.objects.exists()


def test_who_has_left_gets_no_code(officer: User, client: Client) -> None:
    User.objects.update(is_active=False)

    client.post(CODE, {"email": officer.email})

    assert mail.outbox[0].subject == "You are not known here yet"
    by_password(client, PASSWORD)
    assert not is_signed_in(client)


def test_form_that_lay_open_too_long_is_explained(demo_city: Municipality) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    response = strict.post(CODE, {"email": "a@example.org"})

    assert response.status_code == 403
    assert words(next(parsed(response).iter("h1"))) == "This form was open for too long"
    assert_valid(response)


@pytest.mark.parametrize(
    "page",
    [
        "konto/",
        "account/logout/",
        "account/email/",
        "account/password/change/",
        "account/2fa/",
        "account/2fa/webauthn/",
        "account/3rdparty/",
    ],
)
def test_pages_of_the_account_are_whole_and_speak_the_persons_language(
    officer: User, page: str
) -> None:
    User.objects.update(language="ar")

    response = signed_in(officer).get(f"/office/{page}", headers={"accept-language": "en"})

    assert response.status_code == 200
    assert_valid(response)
    root = parsed(response)
    assert (root.attrib["lang"], root.attrib["dir"]) == ("ar", "rtl")
    assert response.headers["Content-Language"] == "ar"
    assert "no-store" in response.headers["Cache-Control"]
    assert by_class(root, "bar__person")


def test_account_is_changed(officer: User) -> None:
    client = signed_in(officer)

    done = client.post("/office/konto/", {"name": "Ada", "language": "ar"})
    faulty = client.post("/office/konto/", {"name": "", "language": "xx"})

    officer.refresh_from_db()
    assert (done.status_code, faulty.status_code) == (302, 422)
    assert (officer.name, officer.language) == ("Ada", "ar")


def test_new_address_counts_once_its_code_is_entered(officer: User) -> None:
    client = signed_in(officer)
    client.post("/office/account/reauthenticate/", {"password": PASSWORD})

    asked = client.post(
        "/office/account/email/", {"action_add": "", "email": "new@example.org"}, follow=True
    )
    assert_valid(asked)
    client.post("/office/account/confirm-email/", {"code": mailed_code()})

    officer.refresh_from_db()
    assert officer.email == "new@example.org"


def test_signing_out_leads_back_to_the_door(officer: User) -> None:
    client = signed_in(officer)

    response = client.post("/office/account/logout/")

    assert response["Location"] == LOGIN
    assert not is_signed_in(client)


def test_outsider_can_still_sign_out(officer: User) -> None:
    Membership.objects.all().delete()
    client = signed_in(officer)

    assert client.get("/office/konto/").status_code == 404
    assert client.get("/office/account/logout/").status_code == 200


def test_limits_are_counted_in_the_database(
    officer: User, client: Client, settings: Settings
) -> None:
    settings.CACHES = sign_in_settings(settings.ENVIRONMENT)["CACHES"]

    for _each in range(5):
        by_password(client, "falsch")

    assert CacheEntry.objects.count() > 0
    assert by_password(Client(), PASSWORD).status_code == 429
    cache.clear()
    assert by_password(Client(), PASSWORD).status_code == 302


def test_reader_behind_a_proxy_is_counted_alone(tmp_path: Path) -> None:
    behind = Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_HTTPS": "1"})
    bare = Environment.read({"LEITBILD_DATA": str(tmp_path)})

    counts = [sign_in_settings(each)["ALLAUTH_TRUSTED_PROXY_COUNT"] for each in (behind, bare)]

    assert counts == [1, 0]
