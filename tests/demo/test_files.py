"""What the demo's files promise: complete in both languages, and true on any day."""

import re
from collections.abc import Iterator
from typing import Final

from leitbild.demo.evidence import MilestonesFile, PapersFile
from leitbild.demo.files import Texts, read
from leitbild.demo.progress import TEXTS, ProgressFile, UpdatePart

PROGRESS: Final = read("progress.yaml", ProgressFile)
MILESTONES: Final = read("milestones.yaml", MilestonesFile)
PAPERS: Final = read("papers.yaml", PapersFile)
EVERY_LANGUAGE: Final = {"de", "en", "ar", "uk"}
FIXED: Final = re.compile(
    r"""\b(
        20\d\d | Januar | Februar | März | April | Mai\b | Juni | Juli | August | September |
        Oktober | November | Dezember | Frühling | Frühjahr | Sommer | Herbst | Winter |
        January | February | March | May\b | June | July | October | December |
        spring | summer | autumn | winter
    )""",
    re.VERBOSE,
)
"""Words that would be wrong once the days have moved."""


def texts_of(update: UpdatePart) -> list[Texts]:
    """All that an update says."""
    return [texts for name in TEXTS if (texts := getattr(update, name))]


def all_texts() -> Iterator[tuple[str, Texts]]:
    """Every text of the samples, and where it stands."""
    for update in PROGRESS.updates:
        yield from ((f"{update.measure} {update.date}", each) for each in texts_of(update))
    for milestone in MILESTONES.milestones:
        yield from ((milestone.measure, each) for each in (milestone.title, milestone.unit) if each)
    yield from ((paper.number, paper.title) for paper in PAPERS.papers)


def test_every_text_is_german_and_english() -> None:
    assert [where for where, texts in all_texts() if not texts.keys() >= {"de", "en"}] == []


def test_newest_update_of_each_measure_is_in_every_language() -> None:
    newest = {each.measure: each for each in PROGRESS.updates if each.public and each.state}

    assert len(newest) == 30
    assert [
        code
        for code, update in newest.items()
        if any(texts.keys() != EVERY_LANGUAGE for texts in texts_of(update))
    ] == []


def test_no_text_names_a_day_that_could_move() -> None:
    found = [(where, text) for where, texts in all_texts() for text in texts.values()]

    assert [(where, text) for where, text in found if FIXED.search(text)] == []


def test_no_sentence_is_said_twice() -> None:
    said = [each["de"] for update in PROGRESS.updates for each in texts_of(update)]
    sentences = [each for text in said for each in re.split(r"(?<=\.) (?=[A-ZÄÖÜ])", text)]

    assert len(sentences) == len(set(sentences))


def test_updates_of_a_measure_follow_each_other() -> None:
    order = [(each.measure, each.date) for each in PROGRESS.updates]

    assert order == sorted(set(order))
