"""Narrowing a page down; everything stands in the address."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

NOBODY: Final = "-"
"""Stands in the address for measures that nobody leads."""


class NarrowingForm(forms.Form):
    """Choices a page's rows can be narrowed down to, each left open by itself."""

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Let this be chosen from, or all."""
        field: Any = self.fields[name]
        field.choices = [("", _("all")), *choices]

    @property
    def ignored(self) -> list[str]:
        """What the address asks for and the concept doesn't have."""
        return [str(self.data.get(name)) for name in self.errors]

    @property
    def is_active(self) -> bool:
        """Whether anything is left out."""
        return any(self.cleaned_data.values())
