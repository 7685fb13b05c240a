"""Finding the parts of a concept, what they are called, where they are shown."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitbild.accounts.access import Access
from leitbild.accounts.terminology import Term, Terms
from leitbild.core.models import Translatable
from leitbild.office.desk import Desk
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Goal, Measure, Theme
from leitbild.plan.queries.contents import MODELS, Content
from leitbild.plan.queries.outline import in_force
from leitbild.plan.rules import may_edit_measure, may_edit_plan

_BESIDE: Final[dict[PartKind, tuple[str, ...]]] = {
    PartKind.MEASURE: ("lead",),
    PartKind.GOAL: ("theme",),
}


def find_part(concept: Concept, kind: PartKind, pk: int) -> Translatable | None:
    """The part of this concept with this id, if it is there."""
    if kind == PartKind.CONCEPT:
        return concept if pk == concept.pk else None
    model: Any = MODELS[kind]
    rows: QuerySet[Any] = model.objects.filter(concept=concept, pk=pk)
    return rows.select_related(*_BESIDE.get(kind, ("concept",))).first()


def part_or_404(concept: Concept, kind: PartKind, pk: int) -> Translatable:
    """The part, or a page not found."""
    found = find_part(concept, kind, pk)
    if found is None:
        raise Http404(_("This edition has no such part, or not any more."))
    return found


def may_write(access: Access, row: Translatable | None) -> bool:
    """Write this part: the officer all, editors the measures of their organisation."""
    return may_edit_measure(access, row) if isinstance(row, Measure) else may_edit_plan(access)


def term_of(kind: PartKind, terms: Terms) -> Term:
    """What the municipality calls this kind of part."""
    term: Term = getattr(terms, kind.value)
    return term


def name_of(kind: PartKind, content: Content) -> str:
    """A part in one line: its code or number and its title."""
    title = content.get("name") if kind == PartKind.THEME else content.get("title")
    key = content.get("number") if kind == PartKind.THEME else content.get("code")
    return " ".join(str(each) for each in (key, title) if each)


def address_of(page: str, concept: Concept, kind: PartKind | str, pk: int | None) -> str:
    """The address of a part's page in the office; of a new part's desk where there is none yet."""
    if pk is None:
        return reverse("office:new", args=[concept.slug, kind])
    return reverse(f"office:{page}", args=[concept.slug, kind, pk])


def public_address(desk: Desk, concept: Concept, row: Translatable | None) -> str:
    """Where readers meet this part; empty while they don't."""
    current = in_force(desk.concepts)
    if row is None or current is None or current.pk != concept.pk:
        return ""
    with translation.override(desk.municipality.source_language):
        return _portal_address(row)


def _portal_address(row: Any) -> str:
    if isinstance(row, Measure):
        return reverse("portal:measure", args=[row.code])
    if isinstance(row, Theme):
        return reverse("portal:theme", args=[row.slug])
    if isinstance(row, Goal):
        return f"{reverse('portal:theme', args=[row.theme.slug])}#ziel-{row.code}"
    return reverse("portal:concept")
