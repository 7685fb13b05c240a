"""Checks of how a concept hangs together: vision, goals, measures, and who does what when."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.enums import OrganisationKind
from leitbild.plan.enums import MeasureKind, PartKind
from leitbild.plan.queries.outline import GoalEntry, MeasureEntry, Outline
from leitbild.plan.queries.review.model import (
    Check,
    Finding,
    of_concept,
    of_goal,
    of_loose_measure,
    of_measure,
    of_theme,
)

MOST_MEASURES: Final = 7
"""Most measures that one goal may carry.

Potsdam cut its plan from 137 proposals to 50 dated measures before it could be carried out;
Kaiserslautern's concept of 2022 has 32 measures in five themes, which is fewer than seven even
in a whole theme. A goal with more than that is two goals, or a collection of ideas.
"""


def _goals(outline: Outline) -> Iterator[GoalEntry]:
    for theme in outline.themes:
        yield from theme.goals


def _without_vision(outline: Outline) -> Iterator[Finding]:
    for each in outline.themes:
        if not each.theme.vision.strip():
            yield of_theme(each.theme, "vision")


def _without_goal(outline: Outline) -> Iterator[Finding]:
    for each in outline.themes:
        if not each.goals:
            yield of_theme(each.theme, "", adds=PartKind.GOAL)


def _without_measure(outline: Outline) -> Iterator[Finding]:
    for each in _goals(outline):
        if not each.measures and not each.also:
            yield of_goal(each.goal, "", adds=PartKind.MEASURE)


def _serving_no_goal(outline: Outline) -> Iterator[Finding]:
    for each in outline.loose:
        yield of_loose_measure(each, "goals")


def _without_lead(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        if each.lead is None:
            yield of_measure(each, "lead")


def _without_date(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        if each.measure.start is None and each.measure.end is None:
            yield of_measure(each, "start")


def _without_end(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        row = each.measure
        if row.kind == MeasureKind.ONE_OFF and row.start is not None and row.end is None:
            yield of_measure(each, "end")


def _after_the_horizon(outline: Outline) -> Iterator[Finding]:
    horizon = outline.concept.horizon
    for each in outline.measures:
        last = each.measure.end or each.measure.start
        if horizon is not None and last is not None and last.year > horizon:
            field = "end" if each.measure.end else "start"
            says = gettext("Planned until {year}; the concept ends in {horizon}.").format(
                year=last.year, horizon=horizon
            )
            yield of_measure(each, field, says=says)


def _without_horizon(outline: Outline) -> Iterator[Finding]:
    if outline.concept.horizon is None and any(
        each.goal.horizon is None for each in _goals(outline)
    ):
        yield of_concept(outline, "horizon")


def _without_target_group(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        if not each.target_groups:
            yield of_measure(each, "target_groups")


def _without_stage(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        if not each.stages:
            yield of_measure(each, "stages")


def _crowded(outline: Outline) -> Iterator[Finding]:
    for each in _goals(outline):
        number = len(each.measures)
        if number > MOST_MEASURES:
            says = ngettext(
                "{number} measure has it as its main goal.",
                "{number} measures have it as their main goal.",
                number,
            ).format(number=number)
            yield of_goal(each.goal, "", says=says)


def _left_to_others(outline: Outline) -> Iterator[Finding]:
    for each in outline.measures:
        if each.lead is not None and not _has_department(each):
            says = gettext("Lead: {name}. No department takes part.").format(name=each.lead.name)
            yield of_measure(each, "partners", says=says)


def _has_department(entry: MeasureEntry) -> bool:
    taking_part = [*([entry.lead] if entry.lead else []), *entry.partners]
    return any(each.kind == OrganisationKind.DEPARTMENT for each in taking_part)


STRUCTURE: Final = (
    Check(
        "vision-missing",
        _("{themes} without a vision"),
        _(
            "The vision is the ideal a theme is measured by. Without it nobody can tell whether "
            "the goals lead anywhere."
        ),
        _("Write down in one or two sentences, in the present tense, how it should be."),
        _without_vision,
    ),
    Check(
        "goal-missing",
        _("{themes} without a goal"),
        _(
            "A theme without goals stays a heading. The council can’t resolve it and nobody can "
            "report on it."
        ),
        _("Derive at least one goal from the vision, or take the theme out."),
        _without_goal,
    ),
    Check(
        "measure-missing",
        _("{goals} without a {measure}"),
        _(
            "A goal that nothing is done for is a promise without a plan. Readers notice it "
            "first, and so does the council."
        ),
        _("Add a measure, let an existing one serve this goal too, or drop the goal."),
        _without_measure,
    ),
    Check(
        "goal-unknown",
        _("{measures} that serve no goal"),
        _(
            "A measure without a goal has no place in the concept. Readers don’t see it, because "
            "it belongs to no theme."
        ),
        _("Choose the goal it serves first of all."),
        _serving_no_goal,
    ),
    Check(
        "lead-missing",
        _("{measures} without a lead"),
        _(
            "What nobody answers for is not begun. And when the report is due, there is nobody "
            "to ask."
        ),
        _("Name the one organisation that answers for it; others take part as partners."),
        _without_lead,
    ),
    Check(
        "date-missing",
        _("{measures} without a date"),
        _(
            "Without a date nobody can be late, and nobody begins. A year is enough: it tells "
            "the budget and the committee when to ask."
        ),
        _("Enter the year in which it begins or the one in which it shall be done."),
        _without_date,
    ),
    Check(
        "end-missing",
        _("{measures} that begin and never end"),
        _(
            "A one-off task without an end can’t be finished, so it can’t be reported as done. "
            "After some years it only fills the list."
        ),
        _("Enter the year in which it shall be done, or make it a permanent task."),
        _without_end,
    ),
    Check(
        "target-group-missing",
        _("{measures} without a target group"),
        _(
            "Who shall be reached decides how one reaches them. “For everyone” mostly reaches "
            "those who would have come anyway."
        ),
        _("Choose one to three target groups."),
        _without_target_group,
    ),
    Check(
        "stage-missing",
        _("{measures} without a stage of arrival"),
        _(
            "The stages show where newcomers get help and where there is a gap. A measure "
            "without a stage is missing from that picture."
        ),
        _("Choose the stage at which people need it."),
        _without_stage,
    ),
    Check(
        "others-only",
        _("{measures} left to others"),
        _(
            "Another organisation has the lead, and no department takes part: the council can "
            "neither decide on such a measure nor answer for it. In Bonn a council group turned "
            "a draft down as a collection of wishes for others."
        ),
        _(
            "Add the department that pays, helps or keeps in touch as a partner. A company the "
            "municipality owns may well stay alone."
        ),
        _left_to_others,
    ),
    Check(
        "crowded",
        _("{goals} with too many {measures}"),
        _(
            "With more than seven measures nobody keeps the goal in sight. Potsdam cut 137 "
            "proposals down to 50 measures with a date."
        ),
        _("Put together what belongs together, or divide the goal in two."),
        _crowded,
    ),
    Check(
        "horizon-missing",
        _("No year by which the goals shall be reached"),
        _(
            "A goal without a year can’t be missed, and so it can’t be reached. It also tells "
            "when the next edition is due."
        ),
        _("Enter a horizon for the concept, or one for each goal."),
        _without_horizon,
    ),
    Check(
        "after-horizon",
        _("{measures} that go on after the concept ends"),
        _(
            "The concept ends before the measure does. One of the two years is wrong, or the "
            "measure belongs in the next edition."
        ),
        _("Correct the year, or make it a permanent task without an end."),
        _after_the_horizon,
    ),
)
