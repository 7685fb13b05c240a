"""Checks of what a concept says: texts that are missing, hard to read or hard to tell apart."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.models import Translatable
from leitbild.plan.queries.outline import Outline
from leitbild.plan.queries.review.model import (
    Check,
    Finding,
    of_concept,
    of_goal,
    of_measure,
    of_theme,
)
from leitbild.plan.queries.review.sentences import sentences, words
from leitbild.plan.queries.review.titles import LANGUAGES, names_an_action

MOST_WORDS: Final = 25
"""Most words of a sentence that one reads without beginning again."""


def _missing_purpose(outline: Outline) -> Iterator[Finding]:
    concept = outline.concept
    if not concept.purpose.strip():
        yield of_concept(outline, "purpose", says=gettext("What it is for is not said."))
    if not concept.introduction.strip():
        yield of_concept(outline, "introduction", says=gettext("The introduction is empty."))


def _missing_texts(outline: Outline) -> Iterator[Finding]:
    for theme in outline.themes:
        for entry in theme.goals:
            if not entry.goal.text.strip():
                yield of_goal(entry.goal, "text", says=gettext("The text is empty."))
    for each in outline.measures:
        if not each.measure.summary.strip():
            yield of_measure(each, "summary", says=gettext("The short summary is empty."))
        if not each.measure.text.strip():
            yield of_measure(each, "text", says=gettext("The text is empty."))


def _no_action(outline: Outline) -> Iterator[Finding]:
    language = outline.language.partition("-")[0]
    for each in outline.measures:
        if not names_an_action(each.measure.title, language):
            yield of_measure(each, "title")


def _same_title(outline: Outline) -> Iterator[Finding]:
    alike: dict[str, list[Finding]] = defaultdict(list)
    for theme in outline.themes:
        for entry in theme.goals:
            alike["goal " + _folded(entry.goal.title)].append(of_goal(entry.goal, "title"))
    for each in outline.measures:
        alike[_folded(each.measure.title)].append(of_measure(each, "title"))
    for found in alike.values():
        for again in found[1:]:
            says = gettext("{code} has the same title.").format(code=found[0].code)
            yield replace(again, says=says)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split()).rstrip(" .")


def _long_sentences(outline: Outline) -> Iterator[Finding]:
    for row, fields, finding in _written(outline):
        for field in fields:
            for says, quote in _long(getattr(row, field)):
                yield finding(field, says=says, quote=quote)


def _written(
    outline: Outline,
) -> Iterator[tuple[Translatable, Sequence[str], Callable[..., Finding]]]:
    """Every part, the fields in which it says something, and how a finding about it is made."""
    yield outline.concept, ("purpose", "introduction"), partial(of_concept, outline)
    for theme in outline.themes:
        yield theme.theme, ("vision", "introduction"), partial(of_theme, theme.theme)
        for entry in theme.goals:
            yield entry.goal, ("title", "text"), partial(of_goal, entry.goal)
    for each in outline.measures:
        yield each.measure, ("title", "summary", "text"), partial(of_measure, each)


def _long(text: str) -> Iterator[tuple[str, str]]:
    """How long each long sentence is, and the sentence."""
    # Most texts are short enough to be seen at once; splitting takes fifty times as long.
    if text.count(" ") + text.count("\n") < MOST_WORDS:
        return
    for sentence in sentences(text):
        number = words(sentence)
        if number > MOST_WORDS:
            says = ngettext("{number} word:", "{number} words:", number).format(number=number)
            yield says, sentence


WORDING: Final = (
    Check(
        "purpose-missing",
        _("Purpose or introduction missing"),
        _(
            "The first lines tell readers why the municipality has this concept and where it "
            "stands today. Without them the themes come out of nowhere."
        ),
        _("Write two or three sentences about the purpose, and a page about the situation."),
        _missing_purpose,
    ),
    Check(
        "text-missing",
        _("{goals} and {measures} without a text"),
        _(
            "A title alone can be read in many ways. Who carries it out in three years needs to "
            "know what the council meant."
        ),
        _("Say in one sentence what is done, and in the text who does what until when."),
        _missing_texts,
    ),
    Check(
        "title-no-action",
        _("Titles that are no action"),
        _(
            "A measure is something to be done. “Language” is a topic; “Set up a language café” "
            "can be begun, paid for and reported as done. This is a hint by rules of thumb and "
            "may be wrong."
        ),
        _("Put a verb into the title: “Set up …”, “Train …”."),
        _no_action,
        LANGUAGES,
    ),
    Check(
        "sentence-long",
        _("Sentences of more than 25 words"),
        _(
            "Long sentences are read twice or not at all, most of all by those who read German "
            "as a second language. They are also the ones that are translated wrongly."
        ),
        _("Make two sentences of one, or a list of an enumeration."),
        _long_sentences,
        LANGUAGES,
    ),
    Check(
        "title-twice",
        _("Titles that occur twice"),
        _(
            "Two parts with the same title can’t be told apart in a list, in a report or in a "
            "mail. Often they are one and the same measure."
        ),
        _("Name the difference in the title, or put the two together."),
        _same_title,
    ),
)
