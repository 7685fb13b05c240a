"""Taking a document into the database, or saying what that would do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, cast

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.actions import create_municipality
from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.plan.actions.history import record_baseline, record_history
from leitbild.plan.actions.importing.adopted import (
    is_amendment,
    proposal_obstacles,
    reason_missing,
)
from leitbild.plan.actions.importing.comparison import (
    Comparison,
    State,
    compare,
    empty_state,
    state_of,
    state_of_lists,
)
from leitbild.plan.actions.importing.guards import obstacles
from leitbild.plan.actions.importing.report import Change, ImportReport
from leitbild.plan.actions.importing.settling import settled
from leitbild.plan.actions.importing.writing import Progress, Writer
from leitbild.plan.actions.review import record_counts
from leitbild.plan.document import ConceptDocument, ConceptPart, MunicipalityPart
from leitbild.plan.enums import ConceptStatus, RevisionChange
from leitbild.plan.models import Concept
from leitbild.plan.queries.documents import concept_document, municipality_parts

LOGGED_CHANGES: Final = 200
LOGGED_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, and where."""

    document: ConceptDocument
    municipality: Municipality | None
    comparison: Comparison
    superseded: Concept | None


def preview_import(
    *,
    document: ConceptDocument,
    municipality: Municipality | None = None,
    prune: bool = False,
    partial: bool = False,
    unplaced: Sequence[Any] = (),
) -> ImportReport:
    """What `import_concept` would do; raises Refused as it would. Writes nothing.

    Where it would change an adopted text the report says so: then the import needs a reason.
    """
    return _plan(
        document, municipality, prune=prune, partial=partial, unplaced=unplaced
    ).comparison.report


@transaction.atomic
def import_concept(
    *,
    document: ConceptDocument,
    municipality: Municipality | None = None,
    by: User | None,
    prune: bool = False,
    partial: bool = False,
    unplaced: Sequence[Any] = (),
    progress: Progress | None = None,
    reason: str = "",
) -> ImportReport:
    """Make the database hold what the document holds, all or nothing.

    Rows are found by slug, number or code. What the document lacks stays and is reported,
    or with `prune` is removed. `partial` says that the file is of a kind that can't say
    everything; then values and translations it doesn't name stay as well. Readers are told
    the `reason` where the text was adopted. Raises Refused with every reason at once.
    """
    _lock(document, municipality)
    if municipality:
        municipality.refresh_from_db()
    plan = _plan(document, municipality, prune=prune, partial=partial, unplaced=unplaced)
    report = plan.comparison.report
    if report.is_empty:
        return report
    if report.needs_reason and not reason.strip():
        raise Refused([reason_missing(report.concept)])
    town = plan.municipality or _found(plan, by=by)
    concept = _write(plan, town=town, by=by, progress=progress)
    record_counts(concept=concept)
    record_history(concept=concept, change=RevisionChange.IMPORTED, by=by, reason=reason)
    record_event(
        action="concept.import",
        by=by,
        municipality_id=town.pk,
        record=concept,
        changes={**_for_the_log(report), **({"reason": reason} if reason else {})},
    )
    return report


def _lock(document: ConceptDocument, municipality: Municipality | None) -> None:
    """Whoever imports meanwhile, or edits, submits or adopts the same edition, waits.

    Nobody in another municipality does. One that isn't there yet can't be held: whoever sets it
    up holds the oldest one, so that two don't at once.
    """
    towns = Municipality.objects.order_by("pk")
    slug = document.municipality.slug if document.municipality else None
    own = towns.filter(pk=municipality.pk) if municipality else towns.filter(slug=slug)
    held = list(own.select_for_update().values_list("pk", flat=True))
    if not held:
        held = list(towns[:1].select_for_update().values_list("pk", flat=True))
    editions = Concept.objects.filter(municipality__in=held, slug=document.concept.slug)
    list(editions.order_by("pk").select_for_update().values_list("pk"))


def _write(
    plan: _Plan, *, town: Municipality, by: User | None, progress: Progress | None
) -> Concept:
    standing = Concept.objects.filter(
        municipality=town, slug=plan.comparison.report.concept
    ).first()
    if standing:
        record_baseline(concept=standing)
    writer = Writer(plan.comparison, municipality=town, by=by, progress=progress)
    writer.write_lists()
    concept = writer.write_concept()
    if plan.superseded:
        Concept.objects.filter(pk=plan.superseded.pk).update(status=ConceptStatus.SUPERSEDED)
    return concept


def _plan(
    document: ConceptDocument,
    municipality: Municipality | None,
    *,
    prune: bool,
    partial: bool,
    unplaced: Sequence[Any],
) -> _Plan:
    town = _chosen(document, municipality)
    is_own = (
        town is None or document.municipality is None or document.municipality.slug == town.slug
    )
    before = _before(document, town)
    wanted = settled(document, before, municipality=town, is_own=is_own, partial=partial)
    comparison = compare(before, wanted, source=document.language, prune=prune)
    here = _here(document, town)
    report, source = comparison.report, document.language
    if reasons := [
        *obstacles(document, comparison, town),
        *proposal_obstacles(here, report, source=source),
    ]:
        raise Refused(reasons)
    concept = cast(ConceptPart, comparison.after["concept"][document.concept.slug])
    superseded = _superseded(concept, town)
    report.needs_reason = is_amendment(here, report, source=source)
    report.municipality = next(iter(wanted["municipality"]))
    report.concept = concept.slug
    report.unplaced = [each for each in unplaced if not each.is_taken]
    report.notes.extend(str(each) for each in unplaced if each.is_taken)
    if superseded:
        report.changes.append(
            Change("concept", superseded.slug, "status", None, "adopted", "superseded")
        )
    report.notes.extend(_notes(document, comparison, town, is_own=is_own))
    return _Plan(document, town, comparison, superseded)


def _chosen(document: ConceptDocument, municipality: Municipality | None) -> Municipality | None:
    """The municipality to import into; None if the document brings a new one."""
    if municipality:
        return municipality
    if document.municipality:
        named = Municipality.objects.filter(slug=document.municipality.slug)
        return named.first()
    towns = list(Municipality.objects.order_by("slug"))
    if len(towns) > 1:
        raise Refused(
            [
                _(
                    "There are several municipalities; name the one you mean with "
                    "--municipality SLUG ({slugs})."
                ).format(slugs=", ".join(town.slug for town in towns))
            ]
        )
    return towns[0] if towns else None


def _before(document: ConceptDocument, town: Municipality | None) -> State:
    if town is None:
        return empty_state()
    concept = _here(document, town)
    return (
        state_of(concept_document(concept)) if concept else state_of_lists(municipality_parts(town))
    )


def _here(document: ConceptDocument, town: Municipality | None) -> Concept | None:
    """The edition the document is about, if it is here."""
    editions = Concept.objects.filter(municipality=town, slug=document.concept.slug)
    return editions.select_related("municipality", "predecessor").first() if town else None


def _superseded(concept: ConceptPart, town: Municipality | None) -> Concept | None:
    """The adopted edition that this one takes the place of."""
    if town is None or concept.status == ConceptStatus.DRAFT:
        return None
    return Concept.objects.filter(
        municipality=town,
        slug=concept.predecessor,
        edition__lte=concept.edition,
        status=ConceptStatus.ADOPTED,
    ).first()


def _notes(
    document: ConceptDocument, comparison: Comparison, town: Municipality | None, *, is_own: bool
) -> list[str]:
    part = cast(MunicipalityPart, next(iter(comparison.after["municipality"].values())))
    asked = document.concept.predecessor
    kept = cast(ConceptPart, comparison.after["concept"][document.concept.slug])
    notes = []
    if asked and not kept.predecessor:
        notes.append(
            _(
                "The predecessor “{slug}” is not here; import it first, then this file again."
            ).format(slug=asked)
        )
    if document.concept.status != kept.status:
        notes.append(
            _("“{slug}” stays superseded, because a newer edition is adopted.").format(
                slug=kept.slug
            )
        )
    if not is_own and document.municipality and town:
        notes.append(
            _(
                "What the file says of {other} itself was left out; its concept goes to {name}."
            ).format(other=document.municipality.name.get(document.language, ""), name=town.name)
        )
    if town is None and not part.hosts and Municipality.objects.exists():
        notes.append(
            _(
                "{name} is a further municipality and has no host name yet; "
                "without one its pages can’t be reached."
            ).format(name=part.name.get(document.language, part.slug))
        )
    return notes


def _found(plan: _Plan, *, by: User | None) -> Municipality:
    part = cast(MunicipalityPart, next(iter(plan.comparison.after["municipality"].values())))
    return create_municipality(
        slug=part.slug,
        name=part.name[plan.document.language],
        languages=part.languages,
        key=part.key,
        by=by,
    )


def _for_the_log(report: ImportReport) -> dict[str, Any]:
    changes = [
        {name: _shortened(value) for name, value in asdict(change).items()}
        for change in report.changes[:LOGGED_CHANGES]
    ]
    return {
        "counts": report.counts,
        "removed": [f"{row.kind} {row.key}" for row in report.removed[:LOGGED_CHANGES]],
        "changes": changes,
        "changes_left_out": len(report.changes) - len(changes),
    }


def _shortened(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    text = str(value)
    return text if len(text) <= LOGGED_LENGTH else text[: LOGGED_LENGTH - 1] + "…"
