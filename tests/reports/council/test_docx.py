"""The report in Word: sound, accessible, and it says what the PDF says."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree
from pypdf import PdfReader

from leitbild.core.refusal import Refused
from leitbild.reports.council.docx import council_docx
from leitbild.reports.council.paper import Measure, Paper
from leitbild.reports.council.phrasing import phrased
from leitbild.reports.council.word_template import standard_template
from leitbild.reports.council.words import labels
from tests.reports.council.samples import arabic_report, city_report, empty_report
from tests.reports.council.templates import template

SOFFICE: Final = shutil.which("soffice") or ""
TEXTS: Final = {qn("w:t"), qn("w:instrText")}


@pytest.fixture(scope="module")
def file() -> bytes:
    return council_docx(city_report())


@pytest.fixture(scope="module")
def document(file: bytes) -> Any:
    return Document(io.BytesIO(file))


@pytest.fixture(scope="module")
def said() -> Paper:
    return phrased(city_report())


@pytest.fixture(scope="module")
def say() -> dict[str, str]:
    with override("de"):
        return labels()


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table(document: Any, head: str) -> list[list[str]]:
    """The rows below the first head that begins so."""
    found = (rows(each) for each in document.tables if each.cell(0, 0).text == head)
    return next(found)[1:]


def text_of(content: bytes) -> str:
    """Everything it says, in the order it is read."""
    found = Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return "\n".join("".join(each.itertext(qn("w:t"))) for each in found)


def test_file_is_sound_and_no_tag_is_left(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "xml" in name}

    assert [name for name, text in parts.items() if re.search(r"\{\{|\{%|%\}|\}\}", text)] == []
    body = etree.fromstring(parts["word/document.xml"].encode())[0]
    for row in body.iter(qn("w:tr")):
        assert row.findall(qn("w:tc"))
    for cell in body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    stray = [each for each in body.iter() if each.tag not in TEXTS and (each.text or "").strip()]
    assert stray == []
    assert body[-1].tag == qn("w:sectPr")


def test_columns_of_every_row_are_those_of_its_table(document: Any) -> None:
    for each in document.tables:
        columns = len(each._tbl.tblGrid.findall(qn("w:gridCol")))
        spans = {sum(cell.grid_span for cell in row.tc_lst) for row in each._tbl.tr_lst}
        assert spans == {columns}


def test_file_can_be_read_aloud(document: Any, said: Paper) -> None:
    properties = document.core_properties
    speech = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    heads = [each._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") for each in document.tables]

    assert (properties.title, properties.language) == (said.title, "de")
    assert properties.author == said.city
    assert speech.get(qn("w:val")) == "de-DE"
    assert len(heads) > 40
    assert None not in heads
    assert all(each._tbl.tblPr.find(qn("w:tblCaption")) is not None for each in document.tables)


def test_headings_are_the_reports_chapters_and_measures(
    document: Any, said: Paper, say: dict[str, str]
) -> None:
    by_style: dict[str, list[str]] = {}
    for each in document.paragraphs:
        by_style.setdefault(each.style.name, []).append(each.text)

    themes = [f"{each.number} {each.name}" for each in said.themes]
    after = [say[name] for name in ("comparison", "money", "gaps", "annex")]
    assert by_style["Heading 1"] == [say["counts"], *themes, *after]
    mark = f" ({say['sample']})"
    assert by_style["Heading 2"] == [
        f"{each.code} {each.title}{mark if each.sample else ''}" for each in said.measures
    ]
    assert by_style["Title"] == [said.heading]


def test_annex_lies_across_and_holds_all_measures(
    document: Any, said: Paper, say: dict[str, str]
) -> None:
    sections = [each.orientation for each in document.sections]
    mark = f" ({say['sample']})"

    found = table(document, say["code"])

    assert sections == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    expected = []
    for theme in said.themes:
        expected.append([f"{theme.number} {theme.name}"] * 9)
        expected += [_line(each, mark) for each in theme.measures]
    assert found == expected


def _line(measure: Measure, mark: str) -> list[str]:
    money = [f"{each.year}: {each.planned} / {each.spent}" for each in measure.yearly]
    return [
        measure.code,
        measure.title + (mark if measure.sample else ""),
        measure.lead or "–",
        measure.period or "–",
        f"{measure.now.sign} {measure.now.label}",
        f"{measure.before.sign} {measure.before.label}",
        measure.now.date or "–",
        "\n".join(money or ["–"]),
        measure.gaps,
    ]


def test_figures_are_the_reports(document: Any, said: Paper, say: dict[str, str]) -> None:
    counts = [
        [f"{each.sign} {each.label}", str(each.now), str(each.before)] for each in said.counts
    ]
    passages = [
        [f"{each.sign} {each.label}", *(str(cell.number) for cell in each.cells), str(each.total)]
        for each in said.comparison.passages
    ]
    sums = [str(each.now) for each in said.comparison.states]
    gaps = [[each.label, str(each.number), each.codes] for each in said.gaps]
    heads = [each.cell(0, 0).text for each in document.tables]

    arrows = next(each for each in heads if "↓" in each)
    assert table(document, say["state"]) == counts
    assert table(document, arrows) == [*passages, [say["total"], *sums, str(said.measures_total)]]
    assert table(document, say["missing"]) == gaps
    assert heads.count(say["year"]) == 1 + len(said.themes) + sum(
        bool(each.money) for each in said.measures
    )


def test_texts_of_the_period_are_all_there(file: bytes, said: Paper) -> None:
    text = text_of(file)

    place = text.index(said.themes[0].vision)
    for measure in said.measures:
        place = text.index(f"{measure.code} {measure.title}", place)
        for news in measure.news:
            for part in (news.date, news.text, news.reason, news.next_step, news.obstacle):
                place = text.index(part, place)


def test_same_report_gives_the_same_bytes() -> None:
    assert council_docx(empty_report()) == council_docx(empty_report())


def test_arabic_report_runs_from_right_to_left() -> None:
    document = Document(io.BytesIO(council_docx(arabic_report())))

    assert document.styles["Normal"].element.find(f".//{qn('w:bidi')}") is not None
    for each in document.tables:
        assert each._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert [each._sectPr.find(qn("w:bidi")) is None for each in document.sections] == [False, False]


def test_text_is_neither_markup_nor_a_tag() -> None:
    trap = "{{ city }} {% for x in y %} <w:p/> & “x”"
    report = empty_report().model_copy(update={"city": trap, "concept": trap})

    document = Document(io.BytesIO(council_docx(report, template("{{ city }}: {{ concept }}"))))

    assert [each.text for each in document.paragraphs] == [f"{trap}: {trap}"]


def test_citys_own_template_is_filled_and_one_that_cannot_be_is_refused() -> None:
    own = template(
        "{%p for theme in themes %}", "{{ loop.index }} {{ theme.name }}", "{%p endfor %}"
    )

    text = text_of(council_docx(city_report(), own))

    names = [each.name for each in city_report().themes]
    assert text.split("\n") == [f"{place} {name}" for place, name in enumerate(names, start=1)]
    with pytest.raises(Refused) as refused:
        council_docx(empty_report(), template("{{ citty }}"))
    assert refused.value.reasons[1:] == [
        "Paragraph “{{ citty }}”: A report knows no “citty”. Did you mean “city”?"
    ]


def test_standard_template_holds_words_to_change_and_tags_to_fill() -> None:
    text = text_of(standard_template("en"))

    assert "What moved ({{ summary.moved.total }})" in text
    assert "{%tr for measure in theme.measures %}" in text


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) isn’t installed here")
def test_libreoffice_opens_it_and_says_the_same(file: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(file)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    options = [profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [SOFFICE, *options, str(tmp_path / "report.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )

    pages = PdfReader(tmp_path / "report.pdf").pages
    printed = _letters("".join(page.extract_text() for page in pages))

    missing = [each for each in text_of(file).split("\n") if _letters(each) not in printed]
    assert missing == []


def _letters(text: str) -> str:
    """Letters and figures alone: lines are broken elsewhere in each program."""
    return re.sub(r"[\W_]+", "", text)
