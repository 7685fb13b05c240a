"""Written Word documents say the same when they are read again."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from leitbild.plan.document import ConceptDocument, parse_document
from leitbild.plan.exchange import Format, ReadResult, read_document, write_document
from tests.plan.exchange.examples import raw

TEXT = """\
Kurse mit **Kinderbetreuung** und *Ruhe*.

- am Abend
  - mit Essen
  - mit Spiel
- am [Samstag](https://example.org/kurse_2027)

1. anmelden
1. kommen

Ein Stern \\* und \\_Striche\\_."""


def _full() -> ConceptDocument:
    data: dict[str, Any] = raw()
    data["concept"] |= {
        "horizon": 2037,
        "status": "draft",
        "predecessor": "2013",
        "purpose": "Wofür es da ist.",
        "introduction": "Wie man es liest.\n\nUnd warum.",
        "source_url": "https://example.org",
        "resolutions": [
            {"body": "Stadtrat", "date": "2027-02-14", "paper": "12/2027", "result": "beschlossen"}
        ],
    }
    data["themes"][0] |= {"introduction": "Worum es geht.", "sample": True}
    data["themes"].append({"number": 7, "slug": "arbeit", "name": "Arbeit"})
    data["goals"].append({"code": "7-x", "theme": 7, "title": "Alle arbeiten.", "horizon": 2030})
    data["organisations"].append({"slug": "vhs", "name": "VHS"})
    data["measures"][0] |= {
        "summary": "In Kürze.",
        "text": TEXT,
        "lead": "vhs",
        "partners": ["vhs"],
        "stages": ["ankommen"],
        "kind": "permanent",
    }
    data["measures"].append({"code": "X", "title": "Stellen", "goals": ["7-x"], "text": "Mehr."})
    return parse_document(data)


def _read_again(document: ConceptDocument, folder: Path) -> ReadResult:
    path = folder / "konzept.docx"
    write_document(document, path, format=Format.DOCX)
    return read_document(path, language=document.language)


def test_written_document_reads_back(tmp_path: Path) -> None:
    document = _full()

    result = _read_again(document, tmp_path)

    read = result.document
    assert result.unplaced == ()
    assert read.concept == document.concept
    assert read.themes == document.themes
    assert read.goals == document.goals
    assert read.measures == document.measures


def test_document_carries_title_language_and_headings(tmp_path: Path) -> None:
    write_document(_full(), tmp_path / "a.docx", format=Format.DOCX)

    written = Document(str(tmp_path / "a.docx"))

    assert written.core_properties.title == "Konzept 2027"
    assert written.core_properties.language == "de"
    styled = [(str(each.style and each.style.name), each.text) for each in written.paragraphs]
    assert [each for each in styled if each[0].startswith("Heading")] == [
        ("Heading 1", "1 Sprache"),
        ("Heading 2", "Leitbild"),
        ("Heading 2", "Strategische Ziele"),
        ("Heading 3", "1a Alle lernen Deutsch."),
        ("Heading 4", "1.1 Kurse am Abend"),
        ("Heading 3", "1b Alle werden verstanden."),
        ("Heading 1", "7 Arbeit"),
        ("Heading 2", "Strategische Ziele"),
        ("Heading 3", "Alle arbeiten."),
        ("Heading 4", "Stellen"),
    ]
    assert 'w:lang w:eastAsia="en-US"' not in written.styles.element.xml
    assert '<w:lang w:val="de-DE"/>' in written.styles.element.xml


def test_arabic_document_is_written_from_right_to_left(tmp_path: Path) -> None:
    data = raw()
    data["language"] = "ar"

    write_document(parse_document(data), tmp_path / "a.docx", format=Format.DOCX)

    styles = Document(str(tmp_path / "a.docx")).styles.element.xml
    assert '<w:lang w:bidi="ar"/>' in styles
    assert "<w:bidi/>" in styles


@pytest.mark.parametrize("title", ["3 neue Kitas", "2.5 Millionen für Kurse", "Kurse: mehr davon"])
def test_titles_that_look_like_codes_stay_whole(tmp_path: Path, title: str) -> None:
    data = raw()
    data["measures"][0]["title"] = title

    measure = _read_again(parse_document(data), tmp_path).document.measures[0]

    assert (measure.code, measure.title) == ("1.1", {"de": title})
