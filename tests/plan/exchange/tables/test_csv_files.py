"""CSV files in folders and archives."""

import zipfile
from pathlib import Path

import pytest

from leitbild.plan.document import parse_document
from leitbild.plan.exchange import (
    Format,
    InvalidFile,
    Problem,
    Unplaced,
    UnreadableFile,
    read_document,
    write_document,
)
from leitbild.plan.exchange.tables.csv_cells import protected, unprotected
from tests.plan.exchange.examples import raw, small

FILES = [
    "konzept.csv", "themenfelder.csv", "ziele.csv", "massnahmen.csv", "organisationen.csv",
    "stufen.csv", "zielgruppen.csv", "beschluesse.csv",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small concept."""
    path = tmp_path / "concept"
    write_document(small(), path, format=Format.CSV)
    return path


def test_folder_holds_one_file_a_table(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert (folder / "stufen.csv").read_bytes() == (
        b"\xef\xbb\xbfKurzname;Name;Beschreibung\r\nankommen;Ankommen;\r\n"
    )


def test_archive_with_a_folder_and_clutter_is_read(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "concept.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"Konzept 2027/{file.name.upper()}")
        archive.writestr("__MACOSX/Konzept 2027/._ZIELE.CSV", b"\0")
        archive.writestr("Konzept 2027/notiz.txt", "x")

    result = read_document(path)

    assert result.document == small()
    assert result.unplaced == (Unplaced("notiz.txt", "This isn’t a CSV file."),)


def test_archive_with_two_files_of_one_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "concept.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/ziele.csv", "x")
        archive.writestr("b/ziele.csv", "x")

    with pytest.raises(UnreadableFile, match=r"two files named “ziele\.csv”"):
        read_document(path)


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "massnahmen.csv").unlink()

    with pytest.raises(InvalidFile) as caught:
        read_document(folder)

    reason = "This file is missing. Please add it, if need be with nothing but the headers."
    assert caught.value.problems == (Problem("file massnahmen.csv", reason),)


def test_lists_may_be_missing(folder: Path) -> None:
    for name in ("organisationen.csv", "stufen.csv", "zielgruppen.csv", "beschluesse.csv"):
        (folder / name).unlink()

    document = read_document(folder).document

    assert [part.slug for part in document.organisations] == ["amt"]
    assert document.stages == []


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There are no CSV files here\. .*konzept\.csv"):
        read_document(tmp_path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings_are_found(folder: Path, delimiter: str, encoding: str) -> None:
    rows = [["Code", "Titel", "Ziele"], ["1.1", '"Größe; ""neu"", jetzt"', "1a"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    (folder / "massnahmen.csv").write_bytes(text.encode(encoding))

    result = read_document(folder)

    assert result.document.measures[0].title == {"de": 'Größe; "neu", jetzt'}
    assumed = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding)
    notes = [f"It isn’t written in UTF-8; {assumed} was assumed."] if assumed else []
    assert [(each.text, each.is_taken) for each in result.unplaced] == [(n, True) for n in notes]


def test_declared_delimiter_is_used(folder: Path) -> None:
    (folder / "massnahmen.csv").write_text("sep=|\r\nCode|Titel|Ziele\r\n1.1|a;b|1a\r\n", "utf-8")

    assert read_document(folder).document.measures[0].title == {"de": "a;b"}


def test_unreadable_encoding_names_the_file(folder: Path) -> None:
    (folder / "ziele.csv").write_bytes("Öffentlichkeit".encode("cp437"))

    with pytest.raises(UnreadableFile, match=r"ziele\.csv: The file isn’t written in UTF-8"):
        read_document(folder)


def test_unmatched_quotation_marks_are_reported(folder: Path) -> None:
    (folder / "ziele.csv").write_text('Code;Themenfeld;Titel\n1a;1;"Alle\n', "utf-8")

    with pytest.raises(InvalidFile, match=r"file ziele\.csv, row 2: The quotation marks"):
        read_document(folder)


def test_problem_names_file_row_and_column(folder: Path) -> None:
    (folder / "massnahmen.csv").write_text("Titel;Ziele;Start\na;1a;bald\n", "utf-8")

    with pytest.raises(InvalidFile) as caught:
        read_document(folder)

    assert [problem.place for problem in caught.value.problems] == [
        "file massnahmen.csv, row 2, column Start"
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-5", "'-5"), ("@x", "'@x"), ("'=1", "''=1"),
        ("''=1", "'''=1"), ("'a'", "'a'"), ("''", "''"), ("a=1", "a=1"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_are_made_harmless_and_read_back(text: str, written: str) -> None:
    assert protected(text) == written
    assert unprotected(written) == text


def test_no_written_cell_begins_like_a_formula(tmp_path: Path) -> None:
    data = raw()
    data["concept"]["title"] = '=HYPERLINK("https://example.org")'

    write_document(parse_document(data), tmp_path / "c", format=Format.CSV)

    assert """Titel;"'=HYPERLINK(""" in (tmp_path / "c" / "konzept.csv").read_text("utf-8-sig")
