"""An import's report is worded as its reader knows things."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.towns import measure

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.django_db
def test_dry_run_names_values_as_the_tables_do(
    run: Run, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", file(measure("1.1")))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    path = file(measure("1.1", source_url="https://example.org"))

    out = run("import", path, "--dry-run")[1]

    assert "~ Maßnahme 1.1 Quelle: – → „https://example.org“" in out.splitlines()


@pytest.mark.django_db
def test_misspelt_sheet_is_told_with_the_errors(run: Run, tmp_path: Path) -> None:
    for name, text in {
        "konzept": "Angabe;Wert\nTitel;Plan\nAusgabe;2027\n",
        "themenfelder": "Nummer;Name\n1;Sprache\n",
        "ziele": "Code;Themenfeld;Titel;Titel (xx)\n1a;1;Deutsch;Wort\n",
        "massnamen": "Code;Titel;Ziele\n1.1;Kurse;1a\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text)

    code, out, err = run("import", tmp_path)

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        (
            "file massnahmen.csv: This file is missing. Please add it, if need be with "
            "nothing but the headers."
        ),
        "No place was found for:",
        "  file massnamen.csv: Code · Titel · Ziele · 1.1 · Kurse · 1a",
        f"Nothing was imported: 1 error in {tmp_path}.",
    ]
    (tmp_path / "massnamen.csv").rename(tmp_path / "massnahmen.csv")
    (tmp_path / "themenfelder.csv").write_text("Nummer;Name\n1;\n")
    assert "  file ziele.csv, column Titel (xx): Wort" in run("import", tmp_path)[2].splitlines()


@pytest.mark.django_db
def test_assumed_encoding_is_a_remark_and_nothing_without_a_place(run: Run, tmp_path: Path) -> None:
    for name, text in {
        "konzept": "Angabe;Wert\nTitel;Plan\nAusgabe;2027\n",
        "themenfelder": "Nummer;Name\n1;Sprache\n",
        "ziele": "Code;Themenfeld;Titel\n1a;1;Deutsch\n",
        "massnahmen": "Code;Titel;Ziele\n1.1;Größe;1a\n",
    }.items():
        (tmp_path / f"{name}.csv").write_bytes(text.encode("cp1252"))

    lines = run("import", tmp_path)[1].splitlines()

    assert "No place was found for:" not in lines
    assert "file massnahmen.csv: It isn’t written in UTF-8; Windows-1252 was assumed." in lines
