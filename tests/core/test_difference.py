"""Differences that people can read."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.difference import word_difference

WORDS = st.sampled_from(
    [
        "die",
        "Stadt",
        "und",
        "Kinder",
        "lernen",
        "2027-03-31",
        ".",
        ",",
        " ",
        "\n\n",
        "  ",
        "ß",
        "e\u0301",
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60)


def shown(old: str, new: str) -> str:
    """The difference as one line: [-gone-] {+new+}."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("", "", ""),
        ("Bleibt.", "Bleibt.", "Bleibt."),
        ("", "Kommt.", "{+Kommt.+}"),
        ("Geht.", "", "[-Geht.-]"),
        (
            "Die Stadt fördert Sprachkurse.",
            "Die Kommune unterstützt Sprachkurse und Lesepaten.",
            "Die [-Stadt fördert-]{+Kommune unterstützt+} Sprachkurse{+ und Lesepaten+}.",
        ),
        (
            "Kurse bis 2027-03-31.",
            "Kurse bis 2028-03-31.",
            "Kurse bis [-2027-03-31-]{+2028-03-31+}.",
        ),
        ("Elterncafés", "Eltern-Cafés", "[-Elterncafés-]{+Eltern-Cafés+}"),
        ("Ein Satz. Noch einer.", "Ein Satz.\n\nNoch einer.", "Ein Satz.[- -]{+\n\n+}Noch einer."),
        ("Ende", "Ende\n", "Ende{+\n+}"),
    ],
)
def test_difference_reads_word_by_word(old: str, new: str, difference: str) -> None:
    assert shown(old, new) == difference


def test_small_words_between_two_changes_count_as_changed() -> None:
    assert shown("alt und grau hier", "jung und frisch hier") == (
        "[-alt und grau-]{+jung und frisch+} hier"
    )


def test_longer_words_between_two_changes_stay() -> None:
    assert shown("der rote Elefant trinkt", "der blaue Elefant badet") == (
        "der [-rote-]{+blaue+} Elefant [-trinkt-]{+badet+}"
    )


def test_paragraphs_are_never_run_together() -> None:
    assert shown("Altes hier.\n\nSo\n\nAlt dort.", "Neues hier.\n\nSo\n\nNeu dort.") == (
        "[-Altes-]{+Neues+} hier.\n\nSo\n\n[-Alt-]{+Neu+} dort."
    )


@given(TEXTS, TEXTS)
def test_pieces_make_both_texts_again(old: str, new: str) -> None:
    pieces = word_difference(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert all(piece.text for piece in pieces)
    assert all(before.kind != after.kind for before, after in pairwise(pieces))


def many(words: Iterable[int]) -> str:
    return " ".join(f"wort{each}" for each in words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 5_000, "b a a " * 3_333),
        (many(n % 700 for n in range(2_500)), many(n * 7 % 900 for n in range(2_500))),
        (many(range(2_200)), many(reversed(range(2_200)))),
    ],
    ids=["two words", "few words", "backwards"],
)  # fmt: skip
def test_longest_texts_are_compared_whole(old: str, new: str) -> None:
    pieces = word_difference(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_one_word_changed_in_the_longest_text_is_found() -> None:
    words = [f"wort{n % 300}" for n in range(2_500)]

    pieces = word_difference(" ".join(words), " ".join([*words[:1_200], "neu", *words[1_201:]]))

    assert [piece.text for piece in pieces if piece.kind != "same"] == ["wort0", "neu"]
