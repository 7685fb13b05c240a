"""Nothing unfinished is seen by a signed-out reader: a walk over every address there is.

The walk takes the addresses from the product itself, so a new one is walked as well; one
whose parameters it doesn't know fails. Everything unfinished says SECRET (tests.office.worlds).
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Attachment
from leitbild.plan.models import Concept, Draft, Measure, Publication, Theme
from tests.database import rolled_back
from tests.office.worlds import HIDDEN, MONEY, SECRET, WORD, World
from tests.people import signed_in

LANGUAGES: Final = ("de", "ar")
"""The source's and one whose texts are translations; the others' pages are made as Arabic's are."""
NUMBERS: Final = (1, 2)
# What a reader may type to find more: words of drafts, and filters that name parts of a draft.
QUERIES: Final = ("q={word}", "theme={theme}", "goal={goal}", "stage=x&sort=title", "page=2")
ANYTHING: Final[Mapping[str, Sequence[Any]]] = {
    "key": ("1-abc-def", "x"),
    "uidb36": ("1",),
    "provider_id": ("x",),
    "token": ("0" * 32, "x"),
    "suffix": ("xlsx", "json", "zip", "csv"),
    "which": ("standard", "eigene", "vorschau"),
    "name": ("massnahmen", "x"),
    "kind": (),
    "language": ("ar", "de"),
}
"""Values of parameters that name nothing of the plan."""
STANDING_FOR_OTHERS: Final = {
    "office/account/oidc/<str:provider_id>/login/",
    "social/login/cancelled/",
    "social/login/error/",
    "social/signup/",
    "social/connections/",
}
"""Addresses without a name; another that has a name answers in the same way and is walked."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address by its whole name, with the names of its parameters."""

    name: str
    parameters: tuple[str, ...]


def named(
    patterns: Sequence[Any], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Every address there is; one without a name can't be walked and fails."""
    for each in patterns:
        parameters = (*above, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inside = ":".join(filter(None, [space, each.namespace or ""]))
            yield from named(each.url_patterns, inside, parameters)
        elif str(each.pattern) not in STANDING_FOR_OTHERS:
            assert each.name, f"{each} has no name: this test can’t walk it"
            yield Address(":".join(filter(None, [space, each.name])), parameters)


def addresses(world: World, prefix: str, *, most: int | None = None) -> list[str]:
    """Every address of this name or name space, with every value its parameters can have.

    `most` limits how many there are of a name, the last first: those of drafts.
    """
    found: dict[str, None] = {}
    for each in named(get_resolver().url_patterns):
        if each.name != prefix and not (prefix.endswith(":") and each.name.startswith(prefix)):
            continue
        values = [_values(each.name, parameter, world) for parameter in each.parameters]
        for chosen in list(product(*values))[-most if most else None :]:
            kwargs = dict(zip(each.parameters, chosen, strict=True))
            found[reverse(each.name, kwargs=kwargs)] = None
    return list(found)


def _values(name: str, parameter: str, world: World) -> Sequence[Any]:
    """What may stand in an address: what there is, drafts above all."""
    concepts = [world.current.slug, "2013", world.upcoming.slug]
    if parameter == "slug" and name == "portal:theme":
        return list(Theme.objects.exclude(concept__slug="2013").values_list("slug", flat=True))
    if parameter == "kind":
        return (Measure,) if name == "office:translate" else ("measure", "theme", "concept")
    known: dict[str, Sequence[Any]] = {
        "slug": concepts,
        "code": _codes(world),
        "number": NUMBERS,
        "other": NUMBERS,
        "pk": (
            *(world.led.pk, world.draft.pk, world.bin_entry.part_id, world.upcoming.pk),
            *(world.answer.pk, world.answer.request_id, world.answer.request.round_id),
            *Attachment.objects.values_list("pk", flat=True),
        ),
        **ANYTHING,
    }
    assert parameter in known, f"{name}: teach this test the parameter “{parameter}”"
    return known[parameter]


def _codes(world: World) -> list[str]:
    """Measures of the draft, public ones that somebody drafts or translates, their neighbours."""
    drafted = Measure.objects.filter(concept=world.upcoming)[:3]
    public = Measure.objects.filter(concept=world.current)[:5]
    return list(dict.fromkeys(each.code for each in (*drafted, *public, world.led, world.foreign)))


def leaks(client: Client, place: str, methods: Sequence[str] = ("get",)) -> Iterator[str]:
    """What an answer gives away, in its body or in its headers."""
    for method in methods:
        response = getattr(client, method)(place)
        assert response.status_code < 500, place
        for part in (*_readable(response), "\n".join(map(str, response.headers.items()))):
            for sign in (SECRET, HIDDEN, *MONEY):
                # What the reader typed may come back to them; what they didn't, may not.
                if sign.lower() in part.lower() and sign not in place:
                    yield f"{method} {place}: {sign}"


def _readable(response: Any) -> list[str]:
    """The body as text; of a workbook its sheets."""
    content = response.getvalue()
    if not content.startswith(b"PK"):
        return [content.decode(errors="replace")]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name).decode(errors="replace") for name in archive.namelist()]


def asked(world: World, place: str) -> Iterator[str]:
    """An address with everything a reader may ask of it."""
    theme = Theme.objects.filter(concept=world.upcoming)[0]
    goal = world.upcoming.goals.all()[0]
    values = {"word": WORD, "theme": theme.number, "goal": goal.pk}
    yield from (f"{place}?{query.format(**values)}" for query in QUERIES)


def walked(world: World, client: Client, prefix: str = "portal:") -> list[str]:
    """Everything the portal gives away in the language in use, at addresses named like `prefix`."""
    found: list[str] = []
    for each in named(get_resolver().url_patterns):
        if not each.name.startswith(prefix):
            continue
        for place in addresses(world, each.name):
            found += leaks(client, place)
        if not each.parameters:
            place = reverse(each.name)
            found += [leak for every in asked(world, place) for leak in leaks(client, every)]
    return found


# Of the languages, the one whose texts take a query more.
@pytest.mark.parametrize("language", ["de", pytest.param("ar", marks=pytest.mark.everywhere)])
def test_reader_meets_nothing_unfinished_on_any_page(world: World, language: str) -> None:
    with override(language):
        assert walked(world, Client()) == []


def test_head_says_no_more_than_get(world: World) -> None:
    found = [
        leak
        for each in addresses(world, "portal:", most=2)
        for leak in leaks(Client(), each, ("head",))
    ]

    assert found == []


def test_languages_walked_are_the_citys(demo_city: Municipality) -> None:
    assert demo_city.source_language == LANGUAGES[0]
    assert set(LANGUAGES) < set(demo_city.languages)


def test_walk_notices_a_draft_that_became_public(world: World) -> None:
    Concept.objects.filter(pk=world.upcoming.pk).update(status="adopted")

    places = ("portal:home", "portal:measures", "portal:search")
    found = "\n".join(leak for each in places for leak in walked(world, Client(), each))

    for page in ("/en/: ", "/en/massnahmen/: ", "tabelle.csv", "tabelle.xlsx", "/en/suche/?q="):
        assert page in found


def beside(world: World) -> list[str]:
    """Addresses that belong neither to the portal nor to the office: for machines, for sign-in."""
    names = (each.name for each in named(get_resolver().url_patterns))
    return [place for name in names if ":" not in name for place in addresses(world, name)]


@pytest.mark.everywhere
def test_machines_meet_nothing_unfinished(world: World) -> None:
    outside = [place for place in beside(world) if not place.startswith("/office/")]

    assert {"/", "/robots.txt", "/sitemap.xml", "/palette.css", "/healthz"} <= set(outside)
    assert [leak for each in outside for leak in leaks(Client(), each, ("get", "head"))] == []


def test_colours_of_drafts_are_in_the_offices_palette_alone(world: World) -> None:
    drafts = [f".theme-{each.pk}" for each in Theme.objects.filter(concept=world.upcoming)]
    officer = signed_in(world.people[Role.OFFICER])

    public = Client().get("/palette.css").content.decode()
    inside = officer.get("/office/palette.css").content.decode()

    assert [each for each in drafts if f"{each} " in public or f"{each}{{" in public] == []
    assert "#5b2a86" not in public
    assert all(each in inside for each in drafts)


@pytest.mark.parametrize("method", ["get", "post"])
def test_office_gives_nothing_away_to_who_is_signed_out(world: World, method: str) -> None:
    stranger = Client()
    found: list[str] = []
    for place in addresses(world, "office:", most=4):
        with rolled_back():
            found += leaks(stranger, place, methods=(method,))

    assert found == []


def test_sign_in_gives_nothing_away(world: World) -> None:
    account = [place for place in beside(world) if place.startswith("/office/account/")]

    assert len(account) > 10
    assert [leak for each in account for leak in leaks(Client(), each)] == []


def test_outsider_who_is_signed_in_sees_no_more_than_a_reader(world: World) -> None:
    outsider = signed_in(world.outsider)

    places = addresses(world, "office:", most=2)
    found = [leak for each in places for leak in leaks(outsider, each)]

    assert found == []


def test_officer_does_see_what_is_hidden(world: World) -> None:
    officer = signed_in(world.people[Role.OFFICER])
    edition = {"slug": world.upcoming.slug}
    shown = [
        reverse("office:concept", kwargs=edition),
        reverse("office:export", kwargs={**edition, "suffix": "xlsx"}),
        reverse("office:draft", kwargs={"pk": world.draft.pk}),
        reverse("office:publication", kwargs={**edition, "number": 1}),
        reverse("office:round", args=[world.current.slug, world.answer.request.round_id]),
        reverse("office:log"),
        reverse("office:bin", kwargs=edition),
    ]

    silent = [place for place in shown if not list(leaks(officer, place))]

    assert silent == []


def test_world_holds_unfinished_work_of_every_kind(world: World) -> None:
    assert Draft.objects.count() == 3
    assert Publication.objects.filter(concept=world.upcoming, decision=None).count() == 1
    assert world.upcoming.measure_lineage.exclude(reason="").exists()
    assert world.bin_entry.content["title"].startswith(SECRET)
