"""Design tokens: the colours a municipality may set, and whether they can be read.

A theme gives one colour; its tint and its form on dark ground are derived from it in
OKLCH, the colour space in which equal lightness looks equally light.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coloraide import Color

LEGIBLE: Final = 4.5
"""Least contrast of text (WCAG 2.2, success criterion 1.4.3)."""

DEFAULT_TOKENS: Final[Mapping[str, str]] = {
    "paper": "#fbfaf6",
    "ink": "#151b24",
    "quiet": "#535b66",
    "line": "#d5d3cb",
    "accent": "#1f5a92",
    "paper_dark": "#11161d",
    "ink_dark": "#e9e7e1",
    "quiet_dark": "#a6aeb9",
    "line_dark": "#3a424d",
    "accent_dark": "#8fbdea",
}
PALETTE: Final = (
    "#2266a4",
    "#9c4438",
    "#21763c",
    "#814a8d",
    "#8a5700",
    "#00747b",
    "#984260",
    "#686800",
    "#5759a6",
    "#5b6470",
)
"""Theme colours in order, for themes that name none."""

_TINT = {"lightness": 0.96, "chroma": 0.02}
_DARK = {"lightness": 0.78, "chroma": 0.1}
_DARK_TINT = {"lightness": 0.25, "chroma": 0.03}


@dataclass(frozen=True, slots=True)
class ColourPair:
    """A colour used as text on another one, and their contrast ratio."""

    name: str
    foreground: str
    background: str
    ratio: float

    @property
    def shown_ratio(self) -> float:
        """Two decimals, cut off, so that 4.498 is never shown as the 4.5 it isn't."""
        return int(self.ratio * 100) / 100


@dataclass(frozen=True, slots=True)
class ThemeColours:
    """A theme's colour and tint on light and on dark ground, as `#rrggbb`."""

    colour: str
    tint: str
    colour_dark: str
    tint_dark: str


@lru_cache(maxsize=1_024)
def contrast(foreground: str, background: str) -> float:
    """Contrast ratio of two sRGB colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    return float(_colour(foreground).contrast(background, method="wcag21"))


def palette_colour(number: int) -> str:
    """The default colour of the theme with this number."""
    return PALETTE[(number - 1) % len(PALETTE)]


@lru_cache(maxsize=512)
def theme_colours(colour: str) -> ThemeColours:
    """What is derived from a theme's one colour."""
    return ThemeColours(
        colour=colour,
        tint=_shifted(colour, **_TINT),
        colour_dark=_shifted(colour, **_DARK),
        tint_dark=_shifted(colour, **_DARK_TINT),
    )


def _shifted(colour: str, *, lightness: float, chroma: float) -> str:
    """The same hue at another lightness, with at most this chroma."""
    shifted = _colour(colour).convert("oklch")
    shifted["chroma"] = min(float(shifted["chroma"]), chroma)
    shifted["lightness"] = lightness
    return str(shifted.convert("srgb").fit(method="clip").to_string(hex=True))


def _colour(text: str) -> "Color":
    """A colour to reckon with."""
    # Not at the top: it takes a moment to load, and no page waits for what is reckoned here.
    from coloraide import Color  # noqa: PLC0415

    return Color(text)


def failing_pairs(
    tokens: Mapping[str, str], theme_colours_by_name: Mapping[str, str]
) -> list[ColourPair]:
    """Every pair of colours used as text on ground whose contrast is under 4.5:1.

    `tokens` may set any of DEFAULT_TOKENS; `theme_colours_by_name` holds the themes'
    colours under the name to show in a message.
    """
    merged = {**DEFAULT_TOKENS, **tokens}
    pairs = [*_token_pairs(merged)]
    for name, colour in theme_colours_by_name.items():
        pairs.extend(_theme_pairs(name, colour, merged))
    return [pair for pair in pairs if pair.ratio < LEGIBLE]


def _pair(name: str, foreground: str, background: str) -> ColourPair:
    return ColourPair(name, foreground, background, contrast(foreground, background))


def _token_pairs(tokens: Mapping[str, str]) -> Iterator[ColourPair]:
    for ground in ("", "_dark"):
        for name in ("ink", "quiet", "accent"):
            yield _pair(name + ground, tokens[name + ground], tokens["paper" + ground])


def _theme_pairs(name: str, colour: str, tokens: Mapping[str, str]) -> Iterator[ColourPair]:
    derived = theme_colours(colour)
    yield _pair(name, colour, tokens["paper"])
    yield _pair(name, colour, derived.tint)
    yield _pair(name, derived.colour_dark, tokens["paper_dark"])
    yield _pair(name, derived.colour_dark, derived.tint_dark)


def palette_css(tokens: Mapping[str, str], colours_by_class: Mapping[str, str]) -> str:
    """The style sheet that sets the tokens and one class per theme, light and dark."""
    merged = {**DEFAULT_TOKENS, **tokens}
    themes = {name: theme_colours(colour) for name, colour in colours_by_class.items()}
    light = [_rule(":root", {name: merged[name] for name in DEFAULT_TOKENS if "_" not in name})]
    dark = [
        _rule(
            ":root",
            {
                name.removesuffix("_dark"): merged[name]
                for name in DEFAULT_TOKENS
                if name.endswith("_dark")
            },
        )
    ]
    for name, theme in themes.items():
        light.append(_rule(f".{name}", {"theme": theme.colour, "tint": theme.tint}))
        dark.append(_rule(f".{name}", {"theme": theme.colour_dark, "tint": theme.tint_dark}))
    return f"{''.join(light)}@media screen and (prefers-color-scheme:dark){{{''.join(dark)}}}"


def _rule(selector: str, values: Mapping[str, str]) -> str:
    return selector + "{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"
