"""Writing who follows what: asked for by anybody, confirmed from the address, ended at any time."""

import datetime as dt
import secrets
from typing import Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality
from leitbild.community.letters import Addresses, Letter, confirming, following_already
from leitbild.community.models import Follower, Following
from leitbild.core.actions import post_mail, record_event
from leitbild.core.outbox import withdraw_mails
from leitbild.core.refusal import Refused
from leitbild.plan.models import Measure, Theme

REMEMBERED: Final = dt.timedelta(days=7)
"""How long an address is kept from which nobody confirms."""


@transaction.atomic
def ask_to_follow(
    *,
    municipality: Municipality,
    email: str,
    what: Measure | Theme | None,
    language: str,
    site: str,
    addresses: Addresses,
) -> None:
    """Ask by mail whether somebody wants news of a measure, a theme, or the whole plan.

    Anybody can type in any address. So nothing that stands here changes before somebody confirms
    from the address itself; and what happens looks the same whoever follows already: one mail.
    """
    follower, _new = Follower.objects.get_or_create(
        municipality=municipality,
        email=email.strip().lower(),
        defaults={"language": language, "site": site},
    )
    follower.municipality = municipality
    following, _new = Following.objects.get_or_create(
        follower=follower,
        measure=what if isinstance(what, Measure) else None,
        theme=what if isinstance(what, Theme) else None,
    )
    if following.confirmed_at is not None:
        post_letter(follower, following_already(following, addresses=addresses))
        return
    following.asked_at = timezone.now()
    following.save(update_fields=["asked_at"])
    until = following.asked_at + REMEMBERED
    letter = confirming(following, language=language, site=site, until=until, addresses=addresses)
    post_letter(follower, letter, language=language)


@transaction.atomic
def confirm_following(*, following: Following, language: str, site: str) -> None:
    """Begin to follow. Who holds the link has read the mail: the address is theirs.

    From now on the news comes in the language in which they confirmed.
    """
    following = _locked(following)
    if following.confirmed_at is not None:
        return
    now = timezone.now()
    if following.asked_at + REMEMBERED <= now:
        raise Refused([_("This link has expired. Please ask for the news once more.")])
    follower = following.follower
    if not follower.followings.filter(confirmed_at__isnull=False).exists():
        follower.told_until = now
    follower.language, follower.site = language, site
    follower.save(update_fields=["told_until", "language", "site"])
    following.confirmed_at = now
    following.save(update_fields=["confirmed_at"])
    _log("follower.confirm", following)


@transaction.atomic
def stop_following(*, follower: Follower, following: Following | None = None) -> None:
    """End one thing somebody follows, or all; with the last one everything of them is forgotten."""
    ended = Following.objects.filter(follower=follower).select_related("measure", "theme")
    if following is not None:
        ended = ended.filter(pk=following.pk)
    for each in ended:
        each.follower = follower
        each.delete()
        if each.confirmed_at is not None:
            _log("follower.end", each)
    if not Following.objects.filter(follower=follower, confirmed_at__isnull=False).exists():
        forget(follower)


@transaction.atomic
def forget_unconfirmed(*, now: dt.datetime) -> None:
    """Forget what nobody confirmed in time, and whoever follows nothing then."""
    Following.objects.filter(confirmed_at=None, asked_at__lte=now - REMEMBERED).delete()
    for each in Follower.objects.filter(followings=None):
        forget(each)


def forget(follower: Follower) -> None:
    """Forget an address, and the mails to it; part of other actions."""
    withdraw_mails(follower.keys)
    follower.delete()


def post_letter(follower: Follower, letter: Letter, *, about: str = "", language: str = "") -> bool:
    """Post a mail to a follower, one about a thing or one each time; part of other actions."""
    town = follower.municipality
    reply = {"Reply-To": town.contact_email} if town.contact_email else {}
    return post_mail(
        key=f"{follower.keys}{about or secrets.token_hex(8)}",
        to=follower.email,
        language=language or follower.language,
        sender=town.name,
        subject=letter.subject,
        text=letter.text,
        municipality_id=town.pk,
        headers={**reply, **letter.headers},
    )


def _locked(following: Following) -> Following:
    """The following as it is now; nobody else confirms or ends it until this is done."""
    Follower.objects.select_for_update().filter(pk=following.follower_id).first()
    found = Following.objects.filter(pk=following.pk).select_related(
        "follower__municipality", "measure", "theme"
    )
    row = found.first()
    if row is None:
        raise Refused([_("This link has expired. Please ask for the news once more.")])
    return row


def _log(action: str, following: Following) -> None:
    """That somebody did it, and to what: nobody who reads the log learns who follows."""
    town = following.follower.municipality
    with translation.override(town.source_language):
        somebody = _("somebody")
    record_event(
        action=action,
        by=None,
        public=False,
        by_link_of=somebody,
        municipality_id=town.pk,
        record=following.row,
    )
