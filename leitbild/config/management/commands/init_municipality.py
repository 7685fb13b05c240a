"""leitbild init."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from django.core.management import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.actions import create_officer, municipality_obstacles
from leitbild.accounts.actions.addresses import email_obstacles
from leitbild.accounts.models import Municipality
from leitbild.config.command import (
    LeitbildCommand,
    how_to_sign_in,
    language_code,
    prepare_database,
)
from leitbild.plan.actions import found_municipality
from leitbild.plan.exchange.slugs import slug_of

# Nobody's short name: the other answers are checked one by one, before and after it is known.
_NOBODY: Final = "0" * 80
Check: TypeAlias = Callable[[str], list[str]]


class Command(LeitbildCommand):
    """Sets up a municipality; asks for what isn't given."""

    help = gettext_lazy("Set up a municipality. What you don’t give as an option is asked for.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Everything that could be asked."""
        parser.add_argument("--name", help=_("name, as in Kaiserslautern"))
        parser.add_argument("--slug", help=_("short name for addresses and files"))
        parser.add_argument("--key", metavar="AGS", help=_("official key of 8 digits"))
        parser.add_argument(
            "--language",
            action="append",
            type=language_code,
            metavar="CODE",
            help=_("language of the pages, the one you write in first; repeat for more (de)"),
        )
        parser.add_argument(
            "--host",
            action="append",
            metavar="NAME",
            help=_("host name of the pages, needed with several municipalities; repeat for more"),
        )
        parser.add_argument("--email", help=_("e-mail address readers can write to"))
        parser.add_argument(
            "--officer", metavar="EMAIL", help=_("e-mail address of the integration officer")
        )
        parser.add_argument("--officer-name", metavar="NAME", help=_("the officer’s name"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, then set up."""
        interactive = sys.stdin.isatty() and not options["name"]
        if not interactive and not options["name"]:
            raise CommandError(_("Give the municipality’s name with --name."), returncode=2)
        prepare_database()
        if interactive:
            self._ask(options)
        town = self._set_up(options)
        self.say(
            _("{name} is set up ({slug}); “leitbild import FILE” takes over its concept.").format(
                name=town.name, slug=town.slug
            )
        )
        if options["officer"]:
            self.say(how_to_sign_in(options["officer"]))

    @transaction.atomic
    def _set_up(self, options: dict[str, Any]) -> Municipality:
        town = found_municipality(
            slug=options["slug"] or slug_of(options["name"]),
            name=options["name"],
            languages=options["language"] or ["de"],
            key=options["key"] or "",
            hosts=options["host"] or [],
            contact_email=options["email"] or "",
            by=None,
        )
        if options["officer"]:
            create_officer(
                municipality=town,
                email=options["officer"],
                name=options["officer_name"] or "",
                by=None,
            )
        return town

    def _ask(self, options: dict[str, Any]) -> None:
        """Ask for what isn't given; an option that can't be taken is asked for as well."""
        options["name"] = self._answer(_("Name of the municipality"), "", _name_obstacles)
        options["slug"] = self._answer(
            _("Short name for addresses"),
            slug_of(options["name"]),
            _slug_obstacles,
            given=options["slug"],
        )
        options["key"] = self._answer(
            _("Official key (AGS), if you know it"), "", _key_obstacles, given=options["key"]
        )
        options["language"] = options["language"] or _codes(
            self._answer(
                _("Languages, the one you write in first"),
                "de en",
                lambda text: _obstacles(languages=_codes(text)),
            )
        )
        options["email"] = self._answer(
            _("E-mail address readers can write to"), "", email_obstacles, given=options["email"]
        )
        options["officer"] = self._answer(
            _("E-mail address of the integration officer, if you know it"),
            "",
            email_obstacles,
            given=options["officer"],
        )

    def _answer(
        self, question: str, default: str, obstacles: Check, *, given: str | None = None
    ) -> str:
        """The first answer that can be taken; each other one is met with the reason."""
        shown = f"{question} [{default}]: " if default else f"{question}: "
        while True:
            try:
                answer = given or input(shown).strip() or default
            except EOFError:
                raise CommandError(_("Nothing was set up.")) from None
            reasons = obstacles(answer)
            if not reasons:
                return answer
            given = None
            for reason in reasons:
                self.say(reason)


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _obstacles(
    *, slug: str = _NOBODY, key: str = "", languages: Sequence[str] = ("de",)
) -> list[str]:
    return municipality_obstacles(slug=slug, key=key, languages=languages, hosts=[])


def _name_obstacles(name: str) -> list[str]:
    return [] if name else [_("A municipality needs a name.")]


def _slug_obstacles(slug: str) -> list[str]:
    if Municipality.objects.filter(slug=slug).exists():
        return [_("There is a municipality “{slug}” already.").format(slug=slug)]
    return _obstacles(slug=slug)


def _key_obstacles(key: str) -> list[str]:
    return _obstacles(key=key)
