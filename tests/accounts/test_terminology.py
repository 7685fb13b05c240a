"""A municipality's own words for the levels go before the usual ones."""

from typing import Final

import pytest
from django.utils import translation

from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import Term, Terms, terms

OWN: Final = {
    "measure": {"de": {"one": "Baustein", "many": "Bausteine"}},
    "theme": {"ar": {"one": "مجال", "many": "مجالات"}},
}


def in_language(code: str) -> Terms:
    with translation.override(code):
        return terms(Municipality(languages=["de", "ar"], terminology=OWN), code)


def test_own_name_is_used_in_its_language() -> None:
    assert in_language("de").measure == Term("Baustein", "Bausteine")
    assert in_language("ar").theme == Term("مجال", "مجالات")


def test_usual_name_stands_where_there_is_no_own() -> None:
    assert in_language("en").measure == Term("measure", "measures")
    assert in_language("en").theme == Term("theme", "themes")


@pytest.mark.parametrize("level", ["concept", "vision", "theme", "goal", "measure"])
def test_every_level_has_a_name(level: str) -> None:
    name = getattr(in_language("de"), level)

    assert name.one
    assert name.many
