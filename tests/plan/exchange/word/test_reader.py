"""Word documents as authors write them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from leitbild.plan.exchange import InvalidFile, ReadResult, Unplaced, UnreadableFile, read_document

Lines = Sequence[tuple[str, str]]
SMALL: Lines = [
    ("Title", "Integrationskonzept 2027"),
    ("Normal", "So lesen Sie es."),
    ("Heading 1", "1 Sprache"),
    ("Normal", "Worum es geht."),
    ("Heading 2", "Niemandem fehlen hier die Worte."),
    ("Heading 3", "1a Alle lernen Deutsch."),
    ("Normal", "Was das heißt."),
    ("Heading 4", "M 1.1: Kurse am Abend"),
    ("Normal", "Erster Absatz."),
    ("Normal", "Zweiter Absatz."),
]


def _new(lines: Lines = SMALL) -> OpenDocument:
    document = Document()
    for style in ("Leitbild", "Angaben"):
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    for style, text in lines:
        document.add_paragraph(text, style)
    return document


def _read(
    document: OpenDocument, folder: Path, name: str = "konzept.docx", **hints: Any
) -> ReadResult:
    path = folder / name
    document.save(str(path))
    return read_document(path, **hints)


def _with(lines: Lines, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [*lines, *more]


def test_small_document_is_read(tmp_path: Path) -> None:
    result = _read(_new(), tmp_path)

    document = result.document
    assert result.unplaced == ()
    assert document.concept.title == {"de": "Integrationskonzept 2027"}
    assert document.concept.introduction == {"de": "So lesen Sie es."}
    assert (document.concept.slug, document.concept.edition) == ("2027", 2027)
    theme, goal, measure = document.themes[0], document.goals[0], document.measures[0]
    assert (theme.number, theme.slug, theme.name) == (1, "sprache", {"de": "Sprache"})
    assert theme.vision == {"de": "Niemandem fehlen hier die Worte."}
    assert theme.introduction == {"de": "Worum es geht."}
    assert (goal.code, goal.title, goal.text) == (
        "1a", {"de": "Alle lernen Deutsch."}, {"de": "Was das heißt."}
    )  # fmt: skip
    assert (measure.code, measure.title, measure.goals) == (
        "1.1", {"de": "Kurse am Abend"}, ["1a"]
    )  # fmt: skip
    assert measure.text == {"de": "Erster Absatz.\n\nZweiter Absatz."}


@pytest.mark.parametrize(
    "section",
    [
        [("Leitbild", "Alle reden mit")],
        [("Heading 2", "Leitbild:"), ("Normal", "Alle reden mit")],
        [("Heading 2", "Alle reden mit")],
        [("Heading 2", "Unser Leitbild"), ("Leitbild", "Alle reden mit"), ("Heading 2", "Ziele")],
    ],
)
def test_vision_is_found_in_every_form(tmp_path: Path, section: Lines) -> None:
    start = [("Title", "Konzept 2027"), ("Heading 1", "Sprache"), ("Normal", "Einleitung")]

    theme = _read(_new([*start, *section, ("Heading 3", "Ziel")]), tmp_path).document.themes[0]

    assert theme.vision == {"de": "Alle reden mit"}
    assert theme.introduction == {"de": "Einleitung"}


def test_other_sections_belong_to_the_introduction(tmp_path: Path) -> None:
    lines = [
        ("Heading 1", "Einleitung"), ("Normal", "Vorab."),
        ("Heading 1", "Sprache"), ("Heading 2", "Ausgangslage"), ("Normal", "So ist es."),
        ("Heading 1", "Arbeit"),
    ]  # fmt: skip

    document = _read(_new(_with([("Title", "Konzept 2027")], *lines)), tmp_path).document

    assert document.concept.introduction == {"de": "**Einleitung**\n\nVorab."}
    assert [theme.number for theme in document.themes] == [1, 2]
    assert document.themes[0].introduction == {"de": "**Ausgangslage**\n\nSo ist es."}


def test_numbered_items_are_measures_where_no_fourth_level_is_used(tmp_path: Path) -> None:
    lines = [
        ("Title", "Konzept 2027"), ("Heading 1", "Sprache"), ("Heading 3", "Alle lernen."),
        ("Normal", "Dazu:"), ("List Number", "Kurse"), ("Normal", "Am Abend."),
        ("List Bullet", "mit Betreuung"), ("List Bullet", "im Stadtteil"),
        ("List Number", "2.7 Treffen"),
    ]  # fmt: skip

    document = _read(_new(lines), tmp_path).document

    assert document.goals[0].code == "1a"
    assert document.goals[0].text == {"de": "Dazu:"}
    assert [(each.code, each.title["de"]) for each in document.measures] == [
        ("1.1", "Kurse"), ("2.7", "Treffen")
    ]  # fmt: skip
    assert document.measures[0].text == {"de": "Am Abend.\n\n- mit Betreuung\n- im Stadtteil"}


def test_numbered_items_are_text_where_measures_have_headings(tmp_path: Path) -> None:
    lines = _with(SMALL, ("List Number", "eins"), ("List Number", "zwei"))

    measure = _read(_new(lines), tmp_path).document.measures[0]

    assert measure.text["de"].endswith("Zweiter Absatz.\n\n1. eins\n1. zwei")


def test_looks_and_links_become_markdown(tmp_path: Path) -> None:
    document = _new()
    paragraph = document.add_paragraph("Ein ")
    paragraph.add_run("fetter ").bold = True
    paragraph.add_run("Satz").bold = True
    paragraph.add_run(" und ")
    paragraph.add_run("schräg").italic = True
    paragraph.add_run(" mit *Stern* und a_b, ")
    relation = document.part.relate_to(
        "https://example.org/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = (
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>Link</w:t></w:r>'
        "</w:hyperlink>"
    )
    paragraph._p.append(parse_xml(link))
    document.add_paragraph("# kein Titel")
    document.add_paragraph("1. keine Liste")

    text = _read(document, tmp_path).document.measures[0].text["de"]

    assert text.split("\n\n")[2:] == [
        r"Ein **fetter Satz** und *schräg* mit \*Stern\* und a_b, [Link](https://example.org/)",
        r"\# kein Titel",
        r"1\. keine Liste",
    ]


def test_facts_below_a_measure_are_read(tmp_path: Path) -> None:
    facts = (
        "Ziele: 1a; 1b\nStart: 2027\nEnde: 31.12.2028\nArt: dauerhaft\nFederführung: Amt 50\n"
        "Beteiligte: VHS; Amt 50\nFarbe des Himmels: blau\nohne Doppelpunkt"
    )
    lines = _with(SMALL, ("Angaben", facts), ("Heading 3", "1b Mehr"))

    result = _read(_new(lines), tmp_path)

    measure = result.document.measures[0].model_dump(mode="json")
    assert {key: measure[key] for key in ("goals", "start", "end", "kind", "lead", "partners")} == {
        "goals": ["1a", "1b"], "start": 2027, "end": "2028-12-31", "kind": "permanent",
        "lead": "amt-50", "partners": ["vhs", "amt-50"],
    }  # fmt: skip
    assert result.unplaced == (
        Unplaced("paragraph 11", "Farbe des Himmels: blau"),
        Unplaced("paragraph 11", "ohne Doppelpunkt"),
    )


def test_what_finds_no_place_is_listed(tmp_path: Path) -> None:
    document = _new(
        [
            ("Title", "Konzept 2027"),
            ("Heading 3", "Ziel ohne Themenfeld"),
            ("Normal", "sein Text"),
            ("Heading 1", "Sprache"),
            ("Heading 4", "Maßnahme ohne Ziel"),
            ("Heading 1", "Anhang"),
        ]
    )
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "links", "rechts"
    paragraph = document.add_paragraph("bleibt")
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>im Kasten</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>gelöscht</w:delText></w:r></w:del>"
    inserted = f"<w:ins {nsdecls('w')}><w:r><w:t> eingefügt</w:t></w:r></w:ins>"
    for xml in (box, deleted, inserted):
        paragraph._p.append(parse_xml(xml))
    document.add_picture(io.BytesIO(_pixel()))
    document.add_comment(paragraph.runs, text="Stimmt das?")

    result = _read(document, tmp_path)

    assert result.unplaced == (
        Unplaced("table at paragraph 7", "links rechts"),
        Unplaced("text box at paragraph 8", "im Kasten"),
        Unplaced("deleted text at paragraph 8", "gelöscht"),
        Unplaced("picture at paragraph 9", "Picture 1"),
        Unplaced("paragraph 2 (a goal without a theme above it)", "Ziel ohne Themenfeld"),
        Unplaced("paragraph 3", "sein Text"),
        Unplaced("paragraph 5 (a measure without a goal above it)", "Maßnahme ohne Ziel"),
        Unplaced("paragraph 6 (a chapter after the themes)", "Anhang"),
        Unplaced("paragraph 8", "bleibt eingefügt"),
        Unplaced("comment 0", "Stimmt das?"),
    )


def test_footnotes_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "konzept.docx"
    _new().save(str(path))
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r>'
        '<w:t>-</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r>'
        "<w:t>Siehe Anlage.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)

    assert read_document(path).unplaced == (Unplaced("footnote 1", "Siehe Anlage."),)


@pytest.mark.parametrize("pattern", ["heading {}", "Überschrift {}", "heading_20_{}"])
def test_headings_are_known_by_any_programs_name(tmp_path: Path, pattern: str) -> None:
    document = _new()
    for level in range(1, 5):
        style = document.styles[f"Heading {level}"].element
        style.name_val = pattern.format(level)

    assert len(_read(document, tmp_path).document.measures) == 1


def test_headings_are_known_by_their_outline_level(tmp_path: Path) -> None:
    document = _new([("Title", "Konzept 2027")])
    for level, text in enumerate(["Sprache", "Alle reden mit.", "Ziel", "Maßnahme"]):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))

    document_read = _read(document, tmp_path).document

    assert document_read.themes[0].vision == {"de": "Alle reden mit."}
    assert document_read.measures[0].title == {"de": "Maßnahme"}


def test_tables_of_contents_are_skipped(tmp_path: Path) -> None:
    document = _new([("Title", "Konzept 2027")])
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("1 Sprache 3", "toc 1")
    document.add_paragraph("Sprache", "Heading 1")

    result = _read(document, tmp_path)

    assert result.document.concept.introduction == {}
    assert result.unplaced == ()


@pytest.mark.parametrize(
    ("title", "name", "hints", "edition"),
    [
        ("Konzept 2027", "konzept_2024.docx", {}, 2027),
        ("Konzept 2027", "konzept.docx", {"edition": 2030}, 2030),
        ("Konzept", "konzept_2024.docx", {}, 2024),
        ("Konzept", "konzept.docx", {"edition": 2030}, 2030),
    ],
)
def test_edition_is_taken_from_hint_title_or_name(
    tmp_path: Path, title: str, name: str, hints: dict[str, int], edition: int
) -> None:
    document = _new([("Title", title), ("Heading 1", "Sprache")])

    assert _read(document, tmp_path, name, **hints).document.concept.edition == edition


def test_missing_edition_is_explained(tmp_path: Path) -> None:
    document = _new([("Title", "Konzept 123456"), ("Heading 1", "Sprache")])

    with pytest.raises(InvalidFile) as caught:
        _read(document, tmp_path)

    assert [str(problem) for problem in caught.value.problems] == [
        (
            "document, edition: Neither the title nor the file’s name says which year this edition "
            "is from. Please give it: --edition 2027."
        )
    ]


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (lambda document: None, "Das Konzept"),
        (lambda document: setattr(document.core_properties, "title", "Anders"), "Das Konzept"),
    ],
)
def test_first_paragraph_is_the_title_if_none_is_styled(
    tmp_path: Path, change: Callable[[OpenDocument], None], title: str
) -> None:
    document = _new([("Normal", "Das Konzept"), ("Normal", "Mehr."), ("Heading 1", "Sprache")])
    change(document)

    concept = _read(document, tmp_path, edition=2027).document.concept

    assert (concept.title, concept.introduction) == ({"de": title}, {"de": "Mehr."})


def test_files_own_title_is_the_last_resort(tmp_path: Path) -> None:
    document = _new([("Heading 1", "Sprache")])
    document.core_properties.title = "Konzept 2027"

    assert _read(document, tmp_path).document.concept.title == {"de": "Konzept 2027"}


def test_problems_name_paragraph_and_heading(tmp_path: Path) -> None:
    lines = _with(SMALL, ("Heading 4", "1.1 Noch eine"), ("Angaben", "Start: bald"))

    with pytest.raises(InvalidFile) as caught:
        _read(_new(lines), tmp_path)

    assert [problem.place for problem in caught.value.problems] == [
        "paragraph 11 (“1.1 Noch eine”)"
    ] * 2


def test_arabic_document_is_read(tmp_path: Path) -> None:
    lines = [
        ("Title", "خطة 2027"),
        ("Heading 1", "اللغة"),
        ("Heading 3", "هدف"),
        ("Heading 4", "إجراء"),
    ]

    document = _read(_new(lines), tmp_path, language="ar").document

    assert document.language == "ar"
    assert document.themes[0].slug == "thema-1"
    assert document.measures[0].title == {"ar": "إجراء"}


def test_document_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no headings of the first level"):
        _read(_new([("Normal", "Text")]), tmp_path)


def test_other_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(UnreadableFile, match="isn’t a Word document"):
        read_document(path)


def test_macros_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    _new().save(str(path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", "x")

    with pytest.raises(UnreadableFile, match="contains macros"):
        read_document(path)


def _pixel() -> bytes:
    """The smallest picture."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
