"""Importing from the browser: dry run, confirmation, and that nobody is trusted."""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import HostName, Municipality, User
from leitbild.core.models import AuditEvent
from leitbild.office.adopting import uploads
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.models import Concept, Measure, Publication, Revision
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", "Lesen und schreiben"), measure("1.2", "Rechnen")))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def file(*measures: Any, name: str = "plan.json", **parts: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(plan(*measures, **parts)).encode())


def upload(client: Client, content: SimpleUploadedFile, **options: Any) -> str:
    """Upload a file; the address of its dry run."""
    response = client.post(reverse("office:import"), {"file": content, **options})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def shown(response: Any) -> str:
    """What the dry run page hands on to the confirmation."""
    found = next(e for e in parsed(response).iter("input") if e.attrib.get("name") == "shown")
    return found.attrib["value"]


def titles() -> dict[str, str]:
    return dict(Measure.objects.values_list("code", "title"))


def test_page_offers_templates_and_exports(officer: Client) -> None:
    response = officer.get(reverse("office:import"))

    assert_valid(response)
    hrefs = {each.attrib["href"] for each in by_class(parsed(response), "links")[0].iter("a")}
    assert hrefs == {"/office/import/vorlage.xlsx", "/office/import/vorlage.ods"}


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_template_is_a_file_to_keep(officer: Client, suffix: str) -> None:
    response = officer.get(reverse("office:import-template", kwargs={"suffix": suffix}))

    assert response["Content-Disposition"] == f'attachment; filename="leitbild.{suffix}"'
    assert response.content[:2] == b"PK"


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "docx", "zip", "yaml", "json"])
def test_draft_is_exported_and_comes_back_without_change(officer: Client, suffix: str) -> None:
    Concept.objects.update(status="draft")
    response = officer.get(reverse("office:export", kwargs={"slug": "2025", "suffix": suffix}))
    content = SimpleUploadedFile(f"plan.{suffix}", response.content)

    dry_run = officer.get(upload(officer, content, edition=2025))

    name = f'attachment; filename="musterstadt-2025.{suffix}"'
    assert response["Content-Disposition"] == name
    assert response["Cache-Control"] == "no-store, private"
    assert "There is nothing to import." in dry_run.content.decode()


@pytest.mark.parametrize("name", ["import-template", "export"])
def test_other_format_is_not_found(officer: Client, name: str) -> None:
    slug = {"slug": "2025"} if name == "export" else {}

    response = officer.get(reverse(f"office:{name}", kwargs={"suffix": "exe", **slug}))

    assert response.status_code == 404


def test_dry_run_shows_every_change_and_writes_nothing(officer: Client, town: Municipality) -> None:
    before = AuditEvent.objects.count()
    address = upload(officer, file(measure("1.1", "Lesen und rechnen"), measure("1.3", "Neu")))

    response = officer.get(address)

    assert_valid(response)
    root = parsed(response)
    assert [words(each) for each in by_class(root, "tally")[0]] == [
        "1 new",
        "1 changed",
        "6 the same",
        "0 removed",
    ]
    assert [words(each) for each in root.iter("del")] == ["schreiben"]
    assert [words(each) for each in root.iter("ins")] == ["rechnen"]
    assert "1 part isn’t in the file and stays" in response.content.decode()
    assert titles() == {"1.1": "Lesen und schreiben", "1.2": "Rechnen"}
    assert AuditEvent.objects.count() == before


def test_confirmed_import_writes_what_was_shown_and_drops_the_file(
    officer: Client, town: Municipality, folder: Path
) -> None:
    address = upload(officer, file(measure("1.1", "Schreiben"), measure("1.3", "Neu")), prune="on")
    digest = shown(officer.get(address))

    response = officer.post(address, {"shown": digest})

    assert response.status_code == 302
    assert titles() == {"1.1": "Schreiben", "1.3": "Neu"}
    assert list(folder.iterdir()) == []
    event = AuditEvent.objects.filter(action="concept.import").first()
    assert event
    assert event.actor_name == "integration officer"


def test_confirmation_after_others_changed_the_plan_shows_the_new_dry_run(
    officer: Client, town: Municipality
) -> None:
    address = upload(officer, file(measure("1.1", "Schreiben"), measure("1.2", "Rechnen")))
    digest = shown(officer.get(address))
    Measure.objects.filter(code="1.2").update(title="Zählen")

    response = officer.post(address, {"shown": digest})

    assert response.status_code == 200
    assert "The concept has changed since the dry run" in response.content.decode()
    assert titles() == {"1.1": "Lesen und schreiben", "1.2": "Zählen"}
    assert shown(response) != digest
    assert officer.post(address, {"shown": shown(response)}).status_code == 302
    assert titles() == {"1.1": "Schreiben", "1.2": "Rechnen"}


def test_change_that_leaves_the_import_as_it_was_doesnt_stop_it(
    officer: Client, town: Municipality
) -> None:
    address = upload(officer, file(measure("1.1", "Schreiben")))
    digest = shown(officer.get(address))
    Measure.objects.filter(code="1.2").update(summary="Bleibt.")

    assert officer.post(address, {"shown": digest}).status_code == 302
    assert titles()["1.1"] == "Schreiben"


def test_all_problems_are_shown_at_once(officer: Client) -> None:
    address = upload(officer, file(measure("1.1", end="bald"), measure("1.2", goals=["9z"])))

    response = officer.get(address)

    assert_valid(response)
    assert len(list(parsed(response).iter("tr"))) == 3  # the head and two problems
    assert 'name="shown"' not in response.content.decode()


def test_file_with_problems_cant_be_confirmed(officer: Client) -> None:
    address = upload(officer, file(measure("1.1", end="bald")))

    assert officer.post(address, {"shown": ""}).status_code == 200
    assert titles() == {"1.1": "Lesen und schreiben", "1.2": "Rechnen"}


def test_file_of_another_municipality_doesnt_write_there(
    officer: Client, town: Municipality
) -> None:
    HostName.objects.create(municipality=town, name="testserver")
    other = plan(measure("1.1", "Dort"), municipality={"slug": "anderswo", "name": "Anderswo"})
    settle(other)
    mine = {"slug": "anderswo", "name": "Gekapert"}
    address = upload(officer, file(measure("1.1", "Hier"), municipality=mine))

    response = officer.post(address, {"shown": shown(officer.get(address))})

    assert response.status_code == 302
    there = Municipality.objects.get(slug="anderswo")
    assert there.name == "Anderswo"
    assert Measure.objects.get(concept__municipality=there).title == "Dort"
    assert Measure.objects.get(concept__municipality=town, code="1.1").title == "Hier"


def test_host_names_of_the_file_are_left_out(officer: Client, town: Municipality) -> None:
    block = {"slug": town.slug, "name": "Musterstadt", "languages": ["de"], "hosts": ["a.example"]}
    address = upload(officer, file(measure("1.1", "Hier"), municipality=block))

    response = officer.get(address)
    officer.post(address, {"shown": shown(response)})

    assert "host names were left out" in response.content.decode()
    assert not town.hosts.exists()


def test_edition_that_is_here_keeps_its_status(officer: Client, town: Municipality) -> None:
    Concept.objects.update(status="draft")
    raw = plan(measure("1.1", "Hier"))
    raw["concept"]["status"] = "adopted"
    content = SimpleUploadedFile("plan.json", json.dumps(raw).encode())
    address = upload(officer, content)

    response = officer.get(address)
    officer.post(address, {"shown": shown(response)})

    assert "is and stays “draft”" in response.content.decode()
    assert titles()["1.1"] == "Hier"
    assert Concept.objects.get().status == "draft"


@pytest.mark.parametrize(("options", "status"), [({"as_draft": "on"}, "draft"), ({}, "adopted")])
def test_new_edition_is_public_only_if_asked_for(
    officer: Client, options: dict[str, str], status: str
) -> None:
    concept = {"slug": "2030", "title": "Plan 2030", "edition": 2030}
    address = upload(officer, file(measure("1.1"), concept=concept), **options)

    officer.post(address, {"shown": shown(officer.get(address))})

    assert Concept.objects.get(slug="2030").status == status


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("plan.exe", "Files ending in .exe can’t be read."),
        ("plan", "has no ending"),
        ("plan.pdf", "PDF"),
        ("plan.xlsm", "macros"),
    ],
)
def test_file_nobody_can_read_is_refused_at_once(
    officer: Client, folder: Path, name: str, sentence: str
) -> None:
    content = SimpleUploadedFile(name, b"x")

    response = officer.post(reverse("office:import"), {"file": content})

    assert response.status_code == 200
    assert_valid(response)
    assert sentence in response.content.decode()
    assert not folder.exists()


def test_damaged_file_says_so(officer: Client) -> None:
    response = officer.get(upload(officer, SimpleUploadedFile("plan.xlsx", b"no archive")))

    assert_valid(response)
    assert "The file is damaged" in response.content.decode()


def test_file_of_somebody_else_is_not_shown(officer: Client, town: Municipality) -> None:
    address = upload(officer, file(measure("1.1", "Geheim")))
    colleague = signed_in(member(town, Role.OFFICER, email="second@example.org"))

    response = colleague.get(address, follow=True)

    assert "This file isn’t kept any more." in response.content.decode()
    assert "Geheim" not in response.content.decode()


def test_name_that_leads_elsewhere_is_not_followed(officer: Client) -> None:
    assert uploads.kept("../../secret_key", user_id=1, municipality_id=1) is None
    assert officer.get("/office/import/secret_key/").status_code == 302


def test_discarded_file_is_gone(officer: Client, folder: Path) -> None:
    address = upload(officer, file(measure("1.1", "Neu")))

    officer.post(address, {"discard": "1"})

    assert list(folder.iterdir()) == []
    assert titles()["1.1"] == "Lesen und schreiben"


def test_forgotten_file_goes_after_a_day(officer: Client, folder: Path) -> None:
    address = upload(officer, file(measure("1.1", "Neu")))
    [old] = folder.iterdir()

    with time_machine.travel(time.time() + uploads.KEPT_FOR + 60):
        assert officer.get(address).status_code == 302
        upload(officer, file(measure("1.1", "Noch eine")))

    assert old not in list(folder.iterdir())
    assert len(list(folder.iterdir())) == 1


def test_file_is_kept_on_a_node_whose_clock_is_slow(officer: Client, folder: Path) -> None:
    address = upload(officer, file(measure("1.1", "Neu")))

    with time_machine.travel(time.time() - 30):
        upload(officer, file(measure("1.1", "Noch eine")))

        assert officer.get(address).status_code == 200


def test_dry_run_takes_as_many_queries_for_many_measures(
    officer: Client, town: Municipality
) -> None:
    address = upload(officer, file(measure("1.1", "Neu")))
    officer.get(address)
    few = queries_of(lambda: officer.get(address))
    grow(town, 30)
    many = queries_of(lambda: officer.get(address))

    assert_same_number(few, many)


def submitted(officer: User) -> Publication:
    """Let the town's edition lie before the council."""
    Concept.objects.update(status="draft")
    return submit_proposal(
        concept=Concept.objects.get(), by=officer, typeset=lambda *_text, **_more: b"%PDF-"
    )


def adopted(officer: User) -> None:
    """Let the council adopt the town's edition."""
    publication = submitted(officer)
    adopt(publication=publication, by=officer, body="Stadtrat", date=dt.date(2025, 2, 14))


def test_import_into_an_adopted_edition_needs_a_reason(town: Municipality) -> None:
    user = member(town, Role.OFFICER)
    officer = signed_in(user)
    adopted(user)
    address = upload(officer, file(measure("1.1", "Schreiben")))
    digest = shown(officer.get(address))

    without = officer.post(address, {"shown": digest})
    before = titles()["1.1"]
    officer.post(address, {"shown": digest, "reason": "Der Rat wünscht es."})

    assert_valid(without)
    assert "Say in a sentence why the adopted text changes." in without.content.decode()
    assert (before, titles()["1.1"]) == ("Lesen und schreiben", "Schreiben")
    [revision] = Revision.objects.filter(change="imported", kind="measure", number__gt=1)
    assert (revision.reason, revision.author_name) == ("Der Rat wünscht es.", str(user))


def test_import_while_the_council_has_the_text_is_refused(town: Municipality) -> None:
    user = member(town, Role.OFFICER)
    officer = signed_in(user)
    submitted(user)

    response = officer.get(upload(officer, file(measure("1.1", "Schreiben"))))

    assert_valid(response)
    assert "lies before the council" in response.content.decode()
    assert 'name="shown"' not in response.content.decode()
