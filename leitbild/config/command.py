"""What all commands of `leitbild` share: progress, the state of the database, choosing rows."""

import datetime as dt
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from tqdm import tqdm

from leitbild.accounts.models import Municipality
from leitbild.config.alone import alone_at_the_structure
from leitbild.core.languages import is_servable
from leitbild.plan.document.fields import YEARS
from leitbild.plan.models import Concept
from leitbild.plan.queries.documents import current_concept

LOOKS_AGAIN_AFTER: Final = 0.5


class LeitbildCommand(BaseCommand):
    """A command for people: no options of Django's own in its help, no checks before it."""

    help: Any = ""
    requires_system_checks: Any = []
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser that explains itself in the terminal's language."""
        self.help = str(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def say(self, line: str = "") -> None:
        """Print a line and show it at once, also into a file or a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def port_number(text: str) -> int:
    """A TCP port; for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(_("“{value}” isn’t a port from 1 to 65535.").format(value=text))
    return int(text)


def worker_count(text: str) -> int:
    """A number of processes; for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 128:
        raise ArgumentTypeError(_("“{value}” isn’t a number from 1 to 128.").format(value=text))
    return int(text)


def edition_year(text: str) -> int:
    """The year of an edition; for argparse."""
    if not text.isdecimal() or not YEARS[0] <= int(text) <= YEARS[1]:
        raise ArgumentTypeError(
            _("“{value}” isn’t a year between 1900 and 2200.").format(value=text)
        )
    return int(text)


def day(text: str) -> dt.date:
    """A day; for argparse."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            _("“{value}” isn’t a day; write it as 2026-06-30.").format(value=text)
        ) from None


def language_code(text: str) -> str:
    """A language pages can be served in; for argparse."""
    if not is_servable(text):
        raise ArgumentTypeError(
            _(
                "“{value}” isn’t a language code that can be used. "
                "Codes look like de, en, ar or uk."
            ).format(value=text)
        )
    return text


def add_server_options(parser: CommandParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (127.0.0.1)"))
    parser.add_argument("--port", type=port_number, default=8000, help=_("port (8000)"))
    parser.add_argument("--workers", type=worker_count, default=1, help=_("processes (1)"))
    parser.add_argument(
        "--no-worker", action="store_true", help=_("leave mails and what is due to another worker")
    )


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the terminal, nothing elsewhere; call what it gives with done and total."""
    with tqdm(desc=label, file=sys.stderr, disable=None, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def pending_migrations() -> list[str]:
    """Steps by which the database's structure is behind this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _back in plan]


def bring_up_to_date() -> int:
    """Bring the database's structure up to date; how many steps that took.

    Where another process is at it, wait for it: then there is nothing left to do.
    """
    with alone_at_the_structure():
        steps = pending_migrations()
        if steps:
            _migrate()
        return len(steps)


def prepare_database(*, patience: float = 0) -> None:
    """Set up an empty database; refuse one of an older version, which only `serve` updates.

    `patience` are the seconds to wait for somebody to update it.
    """
    until = time.monotonic() + patience
    while not database_is_ready():
        if time.monotonic() >= until:
            raise CommandError(
                _(
                    "The database is from an older version. Back it up, then run “leitbild serve” "
                    "or “leitbild manage migrate”."
                )
            )
        time.sleep(LOOKS_AGAIN_AFTER)


def database_is_ready() -> bool:
    """Whether the database has this version's structure; an empty one is given it."""
    with alone_at_the_structure():
        if pending_migrations():
            if connection.introspection.table_names():
                return False
            _migrate()
        return True


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def database_place() -> str:
    """The database as the user knows it."""
    if settings.ENVIRONMENT.database_url:
        return "DATABASE_URL"
    return str(settings.ENVIRONMENT.data)


def chosen_municipality(slug: str | None) -> Municipality | None:
    """The named municipality or, unnamed, the only one; None if there is none."""
    towns = list(Municipality.objects.order_by("slug"))
    slugs = ", ".join(town.slug for town in towns)
    if slug:
        for town in towns:
            if town.slug == slug:
                return town
        raise CommandError(
            _("There is no municipality “{slug}”; there is: {slugs}.").format(
                slug=slug, slugs=slugs or "–"
            )
        )
    if len(towns) > 1:
        raise CommandError(
            _(
                "There are several municipalities; name the one you mean with "
                "--municipality SLUG ({slugs})."
            ).format(slugs=slugs)
        )
    return towns[0] if towns else None


def how_to_sign_in(email: str) -> str:
    """A sentence for whoever has just been given access."""
    if settings.ENVIRONMENT.mail:
        return _("{email} signs in at /office/ by a code that comes by mail.").format(email=email)
    return _(
        "{email} signs in at /office/ by a code. No mail server is set (LEITBILD_MAIL_URL), "
        "so the mail with the code lies in {folder}."
    ).format(email=email, folder=settings.MAILS)


def chosen_concept(municipality: str | None, slug: str | None) -> Concept:
    """The named edition or, unnamed, the one in force, of the municipality chosen likewise."""
    town = chosen_municipality(municipality)
    if town is None:
        raise CommandError(_("There is no concept yet; “leitbild import” takes one over."))
    if slug is None:
        concept = current_concept(town)
    else:
        concept = Concept.objects.filter(municipality=town, slug=slug).first()
    if concept is None:
        slugs = ", ".join(town.concepts.order_by("slug").values_list("slug", flat=True))
        if not slugs:
            raise CommandError(
                _("{name} has no concept yet; “leitbild import” takes one over.").format(
                    name=town.name
                )
            )
        raise CommandError(
            _("{name} has no such concept; there is: {slugs}.").format(name=town.name, slugs=slugs)
        )
    return concept


def refuse_place(output: Path, *, force: bool) -> None:
    """Stop before anything is overwritten, or written where nothing can lie."""
    if output.exists() and not force:
        raise CommandError(
            _("{file} exists already; overwrite it with --force.").format(file=output)
        )
    if not output.absolute().parent.is_dir():
        raise CommandError(
            _("There is no directory {folder}.").format(folder=output.absolute().parent)
        )
