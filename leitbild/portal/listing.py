"""The list of measures as asked for: filtered, searched, sorted, with its facets."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from leitbild.accounts.terminology import Terms
from leitbild.core.search import contains_all, fold, words_of
from leitbild.core.text import LocalText
from leitbild.delivery.queries import Standing, Standings, state_names
from leitbild.plan.queries.outline import MeasureEntry, Outline
from leitbild.portal.forms import SORTS, MeasureFilter, values_of

PAGE_SIZE = 500
"""Measures on one page: all of any usual concept, so that it is read and printed whole."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, with the number of measures it would show."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of filters."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Link:
    """Words with an address."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One measure of the list."""

    entry: MeasureEntry
    standing: Standing


class Listing:
    """The measures an address asks for."""

    def __init__(
        self, query: QueryDict, outline: Outline, standings: Standings, terms: Terms
    ) -> None:
        """Bind the address to the concept and to what its levels are called."""
        self.query = query
        self.terms = terms
        self.outline = outline
        self.standings = standings
        self.form = MeasureFilter(query, outline=outline, standings=standings)
        self.form.full_clean()
        self.wanted: dict[str, list[str]] = {
            name: self.form.cleaned_data[name] for name in MeasureFilter.FACETS
        }
        self.text: str = self.form.cleaned_data["q"]
        self.sort: str = self.form.cleaned_data["sort"]
        self.words = words_of(self.text)

    @cached_property
    def _found(self) -> list[tuple[MeasureEntry, dict[str, set[str]]]]:
        """What the search words leave, with its values."""
        return [
            (entry, values_of(entry, self.standings))
            for entry in self.outline.measures
            if not self.words or contains_all(searched_texts(entry), self.words)
        ]

    @cached_property
    def items(self) -> list[Item]:
        """The measures to show, in order."""
        shown = [entry for entry, values in self._found if not self._missed(values)]
        items = [Item(entry, self.standings.of(entry)) for entry in shown]
        return _sorted(items, self.sort)

    @cached_property
    def page(self) -> "Page[Item]":
        """The part of the list to show; whoever asks for a page that isn't gets the nearest."""
        return Paginator(self.items, PAGE_SIZE).get_page(self.query.get("page"))

    @property
    def turns(self) -> list[Link]:
        """The pages of the list, none where one holds it all."""
        return [
            Link(str(number), self._turned(number), current=number == self.page.number)
            for number in self.page.paginator.page_range
            if self.page.paginator.num_pages > 1
        ]

    def _turned(self, number: int) -> str:
        query = self.query.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    def _missed(self, values: Mapping[str, set[str]]) -> list[str]:
        """The filters that leave a measure with these values out."""
        return [
            name
            for name, wanted in self.wanted.items()
            if wanted and values[name].isdisjoint(wanted)
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        """All filters; a count says how many measures a value leaves with the other filters."""
        labels = facet_labels(self.terms)
        return [self._facet(name, labels[name]) for name in MeasureFilter.FACETS]

    @cached_property
    def _counts(self) -> Mapping[str, Counter[str]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in MeasureFilter.FACETS}
        for _entry, values in self._found:
            missed = self._missed(values)
            # What is left out by a single filter, that filter's other values would show.
            for name in (missed or counts) if len(missed) < 2 else ():
                counts[name].update(values[name])
        return counts

    def _facet(self, name: str, label: str) -> Facet:
        counts = self._counts[name]
        choices: Iterable[tuple[str, str]] = self.form.fields[name].choices  # type: ignore[attr-defined] # a Choice
        return Facet(
            name,
            label,
            tuple(
                Option(value, _label(text), counts[value], value in self.wanted[name])
                for value, text in choices
            ),
        )

    @cached_property
    def active(self) -> list[Link]:
        """Every filter in force with the address of the list without it."""
        links = [Link(f"„{self.text}“", self._without("q"))] if self.text else []
        for facet in self.facets:
            links.extend(
                Link(
                    format_html("{}: {}", facet.label, option.label),
                    self._without(facet.name, option.value),
                )
                for option in facet.options
                if option.chosen
            )
        return links

    def _without(self, name: str, value: str | None = None) -> str:
        query = self.query.copy()
        left = [each for each in query.getlist(name) if value is not None and each != value]
        query.setlist(name, left)
        return _address(query)

    @property
    def sorts(self) -> dict[str, Link]:
        """The orders to choose from, by name."""
        links = {}
        for name, label in SORTS:
            query = self.query.copy()
            query["sort"] = name
            links[name] = Link(str(label), _address(query), current=name == self.sort)
        return links

    @property
    def downloads(self) -> str:
        """The query that gives the downloads exactly what is shown."""
        return _address(self.query)


def _label(text: object) -> str:
    """The label as text, with its language where it has one."""
    return text if isinstance(text, LocalText) else str(text)


def facet_labels(terms: Terms) -> dict[str, str]:
    """The filters' names; the levels' names come from the municipality."""
    return {
        "theme": capfirst(terms.theme.one),
        "goal": capfirst(terms.goal.one),
        "state": gettext("State"),
        "news": gettext("News"),
        "stage": gettext("Stage of arrival"),
        "group": gettext("Target group"),
        "lead": gettext("Lead"),
        "kind": gettext("Kind"),
    }


def searched_texts(entry: MeasureEntry) -> Sequence[str]:
    """Everything of a measure that search looks at."""
    texts = entry.measure.t
    organisations = [each for each in (entry.lead, *entry.partners) if each]
    return [
        entry.measure.code,
        texts.title,
        texts.summary,
        texts.text,
        *(each.t.name for each in organisations),
    ]


def _address(query: QueryDict) -> str:
    """The query from its first page on, without what says nothing; `?` for the whole list."""
    kept = query.copy()
    kept.pop("page", None)
    for name in list(kept):
        values = [value for value in kept.getlist(name) if value]
        if values and not (name == "sort" and values == ["code"]):
            kept.setlist(name, values)
        else:
            del kept[name]
    return f"?{kept.urlencode()}"


def _sorted(items: list[Item], sort: str) -> list[Item]:
    """In the order asked for; within it, in the order of the concept."""
    names = state_names()
    last = dt.date.max
    keys: dict[str, Callable[[Item], Any]] = {
        "title": lambda item: fold(item.entry.measure.t.title),
        "state": lambda item: names.index(item.standing.name),
        "start": lambda item: item.entry.measure.start or last,
        "lead": lambda item: fold(item.entry.lead.t.name) if item.entry.lead else "\uffff",
        "news": lambda item: -item.standing.update.date.toordinal() if item.standing.update else 0,
    }
    return sorted(items, key=keys[sort]) if sort in keys else items
