"""Text from bytes."""

import pytest

from leitbild.plan.exchange import UnreadableFile
from leitbild.plan.exchange.encodings import table_text, utf8_text

TEXT = "Maßnahme „Größe“ – für alle"


def test_utf8_text_with_and_without_mark() -> None:
    assert utf8_text(TEXT.encode()) == TEXT
    assert utf8_text(TEXT.encode("utf-8-sig")) == TEXT


def test_utf8_text_names_the_first_wrong_byte() -> None:
    with pytest.raises(UnreadableFile, match=r"byte 2 is the first.*“UTF-8”"):
        utf8_text("Maß".encode("cp1252"))


def test_utf8_text_refuses_utf16() -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        utf8_text(TEXT.encode("utf-16"))


def test_utf8_text_refuses_nul() -> None:
    with pytest.raises(UnreadableFile, match="the first at position 1"):
        utf8_text(b"a\0b")


@pytest.mark.parametrize(
    ("encoding", "assumed"),
    [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_table_text_tells_what_it_assumed(encoding: str, assumed: str) -> None:
    assert table_text(TEXT.encode(encoding)) == (TEXT, assumed)


@pytest.mark.parametrize(
    "content", ["Öffentlichkeit für alle".encode("cp437"), "Мова".encode("cp866"), b"\xff\x81 x"]
)
def test_table_text_refuses_what_reads_like_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        table_text(content)


def test_table_text_refuses_broken_utf16() -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        table_text(b"\xff\xfea")
