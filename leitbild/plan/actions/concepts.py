"""Beginning a new, empty concept, and discarding one that was begun in error."""

from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import drop_translations, record_event
from leitbild.core.refusal import Refused
from leitbild.plan.actions.content import content_obstacles
from leitbild.plan.actions.history import record_history
from leitbild.plan.document.fields import clean
from leitbild.plan.enums import ConceptStatus, PartKind, RevisionChange
from leitbild.plan.models import (
    Concept,
    Draft,
    Goal,
    Measure,
    MeasureLineage,
    Publication,
    Resolution,
    Revision,
    Theme,
)

_PARTS: Final[tuple[Any, ...]] = (Measure, Goal, Theme, MeasureLineage, Resolution)
"""What hangs on a concept and has texts, leaves first."""


def create_concept(
    *, municipality: Municipality, title: str, edition: int, by: User | None
) -> Concept:
    """Begin an empty concept that only the office sees. Raises Refused with every reason."""
    title = " ".join(clean(title).split())
    with transaction.atomic():
        # Whoever begins one meanwhile waits, so that both get a name of their own.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        concept = Concept(
            municipality=municipality,
            slug=_free_slug(municipality, edition),
            title=title,
            edition=edition,
            status=ConceptStatus.DRAFT,
        )
        said = {"title": title, "edition": edition}
        if found := content_obstacles(
            concept=concept, kind=PartKind.CONCEPT, part_id=None, content=said
        ):
            raise Refused([each.reason for each in found])
        concept.save()
        record_history(concept=concept, change=RevisionChange.CREATED, by=by)
        record_event(
            action="concept.create",
            by=by,
            municipality_id=municipality.pk,
            record=concept,
            changes={"title": title, "edition": edition, "slug": concept.slug},
        )
    return concept


def _free_slug(municipality: Municipality, edition: int) -> str:
    """The year, with a number where the year has an edition already."""
    taken = set(Concept.objects.filter(municipality=municipality).values_list("slug", flat=True))
    slug, number = str(edition), 1
    while slug in taken:
        number += 1
        slug = f"{edition}-{number}"
    return slug


@transaction.atomic
def discard_concept(*, concept: Concept, by: User | None) -> None:
    """Remove a draft concept on which nobody has worked; there is nothing to bring back."""
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if reasons := obstacles_to_discarding(concept):
        raise Refused(reasons)
    for model in _PARTS:
        drop_translations(model.objects.filter(concept=concept))
    drop_translations([concept])
    record_event(
        action="concept.discard",
        by=by,
        municipality_id=concept.municipality_id,
        record=concept,
        changes={"title": concept.title, "edition": concept.edition, "slug": concept.slug},
    )
    try:
        concept.delete()
    except ProtectedError as error:
        raise Refused([_reported(concept)]) from error


def _reported(concept: Concept) -> str:
    return _("There are reports about measures of “{title}”, so it stays on record.").format(
        title=concept.title
    )


def obstacles_to_discarding(concept: Concept) -> list[str]:
    """Why a concept has to stay: readers or the council know it, or people have worked on it."""
    submitted = Publication.objects.filter(concept=concept).exists()
    if concept.status != ConceptStatus.DRAFT or submitted:
        return [
            _(
                "“{title}” has been before the council or its readers, so it stays on record."
            ).format(title=concept.title)
        ]
    worked = Revision.objects.filter(concept_id=concept.pk, number__gt=1).exists()
    if worked or Draft.objects.filter(concept=concept).exists():
        return [
            _(
                "People have worked on “{title}”. Delete its parts one by one; they stay in the "
                "bin for thirty days."
            ).format(title=concept.title)
        ]
    if heir := concept.successors.first():
        return [
            _("“{title}” is where the edition “{heir}” began.").format(
                title=concept.title, heir=heir.title
            )
        ]
    return []
