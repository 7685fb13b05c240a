"""The report says what was reached, what was missed and what couldn't be told."""

from bench.figures import Goal, Profile, Section, Table
from bench.page import page


def test_reached_goals_are_counted() -> None:
    text = page([Section("How.", goals=[_goal(0.6), _goal(0.7)])], {})

    assert "2 of 2 goals are reached.\n" in text
    assert text.count("| yes |") == 2


def test_missed_goal_is_named() -> None:
    text = page([Section("How.", goals=[_goal(0.4), _goal(0.7)])], {})

    assert "1 of 2 goals are reached. Missed: speed. Why, its section says below." in text
    assert "| speed | ≥ 0.50× | **no** | 40/s | 0.4× | 0.3–0.5× |" in text


def test_goal_that_cannot_be_told_says_why() -> None:
    text = page([Section("How.", goals=[_goal(None, why_not="no nginx")])], {})

    assert "0 of 1 goals are reached. Not measured: speed (no nginx)." in text
    assert "| can’t be told |" in text


def test_section_shows_its_tables_notes_and_profiles() -> None:
    table = Table(("Page", "a|b"), (("home", "1"),))
    section = Section(
        "How.",
        title="Cached",
        tables=[table],
        notes=["Note."],
        profiles=[Profile("a hit", ("50 %  json.loads",))],
    )

    text = page([section], {})

    assert (
        "## Cached\n\nHow.\n\n| Page | a\\|b |\n| --- | --: |\n| home | 1 |\n\nNote.\n\n"
        "Where the time goes: a hit\n\n```text\n50 %  json.loads\n```\n" in text
    )


def test_failure_is_told() -> None:
    text = page([Section("", title="Growth", failure="no PostgreSQL")], {})

    assert "## Growth\n\n**This couldn’t be measured:** no PostgreSQL\n" in text


def test_versions_of_all_sections_stand_below() -> None:
    text = page([Section("", versions={"wrk": "4.1"})], {"Python": "3.11"})

    assert text.endswith("| What | Which |\n| --- | --- |\n| Python | 3.11 |\n| wrk | 4.1 |\n")


def _goal(value: float | None, why_not: str = "") -> Goal:
    if value is None:
        return Goal("speed", 0.5, "×", None, is_least=True, why_not=why_not)
    spread = f"{value - 0.1:.1f}–{value + 0.1:.1f}×"
    return Goal("speed", 0.5, "×", value, True, f"{value * 100:.0f}/s", f"{value}×", spread)
