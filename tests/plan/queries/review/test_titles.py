"""Titles that say what shall be done, and titles that name but a topic."""

import pytest

from leitbild.plan.queries.review.titles import names_an_action


@pytest.mark.parametrize(
    "title",
    [
        "Eine Anlaufstelle für Neuzugewanderte einrichten",
        "Einen Wegweiser veröffentlichen und pflegen",
        "Jugendliche über ein eigenes Stadtteilbudget entscheiden lassen",
        "Elterncafés einrichten (bis 2027)",
        "Lernpatenschaften: Kinder beim Lesen begleiten",
        "Beratung ausbauen in allen Stadtteilen",
        "Aufbau eines Pools von Sprachmittlern",
        "Ausbau der Kinderbetreuung",
        "Einführung eines Willkommenspakets",
        "Durchführung von Elternabenden",
        "Interkulturelle Öffnung der Verwaltung",
        "Ausbildung von Lotsinnen",
        "Schaffen von Begegnungsorten",
        "Übernahme der Fahrtkosten",
        "Verwaltung interkulturell öffnen",
        "Etwas Neues tun",
    ],
)
def test_german_title_names_an_action(title: str) -> None:
    assert names_an_action(title, "de")


@pytest.mark.parametrize(
    "title",
    [
        "Sprache",
        "Sprachförderung",
        "Interkulturelle Öffnung",
        "Runder Tisch Integration",
        "Wohnung und Arbeit",
        "Offene Angebote für alle",
        "Ein Haus für jeden",
        "Integration in den Vereinen",
        "Mehrsprachige Verwaltung der Stadt",
        "Bildung für Kinder",
        "Zusammenleben mit anderen",
        "",
        "2027",
    ],
)
def test_german_title_names_no_action(title: str) -> None:
    assert not names_an_action(title, "de")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Set up a language café", True),
        ("Reading partners: train volunteers", True),
        ("Training volunteers", True),
        ("Introduction of a welcome pack", True),
        ("Language", False),
        ("A round table on integration", False),
    ],
)
def test_english_title(title: str, expected: bool) -> None:
    assert names_an_action(title, "en") is expected
