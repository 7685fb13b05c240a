"""Who may do what with the progress of measures."""

from leitbild.accounts.access import Access
from leitbild.accounts.enums import Role
from leitbild.delivery.enums import Visibility
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept, Measure


def may_conduct(access: Access) -> bool:
    """Steer the plan's delivery: ask for news, approve answers, name contacts, freeze reports."""
    return Role.OFFICER in access.roles


def may_report(access: Access) -> bool:
    """Report on at least some measures."""
    return bool(access.roles & {Role.OFFICER, Role.EDITOR})


def may_report_on(access: Access, measure: Measure) -> bool:
    """Report on this measure: the officer, and editors of the organisation that leads it."""
    if may_conduct(access):
        return True
    return Role.EDITOR in access.roles and measure.lead_id in access.organisations


def may_read_delivery(access: Access) -> bool:
    """Read internal news, the board, money and reports: everyone who works here."""
    return bool(access.roles)


def may_see_gaps(access: Access | None, reporting: Visibility) -> bool:
    """See what is missing: everybody, or only who works here, as the city decided."""
    return reporting == Visibility.EVERYBODY or access is not None


def is_reported_on(concept: Concept) -> bool:
    """Take news of it: while it is adopted, neither before nor once another edition replaced it."""
    return concept.status == ConceptStatus.ADOPTED
