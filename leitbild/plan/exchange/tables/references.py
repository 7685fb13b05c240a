"""Finds what a cell refers to: by code or short name, or by the name itself."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import Problem
from leitbild.plan.exchange.slugs import free_slug
from leitbild.plan.exchange.tables.columns import Column, Kind
from leitbild.plan.exchange.tables.rows import Rows

_KEYS: Final = {"themes": "number", "goals": "code"}
_NAMES: Final = {"goals": "title"}


def key_of(part: str) -> str:
    """The field by which parts of a kind are referred to."""
    return _KEYS.get(part, "slug")


class Index:
    """The keys of one kind of part, by key and by name."""

    def __init__(self, part: str, data: Sequence[dict[str, Any]], *, is_open: bool) -> None:
        """Take the parts; an open index adds a part for every name it doesn't know."""
        self._part = part
        self._is_open = is_open
        self.added: list[dict[str, Any]] = []
        self._keys: set[str] = set()
        self._folded: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        for each in data:
            self._note(each)

    def _note(self, each: dict[str, Any]) -> None:
        key = str(each.get(key_of(self._part), ""))
        self._keys.add(key)
        self._folded.setdefault(_folded(key), key)
        texts = each.get(_NAMES.get(self._part, "name"))
        for text in texts.values() if isinstance(texts, dict) else ():
            self._names.setdefault(_folded(text), set()).add(key)
        if "slug" in each:
            self._names.setdefault(_folded(str(each["slug"])), set()).add(key)

    def find(self, name: str) -> str | None:
        """The key of what is called so; an unknown name is added to an open index."""
        folded = _folded(name)
        keys = {name} & self._keys or self._names.get(folded, set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            return None  # several are called so
        return self._folded.get(folded) or (self._add(name) if self._is_open else None)

    def is_known(self, name: str) -> bool:
        """Whether a part has this key or name."""
        return _folded(name) in self._folded or _folded(name) in self._names

    def is_ambiguous(self, name: str) -> bool:
        """Whether several parts have this name."""
        return len(self._names.get(_folded(name), ())) > 1

    def _add(self, name: str) -> str:
        taken = {each["slug"] for each in self.added}
        word = {"organisations": "organisation", "stages": "stufe"}.get(self._part, "gruppe")
        part = {"slug": free_slug(name, taken=taken, word=word), "name": name}
        self.added.append(part)
        self._note({"slug": part["slug"], "name": {"": name}})
        return part["slug"]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def resolve(rows: Rows, indexes: dict[str, Index], titles: dict[str, str]) -> None:
    """Put keys in the place of names; what can't be found becomes a problem."""
    for column in rows.layout.table.columns:
        if not column.refers_to:
            continue
        for position, data in enumerate(rows.data):
            if column.field in data:
                keys, unknown = _found(data[column.field], column, indexes[column.refers_to])
                data[column.field] = keys if column.kind is Kind.REFERENCES else keys[0]
                rows.problems.extend(
                    Problem(rows.place(position, column.field), reason)
                    for reason in _reasons(unknown, column, indexes, titles)
                )


def _found(value: Any, column: Column, index: Index) -> tuple[list[str], list[str]]:
    """The keys of what a cell names; a name that isn't found stands for itself."""
    names = _split(value, index) if column.kind is Kind.REFERENCES else [str(value)]
    keys = [index.find(name) for name in names]
    unknown = [name for name, key in zip(names, keys, strict=True) if key is None]
    return [key or name for name, key in zip(names, keys, strict=True)], unknown


def _reasons(
    unknown: Iterable[str], column: Column, indexes: dict[str, Index], titles: dict[str, str]
) -> Iterator[str]:
    for name in unknown:
        yield _reason(name, indexes[column.refers_to], titles[column.refers_to])


def _split(names: Iterable[str], index: Index) -> list[str]:
    """Some people separate codes by commas; names with a comma in them stay whole."""
    split: list[str] = []
    for name in names:
        parts = [part.strip() for part in name.split(",") if part.strip()]
        known = not index.is_known(name) and all(index.is_known(part) for part in parts)
        split.extend(parts if known else [name])
    return split


def _reason(name: str, index: Index, title: str) -> str:
    if index.is_ambiguous(name):
        return _(
            "Several rows of “{title}” are called “{name}”. Please write the code or short name."
        ).format(title=title, name=name)
    return _("“{name}” isn’t in “{title}”. Check the spelling or add a row there.").format(
        title=title, name=name
    )
