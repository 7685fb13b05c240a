"""The matrix of arrival shows every stage in every theme, and gaps as gaps."""

from django.test import Client

from tests.elements import by_class, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, settle

STAGES = [{"slug": "ankommen", "name": "Ankommen"}, {"slug": "einleben", "name": "Einleben"}]
THEMES = [
    {"number": 1, "slug": "bildung", "name": "Bildung"},
    {"number": 2, "slug": "wohnen", "name": "Wohnen"},
]


def test_matrix_has_a_cell_for_every_stage_and_theme(visit: Visit) -> None:
    root = visit("/de/ankommen/").root

    cells = by_class(root, "matrix__cell")
    gaps = by_class(root, "matrix__cell--gap")
    assert len(cells) == 5 * 5
    assert [cell for cell in cells if not by_class(cell, "matrix__link")] == gaps


def test_measure_stands_at_its_stages_in_its_theme(db: None, client: Client) -> None:
    settle(
        plan(
            measure("1.1", stages=["ankommen", "einleben"]),
            measure("2.1", goals=["2a"], stages=["einleben"]),
            measure("1.2"),
            stages=STAGES,
            themes=THEMES,
            goals=[
                {"code": "1a", "theme": 1, "title": "Lesen"},
                {"code": "2a", "theme": 2, "title": "Wohnen"},
            ],
        )
    )

    root = parsed(client.get("/de/ankommen/"))

    cells = [links(cell) for cell in by_class(root, "matrix__cell")]
    first, second = "/de/massnahmen/1.1/", "/de/massnahmen/2.1/"
    parts = by_class(root, "leaf__part")
    assert cells == [[first], [], [first], [second]]
    assert [words(each) for each in parts[0].iter("li")] == ["Ankommen × Wohnen"]
    assert links(parts[1]) == ["/de/massnahmen/1.2/"]


def test_matrix_without_gaps_says_so(db: None, client: Client) -> None:
    settle(plan(measure("1.1", stages=["ankommen"]), stages=STAGES[:1]))

    root = parsed(client.get("/de/ankommen/"))

    [part] = by_class(root, "leaf__part")
    assert by_class(root, "matrix__cell--gap") == []
    assert list(part.iter("li")) == []
    assert words(part)


def test_town_without_stages_is_told(db: None, client: Client) -> None:
    town = settle(plan(measure("1.1")))
    town.stages.all().delete()

    root = parsed(client.get("/de/ankommen/"))

    assert by_class(root, "matrix") == []
    assert len(by_class(root, "empty")) == 1
