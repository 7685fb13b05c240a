"""Writing municipalities and the names they answer under."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.actions.addresses import email_obstacles
from leitbild.accounts.models import HostName, Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.languages import is_servable
from leitbild.core.pagecache import bump
from leitbild.core.refusal import Refused

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"(\d{8})?")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def municipality_obstacles(
    *, slug: str, key: str, languages: Sequence[str], hosts: Sequence[str]
) -> list[str]:
    """Why a municipality can't have these values beside the ones there are."""
    others = Municipality.objects.exclude(slug=slug)
    reasons = []
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        reasons.append(
            _("“{slug}” can’t stand in an address; use small letters, digits and hyphens.").format(
                slug=slug
            )
        )
    if not KEY.fullmatch(key):
        reasons.append(_("The municipality key “{key}” doesn’t have 8 digits.").format(key=key))
    if key and (holder := others.filter(key=key).first()):
        reasons.append(
            _("The municipality key {key} already belongs to {name}.").format(
                key=key, name=holder.name
            )
        )
    reasons.extend(_language_obstacles(languages))
    reasons.extend(_host_obstacles(slug, hosts))
    return reasons


def _language_obstacles(languages: Sequence[str]) -> list[str]:
    if not languages:
        return [_("A municipality needs at least one language.")]
    return [
        _("“{code}” is not a known language code.").format(code=code)
        for code in languages
        if not is_servable(code)
    ]


def _host_obstacles(slug: str, hosts: Sequence[str]) -> list[str]:
    reasons = [
        _("“{host}” is not a host name.").format(host=host)
        for host in hosts
        if not HOST.fullmatch(host) or len(host) > 253
    ]
    taken = HostName.objects.filter(name__in=hosts).exclude(municipality__slug=slug)
    reasons.extend(
        _("The host name {host} already belongs to {name}.").format(
            host=each.name, name=each.municipality.name
        )
        for each in taken.select_related("municipality")
    )
    return reasons


@transaction.atomic
def create_municipality(
    *,
    slug: str,
    name: str,
    languages: Sequence[str],
    by: User | None,
    key: str = "",
    hosts: Sequence[str] = (),
    contact_email: str = "",
) -> Municipality:
    """A new municipality; the first language is the one its texts are written in."""
    hosts = [host.lower() for host in hosts]
    reasons = municipality_obstacles(slug=slug, key=key, languages=languages, hosts=hosts)
    if Municipality.objects.filter(slug=slug).exists():
        reasons.append(_("There is a municipality “{slug}” already.").format(slug=slug))
    if not name.strip():
        reasons.append(_("A municipality needs a name."))
    reasons.extend(email_obstacles(contact_email))
    if reasons:
        raise Refused(reasons)
    municipality = Municipality.objects.create(
        slug=slug,
        name=name.strip(),
        key=key,
        languages=list(dict.fromkeys(languages)),
        contact_email=contact_email,
    )
    set_hosts(municipality=municipality, hosts=hosts)
    # Until now another one may have answered under every name.
    bump(None)
    record_event(
        action="municipality.create",
        by=by,
        municipality_id=municipality.pk,
        record=municipality,
        changes={"slug": slug, "name": municipality.name},
    )
    return municipality


@transaction.atomic
def set_hosts(*, municipality: Municipality, hosts: Sequence[str]) -> None:
    """Let the portal answer under these host names and no others; part of other actions."""
    if [host.name for host in municipality.hosts.all()] == list(hosts):
        return
    municipality.hosts.all().delete()
    HostName.objects.bulk_create(HostName(municipality=municipality, name=name) for name in hosts)
    # A name may have been another one's before.
    bump(None)
