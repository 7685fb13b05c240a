"""Short names from titles."""

import pytest

from leitbild.plan.exchange.slugs import free_slug, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bildung und Arbeit", "bildung-und-arbeit"),
        ("Straße für Ämter, Öl & Übung", "strasse-fuer-aemter-oel-uebung"),
        ("u\u0308ber", "ueber"),
        ("Café Šárka", "cafe-sarka"),
        ("التعليم", ""),
        ("--", ""),
    ],
)
def test_slug_of_transliterates(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_slug_of_long_title_ends_at_a_word() -> None:
    assert slug_of("wort " * 40) == "-".join(["wort"] * 14)


def test_free_slug_counts_up() -> None:
    taken: set[str] = set()

    slugs = [free_slug(title, taken=taken, word="thema") for title in ("A", "a", "التعليم", "لغة")]

    assert slugs == ["a", "a-2", "thema-1", "thema-2"]
