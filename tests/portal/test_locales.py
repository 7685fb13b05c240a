"""The languages of pages as they are named to those who share an address."""

import pytest
from django.conf.locale import LANG_INFO

from leitbild.portal.locales import TERRITORIES, open_graph_locale


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        ("de", "de_DE"),
        ("uk", "uk_UA"),
        ("ar", "ar"),
        ("en", "en"),
        ("pt-br", "pt_BR"),
        ("zh-hans", "zh_Hans"),
    ],
)
def test_a_language_is_named_with_its_country_where_one_is_sure(code: str, locale: str) -> None:
    assert open_graph_locale(code) == locale


def test_countries_are_given_for_languages_pages_can_be_served_in() -> None:
    assert TERRITORIES.keys() <= LANG_INFO.keys()
