"""The report on paper: accessible, complete, one page for the summary, the same every time."""

import io
import re
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from pypdf import PdfReader

from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.pdf import council_pdf
from leitbild.reports.council.phrasing import phrased
from leitbild.reports.council.words import labels
from tests.reports.council.samples import (
    arabic_report,
    city_report,
    empty_report,
    large_report,
)

TRAPS: Final = '#import "evil.typ": * #eval("1") #panic() $x$ @ref <label> \\ `code` = no // c'
MARK: Final = "\ufffd"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """The signs alone: blanks and hyphens of lines' ends are the page's, not the text's."""
    return re.sub(r"[\s\u00ad\u2060\u200b\u2066-\u2069‐-]+", "", text)


def say(name: str) -> str:
    """A word that stands in every German report."""
    with override("de"):
        return squeezed(labels()[name])


def texts(pdf: bytes, first: int | None = None) -> list[str]:
    return [squeezed(page.extract_text()) for page in read(pdf).pages[:first]]


@pytest.fixture(scope="module")
def city() -> bytes:
    """The report of 32 measures, in less time than anybody waits."""
    began = time.process_time()
    pdf = council_pdf(city_report())
    assert time.process_time() - began < 2
    return pdf


@pytest.fixture(scope="module")
def pages(city: bytes) -> list[str]:
    return texts(city)


def test_report_is_pdf_ua_1_and_names_its_language_and_title(city: bytes) -> None:
    document = read(city)

    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert document.metadata is not None
    assert document.metadata.title == phrased(city_report()).title
    assert document.metadata.creation_date is not None
    assert document.metadata.creation_date.date() == city_report().made


def test_outline_leads_to_themes_chapters_and_measures(city: bytes) -> None:
    marks = list(_marks(read(city).outline))

    report = city_report()
    themes = [f"{each.number} {each.name}" for each in report.themes]
    parts = [*themes, *(f"{each.code} {each.title}" for each in report.measures)]
    for part in parts:
        assert [mark for mark in marks if mark.startswith(part)], part
    assert len(marks) == len(parts) + 3 + 4  # lists of the first page, chapters after the themes


def _marks(outline: Any) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from _marks(each)
        else:
            yield " ".join(str(each["/Title"]).split())


def test_pictures_say_in_words_what_they_show(city: bytes) -> None:
    root: Any = read(city).trailer["/Root"]

    said = [str(each["/Alt"]) for each in _tags(root["/StructTreeRoot"]) if each["/S"] == "/Figure"]

    assert len(said) == 1
    for theme in city_report().themes:
        counts = ", ".join(f"{each.now} {each.label}" for each in theme.counts if each.now)
        assert f"{theme.name}: {counts}" in said[0]


def test_every_table_has_a_head(city: bytes) -> None:
    root: Any = read(city).trailer["/Root"]
    kinds = [str(each["/S"]) for each in _tags(root["/StructTreeRoot"])]

    assert kinds.count("/Table") == kinds.count("/THead") > 40
    assert {"/H1", "/H2", "/TOC", "/TH"} <= set(kinds)


def _tags(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node["/K"])


def test_everything_is_said_where_it_belongs(pages: list[str]) -> None:
    paper = phrased(city_report())
    whole = "".join(pages)
    place = 0
    for theme in paper.themes:
        for said in (theme.vision, *(f"{each.label}{_row(each)}" for each in theme.counts)):
            place = _found(whole, said, place)
        for measure in theme.measures:
            place = _found(whole, f"{measure.code} {measure.title}", place)
            for said in (measure.now.label, measure.before.label, measure.silence, measure.summary):
                place = _found(whole, said, place)
            assert measure.partners == "" or squeezed(measure.partners) in whole
            for news in (*measure.news, *measure.last):
                for said in (news.date, news.text, news.reason, news.next_step, news.obstacle):
                    place = _found(whole, said, place)
            for step in measure.milestones:
                place = _found(whole, step.title, place)
                place = _found(whole, f"{step.due}{step.status}", place)
            for money in measure.money:
                place = _found(whole, f"{money.planned}{money.spent}", place)


def _row(count: Any) -> str:
    return f"{'' if count.now else '–'}{count.now}{count.before}"


def _found(whole: str, said: str, place: int) -> int:
    found = whole.find(squeezed(said), place)
    assert found >= 0, (said, whole[place : place + 300])
    return found + len(squeezed(said))


def test_chapters_hold_the_figures_of_the_report(pages: list[str]) -> None:
    report, paper = city_report(), phrased(city_report())
    page = next(each for each in pages if each.startswith(say("comparison")))

    for passage in paper.comparison.passages:
        cells = "".join(str(each.number) for each in passage.cells)
        assert squeezed(f"{passage.label}{cells}{passage.total}") in page
    sums = "".join(str(each.now) for each in report.counts)
    assert f"{say('total')}{sums}{len(report.measures)}" in page
    for money in paper.money:
        assert squeezed(f"{money.planned}{money.planned_from}{money.spent}") in page
    for gap in paper.gaps:
        assert squeezed(f"{gap.label}{gap.number}{gap.codes}") in page


def test_annex_names_all_measures_below_the_same_head_on_every_page(pages: list[str]) -> None:
    start = next(place for place, each in enumerate(pages) if each.startswith(say("annex")))
    annex = pages[start:]

    assert len(annex) > 1
    assert all(say("last_news") in each[:150] for each in annex[:-1])
    place = 0
    for measure in phrased(city_report()).measures:
        place = _found("".join(annex), f"{measure.code} {measure.title}", place)
    assert squeezed(phrased(city_report()).digest) in annex[-1]


@pytest.mark.parametrize("report", [city_report(), large_report(30, 3)])
def test_summary_fits_one_page_and_says_what_it_leaves_out(
    city: bytes, report: CouncilReport
) -> None:
    first, second = texts(city if report is city_report() else council_pdf(report), first=2)

    assert second.startswith(say("contents"))
    for count in report.counts:
        assert squeezed(f"{count.label}{count.now}{count.before}") in first
    lists = (report.summary.moved, report.summary.still, report.summary.decisions)
    listed = sum(len(_listed(first, [each.title for each in found])) for found in lists)
    with override("de"):
        more = squeezed(_("and {number} more, see {where}")).replace("{number}", r"(\d+)")
    left = sum(int(each) for each in re.findall(more.partition(",")[0], first))
    assert 0 < left < sum(map(len, lists))
    assert listed + left >= sum(map(len, lists))
    for name, found in zip(("moved", "still", "decisions"), lists, strict=True):
        assert f"{say(name)}{len(found)}" in first


def _listed(page: str, titles: list[str]) -> list[str]:
    return [title for title in titles if squeezed(title) in page]


def test_same_report_gives_the_same_bytes_from_right_to_left() -> None:
    first, second = council_pdf(arabic_report()), council_pdf(arabic_report())

    assert first == second
    root: Any = read(first).trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert "Praktikumsbörse" in read(first).pages[0].extract_text()


def test_empty_report_says_why_on_one_page() -> None:
    pages = texts(council_pdf(empty_report()))

    assert len(pages) == 1
    assert say("no_measures") in pages[0]
    assert squeezed(phrased(empty_report()).status) in pages[0]


def test_text_is_never_code_and_signs_without_a_font_stop_nothing() -> None:
    report = arabic_report().model_copy(update={"language": "de", "direction": "ltr"})
    theme = report.themes[0]
    measure = theme.measures[0]
    news = measure.news[0].model_copy(update={"text": f"{TRAPS}\n漢字 \x0b\x07 bleibt"})
    said = {"news": [news], "title": TRAPS, "lead": TRAPS}
    measures = [measure.model_copy(update=said)]
    themes = [theme.model_copy(update={"measures": measures, "name": TRAPS, "vision": TRAPS})]

    printed = "".join(texts(council_pdf(report.model_copy(update={"themes": themes}))))

    # Theme on the first page, in the contents, as heading and in the annex; vision; measure as
    # heading and in the annex; lead twice; news.
    assert printed.count(squeezed(TRAPS)) == 10
    assert f"{MARK}{MARK}bleibt" in printed


def test_report_without_money_has_no_word_of_it() -> None:
    few = {"language": "de", "direction": "ltr", "themes": arabic_report().themes[2:]}
    shown = arabic_report().model_copy(update=few)
    hidden = shown.model_copy(update={"shows_money": False, "money": []})

    chapter, column = f"{say('comparison')}", f"{say('planned')}/{say('spent')}"
    for report, expected in ((shown, True), (hidden, False)):
        pages = texts(council_pdf(report))
        assert (column in pages[-1]) is expected
        page = next(each for each in pages if each.startswith(chapter))
        assert (squeezed(phrased(shown).money[0].planned) in page) is expected
