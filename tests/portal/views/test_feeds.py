"""Feeds: Atom, addresses that leave the page, ids that stay, and 304 while nothing is new."""

import datetime as dt
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from leitbild.accounts.models import HostName, Municipality
from leitbild.delivery.models import Milestone
from leitbild.plan.models import Measure
from tests.towns import measure, plan, report_on, settle

ATOM: Final = "{http://www.w3.org/2005/Atom}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"
FEEDS: Final = ("neues.atom", "themen/bildung/neues.atom", "massnahmen/1.1/neues.atom")


@pytest.fixture
def town(db: None) -> Municipality:
    own = {"slug": "musterstadt", "name": "Musterstadt", "languages": ["de", "en", "ar"]}
    measures = [measure("1.1", "Lesen & <b>mehr</b>", lead="schulamt"), measure("1.2")]
    town = settle(plan(*measures, municipality=own))
    HostName.objects.create(municipality=town, name="plan.example.org")
    report_on(town, "1.1", "delayed", "2025-03-01")
    report_on(town, "1.2", "under_way", "2025-04-01")
    return town


def feed(client: Client, path: str, language: str = "de") -> Element:
    response = client.get(f"/{language}/{path}")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 # our own


def texts(element: Element, *path: str) -> list[str]:
    return [str(each.text) for each in element.iterfind("/".join(f"{ATOM}{name}" for name in path))]


@pytest.mark.parametrize(("path", "entries"), list(zip(FEEDS, (2, 2, 1), strict=True)))
def test_feed_is_atom_with_addresses_that_leave_the_page(
    town: Municipality, client: Client, path: str, entries: int
) -> None:
    root = feed(client, path)

    site = "http://plan.example.org/de/"
    found = [
        {each.attrib["rel"]: each.attrib["href"] for each in part.iterfind(f"{ATOM}link")}
        for part in (root, *root.iterfind(f"{ATOM}entry"))
    ]
    assert root.attrib[f"{XML}lang"] == "de"
    assert found[0]["self"] == site + path
    assert (
        site + path.replace("neues.atom", "neues/" if path == "neues.atom" else "")
        == (found[0]["alternate"])
    )
    assert all(each["alternate"].startswith(f"{site}massnahmen/") for each in found[1:])
    assert len(found) - 1 == entries
    assert len(set(texts(root, "id") + texts(root, "entry", "id"))) == entries + 1


def test_entry_says_what_who_and_when(town: Municipality, client: Client) -> None:
    root = feed(client, "neues.atom")

    update = Measure.objects.get(code="1.1").updates.get()
    entry = list(root.iterfind(f"{ATOM}entry"))[1]
    assert texts(entry, "title") == ["1.1 Lesen & <b>mehr</b>: verzögert"]
    assert texts(entry, "id") == [f"tag:plan.example.org,2026:de/update/{update.pk}"]
    assert texts(entry, "published") == ["2025-03-01T00:00:00+01:00"]
    assert texts(entry, "updated") == [update.recorded_at.isoformat()]
    assert texts(entry, "author", "name") == ["Schulamt"]
    assert texts(entry, "summary") == ["<p>Bericht zu 1.1</p><p>Grund: Grund bei 1.1</p>"]
    assert texts(root, "author", "name") == ["Musterstadt"]
    assert texts(root, "updated") == [max(texts(root, "entry", "updated"))]


def test_feed_of_a_measure_tells_milestones_that_were_reached(
    town: Municipality, client: Client
) -> None:
    lesen = Measure.objects.get(code="1.1")
    for title, done in (("Erreicht", dt.date(2025, 5, 5)), ("Offen", None)):
        Milestone.objects.create(measure=lesen, title=title, due="2025-01-01", done=done)
    lesen.updates.create(date="2025-04-01", state="delayed", kind="confirmed")

    entries = feed(client, "massnahmen/1.1/neues.atom", "en").iterfind(f"{ATOM}entry")

    title = "1.1 Lesen & <b>mehr</b>"
    assert [(*texts(each, "published"), *texts(each, "title")) for each in entries] == [
        ("2025-05-05T00:00:00+02:00", f"{title}: Milestone reached"),
        ("2025-04-01T00:00:00+02:00", f"{title}: delayed (confirmed unchanged)"),
        ("2025-03-01T00:00:00+01:00", f"{title}: delayed"),
    ]


@pytest.mark.parametrize("path", FEEDS)
def test_reader_is_told_that_nothing_is_new(town: Municipality, client: Client, path: str) -> None:
    known = client.get(f"/de/{path}").headers["ETag"]

    again = client.get(f"/de/{path}", headers={"if-none-match": known})
    report_on(town, "1.1", "done", "2025-05-01")
    later = client.get(f"/de/{path}", headers={"if-none-match": known})

    assert (again.status_code, again.content) == (304, b"")
    assert later.status_code == 200


def test_feed_without_news_stays_as_it_is(db: None, client: Client) -> None:
    settle(plan(measure("1.1")))

    root = feed(client, "neues.atom")

    assert texts(root, "updated") == ["2025-01-01T00:00:00+01:00"]
    assert texts(root, "entry") == []


def test_text_that_is_not_translated_carries_its_language(
    town: Municipality, client: Client
) -> None:
    root = ElementTree.fromstring(client.get("/ar/neues.atom").content)  # noqa: S314 # our own

    assert '<span lang="de" dir="ltr">Bericht zu 1.2</span>' in texts(root, "entry", "summary")[0]


def test_what_xml_cannot_hold_breaks_no_feed(town: Municipality, client: Client) -> None:
    Measure.objects.get(code="1.2").updates.create(
        date="2025-06-01", state="under_way", text="a\x0bb\x1fc\ufffe"
    )  # fmt: skip

    entry = next(feed(client, "neues.atom").iterfind(f"{ATOM}entry"))

    assert texts(entry, "summary") == ["<p>abc</p>"]


@pytest.mark.parametrize("path", ["themen/fehlt/neues.atom", "massnahmen/9.9/neues.atom"])
def test_feed_of_nothing_is_not_found(town: Municipality, client: Client, path: str) -> None:
    assert client.get(f"/de/{path}").status_code == 404
