"""The command line says what it did in one line, and in one sentence why it couldn't."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from leitbild.accounts.models import Municipality
from leitbild.config.cli import COMMANDS
from leitbild.plan.models import Concept, Measure
from tests.architecture.house import DOCS
from tests.towns import measure, plan, report_on, settle

Run = Callable[..., tuple[int, str, str]]


def test_help_lists_every_command(run: Run) -> None:
    code, out, err = run()

    assert (code, err) == (0, "")
    assert re.findall(r"^  ([a-z]+) ", out, re.MULTILINE) == [*COMMANDS, "manage"]
    assert run("--help") == run("help") == (0, out, "")


def test_help_speaks_german_on_a_german_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english = run("--help")[1]
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_MESSAGES", "")
    monkeypatch.setenv("LANG", "de_AT.UTF-8")

    german = run("--help")[1]

    assert "Aufruf: leitbild" in german
    assert german != english


def test_terminal_without_our_signs_gets_question_marks() -> None:
    command = [sys.executable, "-m", "leitbild.config.cli", "--help"]
    variables = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}

    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)

    assert "?leitbild COMMAND --help? lists" in done.stdout


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"leitbild {version('leitbild')}\n", "")


def test_unknown_command_is_a_usage_error(run: Run) -> None:
    sentence = "There is no command “flourish”; “leitbild --help” lists them.\n"

    assert run("flourish") == (2, "", sentence)


def test_unknown_option_is_a_usage_error(run: Run) -> None:
    code, out, err = run("export", "--nonsense")

    assert (code, out) == (2, "")
    assert err.startswith("usage: leitbild export")


@pytest.mark.parametrize("place", ["before", "after", "joined"])
def test_data_directory_may_stand_anywhere(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    monkeypatch.setenv("LEITBILD_DATA", "elsewhere")
    arguments: dict[str, list[object]] = {
        "before": ["--data", tmp_path, "--version"],
        "after": ["--version", "--data", tmp_path],
        "joined": ["--version", f"--data={tmp_path}"],
    }

    code, _out, _err = run(*arguments[place])

    assert code == 0
    assert os.environ["LEITBILD_DATA"] == str(tmp_path)


def test_data_without_directory_is_a_usage_error(run: Run) -> None:
    sentence = "--data needs a directory, as in --data /srv/leitbild.\n"

    assert run("serve", "--data") == (2, "", sentence)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(run: Run, command: str) -> None:
    code, out, _err = run(command, "--help")
    options = set(re.findall(r"(--[a-z-]+)", out.split("options:")[1])) - {"--help"}
    text = (DOCS / "cli.md").read_text("utf-8")
    section = text.split(f"## `leitbild {command}`")[1].split("\n## ")[0]

    assert code == 0
    assert options - set(re.findall(r"`(?:-\w`, `)?(--[a-z-]+)", section)) == set()


@pytest.mark.django_db
class TestImport:
    """leitbild import."""

    def test_says_what_it_did(self, run: Run, file: Callable[..., Path]) -> None:
        path = file(measure("1.1"))

        assert run("import", path) == (
            0,
            "Imported musterstadt/2025: 26 new, 0 changed, 0 removed.\n",
            "",
        )
        assert run("import", path) == (
            0,
            "musterstadt/2025 holds all of it already; nothing to change.\n",
            "",
        )
        assert Measure.objects.count() == 1

    def test_dry_run_shows_each_change_and_writes_nothing(
        self, run: Run, file: Callable[..., Path]
    ) -> None:
        run("import", file(measure("1.1", end=2030), measure("1.2")))

        path = file(measure("1.1", {"de": "Vorlesen", "ar": "القراءة"}), measure("1.3", "Singen"))
        code, out, err = run("import", path, "--dry-run")

        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "+ measure 1.3 Singen",
            "~ measure 1.1 Title [de]: “Lesen” → “Vorlesen”",
            "~ measure 1.1 End: 2030 → –",
            "~ measure 1.1 Title [ar]: – → “القراءة”",
            "Not in the file, kept (--prune removes it):",
            "  measure 1.2 Lesen",
            ("Dry run, nothing written: musterstadt/2025 would get 1 new, 1 changed, 0 removed."),
        ]
        assert sorted(Measure.objects.values_list("code", "title")) == [
            ("1.1", "Lesen"),
            ("1.2", "Lesen"),
        ]

    def test_prune_names_what_it_removes(self, run: Run, file: Callable[..., Path]) -> None:
        run("import", file(measure("1.1"), measure("1.2")))

        code, out, _err = run("import", file(measure("1.1")), "--prune")

        assert code == 0
        assert out.splitlines() == [
            "- measure 1.2 Lesen",
            "Imported musterstadt/2025: 0 new, 0 changed, 1 removed.",
        ]

    def test_refusal_is_a_sentence(self, run: Run, file: Callable[..., Path]) -> None:
        run("import", file(measure("1.1"), measure("1.2")))
        report_on(Municipality.objects.get(), "1.2", "done")

        code, out, err = run("import", file(measure("1.1")), "--prune")

        assert (code, out) == (1, "")
        assert err == (
            "These measures have progress updates and can’t be removed: 1.2. "
            "Put them back into the file.\n"
        )

    def test_all_errors_of_a_file_come_at_once(self, run: Run, file: Callable[..., Path]) -> None:
        path = file(measure("1.1", kind="magic", goals=[]), measure("1.2", end="later"))

        code, out, err = run("import", path)

        lines = err.splitlines()
        assert (code, out) == (1, "")
        assert len(lines) == 4
        assert all(": " in line for line in lines)
        assert lines[-1] == f"Nothing was imported: 3 errors in {path}."
        assert not Municipality.objects.exists()

    def test_absent_file_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        code, out, err = run("import", tmp_path / "absent.yaml")

        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert "absent.yaml" in err

    def test_file_the_system_refuses_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / f"{'x' * 300}.yaml"

        assert run("import", path) == (1, "", f"{path} can’t be used: the name is too long.\n")

    def test_draft_is_not_shown(self, run: Run, file: Callable[..., Path]) -> None:
        run("import", file(measure("1.1")), "--draft")

        assert Concept.objects.get().status == "draft"

    def test_unknown_municipality_is_a_sentence(self, run: Run, file: Callable[..., Path]) -> None:
        settle(plan(measure("1.1")))

        assert run("import", file(measure("1.1")), "--municipality", "nowhere") == (
            1,
            "",
            "There is no municipality “nowhere”; there is: musterstadt.\n",
        )


@pytest.mark.django_db
class TestExport:
    """leitbild export."""

    @pytest.mark.parametrize("ending", ["yaml", "json", "xlsx", "ods", "zip", "docx"])
    def test_export_is_read_again(self, run: Run, tmp_path: Path, ending: str) -> None:
        settle(plan(measure("1.1")))
        path = tmp_path / f"concept.{ending}"

        assert run("export", "-o", path) == (
            0,
            f"Wrote Plan 2025 to {path} (themes: 1, goals: 1, measures: 1).\n",
            "",
        )
        assert run("import", path, "--municipality", "musterstadt")[1].splitlines()[-1] == (
            "musterstadt/2025 holds all of it already; nothing to change."
        )

    def test_existing_file_is_kept_without_force(self, run: Run, tmp_path: Path) -> None:
        settle(plan(measure("1.1")))
        path = tmp_path / "concept.yaml"
        path.write_text("mine")

        refused = run("export", "-o", path)

        assert refused == (1, "", f"{path} exists already; overwrite it with --force.\n")
        assert path.read_text() == "mine"
        assert run("export", "-o", path, "--force")[0] == 0

    @pytest.mark.parametrize("suffix", [".csv", ".xls", ".pdf", ".txt"])
    def test_name_of_another_format_says_which_there_are(
        self, run: Run, tmp_path: Path, suffix: str
    ) -> None:
        settle(plan(measure("1.1")))

        code, out, err = run("export", "-o", tmp_path / f"concept{suffix}")

        assert (code, out) == (1, "")
        assert err == (
            f"A concept isn’t written to files ending in {suffix}. Possible are .xlsx, .ods, "
            ".docx, .yaml, .json and a folder or .zip of CSV files.\n"
        )
        assert not list(tmp_path.glob("concept*"))

    def test_absent_directory_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "no" / "concept.yaml"

        assert run("export", "-o", path) == (1, "", f"There is no directory {path.parent}.\n")

    def test_nothing_to_export_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        assert run("export", "-o", tmp_path / "concept.yaml") == (
            1,
            "",
            "There is no concept yet; “leitbild import” takes one over.\n",
        )

    def test_town_without_a_concept_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        run("init", "--name", "Neustadt", "--language", "de")

        assert run("export", "-o", tmp_path / "x.yaml") == (
            1,
            "",
            "Neustadt has no concept yet; “leitbild import” takes one over.\n",
        )

    def test_unknown_concept_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        settle(plan(measure("1.1")))

        assert run("export", "-o", tmp_path / "x.yaml", "--concept", "1999") == (
            1,
            "",
            "Musterstadt has no such concept; there is: 2025.\n",
        )

    def test_several_municipalities_need_a_name(self, run: Run, tmp_path: Path) -> None:
        settle(plan(measure("1.1")))
        other = {"slug": "neustadt", "name": "Neustadt", "languages": ["de"]}
        settle(plan(measure("1.1"), municipality=other))

        code, _out, err = run("export", "-o", tmp_path / "x.yaml")

        assert code == 1
        assert "--municipality SLUG (musterstadt, neustadt)" in err
        assert run("export", "-o", tmp_path / "x.yaml", "--municipality", "neustadt")[0] == 0

    @pytest.mark.parametrize("ending", ["xlsx", "ods"])
    def test_template_is_written(self, run: Run, tmp_path: Path, ending: str) -> None:
        path = tmp_path / f"template.{ending}"

        code, out, err = run("export", "--template", ending, "-o", path)

        assert (code, out, err) == (0, f"Wrote an empty template to {path}.\n", "")
        assert path.stat().st_size > 1_000


@pytest.mark.django_db
class TestDemo:
    """leitbild demo."""

    def test_fills_an_empty_database_once(self, run: Run) -> None:
        first, second = run("demo", "--no-serve"), run("demo", "--no-serve")

        assert first[0] == 0
        assert re.fullmatch(
            r"Loaded Kaiserslautern: 2 concepts, \d+ measures, \d+ updates\.\n", first[1]
        )
        assert second == (0, "The demo city is there already.\n", "")

    def test_refuses_other_data(self, run: Run) -> None:
        settle(plan(measure("1.1")))

        code, out, err = run("demo", "--no-serve")

        assert (code, out) == (1, "")
        assert err.endswith("the demo needs a directory of its own: leitbild demo --data DIR.\n")


def test_manage_reaches_django(run: Run) -> None:
    code, out, _err = run("manage", "check", "--tag", "models")

    assert (code, out) == (0, "System check identified no issues (0 silenced).\n")
