"""The command `leitbild`: a short help in front of Django's management commands."""

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from gettext import bindtextdomain, textdomain
from gettext import translation as catalogue
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import django
from dj_database_url import ParseError
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line, load_command_class
from django.db import DatabaseError
from django.utils import translation

from leitbild.config.environment import FaultyEnvironment
from leitbild.core.refusal import Refused

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130


def gettext_noop(message: str) -> str:
    """Mark a message for translation; Django's own needs settings, which may be faulty."""
    return message


LOCALE: Final = Path(__file__).resolve().parent.parent / "locale"
COMMANDS: Final = {
    "demo": ("demo", gettext_noop("fill a fresh database with the demo city and serve it")),
    "seed": ("seed", gettext_noop("fill a database with many made-up municipalities")),
    "serve": ("serve", gettext_noop("serve the pages")),
    "worker": ("worker", gettext_noop("send mails and do what is due, on a node of its own")),
    "init": ("init_municipality", gettext_noop("set up a municipality")),
    "officer": (
        "let_officer_in",
        gettext_noop("make somebody integration officer, or let them back in"),
    ),
    "import": ("import_concept", gettext_noop("take over a concept from a file")),
    "export": ("export_concept", gettext_noop("write a concept to a file")),
    "report": (
        "report_on_delivery",
        gettext_noop("write the report to the council to a file"),
    ),
    "tidy": ("tidy", gettext_noop("remove for good what was deleted long ago")),
    "check": ("check_installation", gettext_noop("look for what needs mending")),
}
"""What a command is called, which module does it, and what it is for."""
ARGPARSE: Final = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("expected one argument"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
)
"""What Python's argparse says; it looks its words up in the catalogue `_run` names."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that doesn't know our quotation marks shall see “?”, not a traceback.
        sys.stdout.reconfigure(errors="replace")
    try:
        rest = _with_data_taken(given)
    except ValueError as error:
        return _fail(str(error), USAGE)
    if not rest or rest[0] in {"help", "-h", "--help"}:
        print(_help())
        return OK
    if rest[0] == "--version":
        print(f"leitbild {version('leitbild')}")
        return OK
    if rest[0] not in {*COMMANDS, "manage"}:
        return _fail(
            _("There is no command “{name}”; “leitbild --help” lists them.").format(name=rest[0]),
            USAGE,
        )
    return _guarded(lambda: _run(rest))


def chosen_language(variables: Mapping[str, str]) -> str:
    """German if the terminal is set to German, English otherwise."""
    locale = next(
        (variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), ""
    )
    return "de" if locale.lower().startswith("de") else "en"


def _(message: str) -> str:
    """The message in the terminal's language; works before, and without, Django's settings."""
    languages = [chosen_language(os.environ)]
    return catalogue("django", LOCALE, languages=languages, fallback=True).gettext(message)


def _with_data_taken(arguments: list[str]) -> list[str]:
    """Set the data directory from `--data DIR`, wherever it stands; the other arguments."""
    rest: list[str] = []
    queue = iter(arguments)
    for argument in queue:
        name, equals, value = argument.partition("=")
        if name != "--data":
            rest.append(argument)
            continue
        folder = value if equals else next(queue, "")
        if not folder:
            raise ValueError(_("--data needs a directory, as in --data /srv/leitbild."))
        os.environ["LEITBILD_DATA"] = folder
    return rest


def _run(arguments: list[str]) -> int:
    name, *rest = arguments
    _teach_argparse()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitbild.config.settings")
    django.setup()
    with translation.override(chosen_language(os.environ)):
        if name == "manage":
            execute_from_command_line(["leitbild manage", *rest])
            return OK
        command: Any = load_command_class("leitbild.config", COMMANDS[name][0])
        command._called_from_command_line = True
        options = vars(command.create_parser("leitbild", name).parse_args(rest))
        command.execute(*options.pop("args", ()), **options)
    return OK


def _teach_argparse() -> None:
    """Let argparse find its words in our catalogue, in the language the rest speaks."""
    os.environ["LANGUAGE"] = chosen_language(os.environ)
    bindtextdomain("django", LOCALE)
    textdomain("django")


def _guarded(run: Callable[[], int]) -> int:
    """Run, and turn what went wrong into a sentence and an exit code."""
    try:
        return run()
    except (FaultyEnvironment, ImproperlyConfigured) as error:
        return _fail(str(error), FAILED)
    except Refused as error:
        return _fail("\n".join(error.reasons), FAILED)
    except CommandError as error:
        return _fail(str(error), error.returncode)
    except ParseError:
        return _fail(
            _("DATABASE_URL can’t be read; write it as postgres://user:password@host/name."),
            FAILED,
        )
    except DatabaseError as error:
        reason = (str(error).splitlines() or [""])[0]
        return _fail(_("The database can’t be used: {reason}.").format(reason=reason), FAILED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        return _fail(_unusable(error), FAILED)
    except KeyboardInterrupt:
        return _fail(_("Interrupted."), INTERRUPTED)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)


def _unusable(error: OSError) -> str:
    """Why a file, the disk or a server can't be used, in the terminal's language if we know."""
    reasons = {
        errno.EACCES: _("permission denied"),
        errno.EROFS: _("nothing can be written here"),
        errno.ENOSPC: _("the disk is full"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    known = reasons.get(error.errno or 0)
    if error.filename is None and known is None:
        # It isn't about a file: a server that can't be reached, or refuses.
        reason = (error.strerror or str(error)).rstrip(".")
        return _("That did not work: {reason}.").format(reason=reason)
    reason = known or error.strerror or str(error)
    return _("{name} can’t be used: {reason}.").format(
        name=error.filename or _("The disk"), reason=reason
    )


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _help() -> str:
    lines = [f"  {name:8}{_(purpose)}" for name, (_module, purpose) in COMMANDS.items()]
    return "\n".join(
        [
            _("Leitbild turns an integration concept into a plan that is carried out."),
            "",
            _("Usage: leitbild [--data DIR] COMMAND [OPTIONS]"),
            "",
            *lines,
            "  {:8}{}".format("manage", _("any command of Django")),
            "",
            "  {:12}{}".format("--data DIR", _("directory of the data (./data)")),
            "  {:12}{}".format("--version", _("print the version")),
            "",
            _("“leitbild COMMAND --help” lists the options of a command."),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
