"""Narrowing the plan check down; everything stands in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Organisation
from leitbild.accounts.terminology import Terms
from leitbild.office.narrowing import NOBODY, NarrowingForm
from leitbild.plan.queries.outline import Outline
from leitbild.plan.queries.review import CHECKS, Finding


class CheckFilter(NarrowingForm):
    """Theme, lead, check, and one's own measures."""

    theme = forms.ChoiceField(required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    check = forms.ChoiceField(label=_("Check"), required=False)
    mine = forms.BooleanField(label=_("Only my measures"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        outline: Outline,
        terms: Terms,
        own: frozenset[int],
    ) -> None:
        """Offer what the concept has; editors may ask for their own organisation's measures."""
        super().__init__(data, auto_id="filter_%s")
        self._own = own
        leads = {each.lead.slug: each.lead for each in outline.measures if each.lead}
        self._leads: dict[str, Organisation] = leads
        self._themes = {str(each.theme.number): each.theme.pk for each in outline.themes}
        self.offer("theme", [(str(t.theme.number), _named(t.theme)) for t in outline.themes])
        self.offer(
            "lead", [(NOBODY, _("nobody")), *((s, o.t.name.plain) for s, o in leads.items())]
        )
        self.offer("check", [(check.name, check.title_in(terms)) for check in CHECKS])
        self.fields["theme"].label = terms.theme.one[:1].upper() + terms.theme.one[1:]
        if not own:
            del self.fields["mine"]
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        """Whether parts of the concept are left out, not just checks."""
        return any(value for name, value in self.cleaned_data.items() if name != "check")

    @property
    def one_check(self) -> str:
        """The only check to be shown; empty for all."""
        return str(self.cleaned_data.get("check", ""))

    def wants(self, finding: Finding) -> bool:
        """Whether a finding is to be shown."""
        chosen = self.cleaned_data
        if chosen.get("theme") and finding.theme != self._themes[chosen["theme"]]:
            return False
        if chosen.get("lead") and not self._is_led_by(finding, chosen["lead"]):
            return False
        return not chosen.get("mine") or finding.lead in self._own

    def _is_led_by(self, finding: Finding, slug: str) -> bool:
        if slug == NOBODY:
            return finding.kind == "measure" and finding.lead is None
        return finding.lead == self._leads[slug].pk


def _named(theme: Any) -> str:
    return f"{theme.number} {theme.t.name.plain}"
