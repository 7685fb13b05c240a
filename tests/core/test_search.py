"""Search finds what people mean, marks it, and lets nothing through unescaped."""

import re
import unicodedata
from html import unescape
from typing import Final

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.search import (
    contains_all,
    contains_any,
    excerpt,
    fold,
    highlighted,
    words_of,
)
from leitbild.core.text import LocalText

# Letters whose folded form is longer, shorter or another letter, beside what breaks HTML.
TRICKY: Final = st.text(
    st.one_of(st.sampled_from("ßẞäÄﬁİıŉℌ´¨ςΣأَّъёї<>&\"' \n\u00ad\u200f"), st.characters())
)
QUERIES: Final = st.one_of(TRICKY, st.text("aäsßif<&", max_size=4))


def german(text: str, *, fallback: bool = False) -> LocalText:
    return LocalText(text, language="de", is_fallback=fallback)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("strasse", "Straße"),
        ("STRASSE", "straße"),
        ("groß", "GROẞ"),
        ("gross", "groß"),
        ("munze", "Münze"),
        ("cafe", "Café"),
        ("cafe", unicodedata.normalize("NFD", "Café")),
        ("istanbul", "İstanbul"),
        ("finden", "ﬁnden"),
        ("مدرسة", "مَدْرَسَةٌ"),
        ("احمد", "أحمد"),
        ("київ", "КИЇВ"),
        ("h", "ℌ"),
    ],
)
def test_fold_makes_what_is_meant_equal(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(("one", "other"), [("бити", "быти"), ("مدرسة", "مدرس"), ("rot", "tor")])
def test_fold_keeps_other_words_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TRICKY)
def test_fold_compares_character_by_character(text: str) -> None:
    assert fold(text) == "".join(fold(each) for each in text)


@given(TRICKY)
def test_fold_is_settled_after_one_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_of_query_are_folded_and_stand_once() -> None:
    assert words_of("  Straße\u00a0lernen STRASSE ") == ["strasse", "lernen"]


@pytest.mark.parametrize("query", ["", "   ", "\u0301", "´"])
def test_words_of_nothing_are_none(query: str) -> None:
    assert words_of(query) == []


def test_contains_all_looks_through_all_texts() -> None:
    texts = ["Lernen in der Straße", "Schulamt"]

    assert contains_all(texts, ["strasse", "amt"])
    assert not contains_all(texts, ["strasse", "bauamt"])


def test_contains_any_is_content_with_one_word() -> None:
    assert contains_any("Schulstraße", ["amt", "strasse"])
    assert not contains_any("Schulstraße", ["amt", "weg"])
    assert not contains_any("Schulstraße", [])


def test_contains_all_finds_no_word_across_two_texts() -> None:
    assert not contains_all(["Schul", "amt"], ["schulamt"])


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Öffnung öffnen", ["off"], "<mark>Öff</mark>nung <mark>öff</mark>nen"),
        ("Straße", ["ss"], "Stra<mark>ß</mark>e"),
        ("Straße", ["s"], "<mark>S</mark>tra<mark>ß</mark>e"),
        ("مَدْرَسَة", ["مدرسة"], "<mark>مَدْرَسَة</mark>"),
        ("مَدْرَسَةٌ", ["مدرسة"], "<mark>مَدْرَسَةٌ</mark>"),
        ("Cafe\u0301 da", ["cafe"], "<mark>Cafe\u0301</mark> da"),
        ("lernen", ["ern", "rne"], "l<mark>erne</mark>n"),
        ("lernen", ["xyz"], "lernen"),
        ("<script>", ["script"], "&lt;<mark>script</mark>&gt;"),
        ("Amt & Amp", ["amp"], "Amt &amp; <mark>Amp</mark>"),
        ('"><img>', ["img"], "&quot;&gt;&lt;<mark>img</mark>&gt;"),
    ],
)  # fmt: skip
def test_highlighted_marks_words_and_escapes_all_else(
    text: str, words: list[str], html: str
) -> None:
    assert highlighted(german(text), words) == html


def test_highlighted_keeps_the_language_of_a_fallback() -> None:
    html = highlighted(german("Schule", fallback=True), ["sch"])

    assert html == '<span lang="de" dir="ltr"><mark>Sch</mark>ule</span>'


def test_highlighted_without_words_is_the_text() -> None:
    assert highlighted(german("a < b", fallback=True), []) == (
        '<span lang="de" dir="ltr">a &lt; b</span>'
    )


@given(TRICKY, QUERIES)
def test_highlighted_marks_are_balanced_and_text_is_whole(text: str, query: str) -> None:
    words = words_of(query)

    html = highlighted(german(text), words)

    pieces = re.split("<mark>|</mark>", html)
    assert isinstance(html, SafeString)
    assert re.findall("</?mark>", html) == ["<mark>", "</mark>"] * (len(pieces) // 2)
    assert "".join(map(unescape, pieces)) == text
    assert not any(set("<>\"'") & set(piece) for piece in pieces)


@given(TRICKY, QUERIES)
def test_highlighted_marks_something_just_where_a_word_occurs(text: str, query: str) -> None:
    words = words_of(query)

    marked = re.findall("<mark>(.*?)</mark>", highlighted(german(text), words), re.DOTALL)

    assert bool(marked) == any(contains_all([text], [word]) for word in words)
    assert all(any(word in fold(unescape(each)) for word in words) for each in marked)


def test_excerpt_of_short_text_is_the_text() -> None:
    assert excerpt(german("Alle lernen."), ["lernen"]) == "Alle lernen."


def test_excerpt_begins_and_ends_between_words() -> None:
    text = german("eins zwei drei vier fünf sechs sieben acht neun zehn elf")

    assert excerpt(text, ["sechs"], length=24) == "… fünf sechs sieben acht …"


def test_excerpt_without_a_find_is_the_beginning() -> None:
    assert excerpt(german("eins zwei drei vier"), ["x"], length=12) == "eins zwei …"


def test_excerpt_never_cuts_off_what_was_found() -> None:
    text = german("x" * 150 + "ziel" + "y" * 300 + " Ende")

    assert "ziel" in excerpt(text, ["ziel"])


def test_excerpt_keeps_its_language() -> None:
    cut = excerpt(german("eins zwei", fallback=True), [])

    assert (cut.language, cut.is_fallback) == ("de", True)


@given(st.text("aä ß\n", max_size=60), st.text("aä ß\n", max_size=60), st.text("bc", min_size=1))
def test_excerpt_contains_the_find(before: str, after: str, word: str) -> None:
    assert word in excerpt(german(before + word + after), [word], length=20)
