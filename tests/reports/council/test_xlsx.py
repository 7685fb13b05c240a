"""The workbook: dates are dates, money is a number, and nothing a person wrote is a formula."""

import datetime as dt
import io
import zipfile
from typing import Literal

from python_calamine import load_workbook

from leitbild.reports.council.content import (
    CouncilReport,
    News,
    ReportedMeasure,
    Stand,
    Step,
    Sum,
    Summary,
)
from leitbild.reports.council.xlsx import council_xlsx

DAY = dt.date(2025, 3, 1)
STAND = Stand(state="under_way", label="läuft", shape="under_way", date=DAY)
EVIL = '=HYPERLINK("https://x.example")'


MONEY = Sum(year=2025, source="budget", label="Haushalt", planned_cents=123456)


def measure(money: list[Sum]) -> ReportedMeasure:
    news = News(
        date=DAY, confirmed=False, state="under_way", label="läuft", text=EVIL, helps="Geld"
    )
    return ReportedMeasure(
        code="1.1",
        title=EVIL,
        now=STAND,
        before=STAND,
        freshness="fresh",
        silent_days=121,
        news=[news],
        last=news,
        milestones=[Step(title="Tür", due=DAY, status="open", value=3, target=4, unit="Türen")],
        money=money,
        totals=money,
        gaps=["owner"],
    )


def report(
    audience: Literal["council", "public"] = "council", direction: Literal["ltr", "rtl"] = "ltr"
) -> CouncilReport:
    money = [MONEY] if audience == "council" else []
    return CouncilReport(
        language="en",
        direction=direction,
        city="Musterstadt",
        concept="Plan 2025: [A/B]?",
        edition=2025,
        measures_word="measures [all]/none: a very long word for them",
        themes_word="themes",
        since=dt.date(2025, 1, 1),
        until=dt.date(2025, 6, 30),
        before=dt.date(2024, 12, 31),
        made=dt.date(2025, 7, 1),
        audience=audience,
        shows_money=audience == "council",
        summary=Summary(),
        counts=[],
        money=money,
        totals=money,
        themes=[],
        loose=[measure(money)],
    )


def test_cells_are_what_they_say() -> None:
    book = load_workbook(io.BytesIO(council_xlsx(report())))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert list(sheets) == [
        *("Summary", "Measures  all  none  a very lon", "Progress updates", "Milestones"),
        *("Money", "What is missing"),
    ]
    assert sheets["Progress updates"][1][:6] == ["1.1", EVIL, DAY, "läuft", "reported", EVIL]
    assert sheets["Milestones"][1][:9] == ["1.1", EVIL, "Tür", DAY, "", "open", 3, 4, "Türen"]
    assert sheets["Money"][1][3:7] == [2025, "Haushalt", 1234.56, ""]
    head, row = sheets["Measures  all  none  a very lon"][:2]
    assert dict(zip(map(str, head), row, strict=True))["Planned 2025"] == 1234.56
    assert sheets["What is missing"][1][:5] == ["1.1", EVIL, "", "", "yes"]


def test_tables_filter_repeat_their_head_and_hold_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(council_xlsx(report(direction="rtl")))) as archive:
        pages = [
            archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name
        ]
        names = archive.read("xl/workbook.xml").decode()

    assert [page.count("<f>") + page.count("<hyperlink") for page in pages] == [0] * 6
    assert ["<autoFilter" in page for page in pages] == [False, *[True] * 5]
    assert ['state="frozen"' in page for page in pages] == [False, *[True] * 5]
    assert all('rightToLeft="1"' in page for page in pages)
    assert names.count("Print_Titles") == 5


def test_workbook_for_the_public_has_neither_money_nor_what_helps() -> None:
    book = load_workbook(io.BytesIO(council_xlsx(report("public"))))
    cells = {
        cell
        for name in book.sheet_names
        for line in book.get_sheet_by_name(name).to_python()
        for cell in line
    }

    assert "Money" not in book.sheet_names
    assert {"What helps", "Internal", "Geld", "Planned 2025"} & cells == set()
