"""Styles work in both directions of script, and nothing stands inline (STYLE rule 14)."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.house import name, product_files

PHYSICAL: Final = re.compile(
    r"""(?mx)
    ^[^/*\n]*?(
        \b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b
      | \bborder-(?:top|bottom)-(?:left|right)-radius\b
      | (?<![-\w])(?:left|right)\s*:
      | \b(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b
    )"""
)
INLINE: Final = re.compile(
    r"""(?ix)
    <style\b
  | <script\b(?![^>]*(?:\bsrc\s*=|type\s*=\s*["']application/(?:ld\+)?json))
  | \s(?:style|on[a-z]+)\s*=\s*["']
  | javascript:
    """
)


def test_styles_know_no_left_and_right() -> None:
    assert _found(PHYSICAL, "static", ".css") == []


def test_templates_hold_no_style_and_no_script() -> None:
    assert _found(INLINE, "templates", ".html", ".svg") == []


@pytest.mark.parametrize(
    "rule",
    ["margin-left: 1rem", "a { left: 0 }", "text-align: right", "border-top-left-radius: 1px"],
)
def test_physical_property_is_noticed(rule: str) -> None:
    assert PHYSICAL.search(rule)


@pytest.mark.parametrize(
    "rule", ["margin-inline-start: 1rem", "text-align: start", "--left: 1", "/* left: 0 */"]
)
def test_logical_property_passes(rule: str) -> None:
    assert not PHYSICAL.search(rule)


@pytest.mark.parametrize(
    "markup", ['<p style="x">', "<style>", "<script>", '<a onclick="x">', '<a href="javascript:x">']
)
def test_inline_code_is_noticed(markup: str) -> None:
    assert INLINE.search(markup)


@pytest.mark.parametrize(
    "markup",
    ['<script type="module" src="x">', '<link rel="stylesheet">', '<p data-on="x" lang="de">'],
)
def test_linked_code_passes(markup: str) -> None:
    assert not INLINE.search(markup)


def _found(pattern: re.Pattern[str], folder: str, *suffixes: str) -> list[str]:
    return [
        f"{name(file)}:{line}: {match.group().strip()}"
        for file in product_files(folder, *suffixes)
        for line, match in _matches(pattern, file)
    ]


def _matches(pattern: re.Pattern[str], file: Path) -> list[tuple[int, re.Match[str]]]:
    text = file.read_text("utf-8")
    return [(text.count("\n", 0, match.end()) + 1, match) for match in pattern.finditer(text)]
