"""Which format a path means, and the advice for others."""

from pathlib import Path

import pytest

from leitbild.plan.exchange import Format, UnreadableFile, format_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.yaml", Format.YAML),
        ("a.yml", Format.YAML),
        ("a.json", Format.YAML),
        ("A.XLSX", Format.XLSX),
        ("a.ods", Format.ODS),
        ("a.zip", Format.CSV),
        ("folder", Format.CSV),
        ("a.docx", Format.DOCX),
    ],
)
def test_format_of_known_suffix(name: str, form: Format) -> None:
    assert format_of(Path(name)) == form


def test_format_of_folder_with_dot_is_csv(tmp_path: Path) -> None:
    folder = tmp_path / "concept.2022"
    folder.mkdir()

    assert format_of(folder) == Format.CSV


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.xls", "save it as .xlsx"),
        ("a.xlsb", "save it as .xlsx"),
        ("a.doc", "save it as .docx"),
        ("a.odt", "save it as .docx"),
        ("a.xlsm", "without macros"),
        ("a.docm", "without macros"),
        ("a.pdf", "use the Word document"),
        ("a.csv", "into one folder"),
        ("a.png", "Possible are .xlsx"),
    ],
)
def test_format_of_unknown_suffix_says_what_to_do(name: str, advice: str) -> None:
    with pytest.raises(UnreadableFile, match=advice):
        format_of(Path(name))
