"""From a finding to the place where it is mended, for those who may."""

from django.urls import reverse

from leitbild.office.desk import Desk
from leitbild.office.parts import address_of
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Concept
from leitbild.plan.queries.review import Finding
from leitbild.plan.rules import may_edit_plan


def may_mend(desk: Desk, concept: Concept, finding: Finding) -> bool:
    """Whether this person can do something about it; as `may_edit_measure` says of the row."""
    if concept.status == ConceptStatus.SUPERSEDED:
        return False
    if may_edit_plan(desk.access):
        return True
    return finding.kind == PartKind.MEASURE and finding.lead in desk.access.organisations


def mending_address(desk: Desk, concept: Concept, finding: Finding) -> str:
    """The field in the page in which the part is written; nothing for those who only read."""
    if not may_mend(desk, concept, finding):
        return ""
    if finding.adds:
        new = reverse("office:new", kwargs={"slug": concept.slug, "kind": finding.adds})
        return f"{new}?{finding.kind}={finding.code}"
    address = address_of("edit", concept, finding.kind, finding.pk)
    return f"{address}#id_{finding.field}" if finding.field else address
