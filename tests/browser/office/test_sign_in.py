"""Signing in in a real browser: code from the mails page, password, passkey."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django import Settings

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.layout import sticking_out
from tests.people import member

PASSWORD: Final = "vier Wörter ohne Sinn"
AUTHENTICATOR: Final = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def officer(writable_demo_city: Municipality, settings: Settings, tmp_path: Path) -> User:
    """Somebody with a password, in an installation that shows its mails."""
    settings.MAILS = tmp_path
    settings.SHOW_MAILS = True
    settings.EMAIL_BACKEND = "leitbild.core.mail.KeptAsFiles"
    # The test server speaks plain HTTP, on localhost, as in debug mode.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = member(writable_demo_city, Role.OFFICER, language="de")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_code_is_read_on_the_mails_page_and_signs_in(
    officer: User, writable_site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{writable_site}/office/menschen/")
    page.locator("#id_email").fill(officer.email)
    page.locator(".button--main").click()

    mails = page.context.new_page()
    mails.goto(f"{writable_site}/office/mails/")
    code = mails.locator(".mail .prose p", has_text="-").filter(has_text="-").all_inner_texts()
    page.locator("#id_code").fill(next(each for each in code if each.replace("-", "").isdigit()))
    page.locator(".button--main").click()

    expect(page).to_have_url(f"{writable_site}/office/menschen/")
    expect(page.locator(".bar__person")).to_have_text("integration officer")


def test_passkey_is_made_after_signing_in_by_password_and_signs_in(
    officer: User, writable_site: str, page: Page
) -> None:
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{writable_site}/office/account/login/?next=/office/account/2fa/webauthn/add/")
    page.locator("summary").click()
    page.locator("#id_login").fill(officer.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("details button").click()
    # Before anything changes, one shows again who one is.
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".button--main").click()
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert_accessible(page)

    page.locator(".menu summary").first.click()
    page.locator(".menu__button").first.click()
    page.locator("#passkey_login").click()

    expect(page).to_have_url(f"{writable_site}/office/")
    page.goto(f"{writable_site}/office/konto/")
    expect(page.locator(".bar__person")).to_have_text("integration officer")


def test_passkey_that_fails_is_explained(officer: User, writable_site: str, page: Page) -> None:
    page.goto(f"{writable_site}/office/account/login/")
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.locator("#passkey_login").click()

    expect(page.locator("[data-passkey-failed]")).to_be_visible()


@pytest.mark.parametrize(("language", "size"), [("de", DESKTOP), ("ar", PHONE)])
def test_pages_of_signing_in_and_people_are_accessible(
    officer: User,
    writable_site: str,
    open_page: Callable[..., Page],
    language: str,
    size: ViewportSize,
) -> None:
    User.objects.update(language=language)
    page = open_page(locale=language, viewport=size)
    page.goto(f"{writable_site}/office/account/login/")
    page.locator("summary").click()
    assert_accessible(page)
    assert sticking_out(page) == []
    page.locator("#id_login").fill(officer.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("details button").click()

    for path in ("menschen/", "konto/", "account/2fa/", "mails/"):
        page.goto(f"{writable_site}/office/{path}")
        assert_accessible(page)
        assert sticking_out(page) == []


def cookies_of(page: Page) -> dict[str, Any]:
    """What the browser would send to the public pages."""
    return {each["name"]: each for each in page.context.cookies(page.url)}


def test_public_pages_see_no_cookie_of_the_office(
    officer: User, writable_site: str, page: Page
) -> None:
    page.goto(f"{writable_site}/office/account/login/")
    assert cookies_of(page)

    page.goto(f"{writable_site}/de/")

    assert cookies_of(page) == {}
