"""The office's frame: its navigation shows what the person may open, and where they are."""

from typing import Final

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Measure
from tests.elements import by_class, links, parsed, words
from tests.people import member, signed_in

TODAY: Final = "/office/"


def test_navigation_names_what_the_person_may_open(demo_city: Municipality) -> None:
    named = {
        role: [
            words(each)
            for each in by_class(parsed(signed_in(member(demo_city, role)).get(TODAY)), "bar__nav")[
                0
            ].iter("a")
        ]
        for role in (Role.OFFICER, Role.TRANSLATOR, Role.ADMINISTRATOR, Role.OBSERVER)
    }

    assert named == {
        Role.OFFICER: [
            "Today",
            "Concept",
            "Delivery",
            "Drafts",
            "Translations",
            "People",
            "Log",
        ],
        Role.TRANSLATOR: ["Today", "Concept", "Delivery", "Translations"],
        Role.ADMINISTRATOR: ["Today", "Concept", "Delivery", "People", "Log"],
        Role.OBSERVER: ["Today", "Concept", "Delivery"],
    }


@pytest.mark.parametrize("role", list(Role))
def test_navigation_leads_where_the_person_may_go(demo_city: Municipality, role: Role) -> None:
    client = signed_in(member(demo_city, role))
    bar = by_class(parsed(client.get(TODAY)), "bar__nav")[0]

    assert [client.get(each).status_code for each in links(bar)] == [200] * len(links(bar))
    assert [
        each.attrib["aria-current"] for each in bar.iter("a") if "aria-current" in each.attrib
    ] == ["page"]


def test_navigation_says_in_which_room_a_page_lies(demo_city: Municipality) -> None:
    client = signed_in(member(demo_city, Role.OFFICER))

    bar = by_class(parsed(client.get("/office/konzepte/2022/check/")), "bar__nav")[0]

    current = [each for each in bar.iter("a") if "aria-current" in each.attrib]
    assert [(words(each), each.attrib["aria-current"]) for each in current] == [("Concept", "true")]


def test_public_view_is_the_page_of_what_one_edits(demo_city: Municipality) -> None:
    client = signed_in(member(demo_city, Role.OFFICER))
    row = Measure.objects.get(concept__slug="2022", code="2.3")

    def public(address: str) -> str:
        root = parsed(client.get(address))
        return next(each.attrib["href"] for each in root.iter("a") if "data-public" in each.attrib)

    assert public(f"/office/konzepte/2022/massnahmen/{row.pk}/") == "/de/massnahmen/2.3/"
    assert public("/office/konzepte/2022/check/") == "/de/konzept/"
    assert public(TODAY) == "/"
