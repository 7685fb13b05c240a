"""Languages by their own names and in their own direction."""

import pytest

from leitbild.core.languages import Language, is_servable, language


@pytest.mark.parametrize(
    ("code", "found", "direction"),
    [
        ("de", Language("de", "Deutsch", rtl=False), "ltr"),
        ("ar", Language("ar", "العربيّة", rtl=True), "rtl"),
        ("fa", Language("fa", "فارسی", rtl=True), "rtl"),
        ("uk", Language("uk", "Українська", rtl=False), "ltr"),
        ("xx", Language("xx", "xx", rtl=False), "ltr"),
    ],
)
def test_language_has_name_and_direction(code: str, found: Language, direction: str) -> None:
    assert language(code) == found
    assert language(code).direction == direction


@pytest.mark.parametrize(
    ("code", "servable"), [("de", True), ("zh-hans", True), ("xx", False), ("de-xx", False)]
)
def test_is_servable_knows_what_has_pages(code: str, servable: bool) -> None:
    assert is_servable(code) is servable
