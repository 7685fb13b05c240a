"""How the plan is conducted: rhythm, answers, reminders, what is public, words for states."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.models import Municipality
from leitbild.core.languages import language
from leitbild.delivery.conduct import DAYS, MONTHS, Conduct, StateLook, conduct_of
from leitbild.delivery.enums import Release, Shape, State, Visibility

MOST_REMINDERS = 5
_DAYS = re.compile(r"[0-9]{1,4}")


class DaysField(forms.CharField):
    """Some numbers of days, as in “14, 7”; nothing means never."""

    def to_python(self, value: Any) -> Any:
        """The days, each once."""
        parts = str(value or "").replace(";", ",").replace(" ", ",").split(",")
        days = [part for part in parts if part]
        if any(not _DAYS.fullmatch(each) for each in days):
            raise forms.ValidationError(_("Write days as numbers, as in “14, 7”."))
        found = sorted({int(each) for each in days})
        if any(not DAYS[0] <= each <= DAYS[1] for each in found):
            raise forms.ValidationError(
                _("Each number must lie between {first} and {last}.").format(
                    first=DAYS[0], last=DAYS[1]
                )
            )
        if len(found) > MOST_REMINDERS:
            raise forms.ValidationError(
                _("At most {number} reminders; more only annoy.").format(number=MOST_REMINDERS)
            )
        return tuple(found)

    def prepare_value(self, value: Any) -> Any:
        """Days as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value


class ConceptRhythmForm(forms.Form):
    """How often the measures of one edition owe news."""

    use_required_attribute = False

    months = forms.IntegerField(
        label=gettext_lazy("Measures of this edition owe news every … months"),
        help_text=gettext_lazy("Empty: as everywhere in the city."),
        min_value=MONTHS[0],
        max_value=MONTHS[1],
        required=False,
    )


class ConductForm(forms.Form):
    """All settings of delivery, on one page."""

    use_required_attribute = False

    rhythm = forms.IntegerField(
        label=gettext_lazy("Every measure owes news every … months"),
        help_text=gettext_lazy(
            "Six is usual. A measure can have a rhythm of its own; it stands on its page."
        ),
        min_value=MONTHS[0],
        max_value=MONTHS[1],
    )
    release = forms.ChoiceField(
        label=gettext_lazy("Answers to rounds become news"),
        choices=Release.choices,
        widget=forms.RadioSelect,
    )
    reminders_before = DaysField(
        label=gettext_lazy("Remind … days before the due date"),
        help_text=gettext_lazy("Several with commas, as in “14, 7”. Empty: never."),
        required=False,
    )
    reminders_after = DaysField(
        label=gettext_lazy("Remind … days after the due date"), required=False
    )
    escalation_after = forms.IntegerField(
        label=gettext_lazy("Tell the head of the organisation … days after the due date"),
        help_text=gettext_lazy("Empty: never. The head is named among the contacts."),
        min_value=DAYS[0],
        max_value=DAYS[1],
        required=False,
    )
    gaps = forms.ChoiceField(
        label=gettext_lazy("The page “What is missing” is seen by"),
        help_text=gettext_lazy(
            "It lists measures without owner, date, money or news. Shown to everybody it is part "
            "of the plan’s honesty."
        ),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )
    money_is_public = forms.BooleanField(
        label=gettext_lazy("Publish money, planned and spent, on the measures’ pages"),
        required=False,
    )

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        """Begin with what holds now; a word and a form for every state."""
        self.languages: list[str] = list(municipality.languages)
        conduct = conduct_of(municipality)
        initial = {
            name: getattr(conduct, name) for name in Conduct.model_fields if name != "states"
        }
        super().__init__(data, initial=initial)
        for state in State:
            look = conduct.states.get(state, StateLook())
            self.fields[f"shape-{state}"] = forms.ChoiceField(
                label=_("Form of the stone"),
                choices=Shape.choices,
                initial=conduct.shape(state),
            )
            for code in self.languages:
                self.fields[f"word-{state}-{code}"] = forms.CharField(
                    label=language(code).name,
                    required=False,
                    max_length=60,
                    initial=look.words.get(code, ""),
                    widget=forms.TextInput(
                        {"lang": code, "dir": language(code).direction, "autocomplete": "off"}
                    ),
                )

    @property
    def plain(self) -> Iterator[BoundField]:
        """The fields that aren't about states."""
        return (field for field in self if "-" not in field.name)

    @property
    def states(self) -> Iterator[tuple[State, BoundField, list[BoundField]]]:
        """Every state with the field of its form and those of its words."""
        for state in State:
            words = [self[f"word-{state}-{code}"] for code in self.languages]
            yield state, self[f"shape-{state}"], words

    def conduct(self) -> Conduct:
        """What was chosen; a form that is the usual one isn't kept."""
        given = self.cleaned_data
        looks = {}
        for state in State:
            words = {
                code: " ".join(word.split())
                for code in self.languages
                if (word := given[f"word-{state}-{code}"])
            }
            shape = Shape(given[f"shape-{state}"])
            own = None if shape == Shape(state.value) else shape
            if words or own:
                looks[state] = StateLook(words=words, shape=own)
        plain = {name: given[name] for name in Conduct.model_fields if name != "states"}
        return Conduct.model_validate({**plain, "states": looks})
