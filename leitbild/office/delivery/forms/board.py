"""Narrowing the board down; everything stands in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.terminology import Terms
from leitbild.delivery.enums import Freshness
from leitbild.delivery.queries import Standings, state_names
from leitbild.office.narrowing import NOBODY, NarrowingForm
from leitbild.plan.queries.outline import MeasureEntry, Outline


class BoardFilter(NarrowingForm):
    """Theme, state, lead and freshness of the measures that are shown."""

    theme = forms.ChoiceField(required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    freshness = forms.ChoiceField(label=_("News"), required=False)

    def __init__(
        self, data: Mapping[str, Any], *, outline: Outline, standings: Standings, terms: Terms
    ) -> None:
        """Offer what the concept has."""
        super().__init__(data, auto_id="filter_%s")
        self._outline = outline
        self._standings = standings
        leads = {each.lead.slug: each.lead.name for each in outline.measures if each.lead}
        themes = [(str(t.theme.number), f"{t.theme.number} {t.theme.name}") for t in outline.themes]
        self.offer("theme", themes)
        self.offer("state", [(name, standings.label(name)) for name in state_names()])
        self.offer("lead", [(NOBODY, _("nobody")), *leads.items()])
        self.offer("freshness", list(Freshness.choices))
        self.fields["theme"].label = capfirst(terms.theme.one)
        self.is_valid()

    def entries(self) -> list[MeasureEntry]:
        """The measures asked for."""
        return [each for each in self._outline.measures if self._fits(each)]

    def _fits(self, entry: MeasureEntry) -> bool:
        standing = self._standings.of(entry)
        values = {
            "theme": str(entry.theme.number),
            "state": standing.name,
            "lead": entry.lead.slug if entry.lead else NOBODY,
            "freshness": standing.freshness.value,
        }
        return all(not asked or values[name] == asked for name, asked in self.cleaned_data.items())
