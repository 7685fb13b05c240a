"""A concept of any size, made up: what is imported, exported and reported on."""

from typing import Any, Final

THEMES: Final = 8
TITLE: Final = "Den Kurs Nummer {number} einrichten und begleiten"
LONG: Final = "Wir beraten, begleiten und vermitteln; wer fragt, bekommt eine Antwort. " * 8


def concept_of(size: int, *, title: str = TITLE, **texts: str) -> dict[str, Any]:
    """So many measures as a file has them, each with this title, its number filled in, and these
    texts; the themes have them in turn.
    """
    return {
        "format": "leitbild-concept/1",
        "language": "de",
        "municipality": {"slug": "musterstadt", "name": "Musterstadt"},
        "concept": {"slug": "2030", "title": "Konzept", "edition": 2030},
        "themes": [
            {
                "number": n,
                "slug": f"t{n}",
                "name": f"Thema {n}",
                "vision": "Alle, die hier leben, gehören dazu.",
            }
            for n in range(1, THEMES + 1)
        ],
        "goals": [
            {"code": f"{n}a", "theme": n, "title": f"Ziel {n}"} for n in range(1, THEMES + 1)
        ],
        "measures": [
            {
                "code": f"{place % THEMES + 1}.{place // THEMES + 1}",
                "title": title.format(number=place + 1),
                "goals": [f"{place % THEMES + 1}a"],
                **texts,
            }
            for place in range(size)
        ],
    }
