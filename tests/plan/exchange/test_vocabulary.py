"""Words for closed vocabularies."""

import pytest

from leitbild.accounts.enums import OrganisationKind
from leitbild.plan.enums import MeasureKind
from leitbild.plan.exchange.vocabulary import WORDS, truth, value_of, word, words


@pytest.mark.parametrize("choices", list(WORDS))
def test_every_value_has_a_word_that_is_read_back(choices: type[MeasureKind]) -> None:
    assert list(WORDS[choices]) == list(choices.values)
    for value in choices.values:
        for language in ("de", "en"):
            assert value_of(choices, word(choices, value, language).upper()) == value


def test_unknown_word_stays_as_it_is() -> None:
    assert value_of(OrganisationKind, "Firma") == "Firma"
    assert words(OrganisationKind, "de") == ["Amt", "Gremium", "Träger", "Verein"]


@pytest.mark.parametrize(
    ("text", "value"), [("Ja", True), (" x", True), ("nein", False), ("?", "?")]
)
def test_truth_knows_the_usual_answers(text: str, value: bool | str) -> None:
    assert truth(text) == value
