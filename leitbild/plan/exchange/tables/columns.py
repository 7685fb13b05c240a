"""What a table and its columns are made of."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.functional import Promise


class Kind(Enum):
    """How a cell is read and written."""

    TEXT = "a text that can be translated"
    PLAIN = "a text in no language"
    NUMBER = "a whole number or a year"
    MOMENT = "a year or a date"
    DAY = "a date"
    CHOICE = "a word of a closed vocabulary"
    YES_NO = "yes or no"
    LIST = "several plain texts"
    REFERENCE = "a part of another table"
    REFERENCES = "several parts of another table"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field in the document, its headers and its meaning."""

    field: str
    german: str
    english: str
    kind: Kind
    help: Promise
    width: int = 20
    required: bool = False
    choices: type[TextChoices] | None = None
    refers_to: str = ""
    aliases: tuple[str, ...] = ()
    hint: Promise | None = None  # what matters in a table only

    @property
    def note(self) -> str:
        """The explanation beside a header."""
        return f"{self.help} {self.hint}" if self.hint else str(self.help)

    def header(self, language: str) -> str:
        """The header in one of the format's two languages."""
        return self.german if language == "de" else self.english

    def names(self) -> set[str]:
        """All headers that mean this column, in the form `folded` gives."""
        return {folded(name) for name in (self.german, self.english, self.field, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of part: the sheet or file that holds it."""

    part: str
    german: str
    english: str
    file: str
    columns: tuple[Column, ...]
    required: bool = False

    def title(self, language: str) -> str:
        """The sheet's name in one of the format's two languages."""
        return self.german if language == "de" else self.english

    def names(self) -> set[str]:
        """All sheet and file names that mean this table."""
        return {folded(name) for name in (self.german, self.english, self.part, self.file)}


def folded(text: str) -> str:
    """A header as it is compared: without case, blanks at the edges and a closing star."""
    return " ".join(text.replace("_", " ").split()).rstrip("* ").casefold()
