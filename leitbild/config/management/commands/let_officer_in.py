"""leitbild officer."""

from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.actions import let_back_in
from leitbild.config.command import (
    LeitbildCommand,
    chosen_municipality,
    how_to_sign_in,
    prepare_database,
)


class Command(LeitbildCommand):
    """The way in where nobody else can invite any more."""

    help = gettext_lazy(
        "Make somebody integration officer. Whoever is officer already is let back in: password, "
        "passkeys and authenticator app are forgotten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where."""
        parser.add_argument("email", metavar="EMAIL", help=_("e-mail address to sign in with"))
        parser.add_argument("--name", metavar="NAME", help=_("the officer’s name"))
        parser.add_argument(
            "--municipality", metavar="SLUG", help=_("municipality, if there are several")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Let them in and say how."""
        prepare_database()
        town = chosen_municipality(options["municipality"])
        if town is None:
            raise CommandError(_("There is no municipality yet; “leitbild init” sets one up."))
        held = let_back_in(
            municipality=town, email=options["email"], name=options["name"] or "", by=None
        )
        self.say(
            _("{email} is integration officer of {name}.").format(
                email=held.user.email, name=town.name
            )
        )
        self.say(how_to_sign_in(held.user.email))
