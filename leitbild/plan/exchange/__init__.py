"""Reading and writing a concept document as a file; knows no database."""

from leitbild.plan.exchange.formats import FORMATS, Format, format_of
from leitbild.plan.exchange.hints import Progress
from leitbild.plan.exchange.problems import InvalidFile, Problem, Unplaced, UnreadableFile
from leitbild.plan.exchange.reading import ReadResult, read_document
from leitbild.plan.exchange.writing import write_document, write_template

__all__ = [
    "FORMATS",
    "Format",
    "InvalidFile",
    "Problem",
    "Progress",
    "ReadResult",
    "Unplaced",
    "UnreadableFile",
    "format_of",
    "read_document",
    "write_document",
    "write_template",
]
