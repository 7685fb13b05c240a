"""Tables as authors fill them in."""

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from leitbild.plan.exchange import (
    InvalidFile,
    Problem,
    ReadResult,
    Unplaced,
    UnreadableFile,
    read_document,
)
from tests.plan.exchange.tables.books import CONCEPT, GOALS, MEASURES, THEMES, Rows, book, edited

NAMES: Final = {
    "concept": "Konzept",
    "themes": "Themenfelder",
    "goals": "Ziele",
    "measures": "Maßnahmen",
    "organisations": "Organisationen",
}


def _read(folder: Path, **changed: Rows) -> ReadResult:
    path = folder / "concept.xlsx"
    return read_document(book(path, {NAMES[key]: rows for key, rows in changed.items()}))


def _problems(folder: Path, **changed: Rows) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        _read(folder, **changed)
    return [str(problem) for problem in caught.value.problems]


def test_small_workbook_is_read(tmp_path: Path) -> None:
    result = _read(tmp_path)

    document = result.document
    assert document.concept.title == {"de": "Konzept 2027"}
    assert (document.concept.slug, document.concept.edition) == ("2027", 2027)
    assert document.municipality is None
    assert [theme.slug for theme in document.themes] == ["sprache"]
    assert [goal.code for goal in document.goals] == ["1a"]
    assert [measure.goals for measure in document.measures] == [["1a"]]
    assert result.unplaced == ()


def test_headers_are_read_in_german_english_and_plain(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        themes=[["  NUMBER ", "name *", "vision (EN)", "Leitbild"], [1, "Sprache", "All", "Alle"]],
        goals=[["code", "theme", "Title", "titel ( ar )"], ["1a", "Sprache", "Alle", "الكل"]],
        measures=[["Nr.", "Maßnahme", "Ziel", "target_groups"], ["1.1", "Kurse", "1A", "Eltern"]],
    ).document

    assert document.themes[0].vision == {"de": "Alle", "en": "All"}
    assert document.goals[0].title == {"ar": "الكل", "de": "Alle"}
    assert document.measures[0].goals == ["1a"]
    assert document.target_groups[0].name == {"de": "Eltern"}


def test_concept_sheet_holds_municipality_and_languages(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        concept=[
            ["Angabe", "Wert", "Wert (en)"],
            ["Titel", "Konzept", "Concept"],
            ["Jahr", 2027],
            ["Gemeinde: Name", "Musterstädt"],
            ["Gemeinde: Sprachen", "de, en; ar"],
            ["Gemeinde: Amtlicher Schlüssel", "07312000"],
            ["Kontakt: Telefon", "=1+1"],
            ["Bezeichnung: Maßnahme, Einzahl", "Schritt", "step"],
            ["Bezeichnung: Maßnahme, Mehrzahl", "Schritte", "steps"],
            ["Farbe: accent", "#2266A4"],
            ["municipality.contact.email", "a@example.org"],
        ],
    ).document

    town = document.municipality
    assert town is not None
    assert document.concept.title == {"de": "Konzept", "en": "Concept"}
    assert (town.slug, town.key, town.languages) == ("musterstaedt", "07312000", ["de", "en", "ar"])
    terms = town.model_dump(mode="json")["terminology"]
    assert terms == {
        "measure": {
            "de": {"one": "Schritt", "many": "Schritte"},
            "en": {"one": "step", "many": "steps"},
        }
    }
    assert town.tokens == {"accent": "#2266a4"}
    assert town.contact.email == "a@example.org"


def test_concept_sheet_needs_no_header(tmp_path: Path) -> None:
    document = _read(tmp_path, concept=[["Titel", "Konzept"], ["Ausgabe", 2027]]).document

    assert document.concept.title == {"de": "Konzept"}


def test_language_of_the_sheet_decides_whose_columns_are_translations(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        concept=[["Item", "Value"], ["Language", "en"], ["Title", "Concept"], ["Year", 2027]],
        themes=[["Name (en)", "Name (de)"], ["Language", "Sprache"]],
        goals=[["Theme", "Title"], ["Sprache", "All learn German."]],
        measures=[["Title", "Goals"], ["Evening classes", "All learn German."]],
    ).document

    assert document.language == "en"
    assert document.themes[0].name == {"de": "Sprache", "en": "Language"}
    assert document.themes[0].slug == "language"


def test_codes_are_counted_where_they_are_missing(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        themes=[["Name"], ["Sprache"], ["Arbeit"]],
        goals=[["Themenfeld", "Titel"], ["Arbeit", "A"], ["Arbeit", "B"], ["sprache", "C"]],
        measures=[["Titel", "Ziele"], ["x", "A"], ["y", "C; B"], ["z", "2b"]],
    ).document

    assert [theme.number for theme in document.themes] == [1, 2]
    assert [goal.code for goal in document.goals] == ["2a", "2b", "1a"]
    assert [measure.code for measure in document.measures] == ["2.1", "1.1", "2.2"]
    assert [measure.goals for measure in document.measures] == [["2a"], ["1a", "2b"], ["2b"]]


def test_moments_are_read_in_every_notation(tmp_path: Path) -> None:
    rows: Rows = [
        ["Code", "Titel", "Ziele", "Start"],
        ["1", "a", "1a", 2027],
        ["2", "b", "1a", "2027"],
        ["3", "c", "1a", "31.3.2027"],
        ["4", "d", "1a", dt.date(2027, 3, 31)],
        ["5", "e", "1a", dt.date(1905, 7, 19)],  # what Excel shows for 2027 typed as a date
        ["6", "f", "1a", None],
    ]

    document = _read(tmp_path, measures=rows).document

    assert [measure.start for measure in document.measures] == [
        2027, 2027, dt.date(2027, 3, 31), dt.date(2027, 3, 31), 2027, None
    ]  # fmt: skip


def test_numeric_code_is_read_as_written(tmp_path: Path) -> None:
    rows: Rows = [["Code", "Titel", "Ziele"], [2.3, "a", "1a"], [4, "b", "1a"]]

    document = _read(tmp_path, measures=rows).document

    assert [measure.code for measure in document.measures] == ["2.3", "4"]


def test_shortened_code_is_explained(tmp_path: Path) -> None:
    rows: Rows = [["Code", "Titel", "Ziele"], [2.1, "a", "1a"], [2.10, "b", "1a"], [2.3, "c", "1a"]]

    reason = (
        "“2.1” occurs twice. The cell holds a number, and spreadsheets shorten 2.10 to 2.1: "
        "please format the column as text and type the code anew."
    )
    assert _problems(tmp_path, measures=rows) == [
        f"sheet Maßnahmen, row 2, column Code: {reason}",
        f"sheet Maßnahmen, row 3, column Code: {reason}",
    ]


@pytest.mark.parametrize("sheet", [{}, {"organisations": [["Kurzname", "Name"]]}])
def test_names_make_lists_that_nobody_filled_in(tmp_path: Path, sheet: dict[str, Rows]) -> None:
    rows: Rows = [
        ["Titel", "Ziele", "Federführung", "Beteiligte", "Stufen"],
        ["a", "1a", "Amt für Soziales", "VHS\nJobcenter; Amt für  soziales", "Ankommen"],
        ["b", "1a", "VHS", None, "ankommen"],
    ]

    document = _read(tmp_path, measures=rows, **sheet).document

    assert [(each.slug, each.name["de"]) for each in document.organisations] == [
        ("amt-fuer-soziales", "Amt für Soziales"), ("vhs", "VHS"), ("jobcenter", "Jobcenter")
    ]  # fmt: skip
    assert document.measures[0].partners == ["vhs", "jobcenter", "amt-fuer-soziales"]
    assert [stage.slug for stage in document.stages] == ["ankommen"]


def test_unknown_names_are_reported_where_a_sheet_exists(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        organisations=[["Name"], ["VHS"], ["Verein"], ["Verein"]],
        measures=[
            ["Titel", "Ziele", "Federführung", "Beteiligte"],
            ["a", "1a, 9z", "Amt 50", "VHS; Verein"],
        ],
    )

    assert problems == [
        (
            "sheet Maßnahmen, row 2, column Ziele: “1a, 9z” isn’t in “Ziele”. Check the spelling "
            "or add a row there."
        ),
        (
            "sheet Maßnahmen, row 2, column Federführung: “Amt 50” isn’t in “Organisationen”. "
            "Check the spelling or add a row there."
        ),
        (
            "sheet Maßnahmen, row 2, column Beteiligte: Several rows of “Organisationen” are "
            "called “Verein”. Please write the code or short name."
        ),
    ]


def test_codes_may_be_separated_by_commas(tmp_path: Path) -> None:
    goals: Rows = [*GOALS, ["1b", 1, "Reden, hören"]]
    measures: Rows = [["Titel", "Ziele"], ["a", "1b, 1a"], ["b", "Reden, hören"]]

    document = _read(tmp_path, goals=goals, measures=measures).document

    assert [measure.goals for measure in document.measures] == [["1b", "1a"], ["1b"]]


def test_problems_of_all_sheets_are_listed_at_once(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        concept=[["Angabe", "Wert"], ["Ausgabe", "bald"], ["Status", "fertig"]],
        themes=[["Name", "Farbe", "Zeichen", "Muster"], ["Sprache", "rot", "Boot", "vielleicht"]],
        measures=[["Code", "Titel", "Ziele", "Start"], ["1.1", "a" * 301, "1a", "bald"], ["1.2"]],
    )

    assert [problem.partition(": ")[0] for problem in problems] == [
        "sheet Konzept, item Titel",
        "sheet Konzept, row 2, column Wert",
        "sheet Konzept, row 3, column Wert",
        "sheet Themenfelder, row 2, column Farbe",
        "sheet Themenfelder, row 2, column Zeichen",
        "sheet Themenfelder, row 2, column Muster",
        "sheet Maßnahmen, row 2, column Titel",
        "sheet Maßnahmen, row 2, column Start",
        "sheet Maßnahmen, row 3, column Titel",
        "sheet Maßnahmen, row 3, column Ziele",
    ]
    assert problems[2] == (
        "sheet Konzept, row 3, column Wert: “fertig” isn’t known here. Possible are: Entwurf, "
        "beschlossen, abgelöst."
    )


def test_problems_come_in_the_order_of_the_file_whatever_their_kind(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        goals=[["Code", "Themenfeld", "Titel"], ["1a", 1, "#REF!"]],
        measures=[
            ["Start", "Code", "Titel", "Ziele"],
            ["bald", "1.1", "a", "9z"],
            [None, "1.2", "#DIV/0!", "1a"],
            ["nie", "1.3", "c", "8z"],
        ],
    )

    assert [problem.partition(": ")[0] for problem in problems] == [
        "sheet Ziele, row 2, column Titel",
        "sheet Maßnahmen, row 2, column Start",
        "sheet Maßnahmen, row 2, column Ziele",
        "sheet Maßnahmen, row 3, column Titel",
        "sheet Maßnahmen, row 4, column Start",
        "sheet Maßnahmen, row 4, column Ziele",
    ]


def test_missing_column_is_reported_once(tmp_path: Path) -> None:
    rows: Rows = [["Code", "Titel"], ["1.1", "a"], ["1.2", "b"]]

    assert _problems(tmp_path, measures=rows) == [
        (
            "sheet Maßnahmen, column Ziele: This column is missing. Please add it, with the header "
            "in the first row."
        )
    ]


def test_doubled_columns_and_rows_are_reported(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        concept=[*CONCEPT, ["Jahr", 2028]],
        themes=[["Name", "Titel"], ["Sprache", "Sprache"]],
    )

    assert problems == [
        "sheet Konzept, row 4: “Jahr” stands here a second time. Please keep one of the rows.",
        (
            "sheet Themenfelder, row 1, column Titel: There are two columns for this. Please keep "
            "one of them."
        ),
    ]


def test_what_finds_no_place_is_listed(tmp_path: Path) -> None:
    path = book(
        tmp_path / "concept.xlsx",
        {
            "Konzept": [*CONCEPT, ["Kosten", "viel", None], [None, None, "Rand"]],
            "Maßnahmen": [
                ["Unsere Maßnahmen"],
                [],
                [*MEASURES[0], "Kosten", None, "Text (xx)"],
                [*MEASURES[1], 1000, "ohne Kopf"],
            ],
            "Hinweise": [["So geht es"]],
            "Rechnung": [["a", 1], ["b", 2]],
            "Leer": [],
        },
    )

    result = read_document(path)

    assert [measure.code for measure in result.document.measures] == ["1.1"]
    assert result.unplaced == (
        Unplaced("sheet Rechnung", "a · 1 · b · 2"),
        Unplaced("sheet Konzept, column C", "Rand"),
        Unplaced("sheet Konzept, row 4", "Kosten · viel"),
        Unplaced("sheet Maßnahmen, column Kosten", "1000"),
        Unplaced("sheet Maßnahmen, column E", "ohne Kopf"),
        Unplaced("sheet Maßnahmen, column Text (xx)", ""),
        Unplaced("sheet Maßnahmen, row 1", "Unsere Maßnahmen"),
    )


def test_empty_rows_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows: Rows = [MEASURES[0], [], [None, "  "], ["1.1", "a", "9z"]]

    assert _problems(tmp_path, measures=rows) == [
        (
            "sheet Maßnahmen, row 4, column Ziele: “9z” isn’t in “Ziele”. Check the spelling or "
            "add a row there."
        )
    ]


def test_missing_sheet_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "concept.xlsx", {"Ziele": [], "Maßnahmen": []})
    _rename(path, "Maßnahmen", "Liste")

    with pytest.raises(InvalidFile) as caught:
        read_document(path)

    reason = "This sheet is missing. Please add it, if need be with nothing but the headers."
    assert caught.value.problems == (Problem("sheet Maßnahmen", reason),)


def test_workbook_without_any_known_sheet_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "concept.xlsx")
    for name in ("Konzept", "Themenfelder", "Ziele", "Maßnahmen"):
        _rename(path, name, f"Blatt {name[:2]}")

    with pytest.raises(UnreadableFile, match="called Konzept, Themenfelder, Ziele, Maßnahmen"):
        read_document(path)


def test_hints_fill_what_the_sheets_do_not_say(tmp_path: Path) -> None:
    path = book(tmp_path / "concept.xlsx", {"Konzept": [["Titel", "Concept"]]})
    told: list[tuple[int, int]] = []

    document = read_document(
        path, language="en", edition=2031, progress=lambda *step: told.append(step)
    ).document

    assert (document.language, document.concept.edition, document.concept.slug) == (
        "en", 2031, "2031"
    )  # fmt: skip
    assert told[-1] == (3, 3)


def test_wrong_language_is_explained(tmp_path: Path) -> None:
    assert _problems(tmp_path, concept=[*CONCEPT, ["Sprache", "Deutsch"]]) == [
        (
            "sheet Konzept, row 4, column Wert: “Deutsch” isn’t a language code that can be used. "
            "Codes look like de, en, ar or uk."
        )
    ]


def test_theme_without_latin_letters_gets_a_slug(tmp_path: Path) -> None:
    themes: Rows = [["Name"], ["Sprache"], ["التعليم"], ["لغة"]]

    document = _read(tmp_path, themes=themes).document

    assert [theme.slug for theme in document.themes] == ["sprache", "thema-1", "thema-2"]
    assert THEMES[1][1] == document.themes[0].name["de"]


def _rename(path: Path, name: str, other: str) -> None:
    edited(path, "xl/workbook.xml", lambda xml: xml.replace(f'name="{name}"', f'name="{other}"'))
