"""Amounts of money: read as people in offices write them, shown as the reader's language does.

Inside there are whole cents and nothing else; None is an amount that nobody knows.
"""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import numberformat
from django.utils.formats import get_format
from django.utils.translation import gettext as _

DIGITS: Final = 10
"""Digits of whole euros; more is a slip of the keyboard."""
MOST: Final = 10**DIGITS * 100 - 1
"""The largest amount in cents."""

_CURRENCY: Final = re.compile(r"^(?:€|euro?)|(?:€|euro?)$", re.IGNORECASE)
_NO_CENTS: Final = re.compile(r"[.,][-–—]+$")
_EASTERN: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789, ")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_TWO_READINGS: Final = re.compile(r"(\d+)[.,](\d{3})")
_ENGLISH_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2},\d{3}")


class Unreadable(ValueError):
    """A text that is no amount, or could be two; its message says how to write it."""


def cents_of(text: str) -> int | None:
    """The amount a text gives, None for an empty one; raises Unreadable.

    “12.500”, “12.500,50”, “12 500 €”, “12500.50” and “1,250,000” have one meaning. “12,500”
    has two: German writes twelve and a half so, English twelve thousand five hundred.
    """
    amount = " ".join(text.translate(_EASTERN).split())
    if not amount:
        return None
    bare = _NO_CENTS.sub("", _CURRENCY.sub("", amount).strip())
    if _ENGLISH_THOUSANDS.fullmatch(bare):
        raise _two_readings(bare)
    if _PLAIN.fullmatch(bare):
        return _checked(Decimal(bare.replace(",", ".")), amount)
    if found := _GROUPED.fullmatch(bare):
        return _checked(Decimal(bare.replace(found[1], "").replace(",", ".")), amount)
    if _TWO_READINGS.fullmatch(bare):
        raise _two_readings(bare)
    raise Unreadable(
        _("“{text}” isn’t an amount in euros. Write it as 12500, 12.500 or 12.500,50.").format(
            text=text.strip()
        )
    )


def _checked(euros: Decimal, text: str) -> int:
    cents = int(euros * 100)
    if cents > MOST:
        raise Unreadable(
            _("“{text}” has more than {limit} digits. Please check the amount.").format(
                text=text, limit=DIGITS
            )
        )
    return cents


def _two_readings(text: str) -> Unreadable:
    found = _TWO_READINGS.fullmatch(text)
    whole, rest = found.groups() if found else (text, "")
    return Unreadable(
        _("“{text}” can be read as two amounts. Write {more} or {less}.").format(
            text=text, more=f"{int(whole + rest)}", less=f"{int(whole)},{rest[:2]}"
        )
    )


def euros(cents: int | None) -> str:
    """An amount as the active language writes it; a dash for one nobody knows."""
    if cents is None:
        return "–"
    return _("€{amount}").format(amount=_number(cents, grouping=3))


def _number(cents: int, *, grouping: int) -> str:
    """Whole euros without cents; two digits where there are cents."""
    return str(
        numberformat.format(
            Decimal(cents) / 100,
            get_format("DECIMAL_SEPARATOR"),
            decimal_pos=2 if cents % 100 else 0,
            grouping=grouping,
            thousand_sep=get_format("THOUSAND_SEPARATOR"),
            force_grouping=grouping > 0,
            use_l10n=True,
        )
    )


class EurosField(forms.CharField):
    """An amount as people write it; whole cents, or None where nothing was typed."""

    def __init__(self, **options: Any) -> None:
        """Offer digits on a phone."""
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "input--amount"}
        super().__init__(**{"widget": forms.TextInput(attributes), "required": False, **options})

    def clean(self, value: Any) -> Any:
        """The amount in cents."""
        text = super().clean(value)
        try:
            return cents_of(text)
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from None

    def prepare_value(self, value: Any) -> Any:
        """Without thousands, so that what is shown is read again as the same."""
        return _number(value, grouping=0) if isinstance(value, int) else value
