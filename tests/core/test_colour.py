"""Colours are legible in light and dark, or are refused with the pair that fails."""

from typing import Final

import pytest

from leitbild.core.colour import (
    DEFAULT_TOKENS,
    PALETTE,
    ColourPair,
    contrast,
    failing_pairs,
    palette_colour,
    palette_css,
    theme_colours,
)

YELLOW: Final = "#ffee00"


@pytest.mark.parametrize(
    ("foreground", "background", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(foreground: str, background: str, ratio: float) -> None:
    assert round(contrast(foreground, background), 2) == ratio
    assert round(contrast(background, foreground), 2) == ratio


def test_own_colours_are_legible() -> None:
    colours = {str(number): palette_colour(number) for number in range(1, len(PALETTE) + 1)}

    assert failing_pairs({}, colours) == []


def test_palette_begins_again_when_it_ends() -> None:
    assert palette_colour(len(PALETTE) + 1) == PALETTE[0]


def test_illegible_theme_is_named_with_its_pairs() -> None:
    failing = failing_pairs({}, {"1 Bildung": YELLOW})

    assert [(pair.name, pair.foreground, pair.background) for pair in failing] == [
        ("1 Bildung", YELLOW, DEFAULT_TOKENS["paper"]),
        ("1 Bildung", YELLOW, theme_colours(YELLOW).tint),
    ]
    assert all(1 < pair.ratio < 4.5 for pair in failing)


def test_illegible_token_is_named_with_its_ground() -> None:
    assert failing_pairs({"quiet_dark": "#11161d"}, {}) == [
        ColourPair("quiet_dark", "#11161d", DEFAULT_TOKENS["paper_dark"], 1.0)
    ]


@pytest.mark.parametrize("colour", PALETTE)
def test_derived_colours_can_be_written_in_a_style_sheet(colour: str) -> None:
    derived = theme_colours(colour)

    for each in (derived.colour, derived.tint, derived.colour_dark, derived.tint_dark):
        assert len(each) == 7
        assert int(each.removeprefix("#"), 16) >= 0


def test_palette_sets_tokens_and_themes_for_light_and_dark() -> None:
    derived = theme_colours("#2266a4")

    css = palette_css({"accent": "#123456", "accent_dark": "#abcdef"}, {"theme-7": "#2266a4"})

    light, dark = css.split("@media screen and (prefers-color-scheme:dark)")
    assert light == (
        ":root{--paper:#fbfaf6;--ink:#151b24;--quiet:#535b66;--line:#d5d3cb;--accent:#123456}"
        f".theme-7{{--theme:#2266a4;--tint:{derived.tint}}}"
    )
    assert dark == (
        "{:root{--paper:#11161d;--ink:#e9e7e1;--quiet:#a6aeb9;--line:#3a424d;--accent:#abcdef}"
        f".theme-7{{--theme:{derived.colour_dark};--tint:{derived.tint_dark}}}}}"
    )
