"""The check of pages must itself be right, or every page passes."""

import pytest

from tests.markup import faults

PAGE = "<!doctype html><html lang='de'><title>Titel</title>{}</html>"


@pytest.mark.parametrize(
    "content",
    [
        "<main><h1>Ziel</h1><p>Text</main>",
        "<label for='q'>Suche</label><input id='q'>",
        "<a href='#top'>nach oben</a><a href='#'>nach oben</a>",
        "<!-- Anmerkung --><svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    ],
)
def test_valid_page_has_no_faults(content: str) -> None:
    assert faults(PAGE.format(content)) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p>offen <b>fett</p>", "unexpected-end-tag"),
        ("<a href='a' href='b'>x</a>", "duplicate-attribute"),
        ("<p id='a'></p><p id='a'></p>", "id “a” is used 2 times"),
        ("<label for='q'>Suche</label>", "<label> refers to “q”, which no element is"),
        ("<p aria-labelledby='a b' id='b'></p>", "<p> refers to “a”, which no element is"),
        ("<a href='#fehlt'>x</a>", "<a> refers to “fehlt”, which no element is"),
    ],
)
def test_fault_is_named(content: str, fault: str) -> None:
    found = faults(PAGE.format(content))

    assert len(found) == 1
    assert fault in found[0]
