"""Text from bytes: UTF-8, and for tables what Windows programs save instead."""

import codecs
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import UnreadableFile

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Bytes that cp1252 leaves undefined, and signs that no German text has beside letters.
_IMPLAUSIBLE: Final = set("¤¦¨¬¯¸¹¼½¾ÃÂÐÞðþ")


def utf8_text(content: bytes) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark."""
    if content.startswith(_UTF_16):
        raise _not_utf8(0)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(error.start) from error
    return _without_nul(text.removeprefix("\ufeff"))


def table_text(content: bytes) -> tuple[str, str]:
    """The text of a CSV file and the encoding that was assumed; empty if it is UTF-8."""
    if content.startswith(_UTF_16):
        return _without_nul(_utf16(content)), "UTF-16"
    try:
        return utf8_text(content), ""
    except UnreadableFile:
        if b"\0" in content:
            raise
        text = _windows(content)
        if text is None:
            raise
        return text, "Windows-1252"


def _utf16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _not_utf8(error.start) from error


def _windows(content: bytes) -> str | None:
    """The text in Windows' Western encoding, if it reads like one."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [sign for sign in text if ord(sign) > 127]
    letters = sum(unicodedata.category(sign).startswith("L") for sign in foreign)
    doubtful = sum(sign in _IMPLAUSIBLE for sign in foreign)
    return text if doubtful == 0 and letters * 2 >= len(foreign) else None


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise UnreadableFile(
            _(
                "The file contains NUL bytes (the first at position {position}): it isn’t text."
            ).format(position=text.index("\0"))
        )
    return text


def _not_utf8(position: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "The file isn’t written in UTF-8 (byte {position} is the first that doesn’t fit). "
            "Please save it with the encoding “UTF-8”."
        ).format(position=position)
    )
