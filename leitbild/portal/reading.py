"""What a reader has before them: a municipality, its concepts, a language."""

from collections.abc import Iterable
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext

from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import Terms, terms
from leitbild.core.models import Translatable
from leitbild.core.queries import overlay
from leitbild.delivery.conduct import Conduct, conduct_of
from leitbild.delivery.queries import Standings, standings
from leitbild.plan.models import Concept, Publication
from leitbild.plan.queries.amendments import Amendment, amendments
from leitbild.plan.queries.comparing import Names
from leitbild.plan.queries.connections import MeasureIds
from leitbild.plan.queries.contents import PartKey, kind_of
from leitbild.plan.queries.outline import (
    Outline,
    in_force,
    outline,
    public_concepts,
)


class NoMunicipality(Http404):
    """Nobody answers under this host name."""


class NoConcept(Http404):
    """The municipality has not published a concept yet."""


class Reading:
    """The concept of a request with where its measures stand; loaded as far as it is used."""

    def __init__(self, municipality: Municipality, language: str, slug: str | None = None) -> None:
        """Read the current concept, or the one named."""
        self.municipality = municipality
        self.language = language
        self._slug = slug

    @cached_property
    def concepts(self) -> list[Concept]:
        """All public editions, the newest first."""
        return list(public_concepts(self.municipality))

    @cached_property
    def current(self) -> Concept:
        """The edition in force, which pages of themes and measures show."""
        concept = in_force(self.concepts)
        if concept is None:
            raise NoConcept
        return concept

    @cached_property
    def concept(self) -> Concept:
        """The edition asked for, the one in force where none is named."""
        if self._slug is None:
            return self.current
        for concept in self.concepts:
            if concept.slug == self._slug:
                return concept
        raise Http404(gettext("There is no edition with this name."))

    @cached_property
    def terms(self) -> Terms:
        """What the municipality calls the levels."""
        return terms(self.municipality, self.language)

    def outline(
        self, beside: Iterable[Translatable] = (), only: MeasureIds | None = None
    ) -> Outline:
        """The whole concept in the reader's language, or of its measures only some."""
        return outline(
            self.concept,
            language=self.language,
            municipality=self.municipality,
            beside=beside,
            only=only,
        )

    def lay_over(self, rows: Iterable[Translatable]) -> None:
        """Give municipality, concept and these rows their texts in the reader's language."""
        overlay(
            [self.municipality, self.concept, *rows],
            language=self.language,
            source=self.municipality.source_language,
        )

    def amendments(
        self,
        only: Iterable[Translatable] | None = None,
        names: Names | None = None,
        since: Publication | None = None,
    ) -> list[Amendment]:
        """What has changed since the council adopted the text, in all of it or in some rows.

        Who knows the publication in force gives it as `since`.
        """
        keys = None if only is None else [(kind_of(row), row.pk) for row in only]
        return amendments(self.concept, since=since, only=keys, names=names)

    def amended(
        self, only: Iterable[Translatable] | None = None, since: Publication | None = None
    ) -> dict[PartKey, Amendment]:
        """The same by what has changed."""
        return {(each.kind, each.part_id): each for each in self.amendments(only, since=since)}

    @cached_property
    def conduct(self) -> Conduct:
        """How the municipality conducts its plan."""
        return conduct_of(self.municipality)

    @cached_property
    def standings(self) -> Standings:
        """Where the concept's measures stand, by what is public."""
        return standings(self.concept, self.municipality)


def municipality_of(request: HttpRequest) -> Municipality:
    """The municipality that answers this request."""
    municipality = requested_municipality(request)
    if municipality is None:
        raise NoMunicipality
    return municipality


def reading(request: HttpRequest, slug: str | None = None) -> Reading:
    """What this request reads: the concept in force, or the edition named."""
    return Reading(municipality_of(request), get_language() or "de", slug)
