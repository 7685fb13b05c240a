"""Pages as the WSGI application gives them out when nothing it has kept holds any more."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections
from django.test import Client

from bench.figures import Profile
from bench.profiling import counted_queries, profile, slow_statements
from bench.rendered import Rendered
from bench.timing import loop, seconds
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality
from leitbild.config.wsgi import application
from leitbild.core.pagecache import bump

WARM_UP: Final = 3
PROFILED: Final = 10
ENVIRON: Final[dict[str, Any]] = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_ACCEPT_ENCODING": "br, gzip",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A page of a municipality, as somebody asks for it."""

    name: str
    path: str
    municipality_id: int
    host: str = "localhost"
    cookie: str = ""

    def render(self) -> bytes:
        """Its bytes; raises RuntimeError if there is no such page."""
        answers: list[str] = []
        body: Any = application(self._environ(), lambda status, *_rest: answers.append(status))
        try:
            content = b"".join(body)
        finally:
            # An answer from the cache is a plain tuple.
            getattr(body, "close", lambda: None)()
        if answers != ["200 OK"]:
            raise RuntimeError(f"{self.path} answers {answers}, there is nothing to measure.")
        return content

    def outdate(self) -> None:
        """Let what is kept of it be rendered again: something was published."""
        bump(self.municipality_id)
        # Whoever wrote closes up after it; the next render has no part in that.
        close_old_connections()

    def _environ(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        environ = {
            **ENVIRON,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "HTTP_HOST": self.host,
            "wsgi.input": BytesIO(),
        }
        return {**environ, "HTTP_COOKIE": self.cookie} if self.cookie else environ


def targets(
    town: Municipality, paths: Mapping[str, str], *, host: str = "localhost"
) -> Iterator[Target]:
    """Pages of a municipality by their names; those of the office as its officer sees them."""
    office = officer_cookie(town)
    for name, path in paths.items():
        cookie = office if path.startswith("/office") else ""
        yield Target(name, path, town.pk, host=host, cookie=cookie)


def officer_cookie(town: Municipality) -> str:
    """The cookie of a browser in which the town's integration officer is signed in."""
    client = Client()
    member = Membership.objects.filter(municipality=town, role=Role.OFFICER).order_by("pk")[0]
    client.force_login(member.user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def render_in_turn(targets: Sequence[Target], *, runs: int) -> list[Rendered]:
    """Render each page so many times, all in turn, so that noise is shared out evenly."""
    results = [Rendered() for _ in targets]
    for target, result in zip(targets, results, strict=True):
        for _ in range(WARM_UP):
            target.outdate()
            target.render()
        target.outdate()
        with counted_queries() as queries:
            target.render()
        result.queries = queries.count
    for _ in range(runs):
        for target, result in zip(targets, results, strict=True):
            target.outdate()
            result.beside.append(seconds(loop))
            result.times.append(seconds(target.render))
    return results


def profiles(what: str, target: Target) -> Iterator[Profile]:
    """Where the time of a page goes: in which functions, and in which queries."""
    yield profile(what, target.render, runs=PROFILED, first=target.outdate)
    yield slow_statements(
        f"{what}, its slowest queries", target.render, runs=PROFILED, first=target.outdate
    )
