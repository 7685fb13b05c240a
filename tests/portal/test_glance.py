"""The picture of a concept: each measure once, in its place, in its form."""

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.text import LocalText
from leitbild.delivery.queries import state_names
from leitbild.portal.glance import first_sentence, glance
from leitbild.portal.reading import Reading
from tests.towns import measure, plan, report_on, settle


@pytest.fixture
def page(db: None) -> Reading:
    raw = plan(
        measure("1.1", goals=["1b", "2a"]),
        measure("1.2"),
        measure("2.1", goals=["2a"]),
        measure("1.3"),
        themes=[
            {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen. Immer."},
            {"number": 2, "slug": "wohnen", "name": "Wohnen"},
        ],
        goals=[
            {"code": code, "theme": int(code[0]), "title": f"Ziel {code}"}
            for code in ("1a", "1b", "2a", "2b")
        ],
    )
    town = settle(raw)
    report_on(town, "1.2", "done")
    report_on(town, "2.1", "delayed")
    report_on(town, "1.3", "done")
    return Reading(Municipality.objects.get(pk=town.pk), "de")


def test_measure_stands_once_at_its_main_goal(page: Reading) -> None:
    picture = glance(page.outline(), page.standings)

    rows = [
        (row.goal.code, [(stone.entry.measure.code, stone.standing.name) for stone in row.stones])
        for band in picture.bands
        for row in band.rows
    ]
    assert rows == [
        ("1a", [("1.2", "done"), ("1.3", "done")]),
        ("1b", [("1.1", "no_news")]),
        ("2a", [("2.1", "delayed")]),
        ("2b", []),
    ]


def test_band_begins_with_the_first_sentence_of_its_vision(page: Reading) -> None:
    picture = glance(page.outline(), page.standings)

    assert [band.vision for band in picture.bands] == ["Alle lernen.", ""]


def test_legend_counts_what_occurs_in_the_usual_order(page: Reading) -> None:
    legend = glance(page.outline(), page.standings).legend

    assert [(item.name, item.count) for item in legend] == [
        ("done", 2),
        ("delayed", 1),
        ("no_news", 1),
    ]
    assert sorted(legend, key=lambda item: state_names().index(item.name)) == list(legend)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Alle lernen. Alle wohnen.", "Alle lernen."),
        ("Wer kommt? Alle.", "Wer kommt?"),
        ("Willkommen! Alle.", "Willkommen!"),
        ("من يصل؟ الجميع.", "من يصل؟"),
        ("Alle lernen", "Alle lernen"),
        ("Version 1.5 gilt.", "Version 1.5 gilt."),
        ("", ""),
    ],
)
def test_first_sentence_ends_where_it_ends(text: str, sentence: str) -> None:
    cut = first_sentence(LocalText(text, language="ar", is_fallback=True))

    assert (cut, cut.language, cut.is_fallback) == (sentence, "ar", True)
