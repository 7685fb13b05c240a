"""`leitbild report` writes the report to a file, or says in a sentence why it can't."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from python_calamine import load_workbook

from leitbild.accounts.models import Municipality
from leitbild.delivery.actions.reports import freeze_report
from leitbild.delivery.models import ReportTemplate
from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.frozen import content_of
from tests.towns import measure, plan, report_on, settle

Run = Callable[..., tuple[int, str, str]]

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def town(db: None) -> Municipality:
    town = settle(plan(measure("1.1")))
    report_on(town, "1.1", "done", "2025-08-01")
    return town


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def facts(path: Path) -> dict[str, object]:
    rows = load_workbook(path).get_sheet_by_index(0).to_python()
    return {str(row[0]): row[1] for row in rows}


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("arguments", "since", "until"),
    [
        ([], dt.date(2025, 7, 1), dt.date(2025, 12, 31)),
        (["--from", "2026-02-01"], dt.date(2026, 2, 1), dt.date(2026, 3, 1)),
        (["--to", "2025-08-31"], dt.date(2025, 3, 1), dt.date(2025, 8, 31)),
        (
            ["--from", "2025-01-01", "--to", "2025-12-31"],
            dt.date(2025, 1, 1),
            dt.date(2025, 12, 31),
        ),
    ],
)
def test_period_is_the_one_asked_for_or_the_last_half_year(
    run: Run, tmp_path: Path, arguments: list[str], since: dt.date, until: dt.date
) -> None:
    path = tmp_path / "bericht.xlsx"

    code, out, err = run("report", "-o", path, "--language", "ar", *arguments)

    assert (code, err, out.startswith("Wrote the report on Plan 2025 from ")) == (0, "", True)
    days = [cell for cell in facts(path).values() if isinstance(cell, dt.date)]
    assert days == [since, until, NOW.date()]


@time_machine.travel(NOW, tick=False)
def test_each_format_is_written_and_nothing_overwritten(
    run: Run, town: Municipality, tmp_path: Path
) -> None:
    first = tmp_path / "bericht.pdf"
    ReportTemplate.objects.create(municipality=town, name="kaputt.docx", content=b"PK nonsense")

    assert run("report", "-o", first)[0] == 0
    refused = run("report", "-o", first, "--format", "xlsx")
    again = run("report", "-o", first, "--format", "xlsx", "--force")
    broken = run("report", "-o", tmp_path / "bericht.docx")
    ReportTemplate.objects.all().delete()
    ours = run("report", "-o", tmp_path / "bericht.docx")

    assert refused == (1, "", f"{first} exists already; overwrite it with --force.\n")
    assert (again[0], first.read_bytes()[:2]) == (0, b"PK")
    assert (broken[0], broken[1], ours[0]) == (1, "", 0)
    assert "Traceback" not in broken[2]


@time_machine.travel(NOW, tick=False)
def test_frozen_report_is_written_by_its_number(run: Run, tmp_path: Path) -> None:
    concept = Concept.objects.get()
    since, until = dt.date(2025, 1, 1), dt.date(2025, 6, 30)
    report = council_report(concept=concept, audience="public", since=since, until=until)
    row = freeze_report(concept=concept, content=content_of(report), by=None)

    done = run("report", "--number", 1, "-o", tmp_path / "r.xlsx")
    missing = run("report", "--number", 2, "-o", tmp_path / "x.xlsx")
    both = run("report", "--number", 1, "--to", "2025-06-30", "-o", tmp_path / "x.xlsx")

    assert done[0] == 0
    assert row.digest in facts(tmp_path / "r.xlsx").values()
    assert missing == (1, "", "Plan 2025 has no report 2; there is: 1.\n")
    assert (both[0], "leave out --from, --to" in both[2]) == (1, True)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["-o", "x.odt"], 1, "The name x.odt doesn’t say the format; end it with .pdf, .docx or"),
        (["-o", "x.pdf", "--to", "2026-13-01"], 2, "“2026-13-01” isn’t a day; write it as"),
        (["-o", "x.pdf", "--to", "2027-01-01"], 1, "The period ends on 1 January 2027, which has"),
        (["-o", "x.pdf", "--language", "uk"], 1, "Musterstadt doesn’t write in “uk”"),
        (["-o", "x.pdf", "--concept", "1999"], 1, "Musterstadt has no such concept; there is:"),
        (["-o", "nowhere/x.pdf"], 1, "There is no directory "),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Run, empty: Path, arguments: list[str], code: int, sentence: str
) -> None:
    found, out, err = run("report", *arguments)

    assert (found, out, sentence in err) == (code, "", True), err
    assert list(empty.iterdir()) == []
