"""Everything the document's types can complain about has a sentence of ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from leitbild.plan import document as document_package
from leitbild.plan.document import ConceptDocument, Finding, Place
from leitbild.plan.exchange.sentences import kinds, sentence

# What each node of pydantic's schema can raise, for the nodes our model uses.
RAISED: dict[str, set[str]] = {
    "any": set(),
    "bool": {"bool_type", "bool_parsing"},
    "date": {
        "date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact",
    },
    "default": set(),
    "definition-ref": set(),
    "definitions": set(),
    "dict": {"dict_type"},
    "enum": {"enum"},
    "function-after": set(),
    "function-before": set(),
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "list": {"list_type"},
    "literal": {"literal_error"},
    "model": {"model_type"},
    "model-field": {"missing"},
    "model-fields": {"model_type", "extra_forbidden"},
    "nullable": set(),
    "str": {"string_type", "string_unicode"},
    "union": set(),
}  # fmt: skip
CONSTRAINTS: dict[tuple[str, str], str] = {
    ("str", "max_length"): "string_too_long",
    ("str", "min_length"): "string_too_short",
    ("str", "pattern"): "string_pattern_mismatch",
    ("list", "min_length"): "too_short",
    ("int", "ge"): "greater_than_equal",
    ("int", "le"): "less_than_equal",
}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for key, each in value.items():
            if key not in {"metadata", "serialization", "function"}:
                yield from _nodes(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _nodes(each)


def _raised_by_schema() -> set[str]:
    raised: set[str] = set()
    for node in _nodes(ConceptDocument.__pydantic_core_schema__):
        kind = node["type"]
        raised |= RAISED[kind]
        raised |= {
            error for (each, key), error in CONSTRAINTS.items() if each == kind and key in node
        }
    return raised


def _raised_by_us() -> set[str]:
    folder = Path(document_package.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    custom = re.findall(r'PydanticCustomError\(\s*"(\w+)"', source)
    found = re.findall(r'Finding\(\s*(?:\((?:[^()]|\([^()]*\))*\)|place),\s*"(\w+)"', source)
    return {*custom, *found}


def test_every_kind_of_finding_has_a_sentence() -> None:
    assert _raised_by_schema() | _raised_by_us() <= kinds()


def test_no_sentence_is_there_for_nothing() -> None:
    assert kinds() - _raised_by_schema() - _raised_by_us() == set()


def test_all_our_findings_are_seen() -> None:
    assert _raised_by_us() >= {"doubled", "circle", "token", "planned_date", "source_language"}


LONG: Final = {"input": "a" * 301, "max_length": 300}
SLUG: Final = (
    "“Amt 50” isn’t a short name. Please use small letters a–z, digits and hyphens, such as "
    "“amt-fuer-soziales”."
)
PLANNED: Final = "“[…]” is neither a year nor a date. Please write 2027, 2027-03-31 or 31.03.2027."


@pytest.mark.parametrize(
    ("kind", "place", "values", "reason"),
    [
        (
            "string_too_long",
            ("measures", 0, "title", "de"),
            LONG,
            "The text has 301 characters; at most 300 are possible.",
        ),
        ("string_pattern_mismatch", ("measures", 0, "lead"), {"input": "Amt 50"}, SLUG),
        (
            "string_pattern_mismatch",
            ("municipality", "tokens", "ink"),
            {"input": "red"},
            "“red” isn’t a colour. Please write it as # and six digits: #2266a4.",
        ),
        (
            "literal_error",
            ("themes", 0, "sign"),
            {"input": "boat", "expected": "''"},
            "“boat” isn’t known here. Possible are: one, two.",
        ),
        ("int_type", ("measures", 0, "start"), {"input": []}, PLANNED),
        (
            "less_than_equal",
            ("concept", "edition"),
            {"input": 20222, "le": 2200},
            "“20222” isn’t a year between 1900 and 2200. Please enter four digits.",
        ),
        (
            "less_than_equal",
            ("themes", 0, "number"),
            {"input": 1000, "le": 999},
            "1000 is too large; it must be at most 999.",
        ),
        (
            "extra_forbidden",
            ("measures", 0, "titel"),
            {"input": "x"},
            "“titel” isn’t known here. Check the spelling or remove it.",
        ),
        ("missing", ("concept",), {"input": {}}, "This is missing. Please fill it in."),
    ],
)
def test_sentence_says_what_and_how(
    kind: str, place: Place, values: dict[str, Any], reason: str
) -> None:
    assert (
        sentence(Finding(place, kind, values), place, words=lambda choices: ["one", "two"])
        == reason
    )
