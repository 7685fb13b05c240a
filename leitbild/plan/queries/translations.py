"""Which texts of a municipality exist in which language, which are missing or out of date."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final, TypeAlias

from django.db.models import BigIntegerField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.enums import TranslationState
from leitbild.core.models import Translatable, Translation
from leitbild.core.queries import digest, of_records
from leitbild.plan.enums import TextState
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    MeasureLineage,
    Resolution,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.contents import MODELS, kind_of
from leitbild.plan.queries.history import revisions_of

LISTED: Final[tuple[type[Translatable], ...]] = (
    Municipality,
    Organisation,
    ArrivalStage,
    TargetGroup,
)
"""What all editions of a municipality share."""

TextKey: TypeAlias = tuple[str, int, str, str]
"""Kind of row, its id, field and language."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row with texts to translate: its edition, if it belongs to one, and its theme."""

    row: Translatable
    concept: Concept | None
    theme_id: int | None = None

    @property
    def fields(self) -> list[str]:
        """The fields that hold a text."""
        return [name for name in self.row.translatable if getattr(self.row, name)]


@dataclass(frozen=True, slots=True)
class Gap:
    """How many texts of an edition stand where in a language; of the shared lists without one."""

    language: str
    concept: Concept | None
    missing: int = 0
    outdated: int = 0
    draft: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """How many texts there are."""
        return self.missing + self.outdated + self.draft + self.done

    @property
    def open(self) -> int:
        """How many texts somebody still has to write or look at."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class Job:
    """A row in one language: where each of its texts stands."""

    source: SourceRow
    states: Mapping[str, TextState]

    @property
    def row(self) -> Translatable:
        """The row itself."""
        return self.source.row

    def count(self, state: TextState) -> int:
        """How many of its texts stand there."""
        return sum(each == state for each in self.states.values())


class TextInventory:
    """Every text of a municipality with where it stands in every language.

    Ten queries for any number of editions of any size: nine kinds of rows, and what their
    translations say of themselves. The translated texts stay in the database.
    """

    def __init__(self, municipality: Municipality, concepts: Sequence[Concept]) -> None:
        """Take stock of these editions and of the lists they share."""
        self.concepts = concepts
        self.languages = target_languages(municipality)
        self.rows = [each for each in source_rows(municipality, concepts) if each.fields]

    @cached_property
    def _known(self) -> dict[TextKey, tuple[str, str]]:
        return _known_of({(each.row.record_name(), each.row.pk) for each in self.rows})

    def state(self, row: Translatable, field: str, language: str) -> TextState:
        """Where one text stands in a language."""
        known = self._known.get((row.record_name(), row.pk, field, language))
        return _standing(known, getattr(row, field))

    def job(self, source: SourceRow, language: str) -> Job:
        """Where a row's texts stand in a language."""
        states = {name: self.state(source.row, name, language) for name in source.fields}
        return Job(source, states)

    def jobs(self, language: str) -> list[Job]:
        """Every row with texts in the order of the editions, the shared lists last."""
        return [self.job(each, language) for each in self.rows]

    def gaps(self) -> list[Gap]:
        """How many texts stand where: by language and edition, the shared lists last."""
        counted = Counter(
            (language, each.concept, state)
            for language in self.languages
            for each in self.rows
            for state in self.job(each, language).states.values()
        )
        return [
            Gap(language, concept, *(counted[language, concept, state] for state in TextState))
            for language in self.languages
            for concept in (*self.concepts, None)
        ]


def translation_gaps(municipality: Municipality, concepts: Sequence[Concept]) -> list[Gap]:
    """How far the texts are translated: by language and edition, the shared lists last.

    The same numbers as a `TextInventory` has, in two queries: the texts alone, of all kinds of
    rows at once, and their translations. Also where nothing is open there is a line.
    """
    languages = target_languages(municipality)
    texts = list(_source_texts(municipality, concepts))
    known = _known_of({(record, pk) for record, pk, *_ in texts})
    counted = Counter(
        (language, concept_id, _standing(known.get((record, pk, field, language)), text))
        for record, pk, field, concept_id, text in texts
        for language in languages
    )
    return [
        Gap(language, each, *(counted[language, each.pk if each else 0, at] for at in TextState))
        for language in languages
        for each in (*concepts, None)
    ]


_PARTS: Final = (Resolution, Theme, Goal, Measure, MeasureLineage)
"""What belongs to an edition besides its own row."""


def _source_texts(
    municipality: Municipality, concepts: Sequence[Concept]
) -> Iterable[tuple[str, int, str, int, str]]:
    """Kind of row, id, field, edition (0 of what they share) and text of everything written."""
    shared, own = Value(0, output_field=BigIntegerField()), F("concept_id")
    scopes: dict[type[Translatable], tuple[Q, Any]] = {
        Municipality: (Q(pk=municipality.pk), shared),
        **{model: (Q(municipality=municipality), shared) for model in LISTED[1:]},
        Concept: (Q(pk__in=[each.pk for each in concepts]), F("pk")),
        **{model: (Q(concept__in=concepts), own) for model in _PARTS},
    }
    first, *others = [
        model._default_manager.filter(scope)
        .exclude(**{field: ""})
        .order_by()
        .values_list(
            Value(model.record_name(), output_field=TextField()),
            "pk",
            Value(field, output_field=TextField()),
            edition,
            Cast(field, TextField()),
        )
        for model, (scope, edition) in scopes.items()
        for field in model.translatable
    ]
    return first.union(*others, all=True)


def _known_of(rows: Iterable[tuple[str, int]]) -> dict[TextKey, tuple[str, str]]:
    """What the translations of these rows say of themselves."""
    ids: dict[str, list[int]] = {}
    for record, pk in rows:
        ids.setdefault(record, []).append(pk)
    wanted = reduce(or_, (Q(record=name, record_id__in=each) for name, each in ids.items()), Q())
    texts = Translation.objects.filter(wanted) if ids else Translation.objects.none()
    return {
        (record, pk, field, language): (seen, state)
        for record, pk, field, language, seen, state in texts.values_list(
            "record", "record_id", "field", "language", "source_digest", "state"
        )
    }


def target_languages(municipality: Municipality) -> list[str]:
    """The languages texts are translated into: all but the one they are written in."""
    return [code for code in municipality.languages if code != municipality.source_language]


def source_rows(municipality: Municipality, concepts: Sequence[Concept]) -> list[SourceRow]:
    """Everything that is translated: each edition in its order, then the shared lists."""
    shared = [
        municipality,
        *Organisation.objects.filter(municipality=municipality),
        *ArrivalStage.objects.filter(municipality=municipality),
        *TargetGroup.objects.filter(municipality=municipality),
    ]
    parts = list(_parts(concepts))
    return [
        *(each for concept in concepts for each in parts if each.concept == concept),
        *(SourceRow(row, None) for row in shared),
    ]


def source_row(municipality: Municipality, model: type[Translatable], pk: int) -> SourceRow | None:
    """One row of a municipality with its edition; None if it isn't the municipality's."""
    if model is Municipality:
        return SourceRow(municipality, None) if pk == municipality.pk else None
    rows: QuerySet[Any] = model._default_manager.filter(pk=pk)
    if model in LISTED or model is Concept:
        row = rows.filter(municipality=municipality).first()
        return SourceRow(row, row if isinstance(row, Concept) else None) if row else None
    found = rows.filter(concept__municipality=municipality).select_related("concept").first()
    concept: Concept | None = getattr(found, "concept", None)
    return SourceRow(found, concept) if found else None


def translations_of(row: Translatable, language: str) -> dict[str, Translation]:
    """A row's translations into a language, by field, each with its author."""
    found = Translation.objects.filter(of_records([row]), language=language)
    return {each.field: each for each in found.select_related("author")}


def former_sources(row: Translatable, digests: Mapping[str, str]) -> dict[str, str]:
    """What the row's texts said when they were translated, by field, where history knows it.

    `digests` are those of the sources that were translated.
    """
    if not isinstance(row, tuple(MODELS.values())) or not digests:
        return {}
    found: dict[str, str] = {}
    for content in revisions_of(kind_of(row), row.pk).values_list("content", flat=True):
        for field, wanted in digests.items():
            text = content.get(field)
            if field not in found and isinstance(text, str) and digest(text) == wanted:
                found[field] = text
    return found


def state_of_text(translation: Translation | None, source: str) -> TextState:
    """Where a translation stands beside the source text as it is now."""
    known = (translation.source_digest, translation.state) if translation else None
    return _standing(known, source)


def _standing(known: tuple[str, str] | None, source: str) -> TextState:
    if known is None:
        return TextState.MISSING
    seen, state = known
    if seen != digest(source):
        return TextState.OUTDATED
    return TextState.DONE if state == TranslationState.FINAL else TextState.DRAFT


def _parts(concepts: Sequence[Concept]) -> Iterator[SourceRow]:
    by_id = {concept.pk: concept for concept in concepts}
    themes = list(Theme.objects.filter(concept__in=concepts))
    goals = list(Goal.objects.filter(concept__in=concepts))
    theme_of_goal = {goal.pk: goal.theme_id for goal in goals}
    main_goal = _main_goals(concepts)
    yield from (SourceRow(concept, concept) for concept in concepts)
    for resolution in Resolution.objects.filter(concept__in=concepts):
        yield SourceRow(resolution, by_id[resolution.concept_id])
    yield from (SourceRow(theme, by_id[theme.concept_id], theme.pk) for theme in themes)
    yield from (SourceRow(goal, by_id[goal.concept_id], goal.theme_id) for goal in goals)
    for measure in Measure.objects.filter(concept__in=concepts):
        theme = theme_of_goal.get(main_goal.get(measure.pk, 0))
        yield SourceRow(measure, by_id[measure.concept_id], theme)
    lineage = MeasureLineage.objects.filter(concept__in=concepts).exclude(reason="")
    for line in lineage.select_related("before", "after").order_by("pk"):
        yield SourceRow(line, by_id[line.concept_id])


def _main_goals(concepts: Iterable[Concept]) -> dict[int, int]:
    """The goal each measure names first: its link comes last here and so wins."""
    links = MeasureGoal.objects.filter(concept__in=concepts).order_by("-position", "-id")
    return dict(links.values_list("measure_id", "goal_id"))
