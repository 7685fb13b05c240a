"""Markdown becomes paragraphs, lists, emphasis and links, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.markdown import markdown, plain_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ein **Wort**.", "<p>Ein <strong>Wort</strong>.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        (
            "[Amt](https://example.org/)",
            '<p><a href="https://example.org/" rel="noopener">Amt</a></p>',
        ),
        ("[Post](mailto:a@b.de)", '<p><a href="mailto:a@b.de" rel="noopener">Post</a></p>'),
        ("# Titel", "Titel"),
        ("a & b", "<p>a &amp; b</p>"),
        ("", ""),
    ],
)
def test_markdown_is_rendered(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('<img src="x" onerror="y">', '<p>&lt;img src="x" onerror="y"&gt;</p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>"),
        ("[x](ftp://example.org)", '<p><a rel="noopener">x</a></p>'),
        ("![Bild](https://example.org/a.png)", "<p></p>"),
    ],
)
def test_markdown_lets_nothing_dangerous_through(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ein **Wort**.\n\n- und *noch* eins", "Ein Wort. und noch eins"),
        ("[Amt](https://example.org/) & Rat", "Amt & Rat"),
        ("1 < 2 <b>", "1 < 2 <b>"),
        ("", ""),
    ],
)
def test_plain_text_is_the_words_alone(text: str, words: str) -> None:
    assert plain_text(text) == words


@given(st.text())
def test_markdown_never_makes_a_tag_of_its_own(text: str) -> None:
    html = markdown(text).lower()

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
