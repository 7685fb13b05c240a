"""Following by e-mail: what can be followed, the form for it, and where the mails lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from leitbild.accounts.middleware import origin
from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import Terms
from leitbild.plan.models import Measure, Theme
from leitbild.plan.queries.outline import MeasureEntry, Outline

OF_THIS_COMPUTER: Final = {"localhost", "127.0.0.1", "[::1]"}
PLAN: Final = "plan"


class Pages:
    """Where the mails lead, in the language that is active."""

    def confirm(self, token: str) -> str:
        """Where a following is confirmed."""
        return reverse("portal:follow-confirm", args=[token])

    def following(self, token: str) -> str:
        """Where somebody sees and ends what they follow."""
        return reverse("portal:following", args=[token])

    def measure(self, code: str) -> str:
        """A measure's page."""
        return reverse("portal:measure", args=[code])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address says somebody wants to follow: a measure, a theme, or nothing yet."""

    measure: MeasureEntry | None = None
    theme: Theme | None = None

    @property
    def title(self) -> str:
        """What that page is called; empty for the first page."""
        if self.measure is not None:
            return self.measure.measure.t.title
        return self.theme.t.name if self.theme else ""

    @property
    def back(self) -> str:
        """The page somebody comes from."""
        if self.measure is not None:
            return reverse("portal:measure", args=[self.measure.measure.code])
        if self.theme is not None:
            return reverse("portal:theme", args=[self.theme.slug])
        return reverse("portal:home")


def wanted_by(request: HttpRequest, plan: Outline) -> Wanted:
    """What `?measure=2.3` or `?theme=slug` names; what doesn't exist is no reason to send away."""
    entry = plan.measure(request.GET.get("measure", ""))
    if entry is not None:
        return Wanted(entry, entry.theme)
    found = plan.theme(request.GET.get("theme", ""))
    return Wanted(theme=found.theme if found else None)


def known_site(request: HttpRequest, municipality: Municipality) -> str:
    """Scheme and host for links in mails that anybody can have sent; nothing if nobody knows it.

    Whoever asks names the host. As long as the municipality has none of its own, anybody could
    put theirs into mails that come from the city; only this computer's own is harmless.
    """
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if host in OF_THIS_COMPUTER or municipality.hosts.exists():
        return origin(request)
    return ""


class FollowForm(forms.Form):
    """What somebody wants to follow, and their address."""

    what = forms.ChoiceField(
        label=gettext_lazy("What do you want news of?"), widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Please enter the address the news shall go to."),
            "invalid": gettext_lazy("Please enter a whole e-mail address, as in name@example.org."),
        },
    )
    # People don't see it; programs that fill in every form they find do.
    website = forms.CharField(required=False, label=gettext_lazy("Please leave this empty"))

    def __init__(self, data: Any, *, plan: Outline, wanted: Wanted, terms: Terms) -> None:
        """Offer where the reader comes from first, then what stands above it."""
        super().__init__(data)
        self.rows: dict[str, Measure | Theme | None] = {}
        choices = []
        for value, row, label in _offers(plan, wanted, terms):
            self.rows[value] = row
            choices.append((value, label))
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # the class body says so
        field.choices = choices
        field.initial = choices[0][0]

    @property
    def followed(self) -> Measure | Theme | None:
        """What was chosen; None for the whole plan."""
        return self.rows[self.cleaned_data["what"]]

    @property
    def is_of_a_person(self) -> bool:
        """Whether the field was left empty that people don't see."""
        return not self.cleaned_data["website"]


def _offers(
    plan: Outline, wanted: Wanted, terms: Terms
) -> Iterator[tuple[str, Measure | Theme | None, str]]:
    if wanted.measure is not None:
        row = wanted.measure.measure
        name = f"{capfirst(terms.measure.one)} {row.code}"
        yield f"measure-{row.code}", row, format_html("{}: {}", name, row.t.title)
    whole = (PLAN, None, gettext("Everything in the plan"))
    if wanted.theme is None:
        yield whole
    for theme in [wanted.theme] if wanted.theme else [each.theme for each in plan.themes]:
        name = f"{capfirst(terms.theme.one)} {theme.number}"
        yield f"theme-{theme.slug}", theme, format_html("{}: {}", name, theme.t.name)
    if wanted.theme is not None:
        yield whole
