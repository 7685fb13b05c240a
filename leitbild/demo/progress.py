"""Loads the demo's progress updates."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, Literal, Self

from pydantic import model_validator

from leitbild.accounts.models import User
from leitbild.delivery.actions import NewUpdate, record_updates
from leitbild.delivery.enums import State, UpdateKind
from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries.responsible import responsible_contacts
from leitbild.demo.days import Calendar
from leitbild.demo.files import Part, Sample, Texts, read
from leitbild.plan.models import Measure

TEXTS: Final = ProgressUpdate.translatable


class UpdatePart(Sample):
    """A progress update, or the word that nothing has changed since the one before."""

    measure: str
    date: dt.date
    kind: UpdateKind = UpdateKind.REPORTED
    state: State | None = None
    text: Texts = {}
    reason: Texts = {}
    next_step: Texts = {}
    obstacle: Texts = {}
    helps: Texts = {}
    public: bool = True

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.state is None) != (self.kind == UpdateKind.CONFIRMED):
            raise ValueError("an update names a state, a confirmation none")
        return self


class ProgressFile(Part):
    """The demo's progress updates, each measure's in the order of their days."""

    format: Literal["leitbild-progress/2"]
    language: str
    concept: str
    updates: list[UpdatePart]


def load_progress(measures: Mapping[str, Measure], *, calendar: Calendar, by: User | None) -> None:
    """Record what was reported, in the name of whoever is asked for the measure."""
    file = read("progress.yaml", ProgressFile)
    record_updates(updates=list(_updates(file, measures, calendar)), by=by)


def _updates(
    file: ProgressFile, measures: Mapping[str, Measure], calendar: Calendar
) -> Iterator[NewUpdate]:
    contacts = responsible_contacts(measures.values())
    states: dict[str, State] = {}
    for each in file.updates:
        state = states[each.measure] = each.state or states[each.measure]
        measure = measures[each.measure]
        contact = contacts.get(measure.pk)
        yield NewUpdate(
            measure=measure,
            date=calendar.day(each.date),
            kind=each.kind,
            state=state,
            **{name: getattr(each, name).get(file.language, "") for name in TEXTS},
            public=each.public,
            author_name=contact.name if contact else "",
            sample=each.sample,
            translations=_translations(each, file.language),
        )


def _translations(part: UpdatePart, source: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in TEXTS:
        for language, text in getattr(part, name).items():
            if language != source:
                found.setdefault(language, {})[name] = text
    return found
