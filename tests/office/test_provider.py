"""Signing in with the provider a city already has: known people get in, strangers a way on."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django import Settings

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.config.environment import Environment
from leitbild.config.sign_in import sign_in_settings
from tests.elements import parsed, words
from tests.markup import assert_valid
from tests.people import member

LOGIN: Final = "/office/account/oidc/city/login/"
CALLBACK: Final = f"{LOGIN}callback/"
KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """A small OpenID Connect provider that says of everybody what `claims` holds."""

    claims: dict[str, Any]
    nonce: str = ""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """Discovery, token, userinfo and keys."""

    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        answers: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/userinfo": self.server.claims,
            "/keys": {"keys": [{**key, "kid": "1"}]},
        }
        self._send(answers[self.path])

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = sent["client_secret"] == ["geheim"] and "code_verifier" in sent
        now = int(time.time())
        standard = {
            "iss": self.server.issuer,
            "aud": "leitbild",
            "iat": now,
            "exp": now + 60,
        }
        token = jwt.encode(
            {**standard, **self.server.claims}, KEY, algorithm="RS256", headers={"kid": "1"}
        )
        answer = {"access_token": "x", "token_type": "Bearer", "id_token": token}
        self._send(answer if known else {"error": "invalid_client"})

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def _send(self, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(server: Provider) -> Iterator[Provider]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def provider(demo_city: Municipality, settings: Settings, tmp_path: Any) -> Iterator[Provider]:
    """A provider the installation is told of as by its environment."""
    with serving(Provider(("127.0.0.1", 0), Answers)) as server:
        server.claims = {"sub": "42", "email": "officer@example.org", "email_verified": True}
        environment = Environment.read(
            {
                "LEITBILD_DATA": str(tmp_path),
                "LEITBILD_OIDC_ISSUER": server.issuer,
                "LEITBILD_OIDC_CLIENT_ID": "leitbild",
                "LEITBILD_OIDC_CLIENT_SECRET": "geheim",
                "LEITBILD_OIDC_NAME": "Stadtkonto",
            }
        )
        settings.SOCIALACCOUNT_PROVIDERS = sign_in_settings(environment)["SOCIALACCOUNT_PROVIDERS"]
        with installed(settings):
            yield server


@contextmanager
def installed(settings: Settings) -> Iterator[None]:
    """What an installation with a provider has that others, as that of the tests, haven't."""
    settings.ROOT_URLCONF = "tests.office.provider_addresses"
    registry.register(OpenIDConnectProvider)
    yield
    del registry.provider_map[OpenIDConnectProvider.id]


@pytest.fixture
def officer(demo_city: Municipality) -> User:
    user = member(demo_city, Role.OFFICER)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def come_back(client: Client) -> Any:
    """Press the button, and come back from the provider as its answer says."""
    passed_on = client.post(LOGIN)
    assert_valid(passed_on)
    [target] = [
        link.attrib["href"]
        for link in parsed(passed_on).iter("a")
        if "/authorize?" in link.attrib["href"]
    ]
    asked = parse_qs(urlsplit(target).query)
    assert asked["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    return client.get(CALLBACK, {"code": "x", "state": asked["state"][0]})


def test_sign_in_page_names_the_provider(provider: Provider, client: Client) -> None:
    response = client.get("/office/account/login/")

    assert "Sign in with Stadtkonto" in words(parsed(response))
    assert_valid(response)
    assert_valid(client.get(LOGIN))


def test_known_person_gets_in(provider: Provider, officer: User, client: Client) -> None:
    response = come_back(client)

    assert (response.status_code, response["Location"]) == (302, "/office/")
    assert client.get("/office/konto/").status_code == 200
    assert SocialAccount.objects.get().user == officer


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "unknown@example.org"},
        {"email_verified": False},
        {"email": ""},
    ],
)
def test_stranger_reads_what_to_do(
    provider: Provider, officer: User, client: Client, claims: dict[str, Any]
) -> None:
    provider.claims |= claims

    response = come_back(client)

    assert words(next(parsed(response).iter("h1"))) == "You are not known here yet"
    assert_valid(response)
    assert client.get("/office/konto/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_who_has_left_stays_out(provider: Provider, officer: User, client: Client) -> None:
    User.objects.update(is_active=False)

    come_back(client)

    assert client.get("/office/konto/").status_code == 302


def test_answer_nobody_asked_for_is_refused(provider: Provider, client: Client) -> None:
    response = client.get(CALLBACK, {"code": "x", "state": "made-up"})

    assert words(next(parsed(response).iter("h1"))) == "Not signed in"
    assert_valid(response)


def test_without_a_provider_there_is_none(demo_city: Municipality, client: Client) -> None:
    assert "Stadtkonto" not in client.get("/office/account/login/").content.decode()
    assert client.post(LOGIN).status_code == 404


ADDRESS: Final = f"""
import django
django.setup()
from django.urls import resolve
print(resolve({CALLBACK!r}).url_name)
"""


def test_installation_with_a_provider_has_its_addresses(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ADDRESS],
        env={
            **os.environ,
            "LEITBILD_DATA": str(tmp_path),
            "LEITBILD_OIDC_ISSUER": "https://id.example.org",
            "LEITBILD_OIDC_CLIENT_ID": "leitbild",
            "LEITBILD_OIDC_CLIENT_SECRET": "geheim",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "openid_connect_callback\n", "")
