"""Cells that a spreadsheet would take for a formula, made harmless and read back exactly."""

import re
from typing import Final

# An apostrophe before these signs is the spreadsheets' own mark for “this is text”.
_DANGEROUS: Final = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def protected(text: str) -> str:
    """The text with an apostrophe in front, if a spreadsheet might calculate it."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unprotected(text: str) -> str:
    """The text as it was before `protected`; other texts stay as they are."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
