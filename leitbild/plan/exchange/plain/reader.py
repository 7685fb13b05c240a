"""Reads YAML and JSON, with the line of every value at hand for error messages."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.encodings import utf8_text
from leitbild.plan.exchange.guards import read_bytes
from leitbild.plan.exchange.hints import Hints
from leitbild.plan.exchange.places import checked
from leitbild.plan.exchange.plain.events import MAX_DEPTH, build
from leitbild.plan.exchange.plain.lines import Lines
from leitbild.plan.exchange.problems import InvalidFile, Problem, UnreadableFile


def read_plain(path: Path, hints: Hints) -> ConceptDocument:
    """The document of a YAML or JSON file."""
    text = utf8_text(read_bytes(path))
    lines = Lines()
    problems: list[Problem] = []
    if path.suffix.lower() == ".json":
        raw = _json(text)
    else:
        raw, problems = build(text, lines)
    if not isinstance(raw, Mapping):
        raise UnreadableFile(
            _("The file doesn’t begin with named values such as “concept:”. The guide shows how.")
        )
    document = checked(_completed(raw, hints), lines, problems)
    hints.tell(len(document.measures), len(document.measures))
    return document


def _completed(raw: Mapping[str, Any], hints: Hints) -> dict[str, Any]:
    """What the caller knows, for files that don't say it themselves."""
    data = dict(raw)
    if hints.language is not None:
        data.setdefault("language", hints.language)
    concept = data.get("concept")
    if hints.edition is not None and isinstance(concept, Mapping):
        data["concept"] = {"edition": hints.edition, **concept}
    return data


def _json(text: str) -> Any:
    try:
        raw = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_without_doubles)
        return _checked_depth(raw)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            _("The file can’t be read as JSON: something is wrong in line {line}.").format(
                line=error.lineno
            )
        ) from error
    except RecursionError:
        raise too_deep() from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON keeps the last of two equal keys; here both would be meant, so none is taken."""
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise InvalidFile(
                [Problem("", _("The name “{name}” is used twice in one place.").format(name=key))]
            )
        if value is not None:
            data[key] = value
    return data


def _checked_depth(raw: Any) -> Any:
    level, depth = [raw], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise too_deep()
        level = [inner for outer in level for inner in _children(outer)]
    return raw


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def too_deep() -> UnreadableFile:
    """The refusal of data nested deeper than any concept."""
    return UnreadableFile(_("The file is nested more deeply than any concept; it isn’t read."))
