import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse

from leitbild.core.pagecache.layer import KEEPS, LONGEST, MUNICIPALITY, PageCache
from leitbild.core.pagecache.revisions import Revisions
from leitbild.core.pagecache.shelf import Shelf

TOWN = 7


class Django:
    """An application that counts what it renders."""

    def __init__(self) -> None:
        """A public page, and a database that counts nothing."""
        self.calls: list[dict[str, Any]] = []
        self.counts: dict[int | None, int] = {}
        self.view: Callable[[dict[str, Any]], HttpResponse | StreamingHttpResponse] = page

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer as Django's handler does: start, then give the response itself."""
        self.calls.append(environ)
        response = self.view(environ)
        environ[MUNICIPALITY] = TOWN
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response


def page(environ: dict[str, Any]) -> HttpResponse:
    """A page for everybody."""
    headers = {"Cache-Control": "public, no-cache"}
    return HttpResponse(f"Seite {environ['PATH_INFO']} " * 100, headers=headers)


@pytest.fixture(autouse=True)
def _connections_left_alone() -> Iterator[None]:
    """Keep an answer that ends from looking at a connection which another test has left open."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def django() -> Django:
    """What stands behind the cache."""
    return Django()


@pytest.fixture
def cache(django: Django) -> PageCache:
    """A cache that asks how often content has changed before every answer."""
    return PageCache(
        django,
        shelf=Shelf(1_000_000),
        revisions=Revisions(lambda: dict(django.counts), clock=lambda: float(next(SECONDS))),
        past=("/office", "/static/"),
        cookies=("sessionid",),
    )


def _seconds() -> Iterator[int]:
    second = 0
    while True:
        yield second
        second += 1


SECONDS = _seconds()


def by_many(cache: PageCache, number: int) -> list[Any]:
    """What this many readers get who ask at the same moment; an error stands for itself."""
    start = threading.Barrier(number, timeout=10)

    def read() -> Any:
        start.wait()
        try:
            return ask(cache)
        except RuntimeError as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return [each.result() for each in [pool.submit(read) for _reader in range(number)]]


def ask(cache: PageCache, path: str = "/de/", **more: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "stadt.example",
        "wsgi.url_scheme": "https",
        **more,
    }
    body = b"".join(cache(environ, lambda *head: begun.append(head[:2])))
    status, headers = begun[0]
    return status, dict(headers), body


def test_page_is_rendered_once_and_answered_the_same(cache: PageCache, django: Django) -> None:
    answers = [ask(cache) for _time in range(3)]

    assert len(django.calls) == 1
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == "200 OK"
    assert answers[0][2] == page({"PATH_INFO": "/de/"}).content


@pytest.mark.parametrize(
    "more",
    [
        {"PATH_INFO": "/ar/"},
        {"QUERY_STRING": "q=deutsch"},
        {"HTTP_HOST": "andere.example"},
        {"wsgi.url_scheme": "http"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
    ],
    ids=str,
)
def test_what_makes_another_page_is_kept_apart(
    cache: PageCache, django: Django, more: dict[str, str]
) -> None:
    ask(cache)
    ask(cache, **more)
    ask(cache, **more)

    assert len(django.calls) == 2


@pytest.mark.parametrize(
    "query",
    ["fbclid=IwAR0x", "utm_source=zeitung&utm_medium=web", "gclid=1&&fbclid=2", "mc_cid=a&mc_eid="],
)
def test_click_that_is_counted_elsewhere_makes_no_page_of_its_own(
    cache: PageCache, django: Django, query: str
) -> None:
    ask(cache, QUERY_STRING="theme=2")
    ask(cache, QUERY_STRING=f"theme=2&{query}")
    ask(cache, QUERY_STRING=f"{query}&theme=2")

    assert [each["QUERY_STRING"] for each in django.calls] == ["theme=2"]


@pytest.mark.parametrize("query", ["q=fbclid=1", "q=utm_x", "afbclid=1", "theme=2&xutm_a=1"])
def test_what_only_looks_like_it_is_left_alone(
    cache: PageCache, django: Django, query: str
) -> None:
    ask(cache, QUERY_STRING=query)

    assert django.calls[0]["QUERY_STRING"] == query


def test_page_is_rendered_anew_after_a_change_of_its_municipality(
    cache: PageCache, django: Django
) -> None:
    ask(cache)
    django.counts[TOWN + 1] = 1
    ask(cache)
    assert len(django.calls) == 1

    django.counts[TOWN] = 1
    ask(cache)
    ask(cache)
    assert len(django.calls) == 2

    django.counts[None] = 1
    ask(cache)
    assert len(django.calls) == 3


def test_change_during_the_render_is_not_missed(cache: PageCache, django: Django) -> None:
    def changing(environ: dict[str, Any]) -> HttpResponse:
        django.counts[TOWN] = len(django.calls)
        return page(environ)

    django.view = changing
    ask(cache)
    django.view = page
    ask(cache)
    ask(cache)

    assert len(django.calls) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"PATH_INFO": "/office/"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=" + "x" * LONGEST},
        {"HTTP_HOST": "x" * LONGEST},
        {"HTTP_X_FORWARDED_PROTO": "x" * LONGEST},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_is_not_the_same_for_everybody_goes_past(
    cache: PageCache, django: Django, more: dict[str, str]
) -> None:
    ask(cache)
    ask(cache, **more)
    ask(cache, **more)

    assert len(django.calls) == 3
    assert KEEPS not in django.calls[-1]


def test_readers_with_cookies_of_others_get_what_is_kept(cache: PageCache, django: Django) -> None:
    ask(cache, HTTP_COOKIE="counter=1")
    ask(cache, HTTP_COOKIE="counter=2; theme=dark")

    assert len(django.calls) == 1


@pytest.mark.parametrize("status", [301, 302, 404, 500])
def test_other_answers_are_passed_on_as_they_are(
    cache: PageCache, django: Django, status: int
) -> None:
    django.view = lambda _environ: HttpResponse("x", status=status, headers={"X-Of": "Django"})

    answers = [ask(cache) for _time in range(2)]

    assert len(django.calls) == 2
    assert answers[0][0].startswith(str(status))
    assert answers[0][1]["X-Of"] == "Django"
    assert answers[0][2] == b"x"


def test_stream_is_passed_on_unread(cache: PageCache, django: Django) -> None:
    read: list[int] = []

    def stream() -> Iterator[bytes]:
        read.append(1)
        yield b"Datei"

    django.view = lambda _environ: StreamingHttpResponse(stream(), headers={"X-Of": "Django"})
    answer = cache({"REQUEST_METHOD": "GET", "PATH_INFO": "/de/anhang/1/"}, lambda *_head: None)

    assert not read
    assert b"".join(answer) == b"Datei"


def test_reader_who_has_the_page_gets_no_second_copy(cache: PageCache, django: Django) -> None:
    _status, headers, _body = ask(cache, HTTP_ACCEPT_ENCODING="br")

    status, unchanged, body = ask(
        cache, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=headers["ETag"]
    )
    other, _headers, _body = ask(
        cache, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=headers["ETag"]
    )

    assert (status, body) == ("304 Not Modified", b"")
    assert unchanged["ETag"] == headers["ETag"]
    assert other == "200 OK"
    django.counts[TOWN] = 1
    django.view = lambda environ: page({"PATH_INFO": "/neu/"})
    assert ask(cache, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"


def test_head_is_answered_from_the_page_and_keeps_it(cache: PageCache, django: Django) -> None:
    status, headers, body = ask(cache, REQUEST_METHOD="HEAD")

    assert (status, body) == ("200 OK", b"")
    assert headers == ask(cache)[1]
    assert int(headers["Content-Length"]) > 0
    assert len(django.calls) == 1


def test_page_too_large_to_be_kept_is_answered_all_the_same(
    cache: PageCache, django: Django
) -> None:
    django.view = lambda _environ: HttpResponse(
        b"x" * 500_000, content_type="application/pdf", headers={"Cache-Control": "public"}
    )

    assert [len(ask(cache)[2]) for _time in range(2)] == [500_000, 500_000]
    assert len(django.calls) == 2


def test_many_who_ask_at_once_cause_one_render(cache: PageCache, django: Django) -> None:
    def slow(environ: dict[str, Any]) -> HttpResponse:
        begun.wait(0.2)
        return page(environ)

    begun = threading.Event()
    django.view = slow

    answers = by_many(cache, 20)

    assert len(django.calls) == 1
    assert all(each == answers[0] for each in answers)
    assert ask(cache) == answers[0]


def test_whoever_waits_gets_an_answer_of_their_own_when_the_render_fails(
    cache: PageCache, django: Django
) -> None:
    def failing(environ: dict[str, Any]) -> HttpResponse:
        if len(django.calls) == 1:
            waiting.wait(0.2)
            raise RuntimeError
        return page(environ)

    waiting = threading.Event()
    django.view = failing

    answers = by_many(cache, 5)

    assert sum(isinstance(each, RuntimeError) for each in answers) == 1
    assert sum(isinstance(each, tuple) and each[0] == "200 OK" for each in answers) == 4
    assert ask(cache)[0] == "200 OK"


def test_who_waits_while_content_changes_gets_the_newer_page(
    cache: PageCache, django: Django
) -> None:
    rendering, go_on = threading.Event(), threading.Event()

    def first_slow(environ: dict[str, Any]) -> HttpResponse:
        number = len(django.calls)
        if number == 1:
            rendering.set()
            assert go_on.wait(10)
        return page({"PATH_INFO": f"/{number}/"})

    django.view = first_slow
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ask(cache)[2])) for _reader in range(4)
    ]
    threads[0].start()
    assert rendering.wait(10)
    django.counts[TOWN] = 1
    for each in threads[1:]:
        each.start()
    go_on.set()
    for each in threads:
        each.join()

    assert len([each for each in answers if b"/1/" in each]) <= 1
    assert ask(cache)[2] == page({"PATH_INFO": "/2/"}).content
