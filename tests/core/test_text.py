"""A text knows its language, and says so where it is not the page's."""

import pytest
from django.template import Context, Template

from leitbild.core.text import LocalText, Texts


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (LocalText("a & b", language="de", is_fallback=False), "a &amp; b"),
        (
            LocalText("a & b", language="de", is_fallback=True),
            '<span lang="de" dir="ltr">a &amp; b</span>',
        ),
        (
            LocalText("<مرحبا>", language="ar", is_fallback=True),
            '<span lang="ar" dir="rtl">&lt;مرحبا&gt;</span>',
        ),
        (LocalText("", language="de", is_fallback=True), ""),
    ],
)
def test_local_text_is_printed_with_its_language(text: LocalText, html: str) -> None:
    assert Template("{{ text }}").render(Context({"text": text})) == html


def test_plain_text_carries_no_markup_of_its_own() -> None:
    text = LocalText("a & b", language="de", is_fallback=True)

    assert type(text.plain) is str
    assert text.plain == "a & b"


def test_texts_are_read_as_attributes_and_by_templates() -> None:
    title = LocalText("Plan", language="de", is_fallback=False)
    texts = Texts({"title": title})

    assert texts.title is texts["title"] is title
    assert Template("{{ t.title }}{{ t.code }}").render(Context({"t": texts})) == "Plan"


def test_text_that_is_not_translatable_is_an_error() -> None:
    with pytest.raises(AttributeError, match="'code' is not a translatable field"):
        Texts({}).code  # noqa: B018 # reading it is what fails
