"""Sentences end where a reader of German would let them end."""

import pytest

from leitbild.plan.queries.review.sentences import sentences, words


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Stadt fördert z. B. Sprachcafés und bzw. oder Lesekreise.",
        "Das kostet ca. 500 Euro je Gruppe.",
        "Am 12. März 2026 beginnt der Kurs.",
        "Im 21. Jahrhundert lernt man anders.",
        "Ab dem II. Quartal gibt es Plätze.",
        "Dr. Müller und Prof. Schmidt beraten u. a. Vereine.",
        "Die Sprechstunde beginnt um 18.30 Uhr.",
        "Es kommen 1.000 Menschen.",
        "Die Vereinigung e. V. Musterstadt hilft.",
        "Nach Art. 3 des Grundgesetzes sind alle gleich.",
        "Fragen bitte an M. Yilmaz richten.",
        "Rund 1,5 Mio. Euro stehen bereit.",
        "Näheres steht unter www.example.org.",
        "Schulen, Kitas usw. machen mit.",
        "The city meets e.g. Parents at school.",
    ],
)
def test_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert sentences(sentence) == (sentence,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir lesen. Wir rechnen.", ("Wir lesen.", "Wir rechnen.")),
        ("Das gilt bis 2025. Danach prüfen wir.", ("Das gilt bis 2025.", "Danach prüfen wir.")),
        ("Es gilt bis 2025. Kinder lernen.", ("Es gilt bis 2025.", "Kinder lernen.")),
        ("Bis Klasse 10. Die Stadt hilft.", ("Bis Klasse 10.", "Die Stadt hilft.")),
        ("Kitas usw. Die Stadt zahlt.", ("Kitas usw.", "Die Stadt zahlt.")),
        ("Angebote dieser Art. Kinder kommen.", ("Angebote dieser Art.", "Kinder kommen.")),
        ("Wer hilft? Niemand! Schade…", ("Wer hilft?", "Niemand!", "Schade…")),
        ("„Wer hilft?“ So fragen viele.", ("„Wer hilft?“", "So fragen viele.")),
        (
            "Es hilft der Verein (e. V.). Wir danken.",
            ("Es hilft der Verein (e. V.).", "Wir danken."),
        ),
        ("Sie sagte: „Komm.“ „Gern.“", ("Sie sagte: „Komm.“", "„Gern.“")),
    ],
)
def test_sentence_ends(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_markdown_is_taken_apart_into_blocks_and_stripped() -> None:
    text = (
        "## Was wir tun\n"
        "Wir **beraten** alle,\ndie [fragen](https://example.org/a.b).\n\n"
        "- Das Referat lädt ein\n"
        "- Die Schule *bittet*\n  um Antwort.\n"
        "1. Erstens\n"
        "> Ein Satz.\n"
    )

    assert sentences(text) == (
        "Was wir tun",
        "Wir beraten alle, die fragen.",
        "Das Referat lädt ein",
        "Die Schule bittet um Antwort.",
        "Erstens",
        "Ein Satz.",
    )


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n\n") == ()


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Wir lesen.", 2),
        ("Der Vor-Ort-Termin kostet 1.000 Euro.", 5),
        ("Musik-, Theater- und Kulturfestival", 4),
        ("Lehrer/innen und Bürger*innen", 3),
        ("– „Ja“, sagte sie …", 3),
    ],
)
def test_words_are_counted_as_they_are_read(sentence: str, number: int) -> None:
    assert words(sentence) == number
