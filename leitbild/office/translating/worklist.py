"""The texts of the translation desk as asked for, and the way from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from leitbild.core.languages import Language, language
from leitbild.core.models import Translatable
from leitbild.core.search import contains_all, words_of
from leitbild.office.desk import Desk
from leitbild.office.translating.forms import OPEN, SHARED, TextFilter
from leitbild.office.translating.text_kinds import label_of
from leitbild.plan.enums import TextState
from leitbild.plan.models import Theme
from leitbild.plan.queries.translations import Gap, Job, TextInventory

UNDONE: Final = (TextState.MISSING, TextState.OUTDATED, TextState.DRAFT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list: what it is, where it is translated, and how its texts stand."""

    job: Job
    href: str

    @property
    def kind(self) -> str:
        """The kind of row, in words."""
        return str(self.job.row._meta.verbose_name)

    @property
    def label(self) -> str:
        """What a translator knows it by."""
        return label_of(self.job.row)

    @property
    def marks(self) -> list[tuple[TextState, int]]:
        """How many texts stand where, the most urgent first."""
        counts = [(state, self.job.count(state)) for state in TextState]
        return [(state, count) for state, count in counts if count]


@dataclass(frozen=True, slots=True)
class Cell:
    """How far one edition is translated into one language."""

    gap: Gap
    href: str


class Worklist:
    """The texts an address asks for."""

    def __init__(self, query: QueryDict, desk: Desk, language_code: str = "") -> None:
        """Bind the address to what there is to translate; `language_code` goes before it."""
        self.inventory = TextInventory(desk.municipality, desk.concepts)
        self.desk = desk
        rows = [each.row for each in self.inventory.rows]
        themes = [row for row in rows if isinstance(row, Theme)]
        for theme in themes:
            theme.concept = next(each for each in desk.concepts if each.pk == theme.concept_id)
        self.query = query.copy()
        self.query.setlist("language", [language_code or self._language(query)])
        self.query.setdefault("state", OPEN)
        self.form = TextFilter(
            self.query,
            languages=self.inventory.languages,
            concepts=desk.concepts,
            themes=themes,
        )
        self.wanted: Mapping[str, str] = self.form.wanted()

    def _language(self, query: QueryDict) -> str:
        """The language asked for, else the translator's own, else the first."""
        offered = self.inventory.languages
        for code in (query.get("language", ""), self.desk.language):
            if code in offered:
                return code
        return next(iter(offered), "")

    @property
    def language(self) -> Language:
        """The language that is translated into."""
        return language(self.wanted["language"])

    @property
    def address(self) -> str:
        """The query by which this list is found again, without the language."""
        asked = {name: value for name, value in self.wanted.items() if value}
        asked.pop("language", None)
        query = QueryDict(mutable=True)
        query.update(asked)
        return query.urlencode()

    @property
    def is_narrowed(self) -> bool:
        """Whether it was asked for less than all there is to do."""
        narrowed = any(self.wanted[name] for name in ("edition", "theme", "q"))
        return narrowed or self.wanted["state"] not in {"", OPEN}

    @cached_property
    def entries(self) -> list[Entry]:
        """The rows asked for, in order."""
        if not self.wanted["language"]:
            return []
        jobs = self.inventory.jobs(self.wanted["language"])
        return [Entry(each, self._href(each.row)) for each in jobs if self._fits(each)]

    @property
    def table(self) -> list[tuple[Language, list[Cell]]]:
        """How far everything is, by language and edition."""
        gaps = self.inventory.gaps()
        return [
            (language(code), [Cell(gap, _gap_href(gap)) for gap in gaps if gap.language == code])
            for code in self.inventory.languages
        ]

    def after(self, row: Translatable) -> str:
        """Where the next row of this list with something to do is translated; empty at the end."""
        place = _place(self.inventory.rows, row)
        jobs = [
            self.inventory.job(each, self.wanted["language"])
            for each in [*self.inventory.rows[place + 1 :], *self.inventory.rows[:place]]
        ]
        for each in jobs:
            if self._fits(each) and any(state in UNDONE for state in each.states.values()):
                return self._href(each.row)
        return ""

    def _href(self, row: Translatable) -> str:
        place = reverse(
            "office:translate",
            kwargs={"language": self.wanted["language"], "kind": type(row), "pk": row.pk},
        )
        return f"{place}?{self.address}"

    def _fits(self, job: Job) -> bool:
        edition, theme, state = (self.wanted[name] for name in ("edition", "theme", "state"))
        concept = job.source.concept
        if edition and edition != (concept.slug if concept else SHARED):
            return False
        if theme and str(job.source.theme_id) != theme:
            return False
        if not _has_state(job, state or OPEN):
            return False
        words = words_of(self.wanted["q"])
        return not words or contains_all(_texts(job), words)


def _has_state(job: Job, state: str) -> bool:
    if state == "all":
        return True
    wanted = UNDONE if state == OPEN else (state,)
    return any(each in wanted for each in job.states.values())


def _texts(job: Job) -> list[str]:
    return [label_of(job.row), *(str(getattr(job.row, name)) for name in job.states)]


def _gap_href(gap: Gap) -> str:
    query = QueryDict(mutable=True)
    state = OPEN if gap.open else "all"
    edition = gap.concept.slug if gap.concept else SHARED
    query.update({"language": gap.language, "state": state, "edition": edition})
    return f"{reverse('office:translations')}?{query.urlencode()}#texts"


def _place(rows: Sequence[Any], row: Translatable) -> int:
    return next((at for at, each in enumerate(rows) if each.row == row), -1)
