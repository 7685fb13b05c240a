"""Every answer carries the security headers, whatever kind of answer it is."""

from typing import Any, Final

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.core.middleware import POLICY
from tests.pages import MACHINES, MISSING, PAGES

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def test_policy_allows_nothing_inline_and_nobody_else() -> None:
    policy = dict(part.split(" ", 1) for part in POLICY.split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == "'self'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize(
    "path",
    [
        "/",
        *(f"/{each}" for each in MACHINES),
        *(f"/de/{each}" for each in PAGES.values()),
        f"/de/{MISSING}",
        "/de/massnahmen/tabelle.csv",
        "/de/massnahmen/tabelle.xlsx",
        "/favicon.ico",
    ],
)
def test_answer_carries_the_headers(demo_city: Municipality, client: Client, path: str) -> None:
    headers = client.get(path).headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_refusal_carries_the_headers(demo_city: Municipality, client: Client) -> None:
    wrong_method, wrong_host = client.post("/de/"), client.get("/de/", headers={"host": "a b"})

    assert (wrong_method.status_code, wrong_host.status_code) == (405, 400)
    for response in (wrong_method, wrong_host):
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_way_to_https_carries_the_headers(db: None, client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/de/")

    assert (response.status_code, response["Location"]) == (301, "https://testserver/de/")
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_failure_carries_the_headers(db: None, client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.workshop"
    client.raise_request_exception = False

    response = client.get("/_broken/")

    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
