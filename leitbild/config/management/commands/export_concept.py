"""leitbild export."""

from pathlib import Path
from typing import Any, Final

from django.core.management import CommandError, CommandParser
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitbild.config.command import (
    LeitbildCommand,
    chosen_concept,
    language_code,
    prepare_database,
    refuse_place,
)
from leitbild.plan.exchange import (
    FORMATS,
    Format,
    UnreadableFile,
    format_of,
    write_document,
    write_template,
)
from leitbild.plan.queries.documents import concept_document

TEMPLATES: Final = (Format.XLSX, Format.ODS)


class Command(LeitbildCommand):
    """Writes a concept, or an empty template, to a file."""

    help = gettext_lazy(
        "Write a concept to a file that “leitbild import” can read, or an empty template to "
        "fill in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to write, and where."""
        parser.add_argument(
            "-o", "--output", type=Path, required=True, metavar="FILE", help=_("file to write")
        )
        parser.add_argument(
            "--format",
            choices=[each.value for each in FORMATS],
            metavar="FORMAT",
            help=_("{formats}; by default what the file’s name says").format(
                formats=", ".join(FORMATS)
            ),
        )
        parser.add_argument(
            "--concept", metavar="SLUG", help=_("which edition; by default the current one")
        )
        parser.add_argument("--municipality", metavar="SLUG", help=_("whose concept"))
        parser.add_argument(
            "--template",
            choices=[each.value for each in TEMPLATES],
            metavar="FORMAT",
            help=_("write an empty template in this format instead"),
        )
        parser.add_argument(
            "--language",
            type=language_code,
            metavar="CODE",
            help=_("language of the template’s headings"),
        )
        parser.add_argument(
            "--force", action="store_true", help=_("overwrite the file if it exists")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the one or the other."""
        output = options["output"]
        refuse_place(output, force=options["force"])
        try:
            if options["template"]:
                language = options["language"] or get_language() or "de"
                write_template(output, format=Format(options["template"]), language=language)
                self.say(_("Wrote an empty template to {file}.").format(file=output))
                return
            self._export(output, options)
        except UnreadableFile as error:
            raise CommandError(error.message) from None
        except OSError as error:
            raise CommandError(
                _("{file} can’t be written: {reason}.").format(file=output, reason=error.strerror)
            ) from None

    def _export(self, output: Path, options: dict[str, Any]) -> None:
        chosen = Format(options["format"]) if options["format"] else _format_named(output)
        prepare_database()
        concept = chosen_concept(options["municipality"], options["concept"])
        document = concept_document(concept)
        write_document(document, output, format=chosen)
        self.say(
            _(
                "Wrote {title} to {file} (themes: {themes}, goals: {goals}, measures: {measures})."
            ).format(
                title=concept.title,
                file=output,
                themes=len(document.themes),
                goals=len(document.goals),
                measures=len(document.measures),
            )
        )


def _format_named(output: Path) -> Format:
    """The format a file's name says; which there are, where it says none of them."""
    try:
        return format_of(output)
    except UnreadableFile:
        # That sentence tells how to make such a file readable, which there is nothing of yet.
        raise CommandError(
            _(
                "A concept isn’t written to files ending in {suffix}. Possible are .xlsx, .ods, "
                ".docx, .yaml, .json and a folder or .zip of CSV files."
            ).format(suffix=output.suffix)
        ) from None
