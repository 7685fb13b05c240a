"""What an event changed, as lines people can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.enums import Role
from leitbild.core.enums import TranslationState
from leitbild.core.languages import language
from leitbild.core.models import AuditEvent
from leitbild.core.money import euros
from leitbild.delivery.enums import AnswerKind, Audience, MoneySource, Release, State, Visibility
from leitbild.plan.enums import ConceptStatus, Fate, MeasureKind, PartKind

WORDS: Final[Mapping[str, str | Promise]] = {
    "added": gettext_lazy("added"),
    "audience": gettext_lazy("audience"),
    "author": gettext_lazy("written by"),
    "body": gettext_lazy("body"),
    "changed": gettext_lazy("changed"),
    "changes_left_out": gettext_lazy("further changes not listed"),
    "created": gettext_lazy("new"),
    "characters": gettext_lazy("characters"),
    "content": gettext_lazy("content"),
    "date": gettext_lazy("date"),
    "digest": gettext_lazy("digest"),
    "edition": gettext_lazy("year of the edition"),
    "fate": gettext_lazy("fate"),
    "fields": gettext_lazy("fields"),
    "from": gettext_lazy("continues"),
    "goals": gettext_lazy("goals"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "lead": gettext_lazy("lead"),
    "measure": gettext_lazy("measure"),
    "measures": gettext_lazy("measures"),
    "missing": gettext_lazy("not in the file"),
    "name": gettext_lazy("name"),
    "note": gettext_lazy("note"),
    "notes": gettext_lazy("notes"),
    "number": gettext_lazy("number"),
    "paper": gettext_lazy("paper number"),
    "part": gettext_lazy("what"),
    "reason": gettext_lazy("reason"),
    "removed": gettext_lazy("removed"),
    "revision": gettext_lazy("version"),
    "role": gettext_lazy("role"),
    "since": gettext_lazy("from"),
    "slug": gettext_lazy("short name"),
    "status": gettext_lazy("status"),
    "superseded": gettext_lazy("superseded edition"),
    "themes": gettext_lazy("themes"),
    "title": gettext_lazy("title"),
    "under": gettext_lazy("under"),
    "until": gettext_lazy("to"),
    "updates": gettext_lazy("progress updates"),
    "url": gettext_lazy("link"),
    "vote": gettext_lazy("vote"),
    "organisation": gettext_lazy("organisation"),
    "rhythm": gettext_lazy("reporting rhythm in months"),
    "release": gettext_lazy("when answers become news"),
    "reminders_before": gettext_lazy("reminders before the due date, in days"),
    "reminders_after": gettext_lazy("reminders after the due date, in days"),
    "escalation_after": gettext_lazy("the head is told after days"),
    "gaps": gettext_lazy("who sees what is missing"),
    "money_is_public": gettext_lazy("money is published"),
    "states": gettext_lazy("names and forms of states"),
    "answer_by": gettext_lazy("answer by"),
    "heads_told": gettext_lazy("heads told"),
    "left_out": gettext_lazy("nobody to ask for"),
    "people": gettext_lazy("people asked"),
    "reminded": gettext_lazy("reminders sent"),
    "year": gettext_lazy("year"),
    "source": gettext_lazy("source of money"),
    "planned": gettext_lazy("planned"),
    "spent": gettext_lazy("spent"),
    "value": gettext_lazy("value"),
    "public": gettext_lazy("public"),
    "contact": gettext_lazy("contact"),
    "months": gettext_lazy("months"),
    "helps": gettext_lazy("what helps"),
    "next_step": gettext_lazy("next step"),
    "obstacle": gettext_lazy("obstacle"),
    "state": gettext_lazy("state"),
    "user": gettext_lazy("person"),
}
_TRANSPARENT: Final = {"fields", "texts", "counts", "changes", "content"}
"""Names that only hold others."""
_IDS: Final = {"draft", "invitation", "membership", "round"}
"""Numbers that say nothing to people."""
_AMOUNTS: Final = {"planned", "spent"}
"""Money in whole cents."""
_PAIR: Final = {"before", "after"}


_VALUES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "audience": dict(Audience.choices),
    "fate": dict(Fate.choices),
    "gaps": dict(Visibility.choices),
    "release": dict(Release.choices),
    "source": dict(MoneySource.choices),
    "kind": {
        **dict(MeasureKind.choices),
        **dict(PartKind.choices),
        **dict(AnswerKind.choices),
    },
    "role": dict(Role.choices),
    "state": {**dict(State.choices), **dict(TranslationState.choices)},
    "status": dict(ConceptStatus.choices),
}
"""Words of closed vocabularies, by the name they stand under."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing an event says; with what it was before, if that is known."""

    label: str
    text: str
    before: str = ""
    is_change: bool = False

    def __str__(self) -> str:
        """The whole in one line."""
        if self.is_change:
            return f"{self.label}: {self.before or '–'} → {self.text or '–'}"
        return f"{self.label}: {self.text}"


def details(event: AuditEvent, names: Mapping[tuple[str, int], str]) -> list[Detail]:
    """Everything an event holds; `names` are those of people and rows it names by id."""
    return list(_Reader(event.record, names).read(event.changes, ()))


class _Reader:
    def __init__(self, record: str, names: Mapping[tuple[str, int], str]) -> None:
        self._record = record
        self._names = names

    def read(self, values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Detail]:
        """The values as lines, in their order."""
        if _is_pair_of_rows(values):
            old, new = values["before"], values["after"]
            for name in dict.fromkeys([*old, *new]):
                if old.get(name) != new.get(name):
                    yield self._change((*path, name), old.get(name), new.get(name))
            return
        for name, value in values.items():
            yield from self._value((*path, name), value)

    def _value(self, path: tuple[str, ...], value: Any) -> Iterator[Detail]:
        if isinstance(value, Mapping):
            if set(value) == _PAIR:
                yield self._change(path, value["before"], value["after"])
            elif value:
                yield from self.read(value, path)
        elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
            for each in value:
                yield _of_import(each)
        elif _is_old_and_new(path, value):
            yield self._change(path, *value)
        elif (text := self._text(path[-1], value)) and path[-1] not in _IDS:
            yield Detail(self._label(path), text)

    def _change(self, path: tuple[str, ...], before: Any, after: Any) -> Detail:
        name = path[-1]
        return Detail(
            self._label(path), self._text(name, after), self._text(name, before), is_change=True
        )

    def _label(self, path: tuple[str, ...]) -> str:
        shown = [name for name in path if name not in _TRANSPARENT]
        return capfirst(" · ".join(self._word(name) for name in shown or path[-1:]))

    def _word(self, name: str) -> str:
        if name in WORDS:
            return str(WORDS[name])
        try:
            field = apps.get_model(self._record)._meta.get_field(name)
        except (LookupError, ValueError, FieldDoesNotExist):
            return name.replace("_", " ")
        return str(getattr(field, "verbose_name", name))

    def _text(self, name: str, value: Any) -> str:
        if value is None or value in ("", []):
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name == "language" and isinstance(value, str):
            return language(value).name
        if isinstance(value, str) and value in _VALUES.get(name, {}):
            return str(_VALUES[name][value])
        if name in _AMOUNTS and isinstance(value, int):
            return euros(value)
        if isinstance(value, list):
            return ", ".join(self._text(name, each) for each in value)
        if isinstance(value, int) and (name, value) in self._names:
            return self._names[name, value]
        return str(value)


def _is_pair_of_rows(values: Mapping[str, Any]) -> bool:
    return set(values) >= _PAIR and all(isinstance(values[each], Mapping) for each in _PAIR)


def _is_old_and_new(path: tuple[str, ...], value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and "fields" in path


def _of_import(change: Mapping[str, Any]) -> Detail:
    """One value of a list of changes as an import writes them."""
    code = change.get("language")
    parts = [change.get("kind"), change.get("key"), change.get("field")]
    label = " ".join(str(each) for each in parts if each)
    if code:
        label = f"{label} [{code}]"
    before, after = (str(change.get(each) or "") for each in ("before", "after"))
    return Detail(capfirst(label), after, before, is_change=True)
