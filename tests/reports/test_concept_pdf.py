"""The council's paper: accessible, the same every time, and word for word the publication."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any, Final

import pytest
from pypdf import PdfReader

from leitbild.accounts.models import Municipality
from leitbild.core.markdown import plain_text
from leitbild.core.refusal import Refused
from leitbild.plan.models import Concept
from leitbild.plan.queries.freezing import FrozenConcept, frozen
from leitbild.plan.queries.frozen_text import FrozenGoal, FrozenMeasure, frozen_text
from leitbild.reports.concept_pdf import concept_pdf
from tests.towns import measure, plan, settle

DAY: Final = dt.date(2026, 3, 12)
TRAPS: Final = (
    '#import "evil.typ": * #eval("1") #panic() $x^2$ @ref <label> \\ `code` [a](b) '
    "= no heading // no comment /* nor this */ ~ -- --- ... 'x' \"y\""
)


def paper(concept: Concept) -> FrozenConcept:
    return frozen(concept, number=3, day=DAY)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """The signs alone: blanks, hyphens and the dashes of lists are the page's, not the text's."""
    return re.sub(r"[\s\u00ad\u2060\u200b–-]+", "", text)


def pages(pdf: bytes, running: str) -> list[str]:
    """The text of every page without its foot."""
    foot = re.compile(re.escape(squeezed(running)) + r"\d+/\d+")
    return [foot.sub("", squeezed(page.extract_text())) for page in read(pdf).pages]


def measure_texts(each: FrozenMeasure) -> list[str]:
    names = [
        ("Federführung", each.lead or ""),
        ("Beteiligt", ", ".join(each.partners)),
        ("Für wen", ", ".join(each.target_groups)),
        ("Stufe des Ankommens", ", ".join(each.stages)),
    ]
    return [
        each.code,
        each.texts["title"],
        each.texts["summary"],
        plain_text(each.texts["text"]),
        *(f"{label} {name}" for label, name in names if name),
        each.source_url,
    ]


def goal_texts(each: FrozenGoal) -> list[str]:
    also = "; ".join(f"{other.code} {other.texts['title']}" for other in each.also)
    texts = [each.code, each.texts["title"], plain_text(each.texts["text"]), also, each.source_url]
    return [*texts, *(text for one in each.measures for text in measure_texts(one))]


def all_texts(concept: FrozenConcept) -> list[str]:
    """Everything the publication says, in its order."""
    text = frozen_text(concept)
    found = [plain_text(text.texts["introduction"])]
    for theme in text.themes:
        texts = (
            theme.texts["name"],
            theme.texts["vision"],
            plain_text(theme.texts["introduction"]),
        )
        found += [str(theme.number), *texts]
        found += [each for goal in theme.goals for each in goal_texts(goal)]
    return [squeezed(each) for each in found if each]


FURNITURE: Final = re.compile(
    r"(?:Einleitung|Beispiel|Wann|ab|bis|Art|Quelle|Bis|Until|StrategischeZiele|Alsoservethisgoal|"
    r"DienenauchdiesemZiel|einmaligeAufgabe|Daueraufgabe|Januar|Februar|März|April|Mai|Juni|Juli|"
    r"August|September|Oktober|November|Dezember|\d[a-z]|\d|[.,])*"
)
"""What the page adds: labels, years and dates of the facts, codes of goals, signs of lists."""


def test_paper_says_what_the_publication_says_and_nothing_else(demo_city: Municipality) -> None:
    concept = paper(Concept.objects.get(slug="2022"))
    pdf = concept_pdf(concept)
    running = re.search(
        r"Integrationskonzept 2022, .* 2026(?=\s)", read(pdf).pages[3].extract_text()
    )
    assert running is not None

    printed = "".join(pages(pdf, running.group())[2:])

    place, strange = 0, []
    for text in all_texts(concept):
        found = printed.find(text, place)
        assert found >= 0, (text, printed[place : place + 200])
        between = printed[place:found]
        if not FURNITURE.fullmatch(between):
            strange.append(between)
        place = found + len(text)
    assert strange == []
    assert FURNITURE.fullmatch(printed[place:])


def test_first_page_bears_title_number_date_and_digest(demo_city: Municipality) -> None:
    concept = paper(Concept.objects.get(slug="2022"))

    first = squeezed(read(concept_pdf(concept)).pages[0].extract_text())

    text = frozen_text(concept)
    for expected in (
        "Stadt Kaiserslautern",
        "Integrationskonzept 2022",
        "2022–2032",
        "12. März 2026",
    ):
        assert squeezed(expected) in first
    assert squeezed(plain_text(text.texts["purpose"])) in first
    assert concept.digest in first


def test_paper_is_pdf_ua_1_and_names_its_language_and_title(demo_city: Municipality) -> None:
    pdf = concept_pdf(paper(Concept.objects.get(slug="2022")))

    document = read(pdf)
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert document.metadata is not None
    assert document.metadata.title == "Integrationskonzept 2022"
    marks = [str(each["/Title"]) for each in document.outline if not isinstance(each, list)]
    assert marks[:2] == ["Einleitung", "1 Bildung und Arbeit"]


def test_same_text_gives_the_same_bytes(demo_city: Municipality) -> None:
    concept = paper(Concept.objects.get(slug="2013"))

    first, second = concept_pdf(concept), concept_pdf(concept)

    assert first == second
    document = read(first)
    assert document.metadata is not None
    assert document.metadata.creation_date is not None
    assert document.metadata.creation_date.date() == DAY


def small(*, measures: Sequence[Any], **parts: Any) -> Concept:
    settle(plan(*measures, **parts))
    return Concept.objects.get()


@pytest.mark.django_db
def test_text_is_never_code() -> None:
    theme = {
        "number": 1,
        "slug": "bildung",
        "name": TRAPS,
        "vision": TRAPS,
        "introduction": "#v(1pt)",
    }
    goal = {"code": "1a", "theme": 1, "title": TRAPS, "text": "#pagebreak()"}
    one = measure("1.1", TRAPS, summary=TRAPS, text='#eval("1") $x$ @y <z> \\\\')

    pdf = concept_pdf(paper(small(measures=[one], themes=[theme], goals=[goal])))

    printed = "".join(squeezed(page.extract_text()) for page in read(pdf).pages)
    # In the contents, and where they stand: theme and vision, goal, measure and summary.
    assert printed.count(squeezed(TRAPS)) >= 7
    assert squeezed('#eval("1") $x$ @y <z> \\') in printed
    assert "#v(1pt)" in printed
    assert "#pagebreak()" in printed


@pytest.mark.django_db
def test_scripts_emojis_and_long_words_are_printed() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde" * 2
    one = measure("1.1", f"Ласкаво просимо 👍🏽 {long}", text="مرحبا بالعالم و **أهلا**")

    printed = "".join(
        squeezed(page.extract_text())
        for page in read(concept_pdf(paper(small(measures=[one])))).pages
    )

    assert "Ласкавопросимо" in printed
    assert long in printed


@pytest.mark.django_db
def test_markdown_is_set_as_lists_emphasis_and_links_with_their_address() -> None:
    text = (
        "# Überschrift\n\nEin **wichtiger** [Verweis](https://example.org/weg), "
        "[böse](javascript:alert) und\neine Zeile.\n\n- eins\n  - darunter\n- zwei\n\n"
        "3. drei\n4. vier\n\n> Zitat\n\n    Code #x\n\n---\n\n![Bild](https://example.org/b.png)"
    )

    document = read(concept_pdf(paper(small(measures=[measure("1.1", text=text)]))))

    printed = "".join(squeezed(page.extract_text()) for page in document.pages)
    for expected in (
        "Überschrift", "Ein wichtiger Verweis", "eins", "darunter", "drei", "Zitat", "Code #x",
        "Bild", "https://example.org/weg", "[böse](javascript:alert) und eine Zeile.",
    ):  # fmt: skip
        assert squeezed(expected) in printed
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in document.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    assert set(targets) == {"https://example.org/weg"}


@pytest.mark.django_db
def test_headings_in_texts_do_not_break_the_order_of_headings() -> None:
    heading = "###### Sechs\n\nText\n\n# Eins"
    texts = {"purpose": heading, "introduction": heading}
    concept = {"slug": "2025", "title": "Plan", "edition": 2025, **texts}
    theme = {"number": 1, "slug": "b", "name": "Bildung", "introduction": heading}
    goal = {"code": "1a", "theme": 1, "title": "Ziel", "text": heading}
    parts = {"concept": concept, "themes": [theme], "goals": [goal]}

    pdf = concept_pdf(paper(small(measures=[measure("1.1", text=heading)], **parts)))

    assert pdf.startswith(b"%PDF")


@pytest.mark.django_db
def test_sign_that_no_font_has_is_named() -> None:
    concept = paper(small(measures=[measure("1.1", "漢字")]))

    with pytest.raises(Refused) as refused:
        concept_pdf(concept)

    assert refused.value.reasons == [
        "These signs can’t be printed: 漢 字. Write them another way, then submit the concept."
    ]


@pytest.mark.django_db
def test_concept_in_arabic_is_set_from_right_to_left() -> None:
    raw = plan(measure("1.1", "القراءة"))
    raw["language"] = "ar"
    raw["municipality"] = {"slug": "m", "name": "مدينة", "languages": ["ar", "de"]}
    settle(raw)

    root: Any = read(concept_pdf(paper(Concept.objects.get()))).trailer["/Root"]

    assert root["/Lang"] == "ar"
