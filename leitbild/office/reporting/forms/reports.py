"""What a report is to be about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Municipality
from leitbild.core.languages import language
from leitbild.core.refusal import Refused
from leitbild.delivery.enums import Audience
from leitbild.delivery.periods import Period
from leitbild.office.people.forms.log import Day
from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport


class ReportForm(forms.Form):
    """Period, audience and language; what the address leaves out is as one usually wants it."""

    use_required_attribute = False

    since = Day(label=_("From"), required=True)
    until = Day(label=_("Until"), required=True)
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, asked: Any, *, municipality: Municipality, usual: Period) -> None:
        """Offer the languages the city writes in."""
        self.usual = {
            "since": usual.since.isoformat(),
            "until": usual.until.isoformat(),
            "audience": Audience.COUNCIL.value,
            "language": municipality.source_language,
        }
        super().__init__(
            {**self.usual, **{name: asked[name] for name in self.usual if name in asked}}
        )
        field: Any = self.fields["language"]
        field.choices = [(code, language(code).name) for code in municipality.languages]

    def report_on(self, concept: Concept) -> CouncilReport | None:
        """The report that was asked for; where it can't be, the form says why."""
        if not self.is_valid():
            return None
        try:
            return council_report(concept=concept, **self.cleaned_data)
        except Refused as refusal:
            self.add_error(None, list(refusal.reasons))
            return None

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as it was written, to be asked for again."""
        return {name: self[name].value() or "" for name in self.usual}

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """The days asked for, as far as they can be understood."""
        values = getattr(self, "cleaned_data", {})
        return values.get("since"), values.get("until")
