"""leitbild worker."""

from argparse import SUPPRESS
from typing import Any, Final

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.config.command import LeitbildCommand, database_is_ready, prepare_database
from leitbild.config.periodic import JOBS
from leitbild.config.worker import Worker

PATIENCE: Final = 60.0
"""Seconds a server that starts beside it may take to bring the database up to date."""


class Command(LeitbildCommand):
    """Sends mails and does what is due, until Ctrl-C."""

    help = gettext_lazy("Send mails and do what is due; “leitbild serve” does it by itself.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The server that starts it names itself: the worker ends with it."""
        parser.add_argument("--server", type=int, help=SUPPRESS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until asked to end."""
        if options["server"] is not None:
            Worker(JOBS, server=options["server"]).run()
            return
        if not database_is_ready():
            self.say(
                _(
                    "The database is from an older version; waiting for “leitbild serve” to "
                    "update it."
                )
            )
            prepare_database(patience=PATIENCE)
        self.say(_("Working – stop it with Ctrl-C."))
        Worker(JOBS).run()
        self.say(_("Stopped."))
