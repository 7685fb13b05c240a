"""The document of a concept: municipality, concept, lists, themes, goals and measures."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from leitbild.accounts.enums import Level, OrganisationKind
from leitbild.plan.document.fields import (
    Code,
    Colour,
    Day,
    Email,
    Host,
    LanguageCode,
    Line,
    Name,
    OptionalTitle,
    Planned,
    Prose,
    Slug,
    Summary,
    Text,
    Title,
    Token,
    Url,
    Year,
)
from leitbild.plan.enums import ConceptStatus, MeasureKind, Sign

FORMAT: Final = "leitbild-concept/1"


class Part(BaseModel):
    """A part of the document: unknown keys are errors, values don't change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=False)


class Sourced(Part):
    """A part that says where it comes from."""

    source_url: Url = ""
    sample: bool = False


class Term(Part):
    """A level's name in one language, for one and for many."""

    one: Name
    many: Name


class Contact(Part):
    """Whom readers can ask."""

    office: OptionalTitle = {}
    address: Prose = ""
    email: Email = ""
    phone: Line = ""
    url: Url = ""


class Imprint(Part):
    """What the imprint, the privacy page and the accessibility statement need."""

    represented_by: OptionalTitle = {}
    responsible: OptionalTitle = {}
    supervisory_authority: OptionalTitle = {}
    data_protection_email: Email = ""
    hosting: OptionalTitle = {}
    enforcement_body: OptionalTitle = {}
    enforcement_url: Url = ""


class MunicipalityPart(Part):
    """The municipality the concept belongs to."""

    slug: Slug
    name: Title
    official_name: OptionalTitle = {}
    key: Annotated[str, Field(pattern=r"^(\d{8})?$")] = ""
    languages: Annotated[list[LanguageCode], Field(min_length=1)] = ["de"]
    hosts: list[Host] = []
    terminology: Annotated[
        dict[Level, dict[LanguageCode, Term]],
        AfterValidator(lambda levels: {level: terms for level, terms in levels.items() if terms}),
    ] = {}
    tokens: dict[Token, Colour] = {}
    contact: Contact = Contact()
    imprint: Imprint = Imprint()


class ResolutionPart(Part):
    """A decision of a body about the concept."""

    body: Title
    date: Day = None
    paper: Line = ""
    result: OptionalTitle = {}
    url: Url = ""


class ConceptPart(Sourced):
    """The concept itself."""

    slug: Slug
    title: Title
    edition: Year
    purpose: Text = {}
    introduction: Text = {}
    horizon: Year | None = None
    status: ConceptStatus = ConceptStatus.ADOPTED
    predecessor: Slug | None = None
    resolutions: list[ResolutionPart] = []


class OrganisationPart(Part):
    """A department, body, carrier or association that has a part in measures."""

    slug: Slug
    name: Title
    kind: OrganisationKind = OrganisationKind.DEPARTMENT
    parent: Slug | None = None
    url: Url = ""


class StagePart(Part):
    """A stage of arrival."""

    slug: Slug
    name: Title
    description: Text = {}


class TargetGroupPart(Part):
    """People a measure is for."""

    slug: Slug
    name: Title


class ThemePart(Sourced):
    """A theme with its vision."""

    number: Annotated[int, Field(ge=1, le=999)]
    slug: Slug
    name: Title
    vision: Text = {}
    introduction: Text = {}
    colour: Colour | Literal[""] = ""
    sign: Sign | Literal[""] = ""


class GoalPart(Sourced):
    """A strategic goal of a theme."""

    code: Code
    theme: int
    title: Title
    text: Text = {}
    horizon: Year | None = None


class MeasurePart(Sourced):
    """A concrete measure that serves one or more goals; the first goal is its main one."""

    code: Code
    title: Title
    summary: Summary = {}
    text: Text = {}
    goals: Annotated[list[Code], Field(min_length=1)]
    stages: list[Slug] = []
    target_groups: list[Slug] = []
    kind: MeasureKind = MeasureKind.ONE_OFF
    start: Planned = None
    end: Planned = None
    lead: Slug | None = None
    partners: list[Slug] = []


class ConceptDocument(Part):
    """A whole concept, as one file holds it."""

    format: Literal["leitbild-concept/1"] = FORMAT
    language: LanguageCode = "de"
    municipality: MunicipalityPart | None = None
    concept: ConceptPart
    organisations: list[OrganisationPart] = []
    stages: list[StagePart] = []
    target_groups: list[TargetGroupPart] = []
    themes: list[ThemePart] = []
    goals: list[GoalPart] = []
    measures: list[MeasurePart] = []
