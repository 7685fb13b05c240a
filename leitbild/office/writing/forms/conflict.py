"""Choosing between two versions of a part, field by field."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.office.writing.versions import Meeting, Versions
from leitbild.plan.queries.contents import Content

THEIRS: Final = "theirs"
MINE: Final = "mine"
OWN: Final = "own"


class ConflictForm(forms.Form):
    """A choice for each field that differs; for long texts also a text of one's own."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, versions: Versions, language: dict[str, str]) -> None:
        """Ask for what differs; what only one side changed is proposed."""
        super().__init__(data, initial={"seen": versions.seen})
        self.versions = versions
        for each in versions.meetings:
            self.fields[f"choice-{each.field}"] = forms.ChoiceField(
                label=str(each.label),
                choices=_sides(each),
                widget=forms.RadioSelect,
                initial=_proposed(each),
                error_messages={"required": _("Please choose one of the two versions.")},
            )
            if each.long:
                self.fields[f"own-{each.field}"] = forms.CharField(
                    label=_("A text of both"),
                    required=False,
                    strip=False,
                    initial=each.mine,
                    widget=forms.Textarea({"rows": each.lines, **language}),
                )

    @property
    def entries(self) -> list[tuple[Meeting, Any, Any]]:
        """What differs, with its fields."""
        return [
            (
                each,
                self[f"choice-{each.field}"],
                self[f"own-{each.field}"] if each.long else None,
            )
            for each in self.versions.meetings
        ]

    def chosen(self) -> Content:
        """The content that was put together."""
        return {
            each.field: self._chosen(each, self.cleaned_data[f"choice-{each.field}"])
            for each in self.versions.meetings
        }

    def _chosen(self, each: Meeting, side: str) -> Any:
        if side == OWN:
            return self.cleaned_data[f"own-{each.field}"].replace("\r\n", "\n")
        return each.theirs if side == THEIRS else each.mine


def _proposed(each: Meeting) -> str:
    """Only one side changed it: then that side."""
    if not each.mine_changed:
        return THEIRS
    return "" if each.theirs_changed else MINE


def _sides(each: Meeting) -> list[tuple[str, Any]]:
    sides: list[tuple[str, Any]] = [
        (THEIRS, _("Take what stands")),
        (MINE, _("Take the draft’s")),
    ]
    return [*sides, (OWN, _("Take the text below"))] if each.long else sides
