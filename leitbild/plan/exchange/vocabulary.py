"""The words tables use for closed vocabularies, in German and English."""

from typing import Final

from django.db.models import TextChoices

from leitbild.accounts.enums import Level, OrganisationKind
from leitbild.plan.document import Place
from leitbild.plan.enums import ConceptStatus, MeasureKind, Sign

GERMAN, ENGLISH = "de", "en"

# A table is written and read in its own language, whatever language the screen has:
# so these words are part of the format and don't come from the catalogue.
WORDS: Final[dict[type[TextChoices], dict[str, tuple[str, str]]]] = {
    ConceptStatus: {
        "draft": ("Entwurf", "draft"),
        "adopted": ("beschlossen", "adopted"),
        "superseded": ("abgelöst", "superseded"),
    },
    MeasureKind: {
        "one_off": ("einmalig", "one-off"),
        "permanent": ("dauerhaft", "permanent"),
    },
    OrganisationKind: {
        "department": ("Amt", "department"),
        "body": ("Gremium", "body"),
        "carrier": ("Träger", "carrier"),
        "association": ("Verein", "association"),
    },
    Sign: {
        "book": ("Buch", "book"),
        "speech": ("Sprechblasen", "speech bubbles"),
        "hands": ("Hände", "hands"),
        "people": ("Menschen", "people"),
        "house": ("Haus", "house"),
        "heart": ("Herz", "heart"),
        "shield": ("Schild", "shield"),
        "path": ("Weg", "path"),
        "work": ("Arbeit", "work"),
        "tree": ("Baum", "tree"),
    },
    Level: {
        "concept": ("Konzept", "concept"),
        "vision": ("Leitbild", "vision"),
        "theme": ("Themenfeld", "theme"),
        "goal": ("Ziel", "goal"),
        "measure": ("Maßnahme", "measure"),
    },
}
YES_NO: Final = (("ja", "nein"), ("yes", "no"))
_TRUE: Final = {"ja", "yes", "true", "wahr", "1", "x", "j", "y"}
_FALSE: Final = {"nein", "no", "false", "falsch", "0", "n", "-"}

_CHOICES: Final[dict[tuple[str, str], type[TextChoices]]] = {
    ("concept", "status"): ConceptStatus,
    ("organisations", "kind"): OrganisationKind,
    ("measures", "kind"): MeasureKind,
    ("themes", "sign"): Sign,
    ("municipality", "terminology"): Level,
}


def choices_at(place: Place) -> type[TextChoices] | None:
    """The closed vocabulary of a place in the document, if it has one."""
    names = [step for step in place if isinstance(step, str)]
    return _CHOICES.get((names[0], names[1])) if len(names) > 1 else None


def words(choices: type[TextChoices], language: str) -> list[str]:
    """All words of a vocabulary in one language of the format."""
    return [pair[language != GERMAN] for pair in WORDS[choices].values()]


def word(choices: type[TextChoices], value: str, language: str = GERMAN) -> str:
    """The word a table shows for a value."""
    return WORDS[choices][value][language != GERMAN]


def value_of(choices: type[TextChoices], text: str) -> str:
    """The value a word means; an unknown word stays as it is, for the check to name it."""
    wanted = text.strip().casefold()
    for value, pair in WORDS[choices].items():
        if wanted in {value.casefold(), *(each.casefold() for each in pair)}:
            return value
    return text


def truth(text: str) -> bool | str:
    """Yes or no; anything else stays as it is, for the check to name it."""
    wanted = text.strip().casefold()
    if wanted in _TRUE:
        return True
    return False if wanted in _FALSE else text
