"""Forms of a new edition: begin it, decide on each measure, say why new ones came."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.languages import language
from leitbild.plan.actions.fates import EXPLAINED, decided_version
from leitbild.plan.document.fields import TITLE_LENGTH, YEARS
from leitbild.plan.enums import Fate
from leitbild.plan.models import Measure
from leitbild.plan.queries.editions import EditionComparison, Passage

REASON_LENGTH: Final = 2_000
EXPLANATIONS: Final = {
    Fate.CONTINUED: _("It goes on as it was."),
    Fate.CHANGED: _("It goes on, but differently: another aim, scale or lead."),
    Fate.MERGED: _("It becomes part of another measure. Its own text goes to the bin."),
    Fate.SPLIT: _("It becomes several measures. The copy stays as the first of them."),
    Fate.DROPPED: _("It ends with the old edition. Its text goes to the bin."),
}


def _explained(fate: Fate) -> str:
    return format_html(
        "<span><strong>{}</strong> <span class='quiet'>{}</span></span>",
        fate.label,
        EXPLANATIONS[fate],
    )


class NewEditionForm(forms.Form):
    """Year and title of the edition that begins."""

    edition = forms.IntegerField(
        label=_("Year of the new edition"), min_value=YEARS[0], max_value=YEARS[1]
    )
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)


class FateForm(forms.Form):
    """What becomes of one measure of the old edition.

    What is needed depends on the choice: what this one doesn't need counts as not given.
    """

    use_required_attribute = False

    fate = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[(each.value, lazy(_explained, str)(each)) for each in EXPLANATIONS],
        widget=forms.RadioSelect,
    )
    into = forms.TypedChoiceField(
        label=_("Which measure does it become part of?"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Choose the measure that it is merged into.")},
    )
    parts = forms.TypedMultipleChoiceField(
        label=_("Which measures take over a part?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    titles = forms.CharField(
        label=_("Or write new ones"),
        help_text=_("One title a line. Each begins with the text of this measure."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Readers see these one or two sentences. Only “continued” needs none."),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say in a sentence why; readers of the new edition see it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, comparison: EditionComparison, passage: Passage) -> None:
        """Offer the measures of the new edition, as they stand now."""
        row = passage.row
        super().__init__(
            data,
            initial={
                "fate": passage.fate,
                "into": passage.after[0].pk if passage.fate and passage.after else None,
                "parts": [each.pk for each in passage.after],
                "reason": row.reason if row else "",
                "seen": decided_version([row] if row else []),
            },
        )
        own = row.copy_id if row else None
        measures = _all_of(comparison)
        others = [each for each in measures if each.pk != own]
        self._measures = {each.pk: each for each in measures}
        self._set_choices(comparison, others)
        _written_in(comparison, self.fields["reason"], self.fields["titles"])
        self.has_copy = own is not None and own in self._measures

    def _set_choices(self, comparison: EditionComparison, others: Sequence[Measure]) -> None:
        into: Any = self.fields["into"]
        parts: Any = self.fields["parts"]
        into.choices = [("", gettext("Choose a measure")), *_by_theme(others)]
        fresh = {each.after[0].pk for each in comparison.came}
        new = [each for each in others if each.pk in fresh]
        old = [each for each in others if each.pk not in fresh]
        parts.choices = [
            *([(gettext("New in this edition"), _options(new))] if new else []),
            *_by_theme(old),
        ]

    def clean(self) -> dict[str, Any]:
        """Forgive what the choice doesn't need."""
        cleaned: dict[str, Any] = super().clean() or {}
        fate = cleaned.get("fate")
        if fate != Fate.MERGED:
            self.errors.pop("into", None)
        if fate not in EXPLAINED and not self.data.get("reason", "").strip():
            self.errors.pop("reason", None)
        if fate == Fate.SPLIT and not (cleaned.get("parts") or cleaned.get("titles")):
            self.add_error(
                "parts", gettext("Name at least one further measure that takes over a part of it.")
            )
        return cleaned

    def decision(self) -> dict[str, Any]:
        """What was chosen, as `decide_fate` takes it."""
        given = self.cleaned_data
        fate = Fate(given["fate"])
        goes_into = fate == Fate.MERGED or (
            fate in {Fate.CONTINUED, Fate.CHANGED} and not self.has_copy
        )
        return {
            "fate": fate,
            "reason": given.get("reason", ""),
            "into": self._measures.get(given.get("into") or 0) if goes_into else None,
            "parts": [self._measures[pk] for pk in given["parts"]] if fate == Fate.SPLIT else [],
            "titles": given["titles"].splitlines() if fate == Fate.SPLIT else [],
            "seen": given["seen"],
        }


class NewMeasureForm(forms.Form):
    """Why a measure of the new edition came."""

    reason = forms.CharField(
        label=_("Why is this measure new?"),
        help_text=_("One or two sentences. Readers see them beside the measure."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, comparison: EditionComparison, passage: Passage) -> None:
        """Begin with what was said so far."""
        super().__init__(data, initial={"reason": passage.row.reason if passage.row else ""})
        _written_in(comparison, self.fields["reason"])


def _written_in(comparison: EditionComparison, *fields: forms.Field) -> None:
    """Tell browsers and screen readers the source language, which may not be the page's."""
    source = comparison.new.municipality.source_language
    for field in fields:
        field.widget.attrs |= {"lang": source, "dir": language(source).direction}


def _all_of(comparison: EditionComparison) -> list[Measure]:
    """Every measure of the new edition, each once, in its order."""
    passages = (*comparison.passages, *comparison.came)
    found = {each.pk: each for passage in passages for each in passage.after}
    return sorted(found.values(), key=lambda each: (each.position, each.pk))


def _by_theme(measures: Iterable[Measure]) -> list[tuple[str, list[tuple[int, str]]]]:
    grouped = groupby(measures, key=_theme)
    return [(theme, _options(list(rows))) for theme, rows in grouped]


def _theme(measure: Measure) -> str:
    links = list(measure.goal_links.all())
    return str(links[0].goal.theme) if links else gettext("Without a goal")


def _options(measures: Iterable[Measure]) -> list[tuple[int, str]]:
    return [(each.pk, str(each)) for each in measures]
