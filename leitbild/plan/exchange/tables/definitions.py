"""All tables: which field each column holds, its headers, and how it is explained."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from leitbild.accounts.enums import OrganisationKind
from leitbild.plan.enums import MeasureKind, Sign
from leitbild.plan.exchange.tables.columns import Column, Kind, Table

_SLUG_HELP: Final = _("A short name for addresses: small letters, digits and hyphens.")
_SLUG_HINT: Final = _("If it is empty, it is made from the name.")
_COUNTED: Final = _("If it is empty, it is counted.")
_AS_TEXT: Final = _(
    "If it is empty, it is counted. Format the column as text, otherwise 2.10 becomes 2.1."
)
_SEVERAL: Final = _("Several are separated by semicolons; code or short name or the full name.")
_ONE: Final = _("Code, number or short name, or the full name.")
_SOURCE: Final = Column(
    "source_url",
    "Quelle",
    "Source",
    Kind.PLAIN,
    _("Internet address of a public source that confirms this."),
    30,
)
_SAMPLE: Final = Column(
    "sample",
    "Muster",
    "Sample",
    Kind.YES_NO,
    _("Yes, if this is a sample text and not the municipality’s own."),
    9,
)
_URL_HELP: Final = _("An internet address that begins with https://.")


def _slug() -> Column:
    return Column(
        "slug",
        "Kurzname",
        "Short name",
        Kind.PLAIN,
        _SLUG_HELP,
        24,
        aliases=("Kürzel",),
        hint=_SLUG_HINT,
    )


THEMES: Final = Table(
    "themes",
    "Themenfelder",
    "Themes",
    "themenfelder",
    (
        Column(
            "number",
            "Nummer",
            "Number",
            Kind.NUMBER,
            _("The theme’s number, from 1 on."),
            9,
            hint=_COUNTED,
            aliases=("Nr.", "Nr"),
        ),
        _slug(),
        Column(
            "name",
            "Name",
            "Name",
            Kind.TEXT,
            _("The theme’s name."),
            30,
            required=True,
            aliases=("Titel", "Title", "Themenfeld", "Theme"),
        ),
        Column(
            "vision",
            "Leitbild",
            "Vision",
            Kind.TEXT,
            _("The ideal the theme aims at, in one or a few sentences."),
            60,
        ),
        Column(
            "introduction",
            "Einleitung",
            "Introduction",
            Kind.TEXT,
            _("A few sentences on why this theme matters. Markdown is possible."),
            60,
        ),
        Column(
            "colour",
            "Farbe",
            "Colour",
            Kind.PLAIN,
            _("The theme’s colour as # and six digits, such as #2266a4; empty for automatic."),
            11,
            aliases=("Color",),
        ),
        Column(
            "sign",
            "Zeichen",
            "Sign",
            Kind.CHOICE,
            _("The sign shown beside the colour; empty for automatic."),
            14,
            choices=Sign,
        ),
        _SOURCE,
        _SAMPLE,
    ),
    required=True,
)
GOALS: Final = Table(
    "goals",
    "Ziele",
    "Goals",
    "ziele",
    (
        Column(
            "code",
            "Code",
            "Code",
            Kind.PLAIN,
            _("The goal’s number or letter, such as 1a; each only once."),
            9,
            hint=_COUNTED,
            aliases=("Nummer", "Nr.", "Nr"),
        ),
        Column(
            "theme",
            "Themenfeld",
            "Theme",
            Kind.REFERENCE,
            _("The theme the goal belongs to."),
            hint=_ONE,
            width=24,
            required=True,
            refers_to="themes",
        ),
        Column(
            "title",
            "Titel",
            "Title",
            Kind.TEXT,
            _("The goal in one sentence."),
            50,
            required=True,
            aliases=("Ziel", "Goal", "Name"),
        ),
        Column(
            "text", "Text", "Text", Kind.TEXT, _("What the goal means. Markdown is possible."), 60
        ),
        Column(
            "horizon",
            "Horizont",
            "Horizon",
            Kind.NUMBER,
            _("The year by which the goal shall be reached."),
            10,
        ),
        _SOURCE,
        _SAMPLE,
    ),
    required=True,
)
MEASURES: Final = Table(
    "measures",
    "Maßnahmen",
    "Measures",
    "massnahmen",
    (
        Column(
            "code",
            "Code",
            "Code",
            Kind.PLAIN,
            _("The measure’s number, such as 2.3; each only once."),
            9,
            hint=_AS_TEXT,
            aliases=("Nummer", "Nr.", "Nr"),
        ),
        Column(
            "title",
            "Titel",
            "Title",
            Kind.TEXT,
            _("The measure in one sentence."),
            50,
            required=True,
            aliases=("Maßnahme", "Handlungsempfehlung", "Measure", "Name"),
        ),
        Column(
            "summary",
            "Kurztext",
            "Summary",
            Kind.TEXT,
            _("One or two sentences for lists; at most 600 characters."),
            50,
        ),
        Column(
            "text", "Text", "Text", Kind.TEXT, _("What shall be done. Markdown is possible."), 60
        ),
        Column(
            "goals",
            "Ziele",
            "Goals",
            Kind.REFERENCES,
            _("The goals the measure serves, the main one first."),
            16,
            hint=_SEVERAL,
            required=True,
            refers_to="goals",
            aliases=("Ziel", "Goal"),
        ),
        Column(
            "stages",
            "Stufen",
            "Stages",
            Kind.REFERENCES,
            _("The stages of arrival it belongs to."),
            hint=_SEVERAL,
            width=20,
            refers_to="stages",
            aliases=("Stufe", "Stage"),
        ),
        Column(
            "target_groups",
            "Zielgruppen",
            "Target groups",
            Kind.REFERENCES,
            _("The people it is for."),
            hint=_SEVERAL,
            width=24,
            refers_to="target_groups",
            aliases=("Zielgruppe", "Target group"),
        ),
        Column(
            "kind",
            "Art",
            "Kind",
            Kind.CHOICE,
            _("Whether the measure ends or stays."),
            12,
            choices=MeasureKind,
        ),
        Column(
            "start",
            "Start",
            "Start",
            Kind.MOMENT,
            _("When it begins: a year or a date."),
            12,
            aliases=("Beginn", "Anfang"),
        ),
        Column("end", "Ende", "End", Kind.MOMENT, _("When it ends: a year or a date."), 12),
        Column(
            "lead",
            "Federführung",
            "Lead",
            Kind.REFERENCE,
            _("The organisation that leads it."),
            hint=_ONE,
            width=30,
            refers_to="organisations",
            aliases=("Zuständig", "Verantwortlich"),
        ),
        Column(
            "partners",
            "Beteiligte",
            "Partners",
            Kind.REFERENCES,
            _("Other organisations that take part."),
            hint=_SEVERAL,
            width=30,
            refers_to="organisations",
        ),
        _SOURCE,
        _SAMPLE,
    ),
    required=True,
)
ORGANISATIONS: Final = Table(
    "organisations",
    "Organisationen",
    "Organisations",
    "organisationen",
    (
        _slug(),
        Column(
            "name",
            "Name",
            "Name",
            Kind.TEXT,
            _("The organisation’s name."),
            40,
            required=True,
            aliases=("Organisation",),
        ),
        Column(
            "kind",
            "Art",
            "Kind",
            Kind.CHOICE,
            _("What the organisation is to the municipality."),
            12,
            choices=OrganisationKind,
        ),
        Column(
            "parent",
            "Gehört zu",
            "Belongs to",
            Kind.REFERENCE,
            _("The organisation above it."),
            hint=_ONE,
            width=30,
            refers_to="organisations",
        ),
        Column("url", "Internet", "Website", Kind.PLAIN, _URL_HELP, 30),
    ),
)
STAGES: Final = Table(
    "stages",
    "Stufen",
    "Stages",
    "stufen",
    (
        _slug(),
        Column(
            "name",
            "Name",
            "Name",
            Kind.TEXT,
            _("The stage of arrival."),
            30,
            required=True,
            aliases=("Stufe", "Stage"),
        ),
        Column(
            "description",
            "Beschreibung",
            "Description",
            Kind.TEXT,
            _("What people need at this stage."),
            60,
        ),
    ),
)
TARGET_GROUPS: Final = Table(
    "target_groups",
    "Zielgruppen",
    "Target groups",
    "zielgruppen",
    (
        _slug(),
        Column(
            "name",
            "Name",
            "Name",
            Kind.TEXT,
            _("Whom measures are for."),
            40,
            required=True,
            aliases=("Zielgruppe", "Target group"),
        ),
    ),
)
RESOLUTIONS: Final = Table(
    "resolutions",
    "Beschlüsse",
    "Resolutions",
    "beschluesse",
    (
        Column(
            "body",
            "Gremium",
            "Body",
            Kind.TEXT,
            _("Who decided, such as the council."),
            30,
            required=True,
        ),
        Column("date", "Datum", "Date", Kind.DAY, _("The day of the decision."), 12),
        Column("paper", "Drucksache", "Paper", Kind.PLAIN, _("The number of the paper."), 18),
        Column("result", "Ergebnis", "Result", Kind.TEXT, _("What was decided."), 40),
        Column("url", "Internet", "Website", Kind.PLAIN, _URL_HELP, 30),
    ),
)
# In the order in which they refer to each other and stand in a workbook.
TABLES: Final = (THEMES, GOALS, MEASURES, ORGANISATIONS, STAGES, TARGET_GROUPS, RESOLUTIONS)
