"""A page as it is kept: in every encoding, with headers that need no further thought."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Final

import brotli
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import cc_delim_re

from leitbild.core.pagecache.revisions import Stamp

Headers = list[tuple[str, str]]
IDENTITY: Final = "identity"
ENCODINGS: Final = ("br", "gzip", IDENTITY)
"""In the order they are chosen where a reader takes several alike."""
BROTLI_QUALITY: Final = 5
GZIP_LEVEL: Final = 6
WORTH_IT: Final = 200
"""Bytes below which nothing is compressed."""
OVERHEAD: Final = 2_000
"""Bytes a page takes beside its bodies, once (key, headers) and in each encoding; too many."""
COMPRESSIBLE: Final = ("text/", "application/xml", "application/atom+xml", "application/json")
HEARD: Final = 200
"""Characters that are read of what a reader says of encodings; browsers say it in thirty."""
OF_THE_BODY: Final = ("content-length", "content-encoding", "etag", "vary")
OF_A_BODY: Final = ("content-type", "content-disposition", "content-language")


def may_be_kept(response: HttpResponseBase) -> bool:
    """Whether an answer is the same for everybody: it says so, and nothing speaks against it."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if "public" not in _parts(response.headers.get("Cache-Control", "")):
        return False
    # Whatever read a session or gave out a form's token varies by cookie.
    return _parts(response.headers.get("Vary", "")) <= {"accept-encoding"}


def _parts(header: str) -> set[str]:
    return {each.lower() for each in cc_delim_re.split(header.strip()) if each}


@dataclass(frozen=True, slots=True)
class Answer:
    """A page in one encoding."""

    etag: str
    headers: Headers
    headers_unchanged: Headers
    kept: bytes
    is_packed: bool = False
    """Whether that is gzip's bytes, unpacked for the few readers who take no compression."""

    @property
    def body(self) -> bytes:
        """What a reader gets."""
        return gzip.decompress(self.kept) if self.is_packed else self.kept

    @property
    def size(self) -> int:
        """Bytes it takes beside those of other encodings."""
        return 0 if self.is_packed else len(self.kept)

    def is_among(self, known: str) -> bool:
        """Whether these bytes are among those a reader has, by the header If-None-Match."""
        tags = {each.strip().removeprefix("W/") for each in known.split(",")}
        return self.etag in tags or "*" in tags


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of an answer, and for which stamp of which municipality it is good."""

    municipality_id: int
    stamp: Stamp
    answers: Mapping[str, Answer]
    size: int

    @classmethod
    def of(cls, response: HttpResponse, *, municipality_id: int, stamp: Stamp) -> "Page":
        """Compress an answer that may be kept."""
        headers = [
            (name, value) for name, value in response.items() if name.lower() not in OF_THE_BODY
        ]
        whole = response.content
        digest = sha256(whole).hexdigest()[:32]
        bodies = _compressed(whole, response.headers.get("Content-Type", ""))
        answers = {name: _answer(name, body, headers, digest) for name, body in bodies.items()}
        plain = _answer(IDENTITY, whole, headers, digest)
        if bodies:
            plain = replace(plain, kept=bodies["gzip"], is_packed=True)
        answers[IDENTITY] = plain
        return cls(
            municipality_id=municipality_id,
            stamp=stamp,
            answers=answers,
            size=OVERHEAD + sum(OVERHEAD + each.size for each in answers.values()),
        )

    def answer(self, accepted: str) -> Answer:
        """The page in the encoding a reader likes best, by the header Accept-Encoding."""
        # What is remembered of it must not grow with what readers send. Half a part of it could
        # say the opposite of the whole.
        heard = accepted if len(accepted) <= HEARD else accepted[:HEARD].rpartition(",")[0]
        for each in preferred(heard):
            if found := self.answers.get(each):
                return found
        return self.answers[IDENTITY]


def _compressed(body: bytes, content_type: str) -> dict[str, bytes]:
    """A body in every encoding that makes it smaller."""
    if len(body) < WORTH_IT or not content_type.startswith(COMPRESSIBLE):
        return {}
    return {
        "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(body, quality=BROTLI_QUALITY),  # type: ignore[no-untyped-call] # it has no types
    }


def _answer(encoding: str, body: bytes, headers: Headers, digest: str) -> Answer:
    # A strong tag names these very bytes, so each encoding has its own.
    etag = f'"{digest}"' if encoding == IDENTITY else f'"{digest}-{encoding}"'
    common = [*headers, ("ETag", etag), ("Vary", "Accept-Encoding")]
    whole = [*common, ("Content-Length", str(len(body)))]
    if encoding != IDENTITY:
        whole.append(("Content-Encoding", encoding))
    unchanged = [each for each in common if each[0].lower() not in OF_A_BODY]
    return Answer(etag=etag, headers=whole, headers_unchanged=unchanged, kept=body)


@lru_cache(maxsize=256)
def preferred(accepted: str) -> tuple[str, ...]:
    """Our encodings a header Accept-Encoding takes, the best first (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    rest = weights.get("*", 0.0)
    wanted = {each: weights.get(each, rest) for each in ENCODINGS}
    wanted[IDENTITY] = weights.get(IDENTITY, 0.001)
    taken = [each for each in ENCODINGS if wanted[each] > 0]
    # Sorting is stable: what weighs the same stays in our order.
    return tuple(sorted(taken, key=wanted.__getitem__, reverse=True))


def _weight(parameter: str) -> float:
    name, _equals, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
