"""A small concept, as data and as YAML."""

from typing import Any, Final

from leitbild.plan.document import ConceptDocument, parse_document

SMALL: Final = """\
language: de
concept:
  slug: "2027"
  title: Konzept 2027
  edition: 2027
organisations:
  - {slug: amt, name: Amt für Soziales}
stages:
  - {slug: ankommen, name: Ankommen}
target_groups:
  - {slug: alle, name: Alle}
themes:
  - number: 1
    slug: sprache
    name: Sprache
    vision: Niemandem fehlen die Worte.
goals:
  - {code: 1a, theme: 1, title: Alle lernen Deutsch.}
  - {code: 1b, theme: 1, title: Alle werden verstanden.}
measures:
  - code: "1.1"
    title: Kurse am Abend
    text: Kurse mit **Kinderbetreuung**.
    goals: [1a, 1b]
    start: 2027
    end: 2028-06-30
    lead: amt
"""


def raw() -> dict[str, Any]:
    """The same concept as plain data."""
    return {
        "language": "de",
        "concept": {"slug": "2027", "title": "Konzept 2027", "edition": 2027},
        "organisations": [{"slug": "amt", "name": "Amt für Soziales"}],
        "stages": [{"slug": "ankommen", "name": "Ankommen"}],
        "target_groups": [{"slug": "alle", "name": "Alle"}],
        "themes": [
            {
                "number": 1,
                "slug": "sprache",
                "name": "Sprache",
                "vision": "Niemandem fehlen die Worte.",
            }
        ],
        "goals": [
            {"code": "1a", "theme": 1, "title": "Alle lernen Deutsch."},
            {"code": "1b", "theme": 1, "title": "Alle werden verstanden."},
        ],
        "measures": [
            {
                "code": "1.1",
                "title": "Kurse am Abend",
                "text": "Kurse mit **Kinderbetreuung**.",
                "goals": ["1a", "1b"],
                "start": 2027,
                "end": "2028-06-30",
                "lead": "amt",
            }
        ],
    }


def small() -> ConceptDocument:
    """The same concept as a document."""
    return parse_document(raw())
