"""Who may do what with a concept."""

from leitbild.accounts.access import Access
from leitbild.accounts.enums import Role
from leitbild.accounts.models import User
from leitbild.plan.models import Draft, Measure


def may_read_drafts(access: Access) -> bool:
    """Read concepts that aren't adopted, history and findings: everyone who works here."""
    return bool(access.roles)


def may_edit_plan(access: Access) -> bool:
    """Write everything in the plan, arrange it, submit it, record what the council decided."""
    return Role.OFFICER in access.roles


def may_edit_measures(access: Access) -> bool:
    """Write at least some measures."""
    return bool(access.roles & {Role.OFFICER, Role.EDITOR})


def may_edit_measure(access: Access, measure: Measure) -> bool:
    """Write this measure: the officer, and editors of the organisation that leads it."""
    if may_edit_plan(access):
        return True
    return Role.EDITOR in access.roles and measure.lead_id in access.organisations


def may_translate(access: Access) -> bool:
    """Write texts in other languages than the source's."""
    return bool(access.roles & {Role.OFFICER, Role.TRANSLATOR})


def owns_draft(user: User, draft: Draft) -> bool:
    """Write in it, discard it, hand it in: whoever began it, nobody else."""
    return draft.author_id == user.pk


def may_read_draft(access: Access, draft: Draft) -> bool:
    """Read it: whoever began it, and once handed in who releases it."""
    released = may_edit_plan(access) and draft.handed_in_at is not None
    return owns_draft(access.user, draft) or released


def may_settle_draft(user: User, draft: Draft) -> bool:
    """Choose between a draft and what stands: its author, and once handed in who releases it."""
    return owns_draft(user, draft) or draft.handed_in_at is not None
