"""What a new municipality starts with, until it says otherwise."""

from typing import Final

Names = dict[str, str]

MUNICIPALITY_SLUG: Final = "kommune"
MUNICIPALITY_NAME: Final[Names] = {"de": "Unsere Kommune", "en": "Our municipality"}

STAGES: Final[dict[str, tuple[Names, Names]]] = {
    "vor-der-ankunft": (
        {"de": "Vor der Ankunft", "en": "Before arrival"},
        {
            "de": "Sie planen Ihren Umzug hierher und suchen verlässliche Auskunft.",
            "en": "You are planning to move here and need reliable information.",
        },
    ),
    "ankommen": (
        {"de": "Ankommen", "en": "Arriving"},
        {
            "de": "Die ersten Wochen: anmelden, wohnen, einen Sprachkurs finden.",
            "en": "The first weeks: registering, finding a home and a language course.",
        },
    ),
    "sich-zurechtfinden": (
        {"de": "Sich zurechtfinden", "en": "Finding one’s way"},
        {
            "de": "Der Alltag beginnt: Kita, Schule, Arbeit, Arzt und Behörden.",
            "en": "Everyday life begins: daycare, school, work, doctors and public offices.",
        },
    ),
    "einleben": (
        {"de": "Sich einleben", "en": "Settling"},
        {
            "de": "Abschlüsse zählen, die Arbeit trägt, die Kinder kommen voran.",
            "en": "Qualifications count, work pays the bills, the children are getting on.",
        },
    ),
    "dazugehoeren": (
        {"de": "Dazugehören", "en": "Belonging"},
        {
            "de": "Mitreden, mitentscheiden, Verantwortung übernehmen.",
            "en": "Having a say, taking part in decisions, taking on responsibility.",
        },
    ),
}
"""Slug: name and description of each stage of arrival."""

TARGET_GROUPS: Final[dict[str, Names]] = {
    "alle": {"de": "Alle Einwohnerinnen und Einwohner", "en": "All residents"},
    "neuzugewanderte": {"de": "Neuzugewanderte", "en": "Newcomers"},
    "gefluechtete": {"de": "Geflüchtete", "en": "Refugees"},
    "eu-zugewanderte": {"de": "Zugewanderte aus der EU", "en": "People from other EU countries"},
    "kinder": {"de": "Kinder", "en": "Children"},
    "jugendliche": {"de": "Jugendliche", "en": "Young people"},
    "eltern": {"de": "Eltern", "en": "Parents"},
    "frauen": {"de": "Frauen", "en": "Women"},
    "aeltere": {"de": "Ältere Menschen", "en": "Older people"},
    "menschen-mit-behinderung": {
        "de": "Menschen mit Behinderung",
        "en": "People with disabilities",
    },
    "fachkraefte": {"de": "Arbeits- und Fachkräfte", "en": "Workers and skilled professionals"},
    "studierende": {"de": "Studierende", "en": "Students"},
    "verwaltung": {"de": "Beschäftigte der Verwaltung", "en": "Staff of the administration"},
    "vereine": {"de": "Vereine und Ehrenamtliche", "en": "Associations and volunteers"},
}
