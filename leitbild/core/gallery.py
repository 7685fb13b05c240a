"""The gallery: every component with its parameters, for whoever builds pages."""

from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.core.colour import PALETTE, palette_css
from leitbild.core.difference import word_difference
from leitbild.core.text import LocalText

STATES: Final = (
    ("planned", "geplant"),
    ("under_way", "läuft"),
    ("done", "erledigt"),
    ("permanent", "Daueraufgabe"),
    ("delayed", "verzögert"),
    ("stopped", "gestoppt"),
    ("no_news", "noch keine Meldung"),
)
SIGNS: Final = (
    "book", "speech", "people", "hands", "house", "heart", "shield", "path", "work", "tree",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """Stands in for a row or a link."""

    label: str = ""
    href: str = "#"
    sample: bool = True
    shape: str = ""
    count: int = 0


class ExampleForm(forms.Form):
    """Every kind of field; bound to nothing but a year it shows its faults."""

    title = forms.CharField(label="Titel", help_text="Ein Satz mit einem Verb.")
    year = forms.IntegerField(label="Jahr")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label="Art",
        choices=[("one_off", "einmalige Aufgabe"), ("permanent", "Daueraufgabe")],
        widget=forms.RadioSelect,
        required=False,
    )
    goal = forms.ChoiceField(label="Ziel", choices=[("1a", "1a"), ("1b", "1b")], required=False)
    sample = forms.BooleanField(label="Das ist ein Beispieltext", required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page (in debug mode alone)."""
    counted = enumerate(STATES[1:5], start=1)
    return render(
        request,
        "core/gallery.html",
        {
            "states": STATES,
            "counts": [Example(label, shape=name, count=at) for at, (name, label) in counted],
            "signs": SIGNS,
            "themes": range(1, len(PALETTE) + 1),
            "example": Example(),
            "pieces": word_difference("Wir beraten Eltern.", "Wir beraten alle Familien."),
            "form": ExampleForm({"year": "bald"}),
            "amounts": [1_250_000, 1_250_050, 0, None],
            "chips": [Example("Themenfeld: Sprachförderung"), Example("Stand: läuft")],
            "german": LocalText("Wer ankommt, gehört dazu.", language="de", is_fallback=False),
            "arabic": LocalText("من يصل فهو منّا.", language="ar", is_fallback=False),
            "text": LocalText(
                "Ein Absatz mit **Betonung**, einer\n\n- Liste und\n- einem [Verweis](#).",
                language="de",
                is_fallback=False,
            ),
        },
    )


@require_safe
def gallery_palette(_request: HttpRequest) -> HttpResponse:
    """The default colours, one class per number."""
    colours = {f"theme-{number}": colour for number, colour in enumerate(PALETTE, start=1)}
    return HttpResponse(palette_css({}, colours), content_type="text/css")
