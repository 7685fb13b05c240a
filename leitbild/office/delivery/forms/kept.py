"""The small forms of one page: whichever was sent comes back as it was sent, the others fresh."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django import forms

Kinds: TypeAlias = Mapping[str, Callable[..., forms.Form]]


class KeptForms:
    """Forms by kind and by the row they change; each has ids of its own on the page."""

    def __init__(self, kinds: Kinds) -> None:
        """Know how each kind is made."""
        self._kinds = kinds
        self._sent: dict[str, forms.Form] = {}

    def get(self, kind: str, row: int | None = None, **initial: Any) -> forms.Form:
        """The form for a row, or for a new one: as it was sent, or fresh."""
        key = _key(kind, row)
        return self._sent.get(key) or self._kinds[kind](initial=initial, auto_id=f"{key}-%s")

    def sent(self, kind: str, *values: Any, row: int | None = None) -> forms.Form:
        """The form with what was sent."""
        key = _key(kind, row)
        self._sent[key] = self._kinds[kind](*values, auto_id=f"{key}-%s")
        return self._sent[key]

    @property
    def faulty(self) -> forms.Form | None:
        """The form that couldn't be saved."""
        return next((form for form in self._sent.values() if form.errors), None)


def _key(kind: str, row: int | None) -> str:
    return f"{kind}-{row}" if row else kind
