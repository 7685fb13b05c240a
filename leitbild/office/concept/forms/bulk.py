"""The form that edits many measures at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Organisation
from leitbild.office.concept.forms.concepts import WITHOUT
from leitbild.plan.actions.bulk import BulkEdit
from leitbild.plan.models import ArrivalStage, Measure, TargetGroup


class _Ids(forms.MultipleChoiceField):
    """Ids as the outline's boxes send them; what isn't among the choices is left out."""

    def clean(self, value: Any) -> list[int]:
        """Each id once, in the order sent."""
        choices: Any = self.choices
        known = {str(pk) for pk, _label in choices}
        return [int(each) for each in dict.fromkeys(value or ()) if each in known]


class ChosenForm(forms.Form):
    """Which measures are meant."""

    m = _Ids(required=False)

    def __init__(self, data: QueryDict, *, ids: Sequence[int]) -> None:
        """Know which measures there are."""
        super().__init__(data)
        chosen: Any = self.fields["m"]
        chosen.choices = [(pk, "") for pk in ids]

    def chosen(self) -> list[int]:
        """The ids that were sent and exist."""
        return list(self.cleaned_data["m"]) if self.is_valid() else []


@dataclass(frozen=True, slots=True)
class Row:
    """One stage or group: its field, and how many of the chosen measures have it now."""

    field: BoundField
    have: int


class BulkForm(forms.Form):
    """Set the lead; give stages and target groups to all of the measures, or take them away."""

    lead = forms.ChoiceField(label=_("Lead"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        measures: Sequence[Measure],
        leads: Sequence[Organisation],
        stages: Sequence[ArrivalStage],
        target_groups: Sequence[TargetGroup],
    ) -> None:
        """Offer what there is; the measures come with their stages and groups."""
        super().__init__(data)
        self._leads = {str(each.pk): each for each in leads}
        self._lists: dict[str, dict[str, Any]] = {
            "stage": {f"stage-{each.pk}": each for each in stages},
            "group": {f"group-{each.pk}": each for each in target_groups},
        }
        lead: Any = self.fields["lead"]
        lead.choices = [
            ("", _("leave as it is")),
            (WITHOUT, _("no lead")),
            *((pk, each.name) for pk, each in self._leads.items()),
        ]
        self._have = Counter(
            each for row in measures for each in (*row.stages.all(), *row.target_groups.all())
        )
        self._number = len(measures)
        for rows in self._lists.values():
            for name, row in rows.items():
                self.fields[name] = self._choice(row)

    def _choice(self, row: ArrivalStage | TargetGroup) -> forms.ChoiceField:
        have = self._have[row]
        return forms.ChoiceField(
            label=row.name,
            required=False,
            choices=[
                ("", _("leave as it is")),
                *([("add", _("give to all"))] if have < self._number else []),
                *([("remove", _("take from all"))] if have else []),
            ],
        )

    @property
    def stage_rows(self) -> Iterator[Row]:
        """The stages with their fields."""
        return self._rows("stage")

    @property
    def group_rows(self) -> Iterator[Row]:
        """The target groups with their fields."""
        return self._rows("group")

    def _rows(self, kind: str) -> Iterator[Row]:
        return (Row(self[name], self._have[row]) for name, row in self._lists[kind].items())

    def clean(self) -> dict[str, Any]:
        """Something must be chosen."""
        if not self.errors and self.edit().is_empty:
            raise forms.ValidationError(
                gettext("Choose what shall change: the lead, a stage or a target group.")
            )
        return self.cleaned_data

    def edit(self) -> BulkEdit:
        """What shall happen to the measures."""
        lead = self.cleaned_data.get("lead", "")
        return BulkEdit(
            sets_lead=bool(lead),
            lead=self._leads.get(lead),
            add_stages=self._chosen("stage", "add"),
            remove_stages=self._chosen("stage", "remove"),
            add_target_groups=self._chosen("group", "add"),
            remove_target_groups=self._chosen("group", "remove"),
        )

    def _chosen(self, kind: str, choice: str) -> tuple[Any, ...]:
        rows = self._lists[kind].items()
        return tuple(row for name, row in rows if self.cleaned_data.get(name) == choice)
