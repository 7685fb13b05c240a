"""leitbild serve."""

from typing import Any

from django.core.management import CommandParser, call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import (
    LeitbildCommand,
    add_server_options,
    bring_up_to_date,
)
from leitbild.config.companion import Companion
from leitbild.config.server import refresh_static_files, resolve, serve
from leitbild.plan.actions.bin import empty_bin


class Command(LeitbildCommand):
    """Serves the pages until Ctrl-C."""

    help = gettext_lazy("Serve the pages; the database is brought up to date first.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and with how many processes."""
        add_server_options(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare, serve, end."""
        address = resolve(options["host"], options["port"])
        if steps := bring_up_to_date():
            self.say(
                ngettext(
                    "The database was updated ({count} step).",
                    "The database was updated ({count} steps).",
                    steps,
                ).format(count=steps)
            )
        call_command("clearsessions")
        empty_bin()
        if refresh_static_files():
            self.say(_("The static files were renewed."))
        # Said later by another thread, which doesn't know the language.
        answers = _("Leitbild answers at {url} – stop it with Ctrl-C.")
        serve(
            address=address,
            port=options["port"],
            workers=options["workers"],
            companion=None if options["no_worker"] else Companion(),
            ready=lambda url: self.say(answers.format(url=url)),
        )
        self.say(_("Stopped."))
