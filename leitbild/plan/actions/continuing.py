"""Beginning a new edition (Fortschreibung): everything comes along, nothing is decided yet."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.plan.actions.copying import copy_measures, copy_rows, copy_translations
from leitbild.plan.actions.history import record_history
from leitbild.plan.enums import ConceptStatus, RevisionChange
from leitbild.plan.models import (
    Concept,
    Goal,
    GoalLineage,
    Measure,
    MeasureLineage,
    Theme,
    ThemeLineage,
)


@transaction.atomic
def continue_concept(*, concept: Concept, edition: int, title: str, by: User | None) -> Concept:
    """Begin the edition that follows: a draft with every theme, goal and measure of this one.

    Each part has a lineage row that says where it comes from; what becomes of each measure is
    still to be decided. Texts come along in every language, with their sources and their
    marks as samples. What was resolved and what was reported stays with the old edition.
    Raises Refused with every reason at once. The number of queries doesn't depend on the
    number of measures, beyond what a database takes in one statement.
    """
    # Whoever begins an edition meanwhile waits, so that both get a name of their own; whoever
    # continues the same concept is refused then.
    Municipality.objects.select_for_update().get(pk=concept.municipality_id)
    old = Concept.objects.select_for_update().get(pk=concept.pk)
    title = title.strip()
    if reasons := obstacles_to_continuing(old, edition=edition, title=title):
        raise Refused(reasons)
    new = _begun(old, edition=edition, title=title)
    themes, goals, measures = _copied_parts(old, new)
    copy_translations([(old, new), *themes.items(), *goals.items(), *measures.items()])
    _write_lineage(new, themes, goals, measures)
    record_history(concept=new, change=RevisionChange.CONTINUED, by=by)
    record_event(
        action="concept.continue",
        by=by,
        municipality_id=new.municipality_id,
        record=new,
        changes={
            "from": old.slug,
            "edition": edition,
            "title": title,
            "themes": len(themes),
            "goals": len(goals),
            "measures": len(measures),
        },
    )
    return new


def draft_successor(concept: Concept) -> Concept | None:
    """The draft that continues this edition already."""
    drafts = Concept.objects.filter(predecessor=concept, status=ConceptStatus.DRAFT)
    return drafts.order_by("pk").first()


def obstacles_to_continuing(concept: Concept, *, edition: int, title: str) -> list[str]:
    """Why no new edition can begin: not adopted, one has begun already, no year or no title."""
    reasons = []
    if concept.status == ConceptStatus.DRAFT:
        reasons.append(
            _("“{title}” is a draft itself. A new edition continues one that was adopted.").format(
                title=concept.title
            )
        )
    if concept.status == ConceptStatus.SUPERSEDED:
        reasons.append(
            _("“{title}” was superseded. Continue the edition that took its place.").format(
                title=concept.title
            )
        )
    if begun := draft_successor(concept):
        reasons.append(
            _("“{draft}” continues this edition already and is still a draft.").format(
                draft=begun.title
            )
        )
    if edition <= concept.edition:
        reasons.append(
            _("The year of the new edition must be later than {year}.").format(year=concept.edition)
        )
    if not title.strip():
        reasons.append(_("The new edition needs a title."))
    return reasons


def _begun(old: Concept, *, edition: int, title: str) -> Concept:
    taken = set(
        Concept.objects.filter(municipality=old.municipality_id).values_list("slug", flat=True)
    )
    later = old.horizon is not None and old.horizon >= edition
    copies = copy_rows(
        [old],
        lambda _row: {
            "slug": _free_slug(str(edition), taken),
            "title": title,
            "edition": edition,
            "horizon": old.horizon if later else None,
            "status": ConceptStatus.DRAFT,
            "predecessor_id": old.pk,
        },
    )
    return copies[old.pk]


def _free_slug(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _copied_parts(
    old: Concept, new: Concept
) -> tuple[dict[Theme, Theme], dict[Goal, Goal], dict[Measure, Measure]]:
    """Copies of all themes, goals and measures, by what they were made from."""
    old_themes = list(Theme.objects.filter(concept=old))
    old_goals = list(Goal.objects.filter(concept=old))
    old_measures = list(Measure.objects.filter(concept=old))
    themes = copy_rows(old_themes, lambda _row: {"concept_id": new.pk})
    goals = copy_rows(
        old_goals, lambda row: {"concept_id": new.pk, "theme_id": themes[row.theme_id].pk}
    )
    measures = copy_measures(old_measures, concept=new, goals=goals)
    return (
        {row: themes[row.pk] for row in old_themes},
        {row: goals[row.pk] for row in old_goals},
        {row: measures[row.pk] for row in old_measures},
    )


def _write_lineage(
    new: Concept,
    themes: Mapping[Theme, Theme],
    goals: Mapping[Goal, Goal],
    measures: Mapping[Measure, Measure],
) -> None:
    ThemeLineage.objects.bulk_create(
        ThemeLineage(concept=new, before=old, after=copy) for old, copy in themes.items()
    )
    GoalLineage.objects.bulk_create(
        GoalLineage(concept=new, before=old, after=copy) for old, copy in goals.items()
    )
    MeasureLineage.objects.bulk_create(
        MeasureLineage(concept=new, before=old, after=copy, copy_id=copy.pk)
        for old, copy in measures.items()
    )
