"""Who is asked for news of a measure."""

from collections.abc import Iterable

from leitbild.accounts.models import Contact
from leitbild.delivery.models import Responsibility
from leitbild.plan.models import Measure


def responsible_contacts(measures: Iterable[Measure]) -> dict[int, Contact]:
    """Whom to ask for news, by the measure's id; measures nobody can be asked for are left out.

    It is who was named for the measure; otherwise the first contact of the organisation that
    leads it, its head only where there is nobody else. Two queries.
    """
    measures = list(measures)
    named = {
        each.measure_id: each.contact
        for each in Responsibility.objects.filter(
            measure__in=[each.pk for each in measures]
        ).select_related("contact__organisation")
    }
    by_lead: dict[int, Contact] = {}
    leads = {each.lead_id for each in measures if each.lead_id}
    for contact in (
        Contact.objects.filter(organisation__in=leads)
        .select_related("organisation")
        .order_by("is_head", "position", "pk")
    ):
        by_lead.setdefault(contact.organisation_id, contact)
    found = {each.pk: named.get(each.pk) or by_lead.get(each.lead_id or 0) for each in measures}
    return {pk: contact for pk, contact in found.items() if contact}
