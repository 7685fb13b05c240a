"""What the database holds of a municipality and its concept, as parts of a document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model

from leitbild.accounts.enums import Level, OrganisationKind
from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.models import Translatable
from leitbild.core.queries import all_texts
from leitbild.plan.document import (
    ConceptDocument,
    ConceptPart,
    GoalPart,
    MeasurePart,
    MunicipalityPart,
    OrganisationPart,
    ResolutionPart,
    StagePart,
    TargetGroupPart,
    ThemePart,
)
from leitbild.plan.document.models import Contact, Imprint, Term
from leitbild.plan.enums import ConceptStatus, MeasureKind, Sign
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    Resolution,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.outline import in_force

Texts: TypeAlias = dict[str, Any]
"""A row's texts: by field, then by language."""
Names: TypeAlias = Mapping[int, list[str]]


@dataclass(frozen=True, slots=True)
class MunicipalityParts:
    """A municipality with the lists that all its concepts share."""

    municipality: MunicipalityPart
    organisations: list[OrganisationPart]
    stages: list[StagePart]
    target_groups: list[TargetGroupPart]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The rows behind MunicipalityParts."""

    town: Municipality
    organisations: list[Organisation]
    stages: list[ArrivalStage]
    target_groups: list[TargetGroup]

    @property
    def rows(self) -> list[Translatable]:
        return [self.town, *self.organisations, *self.stages, *self.target_groups]


class _Languages:
    """Every language of the texts of many rows, read in one query."""

    def __init__(self, rows: Sequence[Translatable], *, source: str) -> None:
        self._texts = all_texts(rows, source=source)

    def of(self, row: Translatable) -> Texts:
        """The row's texts: by field, then by language in order."""
        fields = self._texts[row.record_name(), row.pk]
        return {name: dict(sorted(texts.items())) for name, texts in fields.items()}


def current_concept(municipality: Municipality) -> Concept | None:
    """The edition in force, drafts included while none is adopted."""
    return in_force(list(Concept.objects.filter(municipality=municipality).newest_first()))


def concept_document(concept: Concept) -> ConceptDocument:
    """The whole concept with its municipality and all lists of that municipality.

    The number of queries is the same for every concept.
    """
    lists = _lists(concept.municipality)
    resolutions = list(Resolution.objects.filter(concept=concept))
    themes = list(Theme.objects.filter(concept=concept))
    goals = list(Goal.objects.filter(concept=concept))
    measures = list(Measure.objects.filter(concept=concept).select_related("lead"))
    languages = _Languages(
        [*lists.rows, concept, *resolutions, *themes, *goals, *measures],
        source=lists.town.source_language,
    )
    parts = _municipality_parts(lists, languages)
    numbers = {theme.pk: theme.number for theme in themes}
    return ConceptDocument.model_construct(
        language=lists.town.source_language,
        municipality=parts.municipality,
        concept=_concept_part(concept, resolutions, languages),
        organisations=parts.organisations,
        stages=parts.stages,
        target_groups=parts.target_groups,
        themes=[_theme_part(row, languages.of(row)) for row in themes],
        goals=[_goal_part(row, numbers[row.theme_id], languages.of(row)) for row in goals],
        measures=_measure_parts(concept, measures, languages),
    )


def municipality_parts(municipality: Municipality) -> MunicipalityParts:
    """The municipality and its lists, as a document would hold them."""
    lists = _lists(municipality)
    return _municipality_parts(lists, _Languages(lists.rows, source=municipality.source_language))


def _lists(town: Municipality) -> _Lists:
    return _Lists(
        town=town,
        organisations=list(Organisation.objects.filter(municipality=town).select_related("parent")),
        stages=list(ArrivalStage.objects.filter(municipality=town)),
        target_groups=list(TargetGroup.objects.filter(municipality=town)),
    )


def _municipality_parts(lists: _Lists, languages: _Languages) -> MunicipalityParts:
    return MunicipalityParts(
        municipality=_municipality_part(lists.town, languages.of(lists.town)),
        organisations=[_organisation_part(row, languages.of(row)) for row in lists.organisations],
        stages=[
            StagePart.model_construct(slug=row.slug, **languages.of(row)) for row in lists.stages
        ],
        target_groups=[
            TargetGroupPart.model_construct(slug=row.slug, **languages.of(row))
            for row in lists.target_groups
        ],
    )


def _municipality_part(town: Municipality, texts: Texts) -> MunicipalityPart:
    return MunicipalityPart.model_construct(
        slug=town.slug,
        name=texts["name"],
        official_name=texts["official_name"],
        key=town.key,
        languages=list(town.languages),
        hosts=[host.name for host in town.hosts.all()],
        terminology={
            Level(level): {code: Term.model_construct(**term) for code, term in terms.items()}
            for level, terms in town.terminology.items()
        },
        tokens=dict(town.tokens),
        contact=Contact.model_construct(
            office=texts["contact_office"],
            address=town.contact_address,
            email=town.contact_email,
            phone=town.contact_phone,
            url=town.contact_url,
        ),
        imprint=Imprint.model_construct(
            represented_by=texts["represented_by"],
            responsible=texts["responsible"],
            supervisory_authority=texts["supervisory_authority"],
            data_protection_email=town.data_protection_email,
            hosting=texts["hosting"],
            enforcement_body=texts["enforcement_body"],
            enforcement_url=town.enforcement_url,
        ),
    )


def _organisation_part(row: Organisation, texts: Texts) -> OrganisationPart:
    return OrganisationPart.model_construct(
        slug=row.slug,
        kind=OrganisationKind(row.kind),
        parent=row.parent.slug if row.parent else None,
        url=row.url,
        **texts,
    )


def _concept_part(
    concept: Concept, resolutions: Sequence[Resolution], languages: _Languages
) -> ConceptPart:
    return ConceptPart.model_construct(
        slug=concept.slug,
        edition=concept.edition,
        horizon=concept.horizon,
        status=ConceptStatus(concept.status),
        predecessor=concept.predecessor.slug if concept.predecessor else None,
        source_url=concept.source_url,
        sample=concept.sample,
        resolutions=[_resolution_part(row, languages.of(row)) for row in resolutions],
        **languages.of(concept),
    )


def _resolution_part(row: Resolution, texts: Texts) -> ResolutionPart:
    return ResolutionPart.model_construct(date=row.date, paper=row.paper, url=row.url, **texts)


def _theme_part(row: Theme, texts: Texts) -> ThemePart:
    return ThemePart.model_construct(
        number=row.number,
        slug=row.slug,
        colour=row.colour,
        sign=Sign(row.sign),
        source_url=row.source_url,
        sample=row.sample,
        **texts,
    )


def _goal_part(row: Goal, theme: int, texts: Texts) -> GoalPart:
    return GoalPart.model_construct(
        code=row.code,
        theme=theme,
        horizon=row.horizon,
        source_url=row.source_url,
        sample=row.sample,
        **texts,
    )


def _measure_parts(
    concept: Concept, measures: Sequence[Measure], languages: _Languages
) -> list[MeasurePart]:
    goals = _names(concept, MeasureGoal, "goal__code", "position", "id")
    stages = _listed(concept, Measure.stages.through, "arrivalstage")
    groups = _listed(concept, Measure.target_groups.through, "targetgroup")
    partners = _listed(concept, Measure.partners.through, "organisation")
    return [
        MeasurePart.model_construct(
            code=row.code,
            goals=goals[row.pk],
            stages=stages[row.pk],
            target_groups=groups[row.pk],
            kind=MeasureKind(row.kind),
            start=row.planned_start,
            end=row.planned_end,
            lead=row.lead.slug if row.lead else None,
            partners=partners[row.pk],
            source_url=row.source_url,
            sample=row.sample,
            **languages.of(row),
        )
        for row in measures
    ]


def _listed(concept: Concept, links: type[Model], row: str) -> Names:
    return _names(concept, links, f"{row}__slug", f"{row}__position", f"{row}_id")


def _names(concept: Concept, links: type[Model], name: str, *order: str) -> Names:
    """What the concept's measures are linked to: names in order, by the measure's id."""
    found: dict[int, list[str]] = defaultdict(list)
    rows: Any = links._default_manager.filter(measure__concept=concept)
    for measure, each in rows.order_by(*order).values_list("measure_id", name):
        found[measure].append(each)
    return found
