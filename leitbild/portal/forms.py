"""What readers may ask of the list of measures and of the search, and proxies of host names."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.text import LocalText
from leitbild.delivery.enums import Freshness
from leitbild.delivery.queries import Standings, state_names
from leitbild.plan.enums import MeasureKind
from leitbild.plan.queries.outline import MeasureEntry, Outline

QUERY_LENGTH = 200


class Choice(forms.MultipleChoiceField):
    """Any of the known values; unknown ones are set aside and told, not held against the reader."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        """Nothing has to be chosen."""
        super().__init__(required=False, **options)
        self.unknown: list[str] = []

    def clean(self, value: Any) -> list[str]:
        """Keep the values that exist here, each once."""
        values = list(dict.fromkeys(value or []))
        self.unknown = [each for each in values if not self.valid_value(each)]
        return [each for each in values if self.valid_value(each)]


class Words(forms.CharField):
    """Search words; too many are cut and told, and what no text holds is dropped."""

    def __init__(self) -> None:
        """Nothing has to be looked for."""
        super().__init__(required=False)
        self.too_long = False

    def clean(self, value: Any) -> str:
        """As much as we look for."""
        words = str(self.to_python(value)).replace("\0", "")
        self.too_long = len(words) > QUERY_LENGTH
        return words[:QUERY_LENGTH]


class Sort(forms.ChoiceField):
    """One of the known orders; an unknown one falls back to the concept's own."""

    def clean(self, value: Any) -> str:
        """The order asked for, else that of the codes."""
        return value if value and self.valid_value(value) else "code"


SORTS = [
    ("code", _("order in the concept")),
    ("title", _("title")),
    ("state", _("state")),
    ("start", _("start")),
    ("lead", _("lead")),
    ("news", _("latest news first")),
]


class SearchForm(forms.Form):
    """The words someone looks for."""

    q = Words()

    @property
    def too_long(self) -> bool:
        """Whether we look for just the beginning of what was typed."""
        field = self.fields["q"]
        return isinstance(field, Words) and field.too_long


class HostNameQuestion(forms.Form):
    """Which host name a proxy asks about."""

    domain = forms.CharField(max_length=253)


class NewsFilter(forms.Form):
    """Of which theme news is wanted; whatever is no number asks for all."""

    theme = forms.IntegerField(required=False, min_value=0, max_value=32_767)


class MeasureFilter(SearchForm):
    """Filters, search words and order of the list of measures, from the address alone."""

    theme = Choice()
    goal = Choice()
    state = Choice()
    news = Choice()
    stage = Choice()
    group = Choice()
    lead = Choice()
    kind = Choice(choices=MeasureKind.choices)
    sort = Sort(choices=SORTS, required=False)

    FACETS = ("theme", "goal", "state", "news", "stage", "group", "lead", "kind")

    def __init__(self, data: Any, *, outline: Outline, standings: Standings) -> None:
        """Offer just what occurs in this concept."""
        super().__init__(data)
        for name, choices in _choices(outline, standings).items():
            field = self.fields[name]
            assert isinstance(field, Choice)  # noqa: S101 # the class body says so
            field.choices = choices

    @property
    def ignored(self) -> list[str]:
        """Values in the address that mean nothing here."""
        fields = [self.fields[name] for name in self.FACETS]
        return [each for field in fields if isinstance(field, Choice) for each in field.unknown]


NOBODY = "-"
"""The lead filter's value for measures that nobody leads."""


def _choices(outline: Outline, standings: Standings) -> dict[str, list[tuple[str, str]]]:
    measures = outline.measures
    known = [standings.of(each) for each in measures]
    names, fresh = {each.name for each in known}, {each.freshness for each in known}
    leads = _by_position(each.lead for each in measures if each.lead)
    if any(each.lead is None for each in measures):
        leads.append((NOBODY, gettext("nobody yet")))
    return {
        "theme": [
            (str(each.theme.number), _headed(str(each.theme.number), each.theme.t.name))
            for each in outline.themes
        ],
        "goal": [
            (entry.goal.code, _headed(entry.goal.code, entry.goal.t.title))
            for theme in outline.themes
            for entry in theme.goals
        ],
        "state": [(name, standings.label(name)) for name in state_names() if name in names],
        "news": [(each.value, str(each.label)) for each in Freshness if each in fresh],
        "stage": _by_position(stage for each in measures for stage in each.stages),
        "group": _by_position(group for each in measures for group in each.target_groups),
        "lead": leads,
    }


def _by_position(rows: Any) -> list[tuple[str, str]]:
    """Each row once, in the order of its list."""
    once = {row.slug: row for row in rows}
    ordered = sorted(once.values(), key=lambda row: (row.position, row.pk))
    return [(row.slug, row.t.name) for row in ordered]


def _headed(number: str, text: LocalText) -> LocalText:
    """The number and the text; a number is at home in every language."""
    return LocalText(f"{number} {text}", language=text.language, is_fallback=text.is_fallback)


def values_of(entry: MeasureEntry, standings: Standings) -> dict[str, set[str]]:
    """What a measure has under each facet."""
    standing = standings.of(entry)
    return {
        "theme": {str(entry.theme.number)},
        "goal": {goal.code for goal in entry.goals},
        "state": {standing.name},
        "stage": {stage.slug for stage in entry.stages},
        "group": {group.slug for group in entry.target_groups},
        "lead": {entry.lead.slug if entry.lead else NOBODY},
        "kind": {entry.measure.kind},
        "news": {standing.freshness},
    }
