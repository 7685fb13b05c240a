"""The layer in front of Django: answers from what is kept, or has a page rendered once.

Only pages that are the same for everybody are kept: Django says so by `Cache-Control: public` on
an answer without cookies (`page.may_be_kept`). Whoever is signed in goes past it.
"""

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, parse_cookie
from django.http.response import HttpResponseBase

from leitbild.core.pagecache.page import Page, may_be_kept
from leitbild.core.pagecache.revisions import Revisions
from leitbild.core.pagecache.shelf import Shelf

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Passed = tuple[str, Headers, Iterable[bytes]]
MUNICIPALITY: Final = "leitbild.municipality"
"""Under which Django leaves the municipality's id in the request's environment."""
KEEPS: Final = "leitbild.page_cache"
"""Set for requests whose answer this layer compresses and compares, so that Django needn't."""
LONGEST: Final = 1_000
"""Characters of an address beyond which nobody else will ask for the same."""
CLICKS: Final = re.compile(r"(?:^|(?<=&))(?:fbclid|gclid|msclkid|mc_[ce]id|utm_\w+|wt_\w+)=")
PATIENCE: Final = 10.0
"""Seconds for which readers wait for a page that somebody else has rendered."""


def is_left_to_cache(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the page cache compresses this answer and compares it with what a reader has."""
    return KEEPS in request.META and may_be_kept(response)


class Render:
    """A page being rendered, for whoever asks for it meanwhile."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self.done = threading.Event()
        self.page: Page | None = None


class PageCache:
    """A WSGI application in front of another one."""

    def __init__(
        self,
        application: Application,
        *,
        shelf: Shelf,
        revisions: Revisions,
        past: Sequence[str],
        cookies: Iterable[str],
    ) -> None:
        """Keep pages on a shelf; paths that begin like `past` and requests with one of the
        cookies go past it.
        """
        self._application = application
        self._shelf = shelf
        self._revisions = revisions
        self._past = tuple(past)
        self._cookies = frozenset(cookies)
        self._lock = threading.Lock()
        self._renders: dict[Hashable, Render] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        if key is None:
            return self._application(environ, start_response)
        page = self._kept(key)
        while page is None:
            render, is_mine = self._render(key)
            if is_mine:
                return self._rendered(key, render, environ, start_response)
            # Whatever keeps the other one, it must not keep everybody.
            if not render.done.wait(PATIENCE) or render.page is None:
                return self._application(environ, start_response)
            page = self._good(render.page)
        return _send(page, environ, start_response)

    def _key(self, environ: Environ) -> Hashable | None:
        """Under what the answer is kept, if it may be."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        path = environ.get("PATH_INFO", "")
        if path.startswith(self._past):
            return None
        query = environ["QUERY_STRING"] = _without_clicks(environ.get("QUERY_STRING", ""))
        if (cookie := environ.get("HTTP_COOKIE")) and self._is_somebody(cookie):
            return None
        scheme = environ.get("wsgi.url_scheme", ""), environ.get("HTTP_X_FORWARDED_PROTO", "")
        key = *scheme, environ.get("HTTP_HOST", ""), path, query
        # All of it comes from the reader, and takes memory as long as the page is kept.
        return key if sum(map(len, key)) <= LONGEST else None

    def _is_somebody(self, cookies: str) -> bool:
        return not self._cookies.isdisjoint(parse_cookie(cookies))

    def _kept(self, key: Hashable) -> Page | None:
        """The page, if it is kept and still good."""
        page = self._shelf.get(key)
        return None if page is None else self._good(page)

    def _good(self, page: Page) -> Page | None:
        """The page, if nothing has changed since."""
        return page if page.stamp == self._revisions.now().stamp(page.municipality_id) else None

    def _render(self, key: Hashable) -> tuple[Render, bool]:
        """The render of a page, and whether it is the caller who does it."""
        with self._lock:
            if render := self._renders.get(key):
                return render, False
            render = self._renders[key] = Render()
            return render, True

    def _rendered(
        self, key: Hashable, render: Render, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Have the page rendered and keep it; whoever waits for it goes on when this is over."""
        try:
            # Somebody may have been done just before this one began.
            page = self._kept(key)
            if page is None:
                answer = self._of_django(environ)
                if not isinstance(answer, Page):
                    status, headers, body = answer
                    start_response(status, headers)
                    return body
                page = answer
                self._shelf.put(key, page)
            render.page = page
        finally:
            with self._lock:
                del self._renders[key]
            render.done.set()
        return _send(page, environ, start_response)

    def _of_django(self, environ: Environ) -> Page | Passed:
        """What Django answers: a page that may be kept, or something to pass on."""
        before = self._revisions.now()
        begun: list[tuple[str, Headers]] = []
        # Of a page that is asked for without its body the body is kept as well.
        inner = {**environ, "REQUEST_METHOD": "GET", KEEPS: True}
        body = self._application(inner, lambda *head: begun.append(head[:2]))
        municipality_id = inner.get(MUNICIPALITY)
        if not (isinstance(body, HttpResponse) and may_be_kept(body)) or municipality_id is None:
            return *begun[0], body
        try:
            stamp = before.stamp(municipality_id)
            return Page.of(body, municipality_id=municipality_id, stamp=stamp)
        finally:
            body.close()


def _without_clicks(query: str) -> str:
    """The query without what others' links add to each click, which would make each a page."""
    if not CLICKS.search(query):
        return query
    return "&".join(each for each in query.split("&") if each and not CLICKS.match(each))


def _send(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    answer = page.answer(environ.get("HTTP_ACCEPT_ENCODING", ""))
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and answer.is_among(known):
        start_response("304 Not Modified", answer.headers_unchanged)
        return ()
    start_response("200 OK", answer.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)
