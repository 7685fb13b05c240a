"""Writes a concept as YAML that people can read and edit."""

import datetime as dt
import json
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import yaml

from leitbild.plan.document import ConceptDocument

_WIDTH: Final = 100_000  # texts aren't broken: a diff then shows whole sentences


def yaml_bytes(document: ConceptDocument) -> bytes:
    """The document as YAML; the same document gives the same bytes."""
    data = plain_data(document)
    text = yaml.dump(
        data,
        Dumper=_dumper(data),
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_WIDTH,
    )
    return text.encode()


def json_bytes(document: ConceptDocument) -> bytes:
    """The document as JSON, line by line as YAML has it."""
    text = json.dumps(plain_data(document), ensure_ascii=False, indent=2, default=dt.date.isoformat)
    return f"{text}\n".encode()


def plain_data(document: ConceptDocument) -> dict[str, Any]:
    """The document as plain data, without what is empty or usual."""
    data = {
        "format": document.format,
        "language": document.language,
        **document.model_dump(exclude_defaults=True),
    }
    plain: dict[str, Any] = _plain(data, document.language)
    return plain


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        if list(value) == [language] and isinstance(value[language], str):
            return value[language]  # a text without translations
        return {str(_plain(key, language)): _plain(each, language) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, language) for each in value]
    return value


class _Plain:
    """Every value is written where it stands, never as a reference to an equal one."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _Readable(_Plain, yaml.SafeDumper):
    """Keeps emoji as they are."""


if TYPE_CHECKING or yaml.__with_libyaml__:

    class _Fast(_Plain, yaml.CSafeDumper):
        """The same, many times faster; but it writes emoji as numbers."""
else:
    _Fast = _Readable


def _text(dumper: Any, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)
    return node


def _day(dumper: Any, value: dt.date) -> yaml.ScalarNode:
    text = value.isoformat()
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)
    return node


for _class in (_Readable, _Fast):
    _class.add_representer(str, _text)
    _class.add_representer(dt.date, _day)


def _dumper(data: Any) -> Any:
    return _Readable if _has_emoji(data) else _Fast


def _has_emoji(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value) and max(value) > "\uffff"
    if isinstance(value, Mapping):
        return any(_has_emoji(each) for each in value.values())
    return isinstance(value, list) and any(_has_emoji(each) for each in value)
