"""leitbild seed."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import LeitbildCommand, prepare_database, progress
from leitbild.demo.seeding import Seeded, seed


class Command(LeitbildCommand):
    """Fills a database with many made-up municipalities, to see what grows with them."""

    help = gettext_lazy(
        "Fill a database with many made-up municipalities, always the same ones, to try out how "
        "the software does with them. Those that are there already stay; only missing ones are "
        "made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many of what."""
        parser.add_argument(
            "--municipalities",
            type=whole_number,
            required=True,
            metavar="NUMBER",
            help=_("how many municipalities there shall be in the end"),
        )
        parser.add_argument(
            "--measures",
            type=whole_number,
            default=60,
            metavar="NUMBER",
            help=_("measures of each municipality (60)"),
        )
        parser.add_argument(
            "--updates",
            type=whole_number,
            default=20,
            metavar="NUMBER",
            help=_("progress updates of each measure (20)"),
        )
        parser.add_argument(
            "--languages",
            type=language_list,
            default=["de"],
            metavar="CODES",
            help=_("languages, the one they write in first, as in de,ar,uk (de)"),
        )
        parser.add_argument(
            "--from",
            type=whole_number,
            default=1,
            dest="first",
            metavar="NUMBER",
            help=_("number of the first municipality (1)"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make what is missing, and say how much that was."""
        prepare_database()
        with progress(_("making municipalities")) as show:
            made = seed(
                municipalities=options["municipalities"],
                measures=options["measures"],
                updates=options["updates"],
                languages=options["languages"],
                first=options["first"],
                today=timezone.localdate(),
                progress=show,
            )
        self.say(_summary(made))


def _summary(made: Seeded) -> str:
    if not made.municipalities:
        return _("All these municipalities are there already; nothing was made.")
    return ngettext(
        "Made: {municipalities} municipality, {measures} measures, {updates} updates.",
        "Made: {municipalities} municipalities, {measures} measures, {updates} updates.",
        made.municipalities,
    ).format(municipalities=made.municipalities, measures=made.measures, updates=made.updates)


def whole_number(text: str) -> int:
    """A number; for argparse. How large it may be, seeding knows."""
    if not text.isdecimal():
        raise ArgumentTypeError(_("“{value}” isn’t a whole number.").format(value=text))
    return int(text)


def language_list(text: str) -> list[str]:
    """Language codes; for argparse."""
    return [each.strip() for each in text.split(",")]
