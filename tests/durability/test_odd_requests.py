"""Whatever is asked, the server answers it, and a second time the same.

The first answer is rendered, the second one may be kept: nobody may see which it was. Requests
are sent as bytes, because no client would send them so.
"""

import re
import socket
from typing import Final

from tests.durability.sites import sites
from tests.towns import measure, plan, settle

HOST: Final = b"Host: musterstadt.example"
LIST: Final = b"/de/massnahmen/"
PATHS: Final = (
    LIST,
    LIST + b"?",
    LIST + b"?q=%ff%00&q=%0d%0aSet-Cookie:%20a=b",
    LIST + b"?q=" + b"x" * 3_000,
    b"//de//massnahmen//",
    b"/de/massnahmen/%2e%2e/",
    b"/de/massnahmen/%ff%fe/",
    b"/de/%00/",
    b"/de/massnahmen/\xc3\xa4/",
    b"/%64e/massnahmen/",
    b"/DE/massnahmen/",
    b"/xx/massnahmen/",
    b"/de/massnahmen",
    b"/de/neues.atom",
    b"/de/massnahmen/tabelle.csv",
    b"/de/massnahmen/tabelle.xlsx",
    b"/palette.css",
    b"/sitemap.xml",
    b"/",
    b"/de/folgen/meine/falsch/",
    b"/office/",
)
HEADERS: Final = (
    b"Accept-Encoding: br;q=nan, gzip;q=inf",
    b"Accept-Encoding: \xff\xfe, ;;=,,",
    b"Accept-Encoding: identity;q=0, *;q=0",
    b"Accept-Encoding: " + b"gzip, " * 500,
    b"Accept-Language: xx, ar;q=\xff",
    b'If-None-Match: W/"',
    b'If-None-Match: "\xff", ,,*',
    b"If-None-Match: *",
    b"If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
    b"Range: bytes=0-9",
    b"Cookie: \xff=\xff; ; =; counter=1",
    b"Cookie: sessionid=nobody",
    b"Cookie: csrftoken=" + b"x" * 32,
    b"X-Forwarded-Proto: https, http",
    b"Expect: 100-continue",
    b"Content-Length: 3\r\n\r\nq=x",
)
METHODS: Final = (b"HEAD", b"OPTIONS", b"POST", b"PUT", b"DELETE", b"TRACE", b"BREW")


def sent(port: int, request: bytes) -> bytes:
    """All that the server answers to these bytes, without what names the moment."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(request)
        parts = []
        while part := client.recv(65_536):
            parts.append(part)
    return re.sub(rb"(?im)^(date|expires): .*\r\n", b"", b"".join(parts))


def request(
    method: bytes = b"GET", path: bytes = LIST, header: bytes = b"Accept: */*", host: bytes = HOST
) -> bytes:
    """A request after which the connection ends."""
    return b"%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n%s\r\n\r\n" % (method, path, host, header)


def odd_requests() -> list[bytes]:
    """Everything a scanner, a bookmark of twenty years ago and a joker send."""
    return [
        *(request(path=each) for each in PATHS),
        *(request(header=each) for each in HEADERS),
        *(request(method, path) for method in METHODS for path in (LIST, b"/", b"/office/")),
        *(request(host=b"Host: " + each) for each in (b"", b"a b", b"\xff", b"[::1", b"x" * 900)),
        b"GET /de/massnahmen/ HTTP/1.0\r\n\r\n",
        request(path=b"http://elsewhere.example" + LIST),
        b"GET /de/massnahmen/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ]


def test_odd_requests_are_answered_and_a_second_time_the_same(own_database: str) -> None:
    settle(plan(measure("1.1")))
    with sites(1) as [served]:
        first = [sent(served.port, each) for each in odd_requests()]
        second = [sent(served.port, each) for each in odd_requests()]
        plain = sent(served.port, request())

    for asked, answer, again in zip(odd_requests(), first, second, strict=True):
        assert re.match(rb"HTTP/1\.[01] [234]\d\d ", answer), (asked, answer[:300])
        assert without_chance(answer) == without_chance(again), asked
    # A reader who asks for part of a page, or oddly, is given the page.
    assert plain.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"set-cookie" not in plain.lower()


def without_chance(answer: bytes) -> bytes:
    """An answer without tokens that are drawn anew each time."""
    return re.sub(rb"csrf[^\r\n]*", b"", answer)
