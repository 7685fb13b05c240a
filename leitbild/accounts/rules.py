"""Who may do what with people and with the log."""

from leitbild.accounts.access import Access
from leitbild.accounts.enums import Role


def may_enter(access: Access) -> bool:
    """Everyone with a role may enter the office."""
    return bool(access.roles)


def may_manage_people(access: Access) -> bool:
    """Invite people, change what they are, let them leave."""
    return bool(access.roles & {Role.ADMINISTRATOR, Role.OFFICER})


def may_grant(access: Access, role: Role, *, administered: bool) -> bool:
    """Give somebody this role or take it from them.

    Administrators are made and unmade by administrators alone; where there is none yet, an
    officer makes the first.
    """
    if not may_manage_people(access):
        return False
    return role != Role.ADMINISTRATOR or Role.ADMINISTRATOR in access.roles or not administered


def may_read_log(access: Access) -> bool:
    """Read, filter and export the audit log."""
    return bool(access.roles & {Role.ADMINISTRATOR, Role.OFFICER})
