"""Search over everything the concept says."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leitbild.core.markdown import plain_text
from leitbild.core.search import contains_all, contains_any, excerpt, words_of
from leitbild.core.text import LocalText
from leitbild.delivery.queries import Standings
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import Outline
from leitbild.portal.forms import SearchForm
from leitbild.portal.listing import searched_texts
from leitbild.portal.reading import reading


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its name, where it is read, and the place the words stand in."""

    kind: str
    number: str
    title: LocalText
    excerpt: LocalText
    href: str
    css_class: str = ""
    state: str = ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found for the words asked for, nearest level first."""
    form = SearchForm(request.GET)
    form.full_clean()
    text = form.cleaned_data["q"]
    words = words_of(text)
    page = reading(request)
    outline = page.outline()
    hits = find(page.concept, outline, page.standings, words) if words else []
    return render(
        request,
        "portal/search.html",
        {
            "text": text,
            "words": words,
            "hits": hits,
            "too_long": form.too_long,
            "concept": page.concept,
        },
    )


def find(concept: Concept, outline: Outline, standings: Standings, words: list[str]) -> list[Hit]:
    """Everything in which all words occur: concept, themes, goals, measures."""
    return [
        *_in_concept(concept, words),
        *_in_themes(outline, words),
        *_in_goals(outline, words),
        *_in_measures(outline, standings, words),
    ]


def _best(texts: list[LocalText], words: list[str]) -> LocalText:
    """The part of the first text in which a word occurs, else the beginning of the first."""
    filled = [each for each in texts if each]
    fitting = (each for each in filled if contains_any(each, words))
    chosen = next(fitting, filled[0] if filled else texts[0])
    without_marks = LocalText(
        plain_text(chosen.plain), language=chosen.language, is_fallback=chosen.is_fallback
    )
    return excerpt(without_marks, words)


def _in_concept(concept: Concept, words: list[str]) -> list[Hit]:
    texts = concept.t
    if not contains_all([texts.title, texts.purpose, texts.introduction], words):
        return []
    body = _best([texts.purpose, texts.introduction], words)
    return [Hit("concept", str(concept.edition), texts.title, body, reverse("portal:concept"))]


def _in_themes(outline: Outline, words: list[str]) -> list[Hit]:
    return [
        Hit(
            "theme",
            str(entry.theme.number),
            texts.name,
            _best([texts.vision, texts.introduction], words),
            reverse("portal:theme", kwargs={"slug": entry.theme.slug}),
            f"theme-{entry.theme.pk}",
        )
        for entry in outline.themes
        for texts in (entry.theme.t,)
        if contains_all([texts.name, texts.vision, texts.introduction], words)
    ]


def _in_goals(outline: Outline, words: list[str]) -> list[Hit]:
    return [
        Hit(
            "goal",
            entry.goal.code,
            texts.title,
            _best([texts.text], words),
            reverse("portal:theme", kwargs={"slug": theme.theme.slug}) + f"#ziel-{entry.goal.code}",
            f"theme-{theme.theme.pk}",
        )
        for theme in outline.themes
        for entry in theme.goals
        for texts in (entry.goal.t,)
        if contains_all([entry.goal.code, texts.title, texts.text], words)
    ]


def _in_measures(outline: Outline, standings: Standings, words: list[str]) -> list[Hit]:
    return [
        Hit(
            "measure",
            entry.measure.code,
            entry.measure.t.title,
            _best([entry.measure.t.summary, entry.measure.t.text], words),
            reverse("portal:measure", kwargs={"code": entry.measure.code}),
            f"theme-{entry.theme.pk}",
            standings.of(entry).name,
        )
        for entry in outline.measures
        if contains_all(searched_texts(entry), words)
    ]
