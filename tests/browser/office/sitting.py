"""Sitting down at the office's desk in a browser, past the sign-in that has tests of its own."""

from playwright.sync_api import Page

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from tests.people import member, signed_in


def sit_down(
    page: Page,
    site: str,
    municipality: Municipality,
    role: Role,
    *,
    language: str = "de",
    organisation: Organisation | None = None,
) -> None:
    """Sign a new person with this role in; the page is theirs from then on."""
    email = f"{role}-{language}@example.org"
    user = member(municipality, role, organisation=organisation, email=email, language=language)
    session = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
