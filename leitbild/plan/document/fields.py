"""The kinds of value a concept document holds, each with its own check and JSON Schema."""

import datetime as dt
import re
import unicodedata
from typing import Annotated, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from leitbild.core.colour import DEFAULT_TOKENS
from leitbild.core.languages import LANGUAGE_CODE, is_servable

TITLE_LENGTH: Final = 300
SUMMARY_LENGTH: Final = 600
TEXT_LENGTH: Final = 20_000
YEARS: Final = (1900, 2200)
TOKENS: Final = tuple(DEFAULT_TOKENS)

# U+202D and U+202E turn letters around, even those that follow the text; no language needs them.
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ud800-\udfff\ufffe\uffff]"
)
_LINE_END: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BREAK: Final = re.compile(r"\s*\n\s*")
_YEAR: Final = re.compile(r"\d{4}")
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def clean(text: str) -> str:
    """The text in one canonical form: NFC, `\\n` line ends, no blanks at the edges."""
    lines = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


def has_control_character(text: str) -> bool:
    """Whether a text holds a character that no language needs and no page should show."""
    return bool(_CONTROL.search(text))


def _plain(value: object) -> object:
    """Cleaned before its length is measured, so that a closing line break costs nothing."""
    if not isinstance(value, str):
        return value
    if has_control_character(value):
        raise PydanticCustomError("control_character", "contains a control character")
    return clean(value)


def _one_line(value: object) -> object:
    """Line breaks typed inside a title become blanks."""
    cleaned = _plain(value)
    return _BREAK.sub(" ", cleaned) if isinstance(cleaned, str) else cleaned


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _lowered(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _token(value: str) -> str:
    if value not in TOKENS:
        raise PydanticCustomError("token", "is not a design token a municipality may set")
    return value


def _language(value: str) -> str:
    if not LANGUAGE_CODE.fullmatch(value) or not is_servable(value):
        raise PydanticCustomError("language", "is not a known language code")
    return value


def _texts(value: object, info: ValidationInfo) -> object:
    """A plain string is a text in the document's own language."""
    source = (info.context or {}).get("language", "de")
    if value is None:
        return {}
    if isinstance(value, bool | int | float):
        value = str(value)
    if isinstance(value, str):
        return {source: value}
    return value


def _filled(texts: dict[str, str]) -> dict[str, str]:
    """Languages in order, empty ones left out."""
    return {code: texts[code] for code in sorted(texts) if texts[code]}


def _required(texts: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    if not texts.get((info.context or {}).get("language", "de")):
        raise PydanticCustomError("source_text", "has no text in the document's language")
    return texts


def _planned_date(value: object) -> object:
    """A year, a date, or either of them as text, in ISO or German notation."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    if _YEAR.fullmatch(text):
        return int(text)
    if german := _GERMAN_DATE.fullmatch(text):
        day, month, year = (int(part) for part in german.groups())
        text = f"{year:04}-{month:02}-{day:02}"
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("planned_date", "is neither a year nor a date") from None


def _date(value: object) -> object:
    moment = _planned_date(value)
    if isinstance(moment, int) and not isinstance(moment, bool):
        raise PydanticCustomError("full_date", "is not a full date")
    return moment


def _within_years(value: "PlannedDate") -> "PlannedDate":
    year = value.year if isinstance(value, dt.date) else value
    if not YEARS[0] <= year <= YEARS[1]:
        raise PydanticCustomError("year", "is not a year between 1900 and 2200")
    return value


def _number_as_text(value: object) -> object:
    """Codes such as 2.3 that a YAML reader or a spreadsheet took for a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _stripped(value)


def _text_schema(limit: int) -> WithJsonSchema:
    text = {"type": "string", "maxLength": limit}
    return WithJsonSchema(
        {
            "description": "A text in the document's language, or one text per language code.",
            "oneOf": [
                text,
                {
                    "type": "object",
                    "propertyNames": {"pattern": f"^{LANGUAGE_CODE.pattern}$"},
                    "additionalProperties": text,
                },
            ],
        }
    )


_Plain = BeforeValidator(_plain)
_OneLine = BeforeValidator(_one_line)
_Stripped = BeforeValidator(_stripped)
_Lowered = BeforeValidator(_lowered)
_DATE_SCHEMA: Final = {"type": "string", "format": "date"}

LanguageCode = Annotated[str, AfterValidator(_language)]
Token = Annotated[str, AfterValidator(_token), WithJsonSchema({"enum": list(TOKENS)})]
Line = Annotated[str, StringConstraints(max_length=TITLE_LENGTH), _OneLine]
Name = Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LENGTH), _OneLine]
Prose = Annotated[str, StringConstraints(max_length=TEXT_LENGTH), _Plain]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80),
    BeforeValidator(_number_as_text),
]
Code = Annotated[
    str,
    StringConstraints(pattern=r"^[\w]+([.\-][\w]+)*$", max_length=20),
    _Plain,
    BeforeValidator(_number_as_text),
]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500), _Stripped]
Email = Annotated[
    str, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", max_length=254), _Stripped
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$"), _Lowered]
Host = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([a-z0-9.\-]*[a-z0-9])?$", max_length=253),
    _Lowered,
]
Year = Annotated[int, Field(ge=YEARS[0], le=YEARS[1])]
PlannedDate: TypeAlias = int | dt.date
Planned = Annotated[
    PlannedDate | None,
    BeforeValidator(_planned_date),
    AfterValidator(lambda value: None if value is None else _within_years(value)),
    WithJsonSchema({"oneOf": [{"type": "integer"}, _DATE_SCHEMA, {"type": "null"}]}),
]
Day = Annotated[dt.date | None, BeforeValidator(_date), WithJsonSchema(_DATE_SCHEMA)]


_AS_TEXTS = BeforeValidator(_texts)
_FILLED = AfterValidator(_filled)
_REQUIRED = AfterValidator(_required)
_Summary = Annotated[str, StringConstraints(max_length=SUMMARY_LENGTH), _Plain]

Title = Annotated[
    dict[LanguageCode, Line], _AS_TEXTS, _FILLED, _REQUIRED, _text_schema(TITLE_LENGTH)
]
OptionalTitle = Annotated[dict[LanguageCode, Line], _AS_TEXTS, _FILLED, _text_schema(TITLE_LENGTH)]
Summary = Annotated[dict[LanguageCode, _Summary], _AS_TEXTS, _FILLED, _text_schema(SUMMARY_LENGTH)]
Text = Annotated[dict[LanguageCode, Prose], _AS_TEXTS, _FILLED, _text_schema(TEXT_LENGTH)]


def first_day(moment: PlannedDate) -> dt.date:
    """The first day a planned year or date covers."""
    return moment if isinstance(moment, dt.date) else dt.date(moment, 1, 1)


def last_day(moment: PlannedDate) -> dt.date:
    """The last day a planned year or date covers."""
    return moment if isinstance(moment, dt.date) else dt.date(moment, 12, 31)
