"""The forms people write a concept's parts in: one a kind, in the order one thinks of them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.terminology import Terms
from leitbild.office.writing.forms.choices import Choices
from leitbild.office.writing.forms.fields import (
    Mark,
    Moment,
    Numbered,
    OneOf,
    SomeOf,
    Whole,
    Words,
    YesNo,
    sign_choices,
)
from leitbild.plan.enums import MeasureKind, PartKind
from leitbild.plan.queries.contents import Content

ALSO: Final = "also"
"""The field of a measure's further goals, which content keeps behind the main one."""


class PartForm(forms.Form):
    """What all parts have: their texts, where they come from, and why they change."""

    use_required_attribute = False
    sections: ClassVar[list[tuple[str | Promise, list[str]]]] = []

    source_url = Mark(
        label=_("Source"),
        help_text=_("An address on the web where readers find this, beginning with https://"),
        required=False,
        attrs={"inputmode": "url"},
    )
    sample = YesNo(
        label=_("This is a sample text, not the council’s"),
        help_text=_("Readers see the word “sample” beside it."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        content: Mapping[str, Any],
        choices: Choices,
        terms: Terms,
        source_language: str,
    ) -> None:
        """Show a content; with data, what was typed instead."""
        super().__init__(data)
        self.goals_before = list(content.get("goals") or [])
        self.choices, self.terms = choices, terms
        self.offer()
        self.order_fields([name for _title, names in self.sections for name in names])
        for name, field in self.fields.items():
            field.initial = self.shown(name, content)
            if isinstance(field, Words | OneOf | SomeOf):
                field.written_in(source_language)

    def offer(self) -> None:
        """Fill in what there is to choose from, in the municipality's own words."""

    def shown(self, name: str, content: Mapping[str, Any]) -> Any:
        """A field's value for a content."""
        field: Any = self.fields[name]
        return field.show(content.get(name))

    def content(self) -> Content:
        """What was typed, as the part's content, whether or not it can be published."""
        return {name: self.typed(name) for name in self.fields}

    def typed(self, name: str) -> Any:
        """What was typed into one field."""
        field: Any = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return field.read(raw)

    def full_clean(self) -> None:
        """Find no fault by itself: what a part must say is the plan's to know (`blame`)."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}

    def blame(self, faults: Iterable[tuple[str, str]]) -> None:
        """Say at each field what is wrong with it; of the whole form where it has no such field."""
        for name, reason in faults:
            self.add_error(name if name in self.fields else None, reason)

    @property
    def parts(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The fields in their sections."""
        return [(title, [self[name] for name in names]) for title, names in self.sections]


class ConceptForm(PartForm):
    """The concept's own words."""

    sections = [
        (_("What it says"), ["title", "purpose", "introduction"]),
        (_("From when to when"), ["edition", "horizon"]),
        (_("Where it comes from"), ["source_url", "sample"]),
    ]

    title = Words(label=_("Title"), lines=2)
    purpose = Words(
        label=_("What the concept is for"),
        help_text=_("One or two sentences. The home page opens with them."),
        lines=4,
        marked=True,
        required=False,
    )
    introduction = Words(label=_("Introduction"), lines=10, marked=True, required=False)
    edition = Whole(label=_("Year of the edition"))
    horizon = Whole(
        label=_("Until which year it looks ahead"), help_text=_("For example 2035."), required=False
    )


class ThemeForm(PartForm):
    """A theme with its vision."""

    sections = [
        (_("What it says"), ["name", "vision", "introduction"]),
        (_("Where it stands"), ["number", "slug"]),
        (_("How one knows it"), ["colour", "sign"]),
        (_("Where it comes from"), ["source_url", "sample"]),
    ]

    name = Words(label=_("Name"))
    vision = Words(
        label=_("Vision"),
        help_text=_(
            "The ideal, as if it were reached: “Everyone who lives here …”. One or two sentences."
        ),
        lines=4,
        required=False,
    )
    introduction = Words(label=_("Introduction"), lines=8, marked=True, required=False)
    number = Whole(label=_("Number"))
    slug = Mark(
        label=_("Name in the address"),
        help_text=_("Small letters, digits and hyphens. Links to this page break if it changes."),
    )
    colour = Mark(
        label=_("Colour"), widget=forms.TextInput(attrs={"type": "color", "class": "input--colour"})
    )
    sign = OneOf(label=_("Sign"), widget=forms.RadioSelect)

    def offer(self) -> None:
        """The signs, drawn; the vision under the name it has here."""
        self.fields["vision"].label = self.terms.vision.one[:1].upper() + self.terms.vision.one[1:]
        sign: Any = self.fields["sign"]
        sign.choices = sign_choices()


class GoalForm(PartForm):
    """A goal that follows from a theme's vision."""

    sections = [
        (_("What it says"), ["title", "text"]),
        (_("Where it stands"), ["theme", "code", "horizon"]),
        (_("Where it comes from"), ["source_url", "sample"]),
    ]

    title = Words(
        label=_("The goal in one sentence"),
        help_text=_("What will be so, not what is done for it."),
        lines=2,
    )
    text = Words(label=_("More about it"), lines=8, marked=True, required=False)
    theme = Numbered(label=_("Theme"))
    code = Mark(label=_("Code"), attrs={"class": "input--short"})
    horizon = Whole(
        label=_("Until which year"), help_text=_("About ten years ahead."), required=False
    )

    def offer(self) -> None:
        """The themes there are."""
        theme: Any = self.fields["theme"]
        theme.choices = self.choices.theme_options()
        theme.label = self.terms.theme.one[:1].upper() + self.terms.theme.one[1:]


class MeasureForm(PartForm):
    """A concrete measure: what, why, who, for whom, when."""

    sections = [
        (_("What is to be done"), ["title", "summary", "text"]),
        (_("Why: what it serves"), ["goals", ALSO, "code"]),
        (_("Who does it"), ["lead", "partners"]),
        (_("When"), ["kind", "start", "end"]),
        (_("For whom"), ["target_groups", "stages"]),
        (_("Where it comes from"), ["source_url", "sample"]),
    ]

    title = Words(
        label=_("Title"),
        help_text=_("Say what is done, in a few words: “Find reading partners for all schools”."),
        lines=2,
    )
    summary = Words(
        label=_("In short"),
        help_text=_("One or two sentences without marks, at most 600 characters."),
        lines=3,
        required=False,
    )
    text = Words(label=_("What is to be done, step by step"), lines=12, marked=True, required=False)
    goals = OneOf(label=_("Main goal"))
    also = SomeOf(label=_("Also serves"), required=False)
    code = Mark(label=_("Code"), attrs={"class": "input--short"})
    lead = OneOf(
        label=_("Lead"), help_text=_("Who answers for it and reports on it."), required=False
    )
    partners = SomeOf(label=_("Partners"), required=False)
    kind = OneOf(label=_("Kind"), widget=forms.RadioSelect, choices=MeasureKind.choices)
    start = Moment(
        label=_("Start"), help_text=_("A year, or a date such as 01.09.2027."), required=False
    )
    end = Moment(
        label=_("End"), help_text=_("A year, or a date such as 31.12.2028."), required=False
    )
    target_groups = SomeOf(label=_("Target groups"), required=False)
    stages = SomeOf(label=_("Stages of arrival"), required=False)

    def offer(self) -> None:
        """The goals, bodies, groups and stages there are."""
        lists: dict[str, Any] = {
            "goals": [("", _("Please choose")), *self.choices.goal_options()],
            ALSO: self.choices.goal_options(),
            "lead": [("", _("Nobody yet")), *self.choices.organisation_options()],
            "partners": self.choices.organisation_options(),
            "target_groups": [(each.slug, each.name) for each in self.choices.target_groups],
            "stages": [(each.slug, each.name) for each in self.choices.stages],
        }
        for name, options in lists.items():
            field: Any = self.fields[name]
            field.choices = options

    def shown(self, name: str, content: Mapping[str, Any]) -> Any:
        """The main goal apart from the others."""
        goals = content.get("goals") or []
        if name == "goals":
            return next(iter(goals), "")
        return list(goals[1:]) if name == ALSO else super().shown(name, content)

    def content(self) -> Content:
        """The goals as one list again, the main one first, the others as they were ordered."""
        content = super().content()
        main, ticked = content.pop("goals"), content.pop(ALSO)
        kept = [each for each in self.goals_before if each in ticked]
        first = [main] if main else []
        return {**content, "goals": list(dict.fromkeys([*first, *kept, *ticked]))}


FORMS: Final[dict[PartKind, type[PartForm]]] = {
    PartKind.CONCEPT: ConceptForm,
    PartKind.THEME: ThemeForm,
    PartKind.GOAL: GoalForm,
    PartKind.MEASURE: MeasureForm,
}
