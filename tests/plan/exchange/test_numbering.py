"""Numbers and codes that authors left out."""

from typing import Any

from leitbild.plan.exchange.numbering import (
    add_goal_codes,
    add_measure_codes,
    add_slugs,
    add_theme_numbers,
)


def test_add_theme_numbers_fills_gaps() -> None:
    themes: list[dict[str, Any]] = [{}, {"number": 1}, {}]

    add_theme_numbers(themes)

    assert [theme["number"] for theme in themes] == [2, 1, 3]


def test_add_goal_codes_counts_letters_by_theme() -> None:
    goals: list[dict[str, Any]] = [
        {"theme": 1},
        {"theme": 2},
        {"theme": 1, "code": "1b"},
        {"theme": 1},
    ]

    add_goal_codes(goals)

    assert [goal["code"] for goal in goals] == ["1a", "2a", "1b", "1c"]


def test_add_goal_codes_go_on_after_z() -> None:
    goals: list[dict[str, Any]] = [{"theme": 1} for _position in range(28)]

    add_goal_codes(goals)

    assert [goal["code"] for goal in goals[25:]] == ["1z", "1aa", "1ab"]


def test_add_measure_codes_counts_by_the_main_goals_theme() -> None:
    goals = [{"code": "a", "theme": 1}, {"code": "b", "theme": 2}]
    measures: list[dict[str, Any]] = [
        {"goals": ["b"]}, {"goals": ["a", "b"]}, {"goals": ["b"], "code": "2.2"}, {"goals": ["b"]},
        {"goals": ["unknown"]},
    ]  # fmt: skip

    add_measure_codes(measures, goals)

    assert [measure.get("code") for measure in measures] == ["2.1", "1.1", "2.2", "2.3", "0.1"]


def test_add_slugs_prefers_the_source_language() -> None:
    rows: list[dict[str, Any]] = [{"name": {"en": "Work", "de": "Arbeit"}}, {"name": "Amt"}, {}]

    add_slugs("organisations", rows, "de")

    assert [row.get("slug") for row in rows] == ["arbeit", "amt", None]
