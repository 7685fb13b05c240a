"""Who may open what: every address of the office for every role, and the rows within.

A new address needs a line here, written by hand: the table isn't taken from the code it checks.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact
from leitbild.office.adopting import uploads
from leitbild.office.urls import urlpatterns
from leitbild.plan.models import Draft, Goal, Measure, Theme
from tests.database import rolled_back
from tests.office.worlds import HIDDEN, World, attachment_of, revision_of
from tests.people import signed_in

pytestmark = pytest.mark.everywhere

OFFICER: Final = {Role.OFFICER}
WRITERS: Final = {Role.OFFICER, Role.EDITOR}
TRANSLATORS: Final = {Role.OFFICER, Role.TRANSLATOR}
HEADS: Final = {Role.OFFICER, Role.ADMINISTRATOR}
ALL: Final = set(Role)

MAY: Final[Mapping[str, set[Role]]] = {
    # everyone who works here
    "palette": ALL,
    "today": ALL,
    "check": ALL,
    "account": ALL,
    "concepts": ALL,
    "concept": ALL,
    "export": ALL,
    "history": ALL,
    "revision": ALL,
    "publications": ALL,
    "publication": ALL,
    "publication-pdf": ALL,
    "publication-comparison": ALL,
    # people and what they did
    "people": HEADS,
    "membership": HEADS,
    "leaving": HEADS,
    "withdrawal": HEADS,
    "log": HEADS,
    "log-csv": HEADS,
    "log-xlsx": HEADS,
    # writing
    "preview": WRITERS,
    "edit": WRITERS,
    "drafts": WRITERS,
    "draft": WRITERS,
    "conflict": WRITERS,
    "translations": TRANSLATORS,
    "translate": TRANSLATORS,
    # the plan as a whole
    "import": OFFICER,
    "import-template": OFFICER,
    "import-preview": OFFICER,
    "new-concept": OFFICER,
    "arrange": OFFICER,
    "renumber": OFFICER,
    "bulk": OFFICER,
    "bin": OFFICER,
    "restore": OFFICER,
    "delete": OFFICER,
    "new": OFFICER,
    "submit": OFFICER,
    "resolve": OFFICER,
    "withdraw": OFFICER,
    "continue": OFFICER,
    "continue-unchanged": OFFICER,
    "origins": OFFICER,
    "fate": OFFICER,
    "fate-undo": OFFICER,
    "explain": OFFICER,
    # one measure's delivery
    "sheet": ALL,
    "attachment": ALL,
    "my-measures": WRITERS,
    "sheet-report": WRITERS,
    "sheet-unchanged": WRITERS,
    "sheet-milestones": WRITERS,
    "sheet-money": WRITERS,
    "sheet-papers": WRITERS,
    "sheet-files": WRITERS,
    "sheet-responsible": OFFICER,
    "sheet-rhythm": OFFICER,
    # the board
    "board": ALL,
    "board-table": ALL,
    # reports to the council
    **dict.fromkeys(("reports", "report-preview", "report", "report-file"), ALL),
    "report-freeze": OFFICER,
    "missing": ALL,
    "missing-csv": ALL,
    # how the plan is conducted
    "answers": OFFICER,
    "answer": OFFICER,
    "contacts": OFFICER,
    "stuck-mails": OFFICER,
    "contact": OFFICER,
    "conduct": OFFICER,
    "concept-rhythm": OFFICER,
    "report-template": OFFICER,
    "report-template-file": OFFICER,
    # asking for news
    **dict.fromkeys(("rounds", "round-new", "round", "round-change", "round-table"), OFFICER),
    "hand-on": OFFICER,
}
EXCEPTIONS: Final = {
    # Nobody can have signed in before: the secret in the link lets one in.
    *("invitation", "reply", "reply-question"),
    # There only when the installation shows mails: the code one signs in with stands in them.
    "mails",
    # Calendar programs can't sign in: the address is the key.
    "calendar",
}
POST_ONLY: Final = {
    "concept-rhythm",
    *("withdrawal", "restore", "preview", "continue-unchanged", "fate-undo", "report-freeze"),
}
READ_ONLY: Final = {
    *("sheet", "attachment", "my-measures"),
    *("board", "board-table", "missing", "missing-csv", "rounds", "round-table"),
    *("reports", "report-preview", "report", "report-file", "report-template-file"),
    *("palette", "today", "check", "concepts", "concept", "export", "history"),
    *("publications", "publication", "publication-pdf", "publication-comparison"),
    *("log", "log-csv", "log-xlsx", "drafts", "translations", "import-template", "bin", "origins"),
}
REST: Final = (Role.ADMINISTRATOR, Role.EDITOR, Role.TRANSLATOR, Role.OBSERVER)
# The officer, who may do nearly everything, meets nearly every query there is.
SOMEBODY: Final = [
    Role.OFFICER,
    *(pytest.param(each, marks=pytest.mark.page) for each in (*REST, "outsider", "signed out")),
]


def patterns() -> Iterator[URLPattern]:
    """Every address of the office; nested lists of addresses have no place here yet."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), f"{pattern}: teach this test nested addresses"
        yield pattern


def address(name: str, world: World) -> str:
    """An address at which there is something for whoever may see it."""
    place = reverse(f"office:{name}", kwargs=_values(name, world))
    if name != "publication-comparison":
        return place
    return f"{place}?other={world.upcoming.publications.get().pk}"


def _contact(world: World) -> int:
    assert world.led.lead
    found, _ = Contact.objects.get_or_create(
        organisation=world.led.lead, email="kontakt@example.org", name="Kontakt"
    )
    return found.pk


# long: one line an address
def _values(name: str, world: World) -> dict[str, Any]:
    part = {"slug": world.current.slug, "kind": "measure", "pk": world.led.pk}
    upcoming = {"slug": world.upcoming.slug}
    before = world.upcoming.measure_lineage.filter(before__isnull=False)[0].before_id
    after = Measure.objects.get(concept=world.upcoming, code=f"{HIDDEN}-neu").pk
    adopted = {"slug": world.current.slug, "number": 1}
    proposed = {**upcoming, "number": 1}
    given = world.answer
    asked = {"slug": world.current.slug, "pk": given.request.round_id}
    listed: dict[str, dict[str, Any]] = {
        "board": {"slug": world.current.slug},
        "missing": {"slug": world.current.slug},
        "missing-csv": {"slug": world.current.slug},
        "board-table": {"slug": world.current.slug, "name": "geld", "suffix": "csv"},
        "answer": {"pk": given.pk},
        "round": asked,
        "round-change": asked,
        "round-table": {**asked, "suffix": "csv"},
        "hand-on": {**asked, "pk": given.request_id},
        "membership": {"pk": world.membership},
        "leaving": {"pk": world.membership},
        "withdrawal": {"pk": world.invitation},
        "import-template": {"suffix": "xlsx"},
        "export": {"slug": world.current.slug, "suffix": "json"},
        "delete": {**part, **upcoming, "pk": after},
        "new": {"slug": world.current.slug, "kind": "measure"},
        "preview": {"slug": world.current.slug, "kind": "measure"},
        "edit": part,
        "history": part,
        "revision": {**part, "number": 1},
        "draft": {"pk": world.draft.pk},
        "conflict": {"pk": world.draft.pk},
        "report": adopted,
        "report-template-file": {"which": "standard"},
        "report-file": {**adopted, "suffix": "xlsx"},
        "report-preview": {"slug": world.current.slug, "suffix": "xlsx"},
        "publication": adopted,
        "publication-pdf": adopted,
        "publication-comparison": adopted,
        "resolve": proposed,
        "withdraw": proposed,
        "origins": upcoming,
        "continue-unchanged": upcoming,
        "fate": {**upcoming, "pk": before},
        "fate-undo": {**upcoming, "pk": before},
        "explain": {**upcoming, "pk": after},
        "translate": {"language": "ar", "kind": Measure, "pk": world.led.pk},
    }
    if name == "attachment":
        return {"pk": attachment_of(world.led)}
    if name == "contact":
        return {"pk": _contact(world)}
    if name == "import-preview":
        return {"token": _upload(world)}
    if name in listed:
        return listed[name]
    pattern = next(each for each in patterns() if each.name == name)
    parameters = set(pattern.pattern.converters)
    if name.startswith("sheet"):
        return {"slug": world.current.slug, "pk": world.led.pk}
    assert parameters <= {"slug"}, f"{name}: this test doesn’t know {parameters}"
    return {"slug": world.current.slug} if parameters else {}


def _upload(world: World) -> str:
    """A file of the officer's."""
    upload = uploads.keep(
        ContentFile(b"{}"),
        name="plan.json",
        user_id=world.people[Role.OFFICER].pk,
        municipality_id=world.town.pk,
        prune=False,
        as_draft=True,
        edition=None,
    )
    return upload.token


def client_of(world: World, somebody: str) -> Client:
    return Client() if somebody == "signed out" else signed_in(world.people[somebody])


def test_table_names_every_address_and_no_other() -> None:
    assert {Role.OFFICER, *REST} == ALL
    assert sorted(str(each.name) for each in patterns()) == sorted([*MAY, *EXCEPTIONS])


def test_every_address_but_the_exceptions_is_guarded() -> None:
    unguarded = {each.name for each in patterns() if not hasattr(each.callback, "may")}

    assert unguarded == EXCEPTIONS


@pytest.mark.parametrize("somebody", SOMEBODY)
def test_address_answers_only_who_may_open_it(world: World, somebody: str) -> None:
    client = client_of(world, somebody)
    wrong = []
    for name, roles in MAY.items():
        place = address(name, world)
        # Which methods there are doesn't depend on who asks; the officer may open nearly all.
        for method in ("get", "post", "put") if somebody == Role.OFFICER else ("get", "post"):
            expected = _expected(name, method, somebody, roles)
            with rolled_back():
                response = getattr(client, method)(place)
                response.getvalue()  # a file is read to its end, and so closed
                status = response.status_code
            if status not in expected:
                wrong.append(f"{method} {place} ({name}): {status}, not {sorted(expected)}")

    assert wrong == []


def _expected(name: str, method: str, somebody: str, roles: set[Role]) -> set[int]:
    if somebody == "signed out":
        return {302}
    if somebody == "outsider":
        return {404}
    if somebody not in roles:
        return {403}
    allowed = {"get": name not in POST_ONLY, "post": name not in READ_ONLY, "put": False}
    if not allowed[method]:
        return {405}
    if method == "post" and (name, somebody) in OTHERS_ROWS:
        return {403}
    return {200} if method == "get" and name not in MOVES_ON else {200, 302, 400, 409, 422}


OTHERS_ROWS: Final = {
    # Reading history is everybody's, bringing a state back is a change to the measure.
    *(("revision", role) for role in (Role.ADMINISTRATOR, Role.TRANSLATOR, Role.OBSERVER)),
    # Who releases a draft is the officer, also of one's own.
    ("draft", Role.EDITOR),
}
MOVES_ON: Final = {
    # Only the draft of the edition in force leads on; where nothing collides, there's no choice.
    # What a round asks can change until it is sent, and whom it asks until somebody has answered.
    *("edit", "conflict", "continue", "round-change", "hand-on"),
    # What is sent there; asked for by itself it leads to the sheet.
    *("sheet-report", "sheet-unchanged", "sheet-milestones", "sheet-money"),
    *("sheet-papers", "sheet-files", "sheet-responsible", "sheet-rhythm"),
}


def test_signed_out_people_are_asked_to_sign_in_and_come_back(world: World) -> None:
    place = address("edit", world)

    response = Client().get(place)

    assert response["Location"] == f"{reverse('account_login')}?next={place}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_editor_cannot_write_a_measure_of_another_organisation(world: World, method: str) -> None:
    revision_of(world.foreign, 1)
    editor = client_of(world, Role.EDITOR)
    measure = {"slug": world.current.slug, "kind": "measure", "pk": world.foreign.pk}
    own = address("edit", world)

    edit = getattr(editor, method)(reverse("office:edit", kwargs=measure))
    past = getattr(editor, method)(reverse("office:revision", kwargs={**measure, "number": 1}))
    preview = editor.post(
        reverse("office:preview", kwargs={"slug": world.current.slug, "kind": "measure"}),
        {"part": world.foreign.pk},
    )

    assert edit.status_code == 403
    assert past.status_code == (200 if method == "get" else 403)
    assert preview.status_code == 403
    assert editor.get(own).status_code in {200, 302}


@pytest.mark.parametrize("kind", ["concept", "theme", "goal"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_editor_cannot_write_what_stands_above_measures(
    world: World, kind: str, method: str
) -> None:
    rows: dict[str, Any] = {
        "concept": world.current,
        "theme": Theme.objects.filter(concept=world.current)[0],
        "goal": Goal.objects.filter(concept=world.current)[0],
    }
    place = reverse("office:edit", args=[world.current.slug, kind, rows[kind].pk])

    assert getattr(client_of(world, Role.EDITOR), method)(place).status_code == 403


@pytest.mark.parametrize("name", ["draft", "conflict"])
def test_draft_that_was_not_handed_in_is_its_authors_alone(world: World, name: str) -> None:
    of_officer = reverse(f"office:{name}", args=[world.own_draft.pk])
    of_editor = reverse(f"office:{name}", args=[world.draft.pk])
    Draft.objects.filter(pk=world.draft.pk).update(handed_in_at=None)

    assert client_of(world, Role.EDITOR).get(of_officer).status_code == 403
    assert client_of(world, Role.OFFICER).get(of_editor).status_code == 403


def test_officer_finds_nothing_of_another_municipality(world: World, neighbour: World) -> None:
    officer = client_of(world, Role.OFFICER)
    found = {
        place: status
        for name in MAY
        for place in _places(name, world, neighbour)
        if (status := _asked(officer, name, place)) != (302 if name == "import-preview" else 404)
    }

    assert found == {}


def _places(name: str, world: World, neighbour: World) -> Iterator[str]:
    """Addresses that name something of the neighbour's, also under the name of our edition."""
    kwargs = _values(name, neighbour)
    if not set(kwargs) & {"slug", "pk", "token"}:
        return
    yield reverse(f"office:{name}", kwargs=kwargs)
    if {"slug", "pk"} <= set(kwargs):
        slug = _values(name, world)["slug"]
        yield reverse(f"office:{name}", kwargs={**kwargs, "slug": slug})


def _asked(client: Client, name: str, place: str) -> int:
    with rolled_back():
        response = client.post(place) if name in POST_ONLY else client.get(place)
    return response.status_code
