"""Taking a part from the bin and putting it back where it stood, as far as that still exists."""

from typing import Any, cast

from django.utils.translation import gettext as _

from leitbild.accounts.models import Organisation
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.actions.shelving import LISTS, put_back_lineage, put_back_translations
from leitbild.plan.enums import PartKind
from leitbild.plan.exchange.slugs import free_slug
from leitbild.plan.models import BinEntry, Goal, Measure, MeasureGoal, Theme
from leitbild.plan.queries.codes import pattern_of
from leitbild.plan.queries.contents import MODELS


def restored_row(entry: BinEntry, notes: list[str]) -> Translatable:
    """The part as a row again; what can't be as it was is added to the notes."""
    model: Any = MODELS[entry.kind]
    stored = entry.columns["fields"]
    values = {
        field.attname: field.to_python(stored[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in stored
    }
    row: Any = model(pk=entry.part_id, **values)
    if isinstance(row, Theme):
        _find_number(row, notes)
    elif isinstance(row, Goal):
        _find_theme(row, notes)
        _find_code(row, PartKind.GOAL, row.theme.number, notes)
        row.save(force_insert=True)
    elif isinstance(row, Measure):
        _put_back_measure(entry, row, notes)
    put_back_translations(entry, row)
    put_back_lineage(entry, row)
    return cast(Translatable, row)


def _find_number(row: Theme, notes: list[str]) -> None:
    others = Theme.objects.filter(concept=row.concept_id)
    numbers = set(others.values_list("number", flat=True))
    if row.number in numbers:
        old, row.number = row.number, max(numbers) + 1
        notes.append(_new_code(str(old), str(row.number)))
    slugs = set(others.values_list("slug", flat=True))
    if row.slug in slugs:
        row.slug = free_slug(row.slug, taken=slugs, word="thema")
    row.save(force_insert=True)


def _find_theme(row: Goal, notes: list[str]) -> None:
    if Theme.objects.filter(pk=row.theme_id).exists():
        return
    shelved = BinEntry.objects.filter(kind=PartKind.THEME, part_id=row.theme_id).first()
    if shelved:
        raise Refused([_first(shelved)])
    theme = Theme.objects.filter(concept=row.concept_id).last()
    if theme is None:
        raise Refused([_("There is no theme under which the goal could stand. Add one first.")])
    row.theme = theme
    notes.append(
        _("Its theme no longer exists; it now stands under “{theme}”.").format(theme=theme)
    )


def _put_back_measure(entry: BinEntry, row: Measure, notes: list[str]) -> None:
    goals = _goals(entry, notes)
    _find_code(row, PartKind.MEASURE, goals[0].theme.number, notes)
    if row.lead_id and not Organisation.objects.filter(pk=row.lead_id).exists():
        row.lead_id = None
        notes.append(_("The body that led it no longer exists; choose another."))
    row.save(force_insert=True)
    MeasureGoal.objects.bulk_create(
        MeasureGoal(measure=row, goal=goal, concept_id=row.concept_id, position=place)
        for place, goal in enumerate(goals)
    )
    for name, (through, column, model) in LISTS.items():
        wanted = entry.columns.get(name, [])
        there = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        through.objects.bulk_create(
            through(measure=row, **{column: pk}) for pk in wanted if pk in there
        )


def _goals(entry: BinEntry, notes: list[str]) -> list[Goal]:
    """The goals the measure served that are still there, the main one first."""
    wanted = entry.columns.get("goals", [])
    found = (
        Goal.objects.filter(concept=entry.concept_id)
        .select_related("theme")
        .in_bulk([pk for pk, _code in wanted])
    )
    gone = [(pk, code) for pk, code in wanted if pk not in found]
    if found:
        if gone:
            codes = ", ".join(code for _pk, code in gone)
            notes.append(_("It no longer serves {codes}: deleted meanwhile.").format(codes=codes))
        return [found[pk] for pk, _code in wanted if pk in found]
    shelved = BinEntry.objects.filter(kind=PartKind.GOAL, part_id__in=[pk for pk, _code in gone])
    if first := shelved.first():
        raise Refused([_first(first)])
    goal = Goal.objects.filter(concept=entry.concept_id).select_related("theme").last()
    if goal is None:
        raise Refused([_("There is no goal that the measure could serve. Add one first.")])
    notes.append(_("Its goal no longer exists; it now serves “{goal}”.").format(goal=goal))
    return [goal]


def _first(entry: BinEntry) -> str:
    return _(
        "“{part}” lies in the bin as well. Bring that back first; this stands under it."
    ).format(part=entry.label)


def _find_code(row: Any, kind: PartKind, theme: int, notes: list[str]) -> None:
    codes = set(type(row).objects.filter(concept=row.concept_id).values_list("code", flat=True))
    if row.code in codes:
        old, row.code = row.code, pattern_of(kind, sorted(codes)).free(theme, codes)
        notes.append(_new_code(old, row.code))


def _new_code(old: str, new: str) -> str:
    return _("{old} is taken meanwhile, so it is {new} now.").format(old=old, new=new)
