"""A theme: vision, goals, measures, and the way to its neighbours."""

import pytest
from django.test import Client

from tests.elements import by_class, by_id, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, settle

THEMES = ("bildung-und-arbeit", "sprachfoerderung", "begegnung", "ehrenamt", "wohnen")


def test_theme_shows_its_goals_and_measures(visit: Visit) -> None:
    root = visit("/de/themen/sprachfoerderung/").root

    measures = [
        words(by_class(each, "numeral")[0]) for each in by_class(root, "measure-list__item")
    ]
    goals = [each.attrib["id"] for each in by_class(root, "goal")]
    assert goals == ["ziel-2a", "ziel-2b", "ziel-2c"]
    assert measures == ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]
    assert words(by_class(root, "statement")[0])
    assert {each.partition("state=")[0] for each in links(by_class(root, "legend")[0])} == {
        "/de/massnahmen/?theme=2&"
    }
    assert "/de/neues/?theme=2" in links(root)


def test_goal_names_measures_that_also_serve_it(visit: Visit) -> None:
    goal = by_id(visit("/de/themen/sprachfoerderung/").root, "ziel-2a")

    assert "/de/massnahmen/1.6/" in links(goal)


@pytest.mark.parametrize("place", range(5))
def test_neighbours_are_linked(visit: Visit, place: int) -> None:
    root = visit(f"/de/themen/{THEMES[place]}/").root

    neighbours = {each.attrib["rel"]: each.attrib["href"] for each in by_class(root, "turn")[0]}
    before = {"prev": f"/de/themen/{THEMES[place - 1]}/"} if place else {}
    after = {"next": f"/de/themen/{THEMES[place + 1]}/"} if place < 4 else {}
    assert neighbours == before | after


def test_what_a_theme_lacks_is_said(db: None, client: Client) -> None:
    settle(
        plan(
            themes=[
                {"number": 1, "slug": "a", "name": "A"},
                {"number": 2, "slug": "b", "name": "B"},
            ]
        )
    )

    without_vision = parsed(client.get("/de/themen/a/"))
    without_goals = parsed(client.get("/de/themen/b/"))

    assert len(by_class(without_vision, "empty")) == 1
    assert len(by_class(without_vision, "gap")) == 1
    assert len(by_class(without_goals, "empty")) == 2


def test_unknown_theme_is_not_found(visit: Visit) -> None:
    assert visit("/de/themen/fehlt/").response.status_code == 404


def test_address_of_all_themes_leads_home(visit: Visit) -> None:
    response = visit("/de/themen/").response

    assert (response.status_code, response.headers["Location"]) == (302, "/de/")


def test_theme_of_an_older_edition_is_not_found(db: None, client: Client) -> None:
    old = {"slug": "2015", "title": "Alt", "edition": 2015, "status": "superseded"}
    themes = [{"number": 1, "slug": "frueher", "name": "Früher"}]
    settle(plan(measure("1.1")))
    settle(plan(measure("1.1"), concept=old, themes=themes))

    assert client.get("/de/themen/frueher/").status_code == 404
    assert client.get("/de/themen/bildung/").status_code == 200
