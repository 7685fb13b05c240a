import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.pagecache.page import ENCODINGS, HEARD, OVERHEAD, Page, may_be_kept, preferred
from tests.core.pagecache.stamps import stamp

LONG = "Straße und Grüße. " * 200


def public(text: str = LONG, **headers: str) -> HttpResponse:
    """An answer for everybody."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(text, headers={"Cache-Control": "public, no-cache", **headers})


def kept(response: HttpResponse) -> Page:
    """The answer as it is kept."""
    return Page.of(response, municipality_id=1, stamp=stamp(1))


def test_page_for_everybody_may_be_kept() -> None:
    assert may_be_kept(public())
    assert may_be_kept(public(Vary="Accept-Encoding"))


def with_cookie() -> HttpResponse:
    """An answer that gives out a cookie."""
    response = public()
    response.set_cookie("sessionid", "x")
    return response


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x"),
        public(Cache_Control="private"),
        public(Cache_Control="no-store"),
        public(Vary="Cookie"),
        public(Vary="Accept-Encoding, Cookie"),
        public(Vary="Accept-Language"),
        HttpResponse("x", status=404, headers={"Cache-Control": "public"}),
        HttpResponse("x", status=302, headers={"Cache-Control": "public"}),
        StreamingHttpResponse([b"x"], headers={"Cache-Control": "public"}),
        with_cookie(),
    ],
    ids=str,
)
def test_answer_for_one_reader_may_not_be_kept(response: HttpResponse) -> None:
    assert not may_be_kept(response)


def test_every_encoding_holds_the_same_page() -> None:
    page = kept(public())

    assert page.answer("br").body != page.answer("gzip").body
    assert brotli.decompress(page.answer("br").body).decode() == LONG
    assert gzip.decompress(page.answer("gzip").body).decode() == LONG
    assert page.answer("").body.decode() == LONG


def test_what_is_compressed_is_not_kept_a_second_time() -> None:
    page = kept(public())

    compressed = [len(page.answer(each).body) for each in ("br", "gzip")]
    assert page.size == sum(compressed) + OVERHEAD * (1 + len(ENCODINGS))
    assert page.answer("").kept is page.answer("gzip").kept


def test_tag_is_strong_and_names_the_bytes() -> None:
    page = kept(public())
    tags = {page.answer(each).etag for each in ENCODINGS}

    assert len(tags) == len(ENCODINGS)
    assert not any(each.startswith("W/") for each in tags)
    assert kept(public()).answer("br").etag == page.answer("br").etag
    assert kept(public(LONG + "!")).answer("br").etag != page.answer("br").etag


def test_headers_are_those_of_the_answer_and_of_its_bytes() -> None:
    answer = kept(public(Content_Language="de", ETag='"other"', Vary="Accept-Encoding")).answer(
        "br"
    )
    headers = dict(answer.headers)

    assert headers["Content-Language"] == "de"
    assert headers["Content-Encoding"] == "br"
    assert headers["Content-Length"] == str(len(answer.body))
    assert headers["ETag"] == answer.etag
    assert headers["Vary"] == "Accept-Encoding"
    assert len(answer.headers) == len(headers)
    assert not {"Content-Length", "Content-Encoding", "Content-Type"} & set(
        dict(answer.headers_unchanged)
    )


def test_what_does_not_shrink_is_left_as_it_is() -> None:
    short = kept(public("kurz"))
    picture = kept(public(LONG, Content_Type="application/pdf"))

    assert short.answer("br").body == b"kurz"
    assert picture.answer("br").body == picture.answer("").body
    assert "Content-Encoding" not in dict(picture.answer("br, gzip").headers)


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("identity", "identity"),
        ("identity;q=1, br;q=0.2", "identity"),
        ("GZIP;Q=1", "gzip"),
        ("gzip;q=ham", "identity"),
        (",,;;=", "identity"),
    ],
)
def test_reader_gets_the_encoding_they_like_best(accepted: str, wanted: str) -> None:
    assert preferred(accepted)[0] == wanted


@given(st.text(max_size=60))
def test_any_header_gets_an_answer(accepted: str) -> None:
    assert kept(public("kurz")).answer(accepted).body == b"kurz"


def test_what_is_remembered_of_readers_does_not_grow_with_what_they_send() -> None:
    preferred.cache_clear()
    page, tail = kept(public()), ", x" * 10_000

    assert page.answer(f"gzip{tail}") is page.answer(f"gzip{tail}, br")
    assert preferred.cache_info().currsize == 1


def test_known_tags_are_recognised_as_readers_and_proxies_send_them() -> None:
    answer = kept(public()).answer("br")

    assert answer.is_among(answer.etag)
    assert answer.is_among(f'"other", {answer.etag}')
    assert answer.is_among(f"W/{answer.etag}")
    assert answer.is_among("*")
    assert not answer.is_among('"other"')
    assert not answer.is_among(kept(public()).answer("gzip").etag)


@pytest.mark.parametrize("refused", ["br;q=0", "gzip;q=0"])
def test_long_header_is_not_cut_in_the_midst_of_a_word(refused: str) -> None:
    name = refused.partition(";")[0]
    for length in range(HEARD - len(refused), HEARD + 1):
        answer = kept(public()).answer(f"{'x' * length},{refused}")

        assert ("Content-Encoding", name) not in answer.headers
