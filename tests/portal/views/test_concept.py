"""The full text of the edition in force and of older ones."""

import pytest
from django.test import Client

from tests.elements import by_class, by_id, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, settle


def test_full_text_holds_every_level(visit: Visit) -> None:
    root = visit("/de/konzept/").root

    assert len(by_class(root, "fulltext__theme")) == 5
    assert len(by_class(root, "fulltext__goal")) == 15
    assert len(by_class(root, "fulltext__measure")) == 32


def test_contents_lead_to_every_part(visit: Visit) -> None:
    root = visit("/de/konzept/").root

    targets = [target.removeprefix("#") for target in links(by_class(root, "contents")[0])]
    assert len(targets) == 1 + 5 + 15 + 1 + 1
    assert all(by_id(root, target) is not None for target in targets)


def test_edition_in_force_has_its_own_address_too(visit: Visit) -> None:
    titles = [
        words(next(visit(f"/de/{path}").root.iter("h1"))) for path in ("konzept/", "konzept/2022/")
    ]

    assert titles[0] == titles[1]


def test_editions_lead_to_each_other(visit: Visit) -> None:
    assert "/de/konzept/2013/" in links(visit("/de/konzept/").root)
    assert "/de/konzept/2022/" in links(visit("/de/konzept/2013/").root)


def test_older_edition_says_so_and_links_no_measures(visit: Visit) -> None:
    root = visit("/de/konzept/2013/").root

    assert len(by_class(root, "notice")) == 1
    assert len(by_class(root, "fulltext__measure")) > 10
    assert [each for each in links(by_class(root, "fulltext")[0]) if "/massnahmen/" in each] == []


@pytest.mark.parametrize("slug", ["2099", "entwurf"])
def test_unknown_edition_is_not_found(visit: Visit, slug: str) -> None:
    assert visit(f"/de/konzept/{slug}/").response.status_code == 404


def test_adopted_edition_goes_before_a_newer_superseded_one(db: None, client: Client) -> None:
    newer = {"slug": "2030", "title": "Neuer", "edition": 2030, "status": "superseded"}
    settle(plan(measure("1.1")))
    settle(plan(measure("1.1"), concept=newer))

    assert words(next(parsed(client.get("/de/konzept/")).iter("h1"))) == "Plan 2025"


def test_newest_edition_is_shown_where_none_is_in_force(db: None, client: Client) -> None:
    for year in (2010, 2020, 2015):
        concept = {
            "slug": str(year),
            "title": f"Plan {year}",
            "edition": year,
            "status": "superseded",
        }
        settle(plan(measure("1.1"), concept=concept))

    assert words(next(parsed(client.get("/de/konzept/")).iter("h1"))) == "Plan 2020"
