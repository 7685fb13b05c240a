"""Imprint, privacy and accessibility are made from what the municipality says of itself."""

import pytest
from django.test import Client

from tests.elements import by_class, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, settle

PAGES = ("impressum/", "datenschutz/", "barrierefreiheit/")
FACTS = {
    "official_name": "Stadt Musterstadt am Fluss",
    "key": "00000000",
    "contact": {
        "office": "Stabsstelle Ankommen",
        "address": "Marktplatz 1\n00000 Musterstadt",
        "email": "amt@example.org",
        "phone": "0123 456",
    },
    "imprint": {
        "represented_by": "die Bürgermeisterin",
        "responsible": "Frau Beispiel",
        "supervisory_authority": "Landkreis Muster",
        "data_protection_email": "schutz@example.org",
        "hosting": "Rechenzentrum Muster",
        "enforcement_body": "Durchsetzungsstelle Muster",
        "enforcement_url": "https://example.org/stelle",
    },
}


@pytest.mark.parametrize(
    ("page", "facts"),
    [
        (
            "impressum/",
            [
                *("Stadt Musterstadt am Fluss", "Marktplatz 1", "die Bürgermeisterin"),
                *("Frau Beispiel", "Landkreis Muster", "Rechenzentrum Muster", "00000000"),
                "amt@example.org",
            ],
        ),
        ("datenschutz/", ["Stadt Musterstadt am Fluss", "schutz@example.org", "Rechenzentrum"]),
        (
            "barrierefreiheit/",
            ["Stadt Musterstadt am Fluss", "amt@example.org", "0123 456", "Durchsetzungsstelle"],
        ),
    ],
)
def test_page_says_what_is_known(db: None, client: Client, page: str, facts: list[str]) -> None:
    town = {"slug": "a", "name": "Musterstadt", "languages": ["de"], **FACTS}
    settle(plan(measure("1.1"), municipality=town))

    text = words(next(parsed(client.get(f"/de/{page}")).iter("main")))

    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_leaves_out_what_is_not_known(db: None, client: Client, page: str) -> None:
    settle(plan(measure("1.1")))

    root = parsed(client.get(f"/de/{page}"))

    main = next(root.iter("main"))
    assert "Musterstadt" in words(main)
    assert "None" not in words(main)
    assert [each for each in main.iter("dd") if not words(each)] == []
    assert [
        each.attrib["href"] for each in main.iter("a") if each.attrib["href"] == "mailto:"
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_is_linked_from_every_page(visit: Visit, page: str) -> None:
    footer = next(visit("/de/massnahmen/2.3/").root.iter("footer"))

    assert f"/de/{page}" in [each.attrib["href"] for each in footer.iter("a")]


@pytest.mark.parametrize("page", ["", "impressum/", "datenschutz/"])
def test_address_keeps_its_order_in_a_page_from_right_to_left(
    db: None, client: Client, page: str
) -> None:
    town = {"slug": "a", "name": "Musterstadt", "languages": ["de", "ar"], **FACTS}
    settle(plan(measure("1.1"), municipality=town))

    [address] = by_class(parsed(client.get(f"/ar/{page}")), "address")

    assert [words(line) for line in address.iter("bdi")] == ["Marktplatz 1", "00000 Musterstadt"]


@pytest.mark.parametrize("page", ["", "impressum/", "barrierefreiheit/"])
def test_telephone_number_is_read_from_left_to_right(db: None, client: Client, page: str) -> None:
    town = {"slug": "a", "name": "Musterstadt", "languages": ["de", "ar"], **FACTS}
    settle(plan(measure("1.1"), municipality=town))

    marked = parsed(client.get(f"/ar/{page}")).iter("bdi")

    numbers = [(words(each), each.attrib["dir"]) for each in marked if "dir" in each.attrib]
    assert numbers == [("0123 456", "ltr")]
