"""Rendering pages of the demo city and of its office, without a server and without a network."""

from collections.abc import Iterator
from typing import Final

from django.test import Client

from bench.installation import empty_database
from bench.timing import Result, fastest
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality
from leitbild.demo.load import load_demo
from leitbild.demo.people import demo_sign_ins
from leitbild.plan.models import Concept
from leitbild.plan.queries.publications import frozen_concept, publications_of
from leitbild.reports.concept_pdf import concept_pdf

PAGES: Final = {
    "/de/": "home page",
    "/de/massnahmen/": "list of measures",
    "/ar/": "home in Arabic",
}
OFFICE: Final = {
    "/office/": "the office's start page",
    "/office/konzepte/2022/": "the office's outline",
    "/office/konzepte/2022/check/": "the plan check",
}
PLAIN: Final = "/healthz"
BESIDE: Final = "`/healthz`, an answer with one trivial query and without a template"
RUNS: Final = 30


def results() -> Iterator[Result]:
    """Each page of the demo city beside an answer that Django only passes on."""
    empty_database()
    town = load_demo()
    beside = _seconds(PLAIN)
    for path, name in PAGES.items():
        yield Result(f"{name} (`{path}`)", _seconds(path), BESIDE, beside)
    officer = _officer(town)
    for path, name in OFFICE.items():
        yield Result(f"{name} (`{path}`)", _seconds(path, officer), BESIDE, beside)
    yield Result("the council's PDF of 32 measures", _paper(), BESIDE, beside)


def _officer(town: Municipality) -> Client:
    """A browser in which the demo's integration officer is signed in."""
    demo_sign_ins(town)
    client = Client()
    client.force_login(Membership.objects.get(municipality=town, role=Role.OFFICER).user)
    return client


def _paper() -> float:
    publication = publications_of(Concept.objects.get(slug="2022")).get(number=1)
    frozen = frozen_concept(publication)
    return fastest(lambda: concept_pdf(frozen), runs=RUNS)


def _seconds(path: str, client: Client | None = None) -> float:
    client = client or Client()
    status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} answers {status}, there is nothing to measure.")
    return fastest(lambda: client.get(path), runs=RUNS)
