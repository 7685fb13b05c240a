"""Languages a text can be written in: code, own name and writing direction."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language_info
from django.utils.translation.trans_real import get_supported_language_variant

LANGUAGE_CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a reader meets it."""

    code: str
    name: str
    rtl: bool

    @property
    def direction(self) -> str:
        """Value of the HTML attribute `dir`."""
        return "rtl" if self.rtl else "ltr"


def language(code: str) -> Language:
    """The language of a BCP 47 code; an unknown code stands for itself, left to right."""
    try:
        info = get_language_info(code)
    except KeyError:
        return Language(code=code, name=code, rtl=False)
    return Language(code=code, name=info["name_local"], rtl=bool(info["bidi"]))


def is_servable(code: str) -> bool:
    """Whether pages can be served under this code, so whether the framework knows it."""
    try:
        return get_supported_language_variant(code, strict=True) == code
    except LookupError:
        return False
