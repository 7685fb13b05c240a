"""leitbild demo."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.models import Municipality
from leitbild.config.command import (
    LeitbildCommand,
    add_server_options,
    database_place,
    prepare_database,
    progress,
)
from leitbild.config.server import resolve, url_of
from leitbild.delivery.models import ProgressUpdate
from leitbild.demo.load import holds_demo, load_demo
from leitbild.demo.people import demo_officer, demo_sign_ins
from leitbild.demo.rounds import demo_round
from leitbild.plan.models import Measure


class Command(LeitbildCommand):
    """Fills a fresh database with the demo city and serves it."""

    help = gettext_lazy("Fill a fresh database with the demo city and serve it.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, or not at all."""
        add_server_options(parser)
        parser.add_argument("--no-serve", action="store_true", help=_("only fill the database"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load what isn't there yet; then serve."""
        if not options["no_serve"]:
            resolve(options["host"], options["port"])
        prepare_database()
        if not Municipality.objects.exists():
            self._load()
        elif not holds_demo():
            raise CommandError(
                _(
                    "{place} holds other data; the demo needs a directory of its own: "
                    "leitbild demo --data DIR."
                ).format(place=database_place())
            )
        elif options["no_serve"]:
            self.say(_("The demo city is there already."))
        if not options["no_serve"]:
            self._show_sign_ins(url_of(options["host"], options["port"]))
            served = {name: options[name] for name in ("host", "port", "workers", "no_worker")}
            call_command("serve", **served)

    def _show_sign_ins(self, url: str) -> None:
        """Print how to get in as whom; the codes come to a page instead of a mailbox."""
        settings.SHOW_MAILS = True
        town = Municipality.objects.get()
        self.say(_("The office: {url}office/ – sign in as").format(url=url))
        for each in demo_sign_ins(town):
            self.say(f"  {each.role.label:24} {each.email:28} {each.password}")
        demo_round(town, officer=demo_officer(), site=url.rstrip("/"))
        self.say(_("Mails, codes among them: {url}office/mails/").format(url=url))

    def _load(self) -> None:
        with progress(_("loading the demo city")) as show:
            town = load_demo(progress=show, today=timezone.localdate())
        self.say(
            _("Loaded {name}: {concepts} concepts, {measures} measures, {updates} updates.").format(
                name=town.name,
                concepts=town.concepts.count(),
                measures=Measure.objects.count(),
                updates=ProgressUpdate.objects.count(),
            )
        )
