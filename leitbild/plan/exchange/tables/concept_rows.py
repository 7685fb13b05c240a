"""The rows of the table “Konzept”: one value of the concept or its municipality each."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.enums import Level
from leitbild.plan.document.fields import TOKENS
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.exchange.tables.columns import Column, Kind, Table
from leitbild.plan.exchange.vocabulary import word

ITEM: Final = Column(
    "item",
    "Angabe",
    "Item",
    Kind.PLAIN,
    _("What the row says. Please leave it as it is."),
    36,
    required=True,
    aliases=("Feld", "Schlüssel", "Key", "Field"),
)
VALUE: Final = Column(
    "value",
    "Wert",
    "Value",
    Kind.TEXT,
    _("The value. For further languages add columns such as “Wert (en)”."),
    70,
    aliases=("Inhalt", "Content"),
)


def _row(  # the order of a row of the table below
    field: str,
    german: str,
    english: str,
    kind: Kind,
    explanation: Promise,
    *,
    required: bool = False,
    choices: type[ConceptStatus] | None = None,
    aliases: tuple[str, ...] = (),
) -> Column:
    return Column(
        field,
        german,
        english,
        kind,
        explanation,
        required=required,
        choices=choices,
        aliases=aliases,
    )


def _term_rows() -> tuple[Column, ...]:
    explanation = _("How the municipality calls this level; empty for the usual word.")
    return tuple(
        _row(
            f"municipality.terminology.{level.value}.{form}",
            f"Bezeichnung: {word(Level, level.value)}, {german}",
            f"Term: {word(Level, level.value, 'en')}, {english}",
            Kind.TEXT,
            explanation,
        )
        for level in Level
        for form, german, english in (("one", "Einzahl", "one"), ("many", "Mehrzahl", "many"))
    )


def _token_rows() -> tuple[Column, ...]:
    explanation = _("A colour of the municipality’s pages, such as #2266a4; empty for the usual.")
    return tuple(
        _row(
            f"municipality.tokens.{token}",
            f"Farbe: {token}",
            f"Colour: {token}",
            Kind.PLAIN,
            explanation,
        )
        for token in TOKENS
    )


_ADDRESS: Final = _("An internet address that begins with https://.")
_MAIL: Final = _("An e-mail address.")

CONCEPT_ROWS: Final = (
    _row(
        "language",
        "Sprache",
        "Language",
        Kind.PLAIN,
        _("The code of the language the texts are written in, usually de."),
    ),
    _row("concept.title", "Titel", "Title", Kind.TEXT, _("The concept’s title."), required=True),
    _row(
        "concept.slug",
        "Kurzname",
        "Short name",
        Kind.PLAIN,
        _("The concept’s name in addresses, usually the year of the edition."),
    ),
    _row(
        "concept.edition",
        "Ausgabe",
        "Edition",
        Kind.NUMBER,
        _("The year in which this edition was or will be adopted."),
        required=True,
        aliases=("Jahr", "Year", "Ausgabe (Jahr)"),
    ),
    _row(
        "concept.status",
        "Status",
        "Status",
        Kind.CHOICE,
        _("Drafts are seen only by those who work on them."),
        choices=ConceptStatus,
    ),
    _row(
        "concept.horizon",
        "Horizont",
        "Horizon",
        Kind.NUMBER,
        _("The year up to which the concept plans."),
    ),
    _row(
        "concept.purpose",
        "Zweck",
        "Purpose",
        Kind.TEXT,
        _("What the concept is for, in a few sentences."),
    ),
    _row(
        "concept.introduction",
        "Einleitung",
        "Introduction",
        Kind.TEXT,
        _("How the concept came about and how to read it. Markdown is possible."),
    ),
    _row(
        "concept.predecessor",
        "Vorgänger",
        "Predecessor",
        Kind.PLAIN,
        _("The short name of the concept before this one."),
    ),
    _row(
        "concept.source_url",
        "Quelle",
        "Source",
        Kind.PLAIN,
        _("Internet address of a public source that confirms this."),
    ),
    _row(
        "concept.sample",
        "Muster",
        "Sample",
        Kind.YES_NO,
        _("Yes, if this is a sample text and not the municipality’s own."),
    ),
    _row(
        "municipality.name",
        "Gemeinde: Name",
        "Municipality: name",
        Kind.TEXT,
        _("The municipality’s name, such as Kaiserslautern."),
    ),
    _row(
        "municipality.slug",
        "Gemeinde: Kurzname",
        "Municipality: short name",
        Kind.PLAIN,
        _("The municipality’s short name: small letters, digits and hyphens."),
    ),
    _row(
        "municipality.official_name",
        "Gemeinde: Amtlicher Name",
        "Municipality: official name",
        Kind.TEXT,
        _("The full name, such as Stadt Musterstadt."),
    ),
    _row(
        "municipality.key",
        "Gemeinde: Amtlicher Schlüssel",
        "Municipality: official key",
        Kind.PLAIN,
        _("The official municipality key (AGS), eight digits."),
    ),
    _row(
        "municipality.languages",
        "Gemeinde: Sprachen",
        "Municipality: languages",
        Kind.LIST,
        _("Codes of all languages of the pages, the texts’ own first, such as de, en, ar, uk."),
    ),
    _row(
        "municipality.hosts",
        "Gemeinde: Internetnamen",
        "Municipality: host names",
        Kind.LIST,
        _("Host names under which the pages are found."),
    ),
    _row(
        "municipality.contact.office",
        "Kontakt: Stelle",
        "Contact: office",
        Kind.TEXT,
        _("Whom readers can ask."),
    ),
    _row(
        "municipality.contact.address",
        "Kontakt: Anschrift",
        "Contact: address",
        Kind.PLAIN,
        _("The postal address, with line breaks."),
    ),
    _row("municipality.contact.email", "Kontakt: E-Mail", "Contact: e-mail", Kind.PLAIN, _MAIL),
    _row(
        "municipality.contact.phone",
        "Kontakt: Telefon",
        "Contact: phone",
        Kind.PLAIN,
        _("The phone number."),
    ),
    _row("municipality.contact.url", "Kontakt: Internet", "Contact: website", Kind.PLAIN, _ADDRESS),
    _row(
        "municipality.imprint.represented_by",
        "Impressum: Vertreten durch",
        "Imprint: represented by",
        Kind.TEXT,
        _("Who represents the municipality in law."),
    ),
    _row(
        "municipality.imprint.responsible",
        "Impressum: Verantwortlich",
        "Imprint: responsible",
        Kind.TEXT,
        _("Who is responsible for the content."),
    ),
    _row(
        "municipality.imprint.supervisory_authority",
        "Impressum: Aufsichtsbehörde",
        "Imprint: supervisory authority",
        Kind.TEXT,
        _("Who supervises the municipality."),
    ),
    _row(
        "municipality.imprint.data_protection_email",
        "Impressum: E-Mail Datenschutz",
        "Imprint: data protection e-mail",
        Kind.PLAIN,
        _MAIL,
    ),
    _row(
        "municipality.imprint.hosting",
        "Impressum: Technischer Betrieb",
        "Imprint: hosting",
        Kind.TEXT,
        _("Who runs the computers the pages come from."),
    ),
    _row(
        "municipality.imprint.enforcement_body",
        "Impressum: Durchsetzungsstelle",
        "Imprint: enforcement body",
        Kind.TEXT,
        _("Who helps if a complaint about barriers isn’t answered."),
    ),
    _row(
        "municipality.imprint.enforcement_url",
        "Impressum: Internet Durchsetzungsstelle",
        "Imprint: enforcement body website",
        Kind.PLAIN,
        _ADDRESS,
    ),
    *_term_rows(),
    *_token_rows(),
)

CONCEPT: Final = Table("concept", "Konzept", "Concept", "konzept", (ITEM, VALUE), required=True)
