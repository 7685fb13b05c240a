"""Jobs that join an app's actions with the surfaces their mails lead to."""

from django.core.management import call_command
from django.urls import reverse
from django_tasks import task

from leitbild.accounts.actions.limits import forget_counts
from leitbild.community import actions as community
from leitbild.delivery.actions import attending
from leitbild.delivery.models import Recipient
from leitbild.delivery.tokens import reply_token
from leitbild.plan.actions.bin import empty_bin
from leitbild.portal.following import Pages


@task()
def attend_rounds() -> int:
    """Remind who hasn't answered, tell heads, close rounds that are over."""
    return attending.attend_rounds(link_to=_reply_address)


def _reply_address(recipient: Recipient) -> str:
    """Where somebody answers, under the address the round was sent from."""
    return recipient.round.site + reverse("office:reply", args=[reply_token(recipient)])


@task()
def tell_followers() -> int:
    """Send followers the news of the days before."""
    return community.tell_followers(addresses=Pages())


@task()
def forget_attempts() -> int:
    """Forget from which addresses was tried what, once it isn't counted any more."""
    return forget_counts()


@task()
def tidy() -> int:
    """Empty the bin of what was deleted long ago; forget sessions that have ended."""
    call_command("clearsessions")
    return empty_bin()
