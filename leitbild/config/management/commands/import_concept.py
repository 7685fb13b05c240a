"""leitbild import."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import (
    LeitbildCommand,
    chosen_municipality,
    edition_year,
    language_code,
    prepare_database,
    progress,
)
from leitbild.config.wording import change_line, row_line
from leitbild.plan.actions import ImportReport, import_concept, preview_import
from leitbild.plan.document import ConceptDocument
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.exchange import (
    FORMATS,
    Format,
    InvalidFile,
    ReadResult,
    UnreadableFile,
    read_document,
)


class Command(LeitbildCommand):
    """Takes over a concept from a file, or says what that would do."""

    help = gettext_lazy(
        "Take over a concept from a Word, Excel, OpenDocument, CSV or YAML file. What is there "
        "already is updated; nothing is doubled."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to import, and how."""
        parser.add_argument("file", type=Path, metavar="FILE", help=_("file or folder to read"))
        parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
        parser.add_argument(
            "--prune", action="store_true", help=_("remove what the file no longer has")
        )
        parser.add_argument("--municipality", metavar="SLUG", help=_("municipality to import into"))
        parser.add_argument(
            "--format",
            choices=[each.value for each in FORMATS],
            metavar="FORMAT",
            help=_("{formats}; by default what the file’s name says").format(
                formats=", ".join(FORMATS)
            ),
        )
        parser.add_argument(
            "--edition",
            type=edition_year,
            metavar="YEAR",
            help=_("year of the concept, if not in the file"),
        )
        parser.add_argument(
            "--language",
            type=language_code,
            metavar="CODE",
            help=_("language of the texts, if not in the file (de)"),
        )
        parser.add_argument(
            "--draft", action="store_true", help=_("don’t show the concept to readers yet")
        )
        parser.add_argument(
            "--reason",
            default="",
            metavar="TEXT",
            help=_("why an adopted text changes; readers see it beside the change"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, then write or preview."""
        prepare_database()
        result = self._read(options)
        document = _as_draft(result.document) if options["draft"] else result.document
        slug = options["municipality"]
        given = {
            "document": document,
            "municipality": chosen_municipality(slug) if slug else None,
            "prune": options["prune"],
            "partial": result.format is Format.DOCX,
            "unplaced": result.unplaced,
        }
        if options["dry_run"]:
            report = preview_import(**given)
        else:
            with progress(_("writing")) as show:
                report = import_concept(**given, by=None, progress=show, reason=options["reason"])
        self._tell(report, dry=options["dry_run"])

    def _read(self, options: dict[str, Any]) -> ReadResult:
        try:
            with progress(_("reading")) as show:
                return read_document(
                    options["file"],
                    format=Format(options["format"]) if options["format"] else None,
                    language=options["language"],
                    edition=options["edition"],
                    progress=show,
                )
        except UnreadableFile as error:
            raise CommandError(error.message) from None
        except InvalidFile as error:
            raise CommandError("\n".join(_refusal(error, options["file"]))) from None

    def _tell(self, report: ImportReport, *, dry: bool) -> None:
        if dry:
            self._lines("+", [row_line(row) for row in report.created])
            self._lines("~", [change_line(change) for change in report.changes])
        self._lines("-", [row_line(row) for row in report.removed])
        self._section(
            _("Not in the file, kept (--prune removes it):"), map(row_line, report.missing)
        )
        self._section(_("No place was found for:"), map(str, report.unplaced))
        for note in report.notes:
            self.say(note)
        if dry and report.needs_reason:
            self.say(_("This text was adopted: the import needs a --reason, which readers see."))
        self.say(_summary(report, dry=dry))

    def _section(self, title: str, lines: Any) -> None:
        if found := list(lines):
            self.say(title)
            self._lines(" ", found)

    def _lines(self, sign: str, lines: list[str]) -> None:
        for line in lines:
            self.say(f"{sign} {line}")


def _refusal(error: InvalidFile, file: Path) -> Iterator[str]:
    yield from map(str, error.problems)
    if error.unplaced:
        yield _("No place was found for:")
        yield from (f"  {each}" for each in error.unplaced)
    count = len(error.problems)
    yield ngettext(
        "Nothing was imported: {count} error in {file}.",
        "Nothing was imported: {count} errors in {file}.",
        count,
    ).format(count=count, file=file)


def _as_draft(document: ConceptDocument) -> ConceptDocument:
    concept = document.concept.model_copy(update={"status": ConceptStatus.DRAFT})
    return document.model_copy(update={"concept": concept})


def _summary(report: ImportReport, *, dry: bool) -> str:
    place = f"{report.municipality}/{report.concept}"
    if report.is_empty:
        return _("{place} holds all of it already; nothing to change.").format(place=place)
    sentence = (
        _(
            "Dry run, nothing written: {place} would get {created} new, {changed} changed, "
            "{removed} removed."
        )
        if dry
        else _("Imported {place}: {created} new, {changed} changed, {removed} removed.")
    )
    return sentence.format(place=place, **report.counts)
