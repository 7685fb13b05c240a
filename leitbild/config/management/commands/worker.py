"""leitbild worker."""

from argparse import SUPPRESS
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.config.command import LeitbildCommand, prepare_database
from leitbild.config.periodic import JOBS
from leitbild.config.worker import Worker


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
        prepare_database()
        self.say(_("Working – stop it with Ctrl-C."))
        Worker(JOBS).run()
        self.say(_("Stopped."))
