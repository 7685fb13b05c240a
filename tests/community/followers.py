"""People who follow a town’s plan, in tests."""

from typing import Final

from leitbild.accounts.models import Municipality
from leitbild.community.actions import ask_to_follow, confirm_following
from leitbild.community.models import Follower, Following
from leitbild.core.models import PostedMail
from leitbild.plan.models import Measure, Theme
from leitbild.portal.following import Pages

SITE: Final = "https://plan.musterstadt.example"


def ask(
    town: Municipality,
    what: Measure | Theme | None = None,
    *,
    email: str = "nadia@example.org",
    language: str = "de",
) -> Following:
    """Somebody asks for news, and hasn’t confirmed it yet."""
    ask_to_follow(
        municipality=town, email=email, what=what, language=language, site=SITE, addresses=Pages()
    )
    return Following.objects.select_related("follower__municipality").get(
        follower__municipality=town,
        follower__email=email.lower(),
        measure=what if isinstance(what, Measure) else None,
        theme=what if isinstance(what, Theme) else None,
    )


def follow(
    town: Municipality,
    what: Measure | Theme | None = None,
    *,
    email: str = "nadia@example.org",
    language: str = "de",
) -> Follower:
    """Somebody follows."""
    following = ask(town, what, email=email, language=language)
    confirm_following(following=following, language=language, site=SITE)
    return Follower.objects.get(municipality=town, email=email)


def digests(email: str = "nadia@example.org") -> list[PostedMail]:
    """The daily mails somebody got, the first one first."""
    return list(PostedMail.objects.filter(to=email, headers__has_key="List-Unsubscribe"))
