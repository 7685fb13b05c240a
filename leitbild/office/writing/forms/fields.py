"""Fields of a part of a concept: each reads what was typed as content, and shows content again.

They take everything. A draft may hold a date that isn't one yet; what a part must say before
it is published is the plan's to know (`plan.actions.content`), and nothing typed gets lost.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leitbild.core.languages import language
from leitbild.plan.enums import Sign

_LINE_END: Final = re.compile("\r\n|\r")
_WHOLE: Final = re.compile(r"\d{1,9}")
_GERMAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


class Words(forms.CharField):
    """A text; `marked` ones are Markdown and get a toolbar, and `lines` says how tall they are."""

    def __init__(self, *, lines: int = 1, marked: bool = False, **options: Any) -> None:
        """Choose an input for one line, a textarea for more."""
        attributes: dict[str, Any] = {"autocomplete": "off", "spellcheck": "true"}
        if marked:
            attributes["data-markdown"] = True
        if lines > 1:
            attributes["rows"] = lines
            options["widget"] = forms.Textarea(attributes)
        else:
            options["widget"] = forms.TextInput(attributes)
        super().__init__(**{"strip": False, **options})
        self.marked = marked

    def written_in(self, code: str) -> None:
        """Tell browsers and screen readers the language, which may not be the page's."""
        self.widget.attrs |= {"lang": code, "dir": language(code).direction}

    def read(self, raw: Any) -> str:
        """As typed, with one kind of line end."""
        return _LINE_END.sub("\n", raw or "")

    def show(self, value: Any) -> Any:
        """As it stands."""
        return value or ""


class Mark(forms.CharField):
    """A short fact that is no sentence: a code, an address."""

    def __init__(self, **options: Any) -> None:
        """Give it an input that nobody fills in by itself."""
        attributes = {"autocomplete": "off", "spellcheck": "false", **options.pop("attrs", {})}
        super().__init__(**{"widget": forms.TextInput(attributes), **options})

    def read(self, raw: Any) -> Any:
        """Without blanks at its ends."""
        return (raw or "").strip()

    def show(self, value: Any) -> Any:
        """As it stands."""
        return "" if value is None else value


class Whole(Mark):
    """A number or a year; what is neither stays as it was typed."""

    def __init__(self, **options: Any) -> None:
        """Offer digits on a phone."""
        super().__init__(attrs={"inputmode": "numeric", "class": "input--short"}, **options)

    def read(self, raw: Any) -> Any:
        """A number where it is one, nothing where nothing was typed."""
        text = super().read(raw)
        return int(text) if _WHOLE.fullmatch(text) else text or None


class Moment(Mark):
    """A planned year or date, the date in German or ISO notation."""

    def __init__(self, **options: Any) -> None:
        """Leave room for a date."""
        super().__init__(attrs={"class": "input--short"}, **options)

    def read(self, raw: Any) -> Any:
        """A year, a date in ISO notation, or what was typed."""
        text = super().read(raw)
        if re.fullmatch(r"\d{4}", text):
            return int(text)
        return _iso(text) or text or None

    def show(self, value: Any) -> Any:
        """A date the way it is written in Germany."""
        try:
            return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
        except (TypeError, ValueError):
            return super().show(value)


def _iso(text: str) -> str:
    """A German date in ISO notation; empty for what isn't one."""
    if not (found := _GERMAN.fullmatch(text)):
        return ""
    day, month, year = (int(each) for each in found.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


class OneOf(forms.ChoiceField):
    """One of the plan's parts or words; nothing is a choice too."""

    def read(self, raw: Any) -> Any:
        """The choice, nothing where none was made."""
        return raw or None

    def show(self, value: Any) -> Any:
        """The choice."""
        return "" if value is None else value

    def written_in(self, code: str) -> None:
        """Tell the language of what can be chosen."""
        if self.widget.input_type == "select":
            self.widget.attrs |= {"lang": code, "dir": language(code).direction}


class Numbered(OneOf):
    """One of the parts that are named by a number."""

    def read(self, raw: Any) -> Any:
        """The number."""
        return int(raw) if raw and _WHOLE.fullmatch(raw) else None


class SomeOf(forms.MultipleChoiceField):
    """Any number of the plan's parts."""

    def __init__(self, **options: Any) -> None:
        """A list to tick."""
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, **options})

    def read(self, raw: Any) -> list[str]:
        """The choices in the order they are offered."""
        return list(raw or [])

    def show(self, value: Any) -> Any:
        """The choices."""
        return list(value or [])

    def written_in(self, code: str) -> None:
        """Tell the language of what can be ticked; each stands apart from the page's direction."""
        offered: Any = self.choices
        self.choices = [_apart(value, label, code) for value, label in offered]


def _apart(value: Any, label: Any, code: str) -> tuple[Any, Any]:
    if isinstance(label, list | tuple):
        return _named(value, code), [_apart(one, name, code) for one, name in label]
    return value, _named(label, code)


def _named(name: Any, code: str) -> SafeString:
    return format_html('<bdi lang="{}">{}</bdi>', code, name)


class YesNo(forms.BooleanField):
    """A box to tick."""

    def read(self, raw: Any) -> bool:
        """Whether it is ticked."""
        return bool(raw)

    def show(self, value: Any) -> Any:
        """Whether it is ticked."""
        return bool(value)


def sign_choices() -> Sequence[tuple[str, SafeString]]:
    """The signs, each drawn beside its name."""
    drawing = '<svg class="sign" aria-hidden="true"><use href="#sign-{}"/></svg> {}'
    return [(value, format_html(drawing, value, label)) for value, label in Sign.choices]
