"""A text that is not translated says in which language it stands (WCAG 3.1.2)."""

from typing import Any, Final
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from tests.elements import parsed
from tests.towns import measure, plan, report_on, settle

MARK: Final = "Unübersetzt"
LISTED: Final = [{"slug": "eins", "name": MARK}, {"slug": "zwei", "name": MARK}]
PARTS: Final[dict[str, Any]] = {
    "organisations": LISTED,
    "stages": [{**each, "description": MARK} for each in LISTED],
    "target_groups": LISTED,
    "themes": [
        {"number": 1, "slug": "bildung", "name": MARK, "vision": MARK, "introduction": MARK}
    ],
    "goals": [{"code": "1a", "theme": 1, "title": MARK, "text": MARK}],
    "concept": {
        "slug": "2025",
        "title": MARK,
        "edition": 2025,
        "purpose": MARK,
        "introduction": MARK,
        "resolutions": [{"body": MARK, "result": MARK}],
    },
}
CONNECTED: Final[dict[str, Any]] = {
    "text": MARK,
    "summary": MARK,
    "lead": "eins",
    "partners": ["zwei"],
    "stages": ["eins"],
    "target_groups": ["eins"],
}


def languages_of(element: Element, word: str, language: str = "") -> list[str]:
    """The language of each text below that holds the word, by the nearest `lang`."""
    own = element.attrib.get("lang", language)
    found = [own] if word in (element.text or "") else []
    for child in element:
        found += languages_of(child, word, own)
        found += [own] if word in (child.tail or "") else []
    return found


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("", 5),
        ("themen/bildung/", 6),
        ("massnahmen/?lead=eins&theme=1", 8),
        ("massnahmen/1.1/", 8),
        ("ankommen/", 6),
        ("konzept/", 12),
        ("suche/?q=gut", 1),
    ],
)
def test_german_in_an_arabic_page_is_marked(
    db: None, client: Client, path: str, least: int
) -> None:
    town = settle(plan(measure("1.1", f"{MARK} gut", **CONNECTED), **PARTS))
    report_on(town, "1.1", "done")

    body = next(parsed(client.get(f"/ar/{path}")).iter("body"))

    languages = languages_of(body, MARK)
    assert set(languages) == {"de"}
    assert len(languages) >= least
