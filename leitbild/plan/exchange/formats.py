"""The formats a concept can be read from and written to, and what to do about others."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from leitbild.plan.exchange.problems import UnreadableFile


class Format(StrEnum):
    """A file format."""

    YAML = "yaml"
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    DOCX = "docx"


FORMATS: Final = tuple(Format)

SUFFIXES: Final = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".json": Format.YAML,
    ".xlsx": Format.XLSX,
    ".ods": Format.ODS,
    ".zip": Format.CSV,
    ".docx": Format.DOCX,
}

_AS_WORKBOOK: Final = _(
    "Files ending in {suffix} can’t be read. Open the file and save it as .xlsx (“Excel workbook”)."
)
_AS_TEXT: Final = _(
    "Files ending in {suffix} can’t be read. Open the file and save it as .docx (“Word document”)."
)
_MACROS: Final = _(
    "Files with macros ({suffix}) aren’t opened, for your safety. Open the file and save it "
    "without macros, as .xlsx or .docx."
)
_PDF: Final = _(
    "A PDF shows a concept but no longer knows its structure. Please use the Word document it "
    "was made from (.docx), or fill in our template for Excel."
)
_LONE_CSV: Final = _(
    "A concept needs several tables. Put the CSV files into one folder and name the folder, or a "
    ".zip of it; massnahmen.csv must be among them."
)
_UNKNOWN: Final = _(
    "Files ending in {suffix} can’t be read. Possible are .xlsx, .ods, .docx, .yaml, .json "
    "and a folder or .zip of CSV files."
)
_ADVICE: Final = {
    **dict.fromkeys([".xls", ".xlsb", ".numbers", ".fods", ".sxc"], _AS_WORKBOOK),
    **dict.fromkeys([".doc", ".odt", ".rtf", ".pages", ".txt", ".md"], _AS_TEXT),
    **dict.fromkeys([".xlsm", ".xltm", ".docm", ".dotm"], _MACROS),
    ".pdf": _PDF,
    ".csv": _LONE_CSV,
}


def format_of(path: Path) -> Format:
    """The format of a path, by its suffix; UnreadableFile says what to do about others."""
    suffix = path.suffix.lower()
    if path.is_dir() or not suffix:
        return Format.CSV
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    raise UnreadableFile(str(_ADVICE.get(suffix, _UNKNOWN)).format(suffix=suffix))
