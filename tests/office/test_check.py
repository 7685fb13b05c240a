"""The plan check's page: what it finds, why it matters, and the way to the very field."""

import datetime as dt

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.office.concept.curve import curve
from leitbild.plan.models import Concept, FindingCount, Measure
from leitbild.plan.queries.review.counts import DayCount
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

CHECK = "/office/konzepte/2022/check/"


@pytest.fixture
def officer(demo_city: Municipality) -> Client:
    return signed_in(member(demo_city, Role.OFFICER))


@pytest.fixture
def editor(demo_city: Municipality) -> Client:
    own = Organisation.objects.get(slug="freiwilligenagentur")
    return signed_in(member(demo_city, Role.EDITOR, organisation=own))


def parts(client: Client, address: str = CHECK) -> dict[str, list[str]]:
    """The codes that each check with findings names."""
    sections = by_class(parsed(client.get(address)), "finding")
    return {
        section.attrib["aria-labelledby"]: [
            words(each) for each in by_class(section, "coded__code")
        ]
        for section in sections
    }


def test_checks_stand_in_order_with_the_parts_they_name(officer: Client) -> None:
    response = officer.get(CHECK)

    assert_valid(response)
    assert parts(officer) == {
        "lead-missing": ["4.5", "5.4"],
        "date-missing": ["3.7", "4.5"],
        "others-only": ["4.6", "5.3", "5.6"],
    }
    assert words(by_class(parsed(response), "check__sum")[0]) == "7 hints"


def test_checks_that_passed_say_so(officer: Client) -> None:
    passed = by_class(parsed(officer.get(CHECK)), "passed")[0]

    assert words(next(passed.iter("summary"))) == "15 checks passed"
    assert len(list(passed.iter("dt"))) == 15


def test_findings_lead_to_their_field(officer: Client) -> None:
    root = parsed(officer.get(CHECK))

    found = [link for section in by_class(root, "finding") for link in links(section)]
    first = Measure.objects.get(concept__slug="2022", code="4.5")
    assert len(found) == 7
    assert found[0] == f"/office/konzepte/2022/massnahmen/{first.pk}/#id_lead"
    for address in found:
        page, _, field = address.partition("#")
        assert by_id(parsed(officer.get(page)), field) is not None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=5", {"lead-missing": ["5.4"], "others-only": ["5.3", "5.6"]}),
        ("lead=volkshochschule", {"others-only": ["5.3"]}),
        ("lead=-", {"lead-missing": ["4.5", "5.4"], "date-missing": ["4.5"]}),
        ("check=date-missing", {"date-missing": ["3.7", "4.5"]}),
        ("check=date-missing&theme=3", {"date-missing": ["3.7"]}),
        ("check=vision-missing", {}),
    ],
)
def test_address_narrows_the_findings_down(
    officer: Client, query: str, expected: dict[str, list[str]]
) -> None:
    assert parts(officer, f"{CHECK}?{query}") == expected


def test_what_the_concept_does_not_have_is_left_out_and_said(officer: Client) -> None:
    response = officer.get(f"{CHECK}?theme=99&check=spelling&mine=on")

    assert words(by_class(parsed(response), "notice")[0]) == (
        "The address asks for something this concept does not have (99, spelling). We left it out."
    )
    assert words(by_class(parsed(response), "check__sum")[0]) == "7 hints"


def test_editor_sees_all_and_mends_their_own(editor: Client) -> None:
    root = parsed(editor.get(CHECK))

    own = Measure.objects.get(concept__slug="2022", code="4.6")
    found = [link for section in by_class(root, "finding") for link in links(section)]
    assert len(by_class(root, "finding__line")) == 7
    assert found == [f"/office/konzepte/2022/massnahmen/{own.pk}/#id_partners"]


def test_editor_asks_for_their_own_measures(editor: Client) -> None:
    assert parts(editor, f"{CHECK}?mine=on") == {"others-only": ["4.6"]}


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.TRANSLATOR, Role.ADMINISTRATOR])
def test_others_read_without_links(demo_city: Municipality, role: Role) -> None:
    root = parsed(signed_in(member(demo_city, role)).get(CHECK))

    assert len(by_class(root, "finding__line")) == 7
    assert [link for section in by_class(root, "finding") for link in links(section)] == []


def test_superseded_edition_is_read_only(officer: Client) -> None:
    root = parsed(officer.get("/office/konzepte/2013/check/"))

    assert len(by_class(root, "finding__line")) == 42
    assert [link for section in by_class(root, "finding") for link in links(section)] == []
    assert "was superseded" in words(by_class(root, "notice")[0])


def test_goal_without_measure_leads_to_a_new_one_below_it(db: None) -> None:
    town = settle(plan())
    client = signed_in(member(town, Role.OFFICER))

    root = parsed(client.get("/office/konzepte/2025/check/?check=measure-missing"))

    address = links(by_class(root, "finding")[0])[0]
    assert address == "/office/konzepte/2025/massnahmen/neu/?goal=1a"
    assert client.get(address).status_code == 200


def test_long_list_is_cut_short_and_leads_to_the_whole(db: None) -> None:
    town = settle(plan(measure("1.1")))
    grow(town, 60)
    client = signed_in(member(town, Role.OFFICER))
    check = "/office/konzepte/2025/check/"

    short = parts(client, f"{check}?theme=1")["date-missing"]
    address = next(
        link
        for section in by_class(parsed(client.get(f"{check}?theme=1")), "finding")
        for link in links(section)
        if link.endswith("check=date-missing")
    )
    assert len(short) == 40
    assert address == "?theme=1&check=date-missing"
    assert len(parts(client, check + address)["date-missing"]) == 61


def test_texts_keep_their_language_on_a_page_in_another(demo_city: Municipality) -> None:
    client = signed_in(member(demo_city, Role.OFFICER, language="ar"))

    root = parsed(client.get(CHECK))

    title = list(by_class(root, "coded")[0])[1]
    assert (title.attrib["lang"], title.attrib["dir"]) == ("de", "ltr")


def test_history_is_a_curve_with_its_table(officer: Client) -> None:
    concept = Concept.objects.get(slug="2022")
    today = FindingCount.objects.filter(concept=concept)[0].day
    before = today - dt.timedelta(days=10)
    FindingCount.objects.create(concept=concept, day=before, check_name="lead-missing", count=14)

    history = by_class(parsed(officer.get(CHECK)), "history")[0]

    rows = [[words(cell) for cell in row] for row in history.iter("tr")]
    picture = by_class(history, "curve__line")[0]
    assert [row[1] for row in rows] == ["Hints", "7", "14"]
    assert picture.attrib["aria-label"] == "Hints over time: first 14, now 7"


def test_first_day_has_no_curve_yet(officer: Client) -> None:
    root = parsed(officer.get(CHECK))

    assert by_class(root, "curve") == []
    assert "From the second day of work on" in words(by_class(root, "history")[0])


def test_curve_steps_from_the_first_day_until_today() -> None:
    first = dt.date(2026, 1, 1)
    days = [DayCount(first, 10), DayCount(dt.date(2026, 1, 6), 5)]

    drawn = curve(days, today=dt.date(2026, 1, 11))

    assert drawn is not None
    assert drawn.line == "M0 0H300V36H600"
    assert [day.count for day in drawn.days] == [5, 10]
    assert curve(days[:1], today=first) is None


def test_curve_of_nothing_lies_on_the_ground() -> None:
    day = dt.date(2026, 1, 1)

    drawn = curve([DayCount(day, 0), DayCount(day + dt.timedelta(days=1), 0)], today=day)

    assert drawn is not None
    assert drawn.line == "M0 72H600V72H600"


def test_outsiders_find_nothing(demo_city: Municipality) -> None:
    assert signed_in(person("nobody@example.org")).get(CHECK).status_code == 404
    assert Client().get(CHECK).status_code == 302


def test_wrong_method_is_refused(officer: Client) -> None:
    assert officer.post(CHECK).status_code == 405


def test_unknown_edition_is_not_found(officer: Client) -> None:
    assert officer.get("/office/konzepte/1999/check/").status_code == 404


def test_page_takes_the_same_queries_for_many_measures(db: None) -> None:
    town = settle(plan(measure("1.1", lead="schulamt", start=2025)))
    grow(town, 1)
    client = signed_in(member(town, Role.OFFICER))
    path = "/office/konzepte/2025/check/"
    client.get(path)

    few = queries_of(lambda: client.get(path))
    grow_more(town)

    assert_same_number(few, queries_of(lambda: client.get(path)))
    assert len(few) <= 16


def grow_more(town: Municipality) -> None:
    """Thirty measures more under codes of their own."""
    Measure.objects.filter(concept__municipality=town, code__startswith="9.").update(code="8.1")
    grow(town, 30)
