"""All problems of a document are found at once, each at its place."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from leitbild.plan.exchange import InvalidFile
from leitbild.plan.exchange.places import checked
from leitbild.plan.exchange.plain.lines import Lines
from leitbild.plan.exchange.problems import Problem
from tests.plan.exchange.examples import raw, small


def _problems(change: Callable[[dict[str, Any]], object]) -> dict[str, str]:
    data = raw()
    change(data)
    with pytest.raises(InvalidFile) as caught:
        checked(data, Lines())
    return {problem.place: problem.reason for problem in caught.value.problems}


def test_checked_gives_the_document() -> None:
    assert checked(raw(), Lines()) == small()


def test_checked_reports_values_and_contradictions_together() -> None:
    def change(data: dict[str, Any]) -> None:
        data["measures"][0]["start"] = "bald"
        data["measures"][0]["goals"] = ["1a", "9z"]
        data["themes"][0]["colour"] = "rot"
        data["goals"].append({"code": "1a", "theme": 7, "title": "Noch eins"})

    problems = _problems(change)

    assert list(problems) == [
        "themes[0].colour",
        "measures[0].start",
        "goals[2].code",
        "goals[2].theme",
        "measures[0].goals[1]",
    ]
    assert problems["goals[2].code"].startswith("“1a” occurs twice.")
    assert problems["goals[2].theme"] == (
        "“7” doesn’t exist in this file. Check the spelling or add it."
    )


def test_unsound_code_is_not_blamed_on_those_who_refer_to_it() -> None:
    problems = _problems(lambda data: data["goals"][0].update(code="1 a"))

    assert list(problems) == ["goals[0].code"]


def test_known_problem_is_not_repeated() -> None:
    data = raw()
    del data["concept"]["edition"]
    known = Problem("concept.edition", "Please give the year.")

    with pytest.raises(InvalidFile) as caught:
        checked(data, Lines(), [known])

    assert caught.value.problems == (known,)


@pytest.mark.parametrize(
    ("place", "reason", "change"),
    [
        (
            "concept.horizon",
            "The horizon (2020) is before the year of the edition (2027). Please correct one.",
            lambda data: data["concept"].update(horizon=2020),
        ),
        (
            "concept.predecessor",
            "A concept can’t be its own predecessor. Please leave this empty.",
            lambda data: data["concept"].update(predecessor="2027"),
        ),
        (
            "measures[0].end",
            "The end (2026) is before the start (2027). Please correct one.",
            lambda data: data["measures"][0].update(end=2026),
        ),
        (
            "measures[0].goals[1]",
            "“1a” is named twice here. Once is enough.",
            lambda data: data["measures"][0].update(goals=["1a", "1a"]),
        ),
        (
            "measures[0].goals",
            "At least one is needed here. Please fill it in.",
            lambda data: data["measures"][0].update(goals=[]),
        ),
        (
            "organisations[0].parent",
            ("“amt” is, by way of its parent organisations, its own parent. Please change one of "
            "them."),
            lambda data: data["organisations"][0].update(parent="amt"),
        ),
        (
            "municipality.languages[0]",
            ("The first language is “en”, but the texts are written in “de”. Please put “de” "
            "first."),
            lambda data: data.update(
                municipality={"slug": "a", "name": "A", "languages": ["en", "de"]}
            ),
        ),
        (
            "municipality.hosts[1]",
            "“a.example” is named twice here. Once is enough.",
            lambda data: data.update(
                municipality={"slug": "a", "name": "A", "hosts": ["a.example", "A.example"]}
            ),
        ),
        (
            "municipality.tokens.shine",
            ("“shine” isn’t a colour that can be set. Possible are: paper, ink, quiet, line, "
            "accent, paper_dark, ink_dark, quiet_dark, line_dark, accent_dark."),
            lambda data: data.update(
                municipality={"slug": "a", "name": "A", "tokens": {"shine": "#ffffff"}}
            ),
        ),
        (
            "measures[0].title",
            ("The text in the document’s own language is missing. Please fill it in; translations "
            "alone aren’t enough."),
            lambda data: data["measures"][0].update(title={"en": "Evening classes"}),
        ),
        (
            "measures[0].title",
            "The text has 301 characters; at most 300 are possible.",
            lambda data: data["measures"][0].update(title="ä" * 301),
        ),
        (
            "measures[0].text",
            ("The text contains an invisible control character. Please delete the text and type "
            "it anew."),
            lambda data: data["measures"][0].update(text="a\x0bb"),
        ),
        (
            "themes[0].name",
            ("The text contains an invisible control character. Please delete the text and type "
            "it anew."),
            lambda data: data["themes"][0].update(name="a\u202eb"),
        ),
        (
            "concept.edition",
            "“46000” isn’t a year between 1900 and 2200. Please enter four digits.",
            lambda data: data["concept"].update(edition=46000.0),
        ),
        (
            "measures[0].title.klingonisch",
            ("“klingonisch” isn’t a language code that can be used. Codes look like de, en, ar or "
            "uk."),
            lambda data: data["measures"][0].update(title={"de": "a", "klingonisch": "b"}),
        ),
        (
            "language",
            "“xx” isn’t a language code that can be used. Codes look like de, en, ar or uk.",
            lambda data: data.update(language="xx"),
        ),
    ],
)  # fmt: skip
def test_checked_explains(
    place: str, reason: str, change: Callable[[dict[str, Any]], object]
) -> None:
    assert _problems(change)[place] == reason


@pytest.mark.parametrize(
    "title", ["ä" * 300, "👍🏽" * 150, "e\u0301" * 300, "مرحبا " * 50, "a\n" * 150]
)
def test_title_of_300_characters_passes(title: str) -> None:
    data = raw()
    data["measures"][0]["title"] = title

    assert len(checked(data, Lines()).measures[0].title["de"]) <= 300


@pytest.mark.parametrize("junk", [None, 5, "x", [1], {"a": 1}])
@pytest.mark.parametrize("key", ["concept", "themes", "measures", "municipality", "language"])
def test_junk_never_breaks_the_check(key: str, junk: object) -> None:
    with suppress(InvalidFile):
        checked({**raw(), key: junk}, Lines())
