"""Where in the tables each part of a document stands."""

from django.db.models import TextChoices

from leitbild.core.languages import is_servable
from leitbild.plan.document import Place
from leitbild.plan.exchange.problems import Spot
from leitbild.plan.exchange.tables.concept_reader import ConceptValues
from leitbild.plan.exchange.tables.rows import Rows
from leitbild.plan.exchange.vocabulary import GERMAN, words


class TablePlaces:
    """Names sheets, rows and columns."""

    def __init__(self, concept: ConceptValues, tables: dict[str, Rows]) -> None:
        """Take everything that was read."""
        self._concept = concept
        self._tables = tables

    def name(self, place: Place) -> Spot:
        """Sheet, row and column of a place in the document."""
        if place[:2] == ("concept", "resolutions"):
            place = place[1:]
        rows = self._tables.get(str(place[0])) if place else None
        if rows is None:
            return self._concept.place(place)
        if len(place) < 3 or not isinstance(place[1], int):
            return rows.layout.sheet.place()
        steps = [step for step in place[2:] if isinstance(step, str)]
        language = steps[1] if len(steps) > 1 and is_servable(steps[1]) else None
        return rows.place(place[1], steps[0], None if language == rows.source else language)

    def words(self, choices: type[TextChoices]) -> list[str]:
        """The German words: the usual ones; English ones are read as well."""
        return words(choices, GERMAN)
