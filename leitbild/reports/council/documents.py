"""The files a report can be taken along as; all of them are made from the same data."""

from typing import Final

from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.xlsx import council_xlsx
from leitbild.reports.tables import XLSX_TYPE

PDF_TYPE: Final = "application/pdf"
DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES: Final = {"pdf": PDF_TYPE, "docx": DOCX_TYPE, "xlsx": XLSX_TYPE}
"""Content types by what a file's name ends with."""


def council_file(report: CouncilReport, suffix: str, *, template: bytes | None = None) -> bytes:
    """The report as a file of this kind; a Word file by the city's own template, if there is one.

    Raises Refused where a text or the template can't be printed.
    """
    # Not at the top: what they stand on takes a moment to load, and only a download needs it.
    if suffix == "pdf":
        from leitbild.reports.council.pdf import council_pdf  # noqa: PLC0415

        return council_pdf(report)
    if suffix == "docx":
        from leitbild.reports.council.docx import council_docx  # noqa: PLC0415

        return council_docx(report, template)
    return council_xlsx(report)


def file_name(report: CouncilReport, *, town: str, concept: str, suffix: str) -> str:
    """What such a file is called: whose, on what, which period; all Latin letters."""
    number = f"-{report.number}" if report.number else ""
    return f"{town}-{concept}-bericht{number}-{report.since}-{report.until}.{suffix}"
