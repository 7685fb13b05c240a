"""What is asked of whoever answers by link; the officer corrects news in the same form."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.templatetags.components import day
from leitbild.delivery.actions.answering import LONGEST_NAME, Said
from leitbild.delivery.actions.milestones import LARGEST
from leitbild.delivery.actions.progress import LONGEST
from leitbild.delivery.actions.ruling import MilestoneSaid, News
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import AnswerKind, State
from leitbild.delivery.models import Answer, ProgressUpdate
from leitbild.delivery.models.progress import REASONED
from leitbild.delivery.queries.evidence import Step
from leitbild.office.delivery.forms.sheet import Day, Number


class Sentences(forms.CharField):
    """One to three sentences."""

    def __init__(self, *, lines: int = 2, **options: Any) -> None:
        """As long as a text of an update may be."""
        widget = forms.Textarea({"rows": lines})
        super().__init__(**{"required": False, "max_length": LONGEST, "widget": widget, **options})


class NewsForm(forms.Form):
    """How a measure goes: the last state is chosen already, texts are empty."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("Where the measure stands"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the measure stands.")},
    )
    # Only shown where it is owed, so it is never called optional.
    reason = Sentences(
        label=_("Why it is delayed or stopped"),
        help_text=_("One sentence."),
        required=True,
        error_messages={"required": _("Say in a sentence why.")},
    )
    text = Sentences(label=_("What has happened"), lines=3, help_text=_("One to three sentences."))
    next_step = Sentences(label=_("Next step"))
    obstacle = Sentences(label=_("What stands in the way"))
    helps = Sentences(label=_("What would help"))
    internal = forms.BooleanField(label=_("Not for the public, only for the city"), required=False)

    TEXTS: Final = ("text", *(each for each in ProgressUpdate.translatable if each != "text"))

    def __init__(self, *args: Any, conduct: Conduct, steps: Sequence[Step], **kwargs: Any) -> None:
        """Ask for the numbers of milestones that aren't reached yet."""
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)  # noqa: S101 # declared above
        state.choices = [(each.value, _drawn(conduct, each)) for each in State]
        if self.is_bound and self["state"].value() not in REASONED:
            self.fields["reason"].required = False
        self.steps = [each for each in steps if each.milestone.done is None]
        for each in self.steps:
            if each.milestone.target is not None:
                self.fields[_value_name(each)] = _value_field(each)
            self.fields[_done_name(each)] = PastDay(label=gettext("Reached on"), required=False)

    def milestones(self) -> list[tuple[Step, list[forms.BoundField]]]:
        """Each milestone with its fields, for the page."""
        return [
            (
                each,
                [
                    self[name]
                    for name in (_value_name(each), _done_name(each))
                    if name in self.fields
                ],
            )
            for each in self.steps
        ]

    @property
    def opens_more(self) -> bool:
        """Whether the texts that are folded away hold something already."""
        return any(self[name].value() for name in ("next_step", "obstacle", "helps"))

    @property
    def opens_milestones(self) -> bool:
        """Whether something of milestones that are folded away was said already."""
        return any(each.value() for _step, fields in self.milestones() for each in fields)

    def said(self) -> News:
        """What was typed, as an answer holds it."""
        values = self.cleaned_data
        return {
            "state": values["state"],
            "text": values["text"],
            "reason": values["reason"] if values["state"] in REASONED else "",
            "next_step": values["next_step"],
            "obstacle": values["obstacle"],
            "helps": values["helps"],
            "public": not values["internal"],
            "milestones": self._milestones_said(),
        }

    def _milestones_said(self) -> dict[str, MilestoneSaid]:
        found: dict[str, MilestoneSaid] = {}
        for each in self.steps:
            value = self.cleaned_data.get(_value_name(each))
            done: dt.date | None = self.cleaned_data.get(_done_name(each))
            news: MilestoneSaid = {}
            if value is not None:
                news["value"] = value
            if done is not None:
                news["done"] = done.isoformat()
            if news:
                found[str(each.milestone.pk)] = news
        return found


def _drawn(conduct: Conduct, state: str) -> SafeString:
    """A state's stone and its word."""
    drawing = '<svg class="stone" aria-hidden="true"><use href="#stone-{}"/></svg> <span>{}</span>'
    return format_html(drawing, conduct.shape(state), conduct.label(state))


def held_in(answer: Answer) -> dict[str, Any]:
    """An answer as the form of news shows it, for correcting it."""
    values: dict[str, Any] = {name: getattr(answer, name) for name in ("state", *NewsForm.TEXTS)}
    values["internal"] = not answer.public
    for pk, news in answer.milestones.items():
        values |= {f"milestone-{pk}-{name}": value for name, value in news.items()}
    return values


def _value_name(step: Step) -> str:
    return f"milestone-{step.milestone.pk}-value"


def _done_name(step: Step) -> str:
    return f"milestone-{step.milestone.pk}-done"


def _value_field(step: Step) -> forms.Field:
    target = gettext("of {target}").format(target=step.milestone.target)
    last = ""
    if step.latest:
        last = gettext("Last reported: {value}, {day}").format(
            value=step.latest.value, day=day(step.latest.date)
        )
    return Number(
        label=gettext("How many by now?"),
        help_text=" · ".join(filter(None, [f"{target} {step.milestone.unit}".strip(), last])),
        required=False,
        max_value=LARGEST - 1,
    )


class PastDay(Day):
    """A day that has been."""

    def validate(self, value: dt.date | None) -> None:
        """Nothing is reached tomorrow."""
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(gettext("This day lies in the future."))


class UnchangedForm(forms.Form):
    """Nothing to type: the tap says it."""

    def said(self) -> Said:
        """Nothing more than that."""
        return {}


class NotMineForm(forms.Form):
    """Who answers for the measure now, as far as one knows."""

    use_required_attribute = False

    successor_name = forms.CharField(
        label=_("Who answers for it now?"),
        help_text=_("A name or an office, if you know it."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    successor_email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    text = Sentences(label=_("Something the office should know"))

    def said(self) -> Said:
        """What was typed."""
        values = self.cleaned_data
        return {
            "successor_name": values["successor_name"],
            "successor_email": values["successor_email"],
            "text": values["text"],
        }


class HelpForm(forms.Form):
    """What somebody needs to go on."""

    use_required_attribute = False

    text = Sentences(
        label=_("What do you need?"),
        lines=3,
        required=True,
        help_text=_("One to three sentences. Only the office reads it."),
        error_messages={"required": _("Say in a sentence what you need.")},
    )

    def said(self) -> Said:
        """What was typed."""
        return {"text": self.cleaned_data["text"]}


SMALL: Final[dict[str, type[UnchangedForm | NotMineForm | HelpForm]]] = {
    AnswerKind.UNCHANGED: UnchangedForm,
    AnswerKind.NOT_MINE: NotMineForm,
    AnswerKind.HELP: HelpForm,
}
"""The form of each kind of answer but news."""
