"""The components pages are made of."""

import datetime as dt
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from leitbild.core.difference import Piece
from leitbild.core.templatetags.components import breadcrumb, day, period
from leitbild.core.text import LocalText

GERMAN = LocalText("Wer ankommt, gehört dazu.", language="de", is_fallback=True)
MAY = dt.date(2026, 5, 3)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rendered(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


def test_stone_is_decoration_with_a_form() -> None:
    assert rendered('{% stone "done" %}') == (
        '<svg class="stone" aria-hidden="true"><use href="#stone-done"/></svg>'
    )


def test_state_is_a_stone_and_a_word() -> None:
    html = rendered('{% state "done" label %}', label="a < b")

    assert "#stone-done" in html
    assert "<span>a &lt; b</span>" in html


@pytest.mark.parametrize("size", ["large", "small"])
def test_statement_has_its_language(size: str) -> None:
    html = rendered("{% statement text size %}", text=GERMAN, size=size)

    assert 'lang="de" dir="ltr"><p>Wer ankommt, gehört dazu.</p>' in html
    assert ("statement--small" in html) == (size == "small")


@pytest.mark.parametrize(("is_sample", "marks"), [(True, 1), (False, 0)])
def test_sample_marks_samples_alone(is_sample: bool, marks: int) -> None:
    html = rendered("{% sample row %}", row=SimpleNamespace(sample=is_sample))

    assert html.count('class="sample"') == marks


def test_breadcrumb_ends_on_this_page() -> None:
    crumbs = [("/a/", "A"), ("", "B & C")]

    assert breadcrumb("/a/", "A", "", "B & C") == {"crumbs": crumbs}
    html = rendered('{% breadcrumb "/a/" "A" "" text %}', text="B & C")
    assert re.findall(r'aria-current="page">([^<]*)<', html) == ["B &amp; C"]
    assert re.findall(r'href="([^"]*)"', html) == ["/a/"]


def test_breadcrumb_takes_pairs() -> None:
    with pytest.raises(ValueError, match="shorter"):
        breadcrumb("/a/", "A", "")


@pytest.mark.parametrize(("href", "found"), [("/a/", 1), ("", 0)])
def test_empty_leads_on_where_there_is_a_way(href: str, found: int) -> None:
    html = rendered('{% empty_state "Why" "Next" href "Go" %}', href=href)

    assert "<strong>Why</strong>" in html
    assert html.count('href="/a/"') == found


def test_chips_remove_filters() -> None:
    html = rendered("{% chips items %}", items=[SimpleNamespace(label="a < b", href="?a=1&b=2")])

    assert 'href="?a=1&amp;b=2"' in html
    assert "a &lt; b" in html


def test_notice_is_escaped() -> None:
    assert rendered("{% notice text %}", text="<b>") == '<p class="notice">&lt;b&gt;</p>'


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (2024, 2026, "2024\u2060–\u20602026"),
        (2024, None, "from 2024"),
        (None, 2026, "until 2026"),
        (MAY, 2027, "3 May 2026 – 2027"),
        (None, MAY, "until 3 May 2026"),
        (None, None, ""),
    ],
)
def test_period_is_said_in_words(
    start: int | dt.date | None, end: int | dt.date | None, words: str
) -> None:
    assert period(start, end) == words


@pytest.mark.parametrize(("language", "words"), [("en", "3 May 2026"), ("de", "3. Mai 2026")])
def test_day_is_said_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        assert day(MAY) == words


@pytest.mark.parametrize(
    ("name", "words"), [("day", "4 May 2026"), ("moment", "4 May 2026, 00:30")]
)
def test_moment_is_told_by_the_local_clock(name: str, words: str) -> None:
    late = dt.datetime(2026, 5, 3, 22, 30, tzinfo=dt.UTC)

    assert rendered(f"{{{{ late|{name} }}}}", late=late) == words


@pytest.mark.parametrize(
    ("name", "words"), [("Erika Muster", "Erika Muster"), ("command line", "Kommandozeile")]
)
def test_actor_is_a_person_or_the_command_line(name: str, words: str) -> None:
    with translation.override("de"):
        assert rendered("{{ name|actor }}", name=name) == words


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [("de", 0, "0 Häuser"), ("de", 1, "1 Haus"), ("de", 32, "32 Häuser"), ("uk", 5, "Häuser: 5")],
)
def test_number_of_things_is_said_with_the_form_of_their_name(
    language: str, number: int, words: str
) -> None:
    term = SimpleNamespace(one="Haus", many="Häuser")

    with translation.override(language):
        assert rendered("{{ number|counted:term }}", number=number, term=term) == words


def test_no_day_says_nothing() -> None:
    assert day(None) == ""


def test_markdown_filter_renders_the_bare_text() -> None:
    assert rendered("{{ text|markdown }}", text=GERMAN) == "<p>Wer ankommt, gehört dazu.</p>"


def test_marked_filter_keeps_the_language() -> None:
    assert rendered("{{ text|marked:words }}", text=GERMAN, words=["dazu"]) == (
        '<span lang="de" dir="ltr">Wer ankommt, gehört <mark>dazu</mark>.</span>'
    )


def test_difference_says_in_words_what_went_and_came() -> None:
    pieces = [Piece("same", "Bis "), Piece("gone", "2027"), Piece("new", "<2028>")]

    html = rendered("{% difference pieces %}", pieces=pieces)

    assert "<del>" in html
    assert "<ins>" in html
    assert re.sub(r"<[^>]+>", "", html) == "Bis gone: 2027; new: &lt;2028&gt;; "


def test_short_difference_leaves_out_the_middle_of_what_stayed() -> None:
    many = " ".join(str(number) for number in range(100))
    pieces = [Piece("same", many), Piece("new", " neu "), Piece("same", many)]

    html = rendered("{% difference pieces True %}", pieces=pieces)

    text = re.sub(r"<[^>]+>", "", html)
    assert text.startswith("… 88 89 ")
    assert text.endswith(" 10 11 …")
    assert "50" not in text
