"""What may need mending in an installation, each with the way to mend it."""

import datetime as dt
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import HostName, Membership, Municipality
from leitbild.config.command import pending_migrations
from leitbild.config.environment import KEY_FILE
from leitbild.core.colour import failing_pairs
from leitbild.core.enums import MailState
from leitbild.core.languages import is_servable
from leitbild.core.mail import NotSent, reach
from leitbild.core.models import PostedMail, Translatable, Translation
from leitbild.core.outbox import STUCK
from leitbild.core.queries import digest
from leitbild.plan.models import Publication, Theme
from leitbild.plan.queries.verification import verify

SLICE: Final = 5_000
TRIED: Final = b"leitbild check\n"
LATE: Final = dt.timedelta(minutes=15)
"""A mail that waits longer than it should by this is nobody's: workers look once a minute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; only errors keep the installation from working."""

    is_error: bool
    what: str
    remedy: str


def inspection() -> Iterator[Finding]:
    """Everything that could be found, errors of the structure before those of the content."""
    yield from _framework()
    yield from _secret_key()
    yield from _data_directory()
    yield from _shown_mails()
    yield from _store()
    if steps := pending_migrations():
        yield Finding(
            True,
            _("Steps by which the database is behind this version: {count}.").format(
                count=len(steps)
            ),
            _("Run “leitbild manage migrate”, or “leitbild serve”, which does it too."),
        )
        return
    yield from _hosts()
    yield from _mail()
    yield from _outbox()
    yield from _following()
    yield from _languages()
    yield from _contrast()
    yield from _translations()
    yield from _publications()


def _framework() -> Iterator[Finding]:
    for message in run_checks():
        if message.level >= WARNING and not message.is_silenced():
            yield Finding(
                message.level >= ERROR, f"{message.id}: {message.msg}", message.hint or ""
            )


def _secret_key() -> Iterator[Finding]:
    file = settings.ENVIRONMENT.data / KEY_FILE
    if not file.exists():
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        yield Finding(
            True,
            _("Others than the owner can read the secret key ({mode}).").format(mode=f"{mode:o}"),
            f"chmod 600 {file}",
        )


def _data_directory() -> Iterator[Finding]:
    data = settings.ENVIRONMENT.data
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & stat.S_IRWXO:
        yield Finding(
            False,
            _("Everybody on this computer can look into the data directory ({mode}).").format(
                mode=f"{mode:o}"
            ),
            f"chmod o= {data}",
        )


def _shown_mails() -> Iterator[Finding]:
    if settings.ENVIRONMENT.show_mails:
        yield Finding(
            True,
            _("Everybody can read this installation’s mails, and sign in with the codes in them."),
            _("Leave LEITBILD_SHOW_MAILS out."),
        )


def _store() -> Iterator[Finding]:
    """Everything that is done with uploaded files, tried with one that goes again."""
    if settings.ENVIRONMENT.store is None:
        return
    try:
        name = default_storage.save("check/file", ContentFile(TRIED))
        with default_storage.open(name) as file:
            is_same = file.read() == TRIED
        default_storage.listdir("check")
        default_storage.delete(name)
    except OSError as error:
        is_same, what = False, str(error)
    else:
        what = _("The store of files doesn’t give back what it was given.")
    if not is_same:
        yield Finding(
            True,
            what,
            _(
                "See that LEITBILD_STORAGE_URL names a bucket that is there, and a key that may "
                "list it and write, read and delete in it."
            ),
        )


def _mail() -> Iterator[Finding]:
    """Whether mails are sent, and whether the mail server lets us in; it is sent none."""
    if settings.ENVIRONMENT.mail is None:
        if Membership.objects.exists():
            yield Finding(
                False,
                _(
                    "Mails are not sent but kept in {folder}, invitations and codes among them."
                ).format(folder=settings.MAILS),
                _("Set LEITBILD_MAIL_URL and LEITBILD_MAIL_FROM."),
            )
        return
    try:
        reach().close()
    except NotSent as error:
        yield Finding(
            True,
            _("The mail server can’t be used: {reason}.").format(reason=str(error).rstrip(".")),
            _(
                "See that LEITBILD_MAIL_URL names it and the password, and that this machine "
                "trusts its certificate."
            ),
        )


def _outbox() -> Iterator[Finding]:
    """Mails nobody takes along, and those that wait for a person."""
    late = timezone.now() - LATE
    waiting = PostedMail.objects.filter(state=MailState.WAITING, next_attempt_at__lt=late).count()
    if waiting:
        yield Finding(
            True,
            _("Mails that should have left: {count}.").format(count=waiting),
            _(
                "Start “leitbild serve” or “leitbild worker”; if one of them runs, have the mail "
                "server checked."
            ),
        )
    stuck = PostedMail.objects.filter(state__in=STUCK).exclude(text="").count()
    if stuck:
        yield Finding(
            False,
            _("Mails that did not leave: {count}.").format(count=stuck),
            _("The integration officer sends them again or gives them up, in the office."),
        )


def _following() -> Iterator[Finding]:
    """A municipality that could send mails to followers, if it were known under which name."""
    if settings.ENVIRONMENT.mail is None:
        return
    for town in Municipality.objects.filter(hosts=None).order_by("slug"):
        yield Finding(
            False,
            _("Nobody can follow {name} by e-mail, because it has no host name.").format(
                name=town.name
            ),
            _("Add “hosts” to the municipality in its file and import it again."),
        )


def _hosts() -> Iterator[Finding]:
    towns = list(Municipality.objects.order_by("slug"))
    if len(towns) < 2:
        return
    named = set(HostName.objects.values_list("municipality_id", flat=True))
    for town in towns:
        if town.pk not in named:
            yield Finding(
                True,
                _("{name} is one of several municipalities and has no host name.").format(
                    name=town.name
                ),
                _("Add “hosts” to the municipality in its file and import it again."),
            )


def _languages() -> Iterator[Finding]:
    for town in Municipality.objects.order_by("slug"):
        for code in town.languages:
            if not is_servable(code):
                yield Finding(
                    True,
                    _("{name} has pages in “{code}”, which is not a known language code.").format(
                        name=town.name, code=code
                    ),
                    _("Correct “languages” of the municipality in its file and import it again."),
                )


def _contrast() -> Iterator[Finding]:
    colours: dict[int, dict[str, str]] = {}
    themes = Theme.objects.order_by("concept", "position", "number").select_related("concept")
    for theme in themes.only("number", "name", "colour", "concept__slug", "concept__municipality"):
        own = colours.setdefault(theme.concept.municipality_id, {})
        own[f"{theme.concept.slug}/{theme}"] = theme.colour
    for town in Municipality.objects.order_by("slug"):
        for pair in failing_pairs(town.tokens, colours.get(town.pk, {})):
            yield Finding(
                True,
                _(
                    "{town}, {name}: {foreground} on {background} has a contrast of {ratio}:1."
                ).format(
                    town=town.name,
                    name=pair.name,
                    foreground=pair.foreground,
                    background=pair.background,
                    ratio=pair.shown_ratio,
                ),
                _("Choose a colour with at least 4.5:1 in the file and import it again."),
            )


def _translations() -> Iterator[Finding]:
    """Translations without a row, and those older than their source."""
    models = {
        model.record_name(): model for model in apps.get_models() if issubclass(model, Translatable)
    }
    orphans, outdated = Counter[str](), Counter[tuple[str, str]]()
    for record in (
        Translation.objects.order_by("record").values_list("record", flat=True).distinct()
    ):
        for texts in _in_slices(record):
            sources = _sources(models.get(record), {pk for pk, *_text in texts})
            for pk, field, language, source in texts:
                if (pk, field) not in sources:
                    orphans[record] += 1
                elif digest(sources[pk, field]) != source:
                    outdated[record, language] += 1
    for record, count in orphans.items():
        yield Finding(
            False,
            _("Translations of {record} that belong to nothing: {count}.").format(
                count=count, record=record
            ),
            _("They show nowhere. Please report how it came about."),
        )
    for (record, language), count in outdated.items():
        yield Finding(
            False,
            _(
                "Translations of {record} into “{language}” that are older than their source: "
                "{count}."
            ).format(count=count, record=record, language=language),
            _("Have them looked over and import them again."),
        )


def _publications() -> Iterator[Finding]:
    """Whatever the council got and is no longer as it got it."""
    rows = Publication.objects.select_related("concept__municipality", "decision").defer("pdf")
    for publication in rows.order_by("concept_id", "number"):
        for fault in verify(publication):
            yield Finding(
                True,
                _("{town}, “{slug}”, publication {number}, {record}: {what}").format(
                    town=publication.concept.municipality.name,
                    slug=publication.concept.slug,
                    number=publication.number,
                    record=fault.record,
                    what=fault.what,
                ),
                _("Put the database back from a backup in which it is sound."),
            )


def _in_slices(record: str) -> Iterator[list[tuple[int, str, str, str]]]:
    """The translations of a kind of row, some thousands at a time: there may be millions."""
    every = Translation.objects.filter(record=record).order_by("record_id")
    fields = ("record_id", "field", "language", "source_digest")
    last = -1
    while True:
        rest = every.filter(record_id__gt=last)
        # No row's texts are torn apart.
        end = rest.values_list("record_id", flat=True)[SLICE : SLICE + 1].first()
        some = rest if end is None else rest.filter(record_id__lte=end)
        yield list(some.values_list(*fields))
        if end is None:
            return
        last = end


def _sources(model: type[Translatable] | None, ids: set[int]) -> dict[tuple[int, str], str]:
    """The source texts of these rows, by row and field."""
    if model is None:
        return {}
    fields = model.translatable
    rows: Any = model._default_manager.filter(pk__in=ids).values_list("pk", *fields)
    return {
        (pk, field): text for pk, *texts in rows for field, text in zip(fields, texts, strict=True)
    }
