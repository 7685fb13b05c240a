"""Forms of the translation desk: what to list, and the texts of one row in one language."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.core.enums import TranslationState
from leitbild.core.languages import language as language_of
from leitbild.core.models import Translatable, Translation
from leitbild.office.writing.forms.fields import Words
from leitbild.plan.actions.translating import sighting
from leitbild.plan.document.fields import TEXT_LENGTH, clean, has_control_character
from leitbild.plan.enums import TextState
from leitbild.plan.models import Concept, Theme
from leitbild.plan.queries.translations import state_of_text

SHARED: Final = "listen"
"""Stands for the lists all editions share where an edition is asked for."""
MARKED: Final = {"introduction", "text", "purpose"}
"""Texts that readers see as Markdown."""
OPEN: Final = "open"


class TextFilter(forms.Form):
    """Which texts to list; what can't be understood isn't asked for."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.SearchInput)

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        concepts: Sequence[Concept],
        themes: Sequence[Theme],
        **kwargs: Any,
    ) -> None:
        """Offer what there is."""
        super().__init__(*args, **kwargs)
        several = len(concepts) > 1
        names = {each.pk: f" ({each.concept.edition})" if several else "" for each in themes}
        self._offer("language", [(code, language_of(code).name) for code in languages])
        self._offer("state", [(OPEN, _("to do")), *TextState.choices, ("all", _("all"))])
        editions = [(each.slug, each.title) for each in concepts]
        self._offer("edition", [("", _("all")), *editions, (SHARED, _("shared lists"))])
        by_theme = [(str(each.pk), f"{each}{names[each.pk]}") for each in themes]
        self._offer("theme", [("", _("all")), *by_theme])

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # declared above
        field.choices = choices

    def wanted(self) -> dict[str, str]:
        """What to list, by the names of the fields."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class TextForm(forms.Form):
    """One row's texts in one language, each with a sign of what the translator had before them."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("When you save, these texts are"),
        choices=[
            (TranslationState.FINAL, _("final: readers see them at once")),
            (TranslationState.DRAFT, _("a draft: readers see the source text meanwhile")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        row: Translatable,
        language: str,
        translations: Mapping[str, Translation],
    ) -> None:
        """A field for each text the row has."""
        self.names = [name for name in row.translatable if getattr(row, name)]
        super().__init__(data, initial=_initial(row, self.names, translations))
        for name in self.names:
            column = row._meta.get_field(name)
            self.fields[name] = _field(column, language)
            self.fields[f"seen-{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, max_length=200
            )
            if state_of_text(translations.get(name), getattr(row, name)) == TextState.OUTDATED:
                self.fields[f"fits-{name}"] = forms.BooleanField(
                    label=_("This translation still fits"), required=False
                )

    def clean(self) -> dict[str, Any]:
        """Texts in their one canonical form."""
        values: dict[str, Any] = super().clean() or {}
        for name in self.names:
            text = values.get(name, "")
            if has_control_character(text):
                self.add_error(
                    name,
                    gettext(
                        "The text contains an invisible control character. Please delete the "
                        "text and type it anew."
                    ),
                )
            is_line = not isinstance(self.fields[name].widget, forms.Textarea)
            values[name] = " ".join(clean(text).split()) if is_line else clean(text)
        return values

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def seen(self) -> dict[str, str]:
        """What the translator had before them, by field."""
        return {name: self.cleaned_data[f"seen-{name}"] for name in self.names}

    @property
    def confirmed(self) -> list[str]:
        """Texts of which the translator says that they still fit."""
        return [name for name in self.names if self.cleaned_data.get(f"fits-{name}")]

    def see_anew(self, row: Translatable, translations: Mapping[str, Translation]) -> None:
        """Take for seen what stands there now: the page has just shown it."""
        fresh = _initial(row, self.names, translations)
        sent = {name: self.data[name] for name in self.data}
        self.data = {**sent, **{f"seen-{name}": fresh[f"seen-{name}"] for name in self.names}}


def _initial(
    row: Translatable, names: Sequence[str], translations: Mapping[str, Translation]
) -> dict[str, str]:
    texts = {name: translations[name].text if name in translations else "" for name in names}
    drafts = [each for each in translations.values() if each.state != TranslationState.FINAL]
    return {
        **texts,
        **{f"seen-{name}": sighting(getattr(row, name), texts[name]) for name in names},
        "state": TranslationState.DRAFT if drafts else TranslationState.FINAL,
    }


def _field(column: Any, language: str) -> Words:
    is_long = isinstance(column, models.TextField)
    field = Words(
        label=capfirst(str(column.verbose_name)),
        lines=5 if is_long else 1,
        marked=column.name in MARKED,
        required=False,
        max_length=TEXT_LENGTH if is_long else column.max_length,
    )
    field.written_in(language)
    return field
