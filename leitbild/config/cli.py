"""The command `leitbild`: a short help in front of Django's management commands."""

import gettext
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import django
from dj_database_url import ParseError, UnknownSchemeError
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line, load_command_class
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext_noop

from leitbild.config.environment import FaultyEnvironment
from leitbild.core.refusal import Refused

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

LOCALE: Final = Path(__file__).resolve().parent.parent / "locale"
COMMANDS: Final = {
    "demo": ("demo", gettext_noop("fill a fresh database with the demo city and serve it")),
    "serve": ("serve", gettext_noop("serve the pages")),
    "init": ("init_municipality", gettext_noop("set up a municipality")),
    "import": ("import_concept", gettext_noop("take over a concept from a file")),
    "export": ("export_concept", gettext_noop("write a concept to a file")),
    "check": ("check_installation", gettext_noop("look for what needs mending")),
}
"""What a command is called, which module does it, and what it is for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is the exit code."""
    language = chosen_language(os.environ)
    say = gettext.translation("django", LOCALE, languages=[language], fallback=True).gettext
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        rest = _with_data_taken(given, say)
    except ValueError as error:
        return _fail(str(error), USAGE)
    if not rest or rest[0] in {"help", "-h", "--help"}:
        print(_help(say))
        return OK
    if rest[0] == "--version":
        print(f"leitbild {version('leitbild')}")
        return OK
    if rest[0] not in {*COMMANDS, "manage"}:
        return _fail(
            say("There is no command “{name}”; “leitbild --help” lists them.").format(name=rest[0]),
            USAGE,
        )
    return _guarded(lambda: _run(rest, language), say)


def chosen_language(variables: "os._Environ[str] | dict[str, str]") -> str:
    """German if the terminal is set to German, English otherwise."""
    locale = next(
        (variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), ""
    )
    return "de" if locale.lower().startswith("de") else "en"


def _with_data_taken(arguments: list[str], say: Callable[[str], str]) -> list[str]:
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
            raise ValueError(say("--data needs a directory, as in --data /srv/leitbild."))
        os.environ["LEITBILD_DATA"] = folder
    return rest


def _run(arguments: list[str], language: str) -> int:
    name, *rest = arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitbild.config.settings")
    django.setup()
    with translation.override(language):
        if name == "manage":
            execute_from_command_line(["leitbild manage", *rest])
            return OK
        command = load_command_class("leitbild.config", COMMANDS[name][0])
        command._called_from_command_line = True
        options = vars(command.create_parser("leitbild", name).parse_args(rest))
        command.execute(*options.pop("args", ()), **options)
    return OK


def _guarded(run: Callable[[], int], say: Callable[[str], str]) -> int:
    """Run, and turn what went wrong into a sentence and an exit code."""
    try:
        return run()
    except (FaultyEnvironment, ImproperlyConfigured) as error:
        return _fail(str(error), FAILED)
    except Refused as error:
        return _fail("\n".join(error.reasons), FAILED)
    except CommandError as error:
        return _fail(str(error), error.returncode)
    except (ParseError, UnknownSchemeError):
        return _fail(
            say("DATABASE_URL can’t be read; write it as postgres://user:password@host/name."),
            FAILED,
        )
    except DatabaseError as error:
        reason = (str(error).splitlines() or [""])[0]
        return _fail(say("The database can’t be used: {reason}.").format(reason=reason), FAILED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _fail(say("Interrupted."), INTERRUPTED)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _help(say: Callable[[str], str]) -> str:
    names = {**{name: text for name, (_module, text) in COMMANDS.items()}}
    lines = [f"  {name:8}{say(text)}" for name, text in names.items()]
    return "\n".join(
        [
            say("Leitbild turns an integration concept into a plan that is carried out."),
            "",
            say("Usage: leitbild [--data DIR] COMMAND [OPTIONS]"),
            "",
            *lines,
            "  {:8}{}".format("manage", say("any command of Django")),
            "",
            "  {:12}{}".format("--data DIR", say("directory of the data (./data)")),
            "  {:12}{}".format("--version", say("print the version")),
            "",
            say("“leitbild COMMAND --help” lists the options of a command."),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
