"""The report as a page of Markdown: goals first, then each section."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bench.figures import Goal, Profile, Section, Table

HEAD: Final = """\
# Benchmarks

Written by `make bench`, which measures everything in one run on one machine. Seconds differ
everywhere; what may be compared are the ratios to what was measured beside. Figures are medians,
the spread goes from the lowest to the highest.
"""
ANSWERS: Final = {True: "yes", False: "**no**", None: "can’t be told"}
GOALS: Final = ("Goal", "Limit", "Reached", "Measured", "Ratio", "Spread")


def page(sections: Sequence[Section], machine: Mapping[str, str]) -> str:
    """The whole report."""
    parts = [
        HEAD,
        _goals([goal for section in sections for goal in section.goals]),
        *map(_section, sections),
        _machine(sections, machine),
    ]
    return "\n".join(parts)


def _goals(goals: Sequence[Goal]) -> str:
    if not goals:
        return ""
    reached = sum(goal.is_reached is True for goal in goals)
    missed = [goal.what for goal in goals if goal.is_reached is False]
    unknown = [f"{goal.what} ({goal.why_not})" for goal in goals if goal.is_reached is None]
    told = [f"{reached} of {len(goals)} goals are reached."]
    told += [f"Missed: {'; '.join(missed)}. Why, its section says below."] if missed else []
    told += [f"Not measured: {'; '.join(unknown)}."] if unknown else []
    rows = tuple(
        (
            goal.what,
            goal.wanted,
            ANSWERS[goal.is_reached],
            goal.figure,
            goal.ratio,
            goal.spread,
        )
        for goal in goals
    )
    return f"{' '.join(told)}\n\n{_table(Table(GOALS, rows))}"


def _section(section: Section) -> str:
    parts = [f"## {section.title}\n"]
    parts += [f"{_filled(section.method)}\n"] if section.method else []
    if section.failure:
        parts.append(f"**This couldn’t be measured:** {section.failure}\n")
    parts += map(_table, section.tables)
    parts += [f"{note}\n" for note in section.notes]
    parts += map(_profile, section.profiles)
    return "\n".join(parts)


def _filled(text: str) -> str:
    """Commands differ in length; lines shouldn't."""
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _table(table: Table) -> str:
    lines = ["---" if place < table.words else "--:" for place in range(len(table.head))]
    return "".join(f"{_row(row)}\n" for row in (table.head, lines, *table.rows))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _profile(profile: Profile) -> str:
    body = "\n".join(profile.lines)
    return f"Where the time goes: {profile.what}\n\n```text\n{body}\n```\n"


def _machine(sections: Sequence[Section], machine: Mapping[str, str]) -> str:
    versions = dict(machine)
    for section in sections:
        versions |= section.versions
    rows = tuple(versions.items())
    return f"## Machine and versions\n\n{_table(Table(('What', 'Which'), rows, words=2))}"
