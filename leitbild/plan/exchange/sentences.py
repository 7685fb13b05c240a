"""One sentence for each thing that can be wrong: what it is, and how to mend it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitbild.plan.document import Finding, Place
from leitbild.plan.document.fields import TOKENS
from leitbild.plan.exchange.vocabulary import choices_at

Words = Callable[[type[TextChoices]], list[str]]

_NUMBER: Final = _("“{value}” isn’t a whole number. Please enter one, in digits.")
_YEAR: Final = _("“{value}” isn’t a year between 1900 and 2200. Please enter four digits.")
_TEXT: Final = _("A text was expected here, not “{value}”.")
_GROUP: Final = _("Several named values were expected here, not “{value}”. The guide shows how.")
_YES_NO: Final = _("Please enter yes or no here, not “{value}”.")
_CHOICE: Final = _("“{value}” isn’t known here. Possible are: {choices}.")
_PLANNED: Final = _(
    "“{value}” is neither a year nor a date. Please write 2027, 2027-03-31 or 31.03.2027."
)
_DAY: Final = _("“{value}” isn’t a full date. Please write 2027-03-31 or 31.03.2027.")

_SENTENCES: Final[dict[str, Promise]] = {
    "missing": _("This is missing. Please fill it in."),
    "extra_forbidden": _("“{name}” isn’t known here. Check the spelling or remove it."),
    "model_type": _GROUP,
    "dict_type": _GROUP,
    "list_type": _("A list was expected here, not “{value}”."),
    "string_type": _TEXT,
    "string_unicode": _("The text contains characters that don’t exist. Please write it anew."),
    "string_too_long": _("The text has {length} characters; at most {max_length} are possible."),
    "string_too_short": _("This is empty. Please fill it in."),
    "string_pattern_mismatch": _("“{value}” can’t be used here. The guide shows how to write it."),
    "too_short": _("At least one is needed here. Please fill it in."),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than_equal": _("{value} is too small; it must be at least {ge}."),
    "less_than_equal": _("{value} is too large; it must be at most {le}."),
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "enum": _CHOICE,
    "literal_error": _("“{value}” isn’t known here. Possible is: {expected}."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "planned_date": _PLANNED,
    "full_date": _DAY,
    "year": _YEAR,
    "control_character": _(
        "The text contains an invisible control character. Please delete the text and type it anew."
    ),
    "language": _(
        "“{value}” isn’t a language code that can be used. Codes look like de, en, ar or uk."
    ),
    "token": _("“{value}” isn’t a colour that can be set. Possible are: {tokens}."),
    "source_text": _(
        "The text in the document’s own language is missing. Please fill it in; translations "
        "alone aren’t enough."
    ),
    "source_language": _(
        "The first language is “{first}”, but the texts are written in “{language}”. Please put "
        "“{language}” first."
    ),
    "doubled": _(
        "“{value}” occurs twice. Each must be there only once; please change one of them."
    ),
    "unknown_reference": _("“{value}” doesn’t exist in this file. Check the spelling or add it."),
    "repeated_reference": _("“{value}” is named twice here. Once is enough."),
    "circle": _(
        "“{value}” is, by way of its parent organisations, its own parent. Please change one of "
        "them."
    ),
    "end_before_start": _("The end ({end}) is before the start ({start}). Please correct one."),
    "own_predecessor": _("A concept can’t be its own predecessor. Please leave this empty."),
    "horizon_before_edition": _(
        "The horizon ({horizon}) is before the year of the edition ({edition}). Please correct one."
    ),
}

_SLUG: Final = _(
    "“{value}” isn’t a short name. Please use small letters a–z, digits and hyphens, such as "
    "“amt-fuer-soziales”."
)
_CODE: Final = _(
    "“{value}” can’t be a code. Please use up to 20 letters, digits, dots and hyphens without "
    "blanks, such as “2.3” or “M-12”."
)
_URL: Final = _(
    "“{value}” isn’t an internet address. It must begin with https:// or http:// and have no "
    "blanks."
)
_EMAIL: Final = _("“{value}” isn’t an e-mail address. It looks like name@example.org.")
_COLOUR: Final = _("“{value}” isn’t a colour. Please write it as # and six digits: #2266a4.")
_PATTERNS: Final[dict[str, Promise]] = {
    **dict.fromkeys(
        ["slug", "lead", "parent", "partners", "stages", "target_groups", "predecessor"], _SLUG
    ),
    **dict.fromkeys(["code", "goals"], _CODE),
    **dict.fromkeys(["url", "source_url", "enforcement_url"], _URL),
    **dict.fromkeys(["email", "data_protection_email"], _EMAIL),
    **dict.fromkeys(["colour", "tokens"], _COLOUR),
    "hosts": _("“{value}” isn’t a host name. It looks like integration.example.org."),
    "key": _("“{value}” isn’t an official municipality key (AGS). It has eight digits."),
}
# Values of these fields may take several forms; whatever a form complains about means this.
_BY_FIELD: Final[dict[tuple[str, str], Promise]] = {
    ("measures", "start"): _PLANNED,
    ("measures", "end"): _PLANNED,
    ("resolutions", "date"): _DAY,
    ("themes", "colour"): _COLOUR,
    ("themes", "sign"): _CHOICE,
}
_OWN_WORDS: Final = {"year", "end_before_start", "missing", "extra_forbidden"}
_YEARS: Final = {"edition", "horizon"}


def kinds() -> set[str]:
    """All kinds of finding that have a sentence."""
    return set(_SENTENCES)


def sentence(finding: Finding, place: Place, *, words: Words) -> str:
    """What is wrong, in the active language.

    `words` knows how the file's user writes a vocabulary.
    """
    choices = choices_at(place)
    values = {
        "choices": ", ".join(words(choices)) if choices else "",
        "name": place[-1] if place else "",
        "tokens": ", ".join(TOKENS),
        "expected": "",
        **{key: _shown(value) for key, value in finding.values.items()},
    }
    if "value" not in values:
        values["value"] = values.get("input", "")
    values["length"] = len(str(finding.values.get("input", "")))
    return str(_template(finding.kind, place)).format(**values)


def _template(kind: str, place: Place) -> Promise:
    names = [step for step in place if isinstance(step, str)]
    field = _field(names)
    if kind not in _OWN_WORDS and len(names) > 1:
        for part in names[:-1]:
            if (part, field) in _BY_FIELD:
                return _BY_FIELD[part, field]
    if kind in {"greater_than_equal", "less_than_equal", "int_parsing"} and field in _YEARS:
        return _YEAR
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(field, _SENTENCES[kind])
    # A kind without a sentence would be our mistake; the user still learns the place.
    return _SENTENCES.get(kind, _SENTENCES["string_pattern_mismatch"])


def _field(names: list[str]) -> str:
    """The field that decides how a value is written; a token's own name doesn't."""
    if "tokens" in names:
        return "tokens"
    return names[-1] if names else ""


def _shown(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()[:10]
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    is_whole = isinstance(value, float) and value.is_integer()
    text = str(int(value) if is_whole else value)
    return text if len(text) <= 60 else f"{text[:57]}…"
