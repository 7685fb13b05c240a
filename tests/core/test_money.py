"""Amounts are read as they are written in German and English, and refused where they have two
meanings.
"""

import pytest
from django import forms
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.money import MOST, EurosField, Unreadable, cents_of, euros
from leitbild.core.templatetags.components import money


class Budget(forms.Form):
    """A form with an amount."""

    planned = EurosField(label="Planned")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None),
        ("   ", None),
        ("0", 0),
        ("12500", 1_250_000),
        ("12.500", 1_250_000),
        ("12.500,50", 1_250_050),
        ("12500,5", 1_250_050),
        ("12500.50", 1_250_050),
        ("12,500.50", 1_250_050),
        ("12 500 €", 1_250_000),
        ("12\N{NO-BREAK SPACE}500,50\N{NARROW NO-BREAK SPACE}€", 1_250_050),
        ("€ 12.500", 1_250_000),
        ("EUR 12500", 1_250_000),
        ("12.500 Euro", 1_250_000),
        ("12.500,-", 1_250_000),
        ("12.500,– €", 1_250_000),
        ("1.250.000", 125_000_000),
        ("1,250,000", 125_000_000),
        ("0,50", 50),
        ("١٢٥٠٠٫٥٠", 1_250_050),
        ("9.999.999.999,99", MOST),
    ],
)
def test_amount_is_read(text: str, cents: int | None) -> None:
    assert cents_of(text) == cents


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,500", "“12,500” can be read as two amounts. Write 12500 or 12,50."),
        ("1250.500", "“1250.500” can be read as two amounts. Write 1250500 or 1250,50."),
        ("0.500", "“0.500” can be read as two amounts. Write 500 or 0,50."),
        ("10.000.000.000", "“10.000.000.000” has more than 10 digits. Please check the amount."),
        *(
            (
                text,
                f"“{text}” isn’t an amount in euros. Write it as 12500, 12.500 or 12.500,50.",
            )
            for text in (
                "viel",
                "12 Tsd.",
                "-5",
                "1.25.00",
                "12.500.50",
                "12.5000",
                "1 2",
                "€",
                "1e5",
            )
        ),
    ],
)
def test_amount_that_is_none_or_two_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        cents_of(text)

    assert str(refused.value) == reason


@given(st.integers(0, MOST), st.sampled_from(["de", "en", "ar", "uk", "fr"]))
def test_what_a_field_shows_is_read_again_as_the_same(cents: int, language: str) -> None:
    with override(language):
        shown = Budget(initial={"planned": cents})["planned"].value()
        assert cents_of(shown) == cents
        if cents % 100:
            # An amount with cents has one meaning in every language, with its thousands, too.
            assert cents_of(euros(cents)) == cents


def test_money_is_shown_in_the_readers_way() -> None:
    assert [money(each) for each in (1_250_000, 1_250_050, 0, None)] == [
        "€12,500",
        "€12,500.50",
        "€0",
        "–",
    ]
    with override("de"):
        assert "12.500,50" in money(1_250_050)
        assert "12.500," not in money(1_250_000)


def test_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    form = Budget({"planned": "viel"})

    assert form.errors["planned"] == [
        "“viel” isn’t an amount in euros. Write it as 12500, 12.500 or 12.500,50."
    ]
    assert form["planned"].value() == "viel"
    assert Budget({"planned": "12.500 €"}).is_valid()
