"""The filter of the audit log."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.queries import NOBODY, LogValues
from leitbild.reports.event_words import action_name, actor_name

ALL: Final = ("", _("all"))
# Days far from today can't be said in every time zone.
_DAYS: Final = [
    MinValueValidator(dt.date(1900, 1, 1)),
    MaxValueValidator(dt.date(2999, 12, 31)),
]


class Day(forms.DateField):
    """A day somebody may ask for."""

    def __init__(self, **options: Any) -> None:
        """Offer the browser's calendar."""
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(**{"required": False, "widget": widget, "validators": _DAYS, **options})


class LogFilter(forms.Form):
    """Whose events, which, of what, and from when to when."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    record = forms.ChoiceField(label=_("Kind of record"), required=False)
    since = Day(label=_("From"))
    until = Day(label=_("Until"))

    def __init__(self, *args: Any, values: LogValues, **kwargs: Any) -> None:
        """Offer what occurs in the log."""
        super().__init__(*args, **kwargs)
        people = {str(pk): actor_name(name) for pk, name in values.actors if pk is not None}
        if any(pk is None for pk, _name in values.actors):
            people[NOBODY] = gettext("nobody with an account")
        self._offer("person", people)
        self._offer("action", {each: action_name(each) for each in values.actions})
        self._offer("record", {each: record_name(each) for each in values.records})

    def _offer(self, name: str, words: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # declared above
        field.choices = [ALL, *sorted(words.items(), key=lambda each: each[1].casefold())]

    def clean(self) -> dict[str, Any]:
        """The period begins before it ends."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This is before the first day. Please correct one."))
        return values

    def wanted(self) -> dict[str, Any]:
        """What to ask the log for; what can't be understood isn't asked for."""
        self.is_valid()
        values = self.cleaned_data
        until = values.get("until")
        return {
            "actor": values.get("person", ""),
            "action": values.get("action", ""),
            "record": values.get("record", ""),
            "since": _midnight(values.get("since")),
            "until": _midnight(until + dt.timedelta(days=1) if until else None),
        }


def record_name(record: str) -> str:
    """The kind of record in words; one of another version stands for itself."""
    try:
        return capfirst(str(apps.get_model(record)._meta.verbose_name))
    except (LookupError, ValueError):
        return record


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None
