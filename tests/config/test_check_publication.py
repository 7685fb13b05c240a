"""`leitbild check publication N` computes the digests again and names what is wrong."""

import datetime as dt
import json
from pathlib import Path

import pytest

from leitbild.accounts.models import Municipality
from leitbild.config.cli import main
from leitbild.config.inspection import inspection
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.models import Concept, PublicationRecord
from tests.tampering import tamper
from tests.towns import measure, plan, settle


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


def alter(key: str) -> None:
    record = PublicationRecord.objects.get(kind="measure", key=key)
    tamper(record, content={**record.content, "title": "Etwas anderes"})


def test_sound_publication_is_confirmed(
    demo_city: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "publication", "1"]) == 0
    assert capsys.readouterr().out == (
        f"Publication 1 of “2022” is as it was submitted: {PublicationRecord.objects.count()} "
        "records and the PDF match their digests.\n"
    )


def test_altered_record_fails_and_is_named(
    demo_city: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    alter("2.3")

    code = main(["check", "publication", "1", "--concept", "2022"])

    out, err = capsys.readouterr()
    assert code == 1
    assert out == "Measure 2.3: Its content doesn’t match its digest: it was altered.\n"
    assert err == "Publication 1 of “2022” is not as it was submitted.\n"


def test_whole_check_tells_of_altered_records_too(demo_city: Municipality) -> None:
    assert [each.what for each in inspection() if "publication" in each.what] == []

    alter("2.3")

    [finding] = [each for each in inspection() if "publication" in each.what]
    assert finding.is_error
    assert finding.what == (
        "Kaiserslautern, “2022”, publication 1, Measure 2.3: "
        "Its content doesn’t match its digest: it was altered."
    )


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["9"], 1, "“2022” has no publication 9; it has: 1."),
        (["1", "--concept", "2013"], 1, "“2013” has no publication 1; it has: –."),
        (["1", "--concept", "1999"], 1, "There is no concept “1999”; there is: 2013, 2022."),
        (
            ["1", "--municipality", "x"],
            1,
            "There is no municipality “x”; there is: kaiserslautern.",
        ),
        ([], 2, "Name the publication by its number, as in “leitbild check publication 1”."),
    ],
)
def test_what_is_not_there_is_named(
    demo_city: Municipality,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    assert main(["check", "publication", *arguments]) == code
    assert capsys.readouterr().err == f"{sentence}\n"


@pytest.mark.django_db
def test_empty_installation_has_no_publication(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "publication", "1"]) == 1
    assert capsys.readouterr().err == "There is no municipality yet.\n"


@pytest.mark.django_db
def test_import_of_an_adopted_text_takes_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(plan(measure("1.1")))
    publication = submit_proposal(
        concept=Concept.objects.get(), by=None, typeset=lambda _: b"%PDF"
    )  # fmt: skip
    adopt(publication=publication, by=None, body="Rat", date=dt.date(2025, 3, 3))
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan(measure("1.1", "Vorlesen"))), "utf-8")

    refused = main(["import", str(file)])
    preview = main(["import", str(file), "--dry-run"])
    told = capsys.readouterr()
    done = main(["import", str(file), "--reason", "Klarer."])

    assert (refused, preview, done) == (1, 0, 0)
    assert "(--reason); readers see the reason beside the change." in told.err
    assert "the import needs a --reason" in told.out
