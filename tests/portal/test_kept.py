"""Which pages the page cache may keep, and that Django leaves it to compress and compare them."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.core.pagecache.layer import KEEPS, MUNICIPALITY
from leitbild.core.pagecache.page import may_be_kept
from tests.pages import MISSING, PAGES

FILES = (
    "neues.atom",
    "themen/sprachfoerderung/neues.atom",
    "massnahmen/2.3/neues.atom",
    "massnahmen/tabelle.csv",
    "massnahmen/tabelle.xlsx",
    "was-fehlt/tabelle.csv",
    "konzept/2022/fassungen/1/konzept.pdf",
)
FOR_MACHINES = ("robots.txt", "sitemap.xml", "palette.css")
KEPT = [
    *(f"/de/{path}" for path in (*PAGES.values(), *FILES)),
    *(f"/{each}" for each in FOR_MACHINES),
]


@pytest.mark.parametrize("path", KEPT)
def test_public_page_may_be_kept(demo_city: Municipality, client: Client, path: str) -> None:
    response: Any = client.get(path)

    assert may_be_kept(response), (response.status_code, response.headers)
    assert response.wsgi_request.META[MUNICIPALITY] == demo_city.pk


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        f"/de/{MISSING}",
        "/de/folgen/bestaetigen/falsch/",
        "/de/folgen/meine/falsch/",
        "/de/anhang/1/",
        "/office/",
        "/office/account/login/",
    ],
)
def test_other_answers_may_not_be_kept(demo_city: Municipality, client: Client, path: str) -> None:
    response: Any = client.get(path)

    assert not may_be_kept(response), response.headers


def test_page_for_the_cache_is_neither_compressed_nor_compared(
    demo_city: Municipality, client: Client
) -> None:
    asked: Any = {"HTTP_ACCEPT_ENCODING": "gzip", "HTTP_IF_NONE_MATCH": "*", KEEPS: True}

    for_cache: Any = client.get("/de/", **asked)
    alone: Any = client.get("/de/", HTTP_ACCEPT_ENCODING="gzip")

    assert for_cache.status_code == 200
    assert not {"Content-Encoding", "ETag"} & set(for_cache.headers)
    assert alone.headers["Content-Encoding"] == "gzip"
    assert alone.headers["ETag"]


def test_what_is_not_kept_is_compressed_by_django_also_behind_the_cache(
    demo_city: Municipality, client: Client
) -> None:
    asked: Any = {"HTTP_ACCEPT_ENCODING": "gzip", KEEPS: True}

    response: Any = client.get(f"/de/{MISSING}", **asked)

    assert response.headers["Content-Encoding"] == "gzip"
