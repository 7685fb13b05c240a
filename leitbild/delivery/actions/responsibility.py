"""Writing who is asked for news of a measure, and how often news is owed."""

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Contact, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reporting import held, obstacles_to_reporting
from leitbild.delivery.conduct import MONTHS
from leitbild.delivery.models import Responsibility, Rhythm
from leitbild.plan.models import Concept, Measure


@transaction.atomic
def set_responsible(*, measure: Measure, contact: Contact | None, by: User | None) -> None:
    """Name who is asked for news of a measure; None leaves it to its lead's first contact."""
    measure = held(measure)
    municipality = measure.concept.municipality_id
    if contact and contact.organisation.municipality_id != municipality:
        raise Refused([_("This person is no contact here.")])
    row = Responsibility.objects.filter(measure=measure).select_related("contact").first()
    before = row.contact if row else None
    if before == contact:
        return
    if contact is None:
        Responsibility.objects.filter(measure=measure).delete()
    else:
        Responsibility.objects.update_or_create(measure=measure, defaults={"contact": contact})
    # Names alone: the log is kept for good, a person's address isn't ours to keep so.
    names = [each.name if each else None for each in (before, contact)]
    record_event(
        action="responsibility.change",
        by=by,
        public=False,
        municipality_id=municipality,
        record=measure,
        changes={"fields": {"contact": names}},
    )


@transaction.atomic
def set_rhythm(
    *, concept: Concept, months: int | None, by: User | None, measure: Measure | None = None
) -> None:
    """Say in how many months news is owed: of a concept, or of one of its measures.

    None leaves it to the concept's rhythm, and that to the municipality's.
    """
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if reasons := _obstacles(concept, measure, months):
        raise Refused(reasons)
    row = Rhythm.objects.filter(concept=concept, measure=measure).first()
    before = row.months if row else None
    if before == months:
        return
    if months is None:
        Rhythm.objects.filter(concept=concept, measure=measure).delete()
    else:
        Rhythm.objects.update_or_create(
            concept=concept, measure=measure, defaults={"months": months}
        )
    record_event(
        action="rhythm.change",
        by=by,
        municipality_id=concept.municipality_id,
        record=measure or concept,
        changes={"fields": {"months": [before, months]}},
    )


def _obstacles(concept: Concept, measure: Measure | None, months: int | None) -> list[str]:
    reasons = obstacles_to_reporting(concept)
    if measure and measure.concept_id != concept.pk:
        reasons.append(_("This measure belongs to another edition."))
    if months is not None and not MONTHS[0] <= months <= MONTHS[1]:
        reasons.append(
            _("A rhythm lies between {least} and {most} months.").format(
                least=MONTHS[0], most=MONTHS[1]
            )
        )
    return reasons
