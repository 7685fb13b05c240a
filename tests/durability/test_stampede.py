"""The day the newspaper writes about it: everybody asks for the same page at once, or for any.

Fifty ask for a page nobody has rendered yet: it is rendered once. Whatever happens to that
render, everybody gets an answer, and nobody a page that is outdated. And whoever asks for
thousands of addresses fills no memory.
"""

import io
import resource
import threading
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.utils import timezone

from leitbild.core.pagecache import REVISIONS, PageCache, Shelf, layer
from leitbild.core.pagecache.layer import MUNICIPALITY
from leitbild.core.pagecache.revisions import Revisions
from leitbild.plan.models import Measure
from tests.durability.sites import Site, sites
from tests.durability.test_staleness import newest_on, report
from tests.parallel import at_once
from tests.queries import queries_of
from tests.towns import measure, plan, settle

READERS: Final = 50
NEWS: Final = "/de/neues/"
LIST: Final = "/de/massnahmen/"
ADDRESSES: Final = 20_000
FILLING: Final = 2_500
LIMIT: Final = 4_000_000
CODINGS: Final = ("br", "gzip", "identity")


class Counting:
    """Django, counted; the first render can be made to go differently."""

    def __init__(self) -> None:
        """Nothing was rendered."""
        self.renders: list[str] = []
        self.first: Callable[[], object] = bool
        """What happens once the first render is done, and before anybody gets it."""
        self._django = WSGIHandler()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Render a page."""
        self.renders.append(environ["PATH_INFO"])
        is_first = len(self.renders) == 1
        answer: Iterable[bytes] = self._django(environ, start_response)
        if is_first:
            self.first()
        return answer


@pytest.fixture
def django() -> Counting:
    """What stands behind the cache."""
    return Counting()


def kept(application: Any) -> PageCache:
    """The product's page cache, with a memory of its own."""
    # What this process knows is of another test's database.
    REVISIONS.look_again()
    shelf = Shelf(64_000_000)
    return PageCache(application, shelf=shelf, revisions=REVISIONS, past=(), cookies=())


def ask(cache: PageCache, path: str, query: str = "", **more: str) -> bytes:
    """The page at an address."""
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
    environ |= more
    setup_testing_defaults(environ)
    begun: list[str] = []
    body = b"".join(cache(environ, lambda status, *_rest: begun.append(status)))
    assert begun == ["200 OK"]
    return body


def test_page_nobody_has_rendered_is_rendered_once(own_database: str, django: Counting) -> None:
    settle(plan(measure("1.1")))
    cache = kept(django)

    answers = at_once([partial(ask, cache, LIST)] * READERS)

    assert len(set(answers)) == 1, answers
    assert b"Lesen" in ask(cache, LIST)
    assert django.renders == [LIST]
    # One of them asks whether anything has changed, at most.
    assert len(queries_of(lambda: ask(cache, LIST))) <= 1


def test_render_that_fails_leaves_nobody_without_an_answer(
    own_database: str, django: Counting
) -> None:
    settle(plan(measure("1.1")))
    cache = kept(django)

    def fail() -> None:
        raise ZeroDivisionError

    django.first = fail
    answers = at_once([partial(ask, cache, LIST)] * READERS)

    pages = {each for each in answers if isinstance(each, bytes)}
    assert [type(each) for each in answers if not isinstance(each, bytes)] == [ZeroDivisionError]
    assert pages == {ask(cache, LIST)}


def test_render_that_hangs_keeps_nobody_else(
    own_database: str, django: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "PATIENCE", 0.1)
    settle(plan(measure("1.1")))
    cache, everybody_else = kept(django), threading.Semaphore(0)

    def hang() -> None:
        for _reader in range(4):
            assert everybody_else.acquire(timeout=20)

    def read() -> bytes:
        answer = ask(cache, LIST)
        everybody_else.release()
        return answer

    django.first = hang
    answers = at_once([read] * 5)

    assert len(set(answers)) == 1, answers
    assert len(django.renders) == 5


def test_page_that_changes_while_it_is_rendered_is_outdated_for_all_who_come_then(
    own_database: str, django: Counting
) -> None:
    settle(plan(measure("1.1")))
    row = Measure.objects.select_related("concept__municipality").get()
    cache, today = kept(django), timezone.localdate()
    django.first = partial(report, row, 1, today)

    answers = at_once([partial(ask, cache, NEWS)] * READERS)

    known = [newest_on(each.decode()) for each in answers if isinstance(each, bytes)]
    # Who rendered the older page asked for it before the newer one was there.
    assert sorted(known) == [0, *[1] * (READERS - 1)]
    assert newest_on(ask(cache, NEWS).decode()) == 1
    assert len(django.renders) == 2


def answer_in(served: Site, coding: str) -> bytes:
    """What the server answers who takes this encoding."""
    with served.reader() as reader:
        status, headers, body = reader.answer(LIST, Accept_Encoding=coding)
    assert (status, headers.get("content-encoding", "identity")) == (200, coding)
    return body


def test_server_renders_a_page_once_for_all_who_ask_at_once(own_database: str) -> None:
    settle(plan(*(measure(f"1.{number}") for number in range(1, 20))))
    with sites(1) as [served]:
        asked = [CODINGS[number % len(CODINGS)] for number in range(READERS)]
        answers = at_once([partial(answer_in, served, each) for each in asked])
        renders = served.renders_of(LIST)

    assert renders == 1
    pages = {(coding, page) for coding, page in zip(asked, answers, strict=True)}
    assert len(pages) == len(CODINGS), answers


class Short:
    """Gives short pages: there the most is kept beside what is counted."""

    def __init__(self) -> None:
        """No page was given."""
        self.number = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponse:
        """A page like no other, with headers like no other."""
        self.number += 1
        environ[MUNICIPALITY] = 1
        headers = {f"X-Header-{each}": f"{self.number} {each}" for each in range(12)}
        text = f"Seite {self.number} " * (self.number % 40)
        answer = HttpResponse(text, headers={**headers, "Cache-Control": "public, no-cache"})
        start_response("200 OK", list(answer.items()))
        return answer


def read_others(cache: PageCache, shelf: Shelf, numbers: range) -> None:
    """Read pages nobody has asked for, under addresses as long as they come."""
    for number in numbers:
        host = f"{number}." + "x" * (5_000 if number % 5 == 0 else 400)
        ask(cache, LIST, f"q={number:0300}", HTTP_HOST=host, HTTP_ACCEPT_ENCODING=f"{host}, br")
        assert shelf.size <= LIMIT


def test_memory_is_bounded_however_many_addresses_are_asked_for() -> None:
    shelf = Shelf(LIMIT)
    cache = PageCache(Short(), shelf=shelf, revisions=Revisions(dict), past=(), cookies=())
    tracemalloc.start()
    before, _peak = tracemalloc.get_traced_memory()
    # As many as fit, and some more.
    read_others(cache, shelf, range(FILLING))
    traced = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    resident = resident_bytes()
    read_others(cache, shelf, range(FILLING, ADDRESSES))

    assert shelf.size > LIMIT * 0.9
    assert len(shelf) < FILLING // 2
    assert traced <= LIMIT
    assert resident_bytes() - resident < LIMIT


def resident_bytes() -> int:
    """Memory of this process."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()
