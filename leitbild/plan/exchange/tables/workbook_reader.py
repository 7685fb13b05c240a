"""Reads the sheets of Excel and OpenDocument files."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from leitbild.plan.exchange.archives import packed
from leitbild.plan.exchange.guards import encrypted_file, open_archive, refuse_entities
from leitbild.plan.exchange.problems import UnreadableFile
from leitbild.plan.exchange.tables.sheet import Sheet
from leitbild.plan.exchange.tables.survey import Survey
from leitbild.plan.exchange.tables.survey_ods import survey_spreadsheet
from leitbild.plan.exchange.tables.survey_xlsx import survey_workbook

# The reader drops these two signs of OpenDocument.
_TAB: Final = re.compile(rb"<text:tab\b[^>]*/>")
_BREAK: Final = re.compile(rb"<text:line-break\b[^>]*/>")


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of an .xlsx or .ods file."""
    entries = open_archive(path)
    refuse_entities(entries)
    surveys = _surveys(_lowered(entries))
    if "content.xml" in entries:
        entries["content.xml"] = _TAB.sub(b"\t", _BREAK.sub(b"\n", entries["content.xml"]))
    # What was checked is what is read: not the file itself, which could say two things.
    checked = io.BytesIO(packed(entries, compress=False))
    try:
        with CalamineWorkbook.from_filelike(checked) as workbook:
            return [
                _sheet(workbook, meta.name, surveys)
                for meta in workbook.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, ValueError, OSError) as error:
        raise _damaged() from error


def _lowered(entries: dict[str, bytes]) -> dict[str, bytes]:
    """Entries by name in lower case, as readers look for them; no two may then be the same."""
    lowered = {name.replace("\\", "/").lower(): content for name, content in entries.items()}
    if len(lowered) != len(entries):
        raise _damaged()
    return lowered


def _surveys(entries: Mapping[str, bytes]) -> dict[str, Survey]:
    if any(name.endswith("vbaproject.bin") for name in entries):
        raise UnreadableFile(
            _(
                "The file contains macros; it isn’t opened, for your safety. Save it without "
                "macros as .xlsx and try again."
            )
        )
    if "xl/workbook.xml" in entries:
        return survey_workbook(entries)
    if b"encryption-data" in entries.get("meta-inf/manifest.xml", b""):
        raise encrypted_file()
    if "content.xml" in entries and b"spreadsheet" in entries.get("mimetype", b"spreadsheet"):
        stores_results = b"LibreOffice" in entries.get("meta.xml", b"")
        return survey_spreadsheet(entries["content.xml"], stores_results=stores_results)
    raise UnreadableFile(
        _("This isn’t a spreadsheet, whatever its name says. Please save it as .xlsx or .ods.")
    )


def _sheet(workbook: CalamineWorkbook, name: str, surveys: dict[str, Survey]) -> Sheet:
    survey = surveys.get(name)
    if survey is None:
        raise _damaged()
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Sheet(name, rows, merged=survey.merged, flaws=survey.flaws, formulas=survey.formulas)


def _damaged() -> UnreadableFile:
    return UnreadableFile(_("The file is damaged. Open it, save it anew and try again."))
