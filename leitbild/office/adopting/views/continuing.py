"""A new edition: begin it, decide on every measure of the old one, say why new ones came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.queries import overlay
from leitbild.core.refusal import Refused
from leitbild.delivery.queries import Standing, standings
from leitbild.office.adopting.forms.continuing import FateForm, NewEditionForm, NewMeasureForm
from leitbild.office.desk import BOTH, WRITING, Desk, office_page
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.actions.fates import (
    continue_unchanged,
    decide_fate,
    explain_new,
    undo_fate,
)
from leitbild.plan.enums import ConceptStatus, Fate
from leitbild.plan.models import Concept
from leitbild.plan.queries.edition_differences import measure_differences
from leitbild.plan.queries.editions import EditionComparison, Passage, compare_editions
from leitbild.plan.rules import may_edit_plan


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure of the old edition in the list: its way, and where it stood last."""

    passage: Passage
    standing: Standing


@office_page(may_edit_plan, methods=BOTH)
def start(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Begin a new edition of an adopted one; a draft that continues one goes on here."""
    concept = desk.concept(slug)
    if concept.status == ConceptStatus.DRAFT and concept.predecessor_id:
        return redirect("office:origins", slug)
    form = NewEditionForm(request.POST or None, initial=_proposed(concept))
    if request.method == "POST" and form.is_valid():
        try:
            new = continue_concept(concept=concept, by=desk.user, **form.cleaned_data)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("“{title}” has begun.").format(title=new.title))
            return redirect("office:origins", new.slug)
    heirs = [each for each in desk.concepts if each.predecessor_id == concept.pk]
    return render(
        request, "office/continue_start.html", {"concept": concept, "form": form, "heirs": heirs}
    )


def _proposed(concept: Concept) -> dict[str, Any]:
    """This year, and the title with its year moved on."""
    year = max(timezone.localdate().year, concept.edition + 1)
    return {"edition": year, "title": concept.title.replace(str(concept.edition), str(year))}


def _refuse(form: Any, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)


def _compared(desk: Desk, slug: str) -> EditionComparison:
    """The edition beside the one it continues, in the language the office writes."""
    concept = desk.concept(slug)
    if concept.predecessor is None:
        raise Http404(_("This edition continues no other."))
    found = compare_editions(concept.predecessor, concept)
    source = desk.municipality.source_language
    overlay(found.rows(), language=source, source=source)
    return found


@office_page(may_edit_plan)
def origins(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Which measures of the old edition have their fate, and which still wait for it."""
    found = _compared(desk, slug)
    known = standings(found.old, desk.municipality, internal=True)

    def entries(passages: Iterable[Passage]) -> list[Entry]:
        return [Entry(each, known.of_measure(each.before)) for each in passages if each.before]

    return render(
        request,
        "office/continue_guide.html",
        {
            "concept": found.new,
            "old": found.old,
            "comparison": found,
            "total": len(found.passages),
            "is_open": found.new.status != ConceptStatus.SUPERSEDED,
            "undecided": entries(found.undecided),
            "decided": entries(each for each in found.passages if each.fate),
            "alike": sum(each.is_alike for each in found.undecided),
        },
    )


@office_page(may_edit_plan, methods=WRITING)
def unchanged(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Mark all that read as before as continued."""
    new = _compared(desk, slug).new
    try:
        found = continue_unchanged(concept=new, by=desk.user)
    except Refused as refused:
        _warn(request, refused.reasons)
    else:
        text = ngettext(
            "{number} measure goes on unchanged.",
            "{number} measures go on unchanged.",
            len(found),
        )
        messages.success(request, text.format(number=len(found)))
    return redirect("office:origins", slug)


def _warn(request: HttpRequest, lines: Iterable[str]) -> None:
    for line in lines:
        messages.warning(request, line)


@office_page(may_edit_plan, methods=BOTH)
def fate(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """Decide on one measure, with all one needs to know of it, and go on with the next."""
    found = _compared(desk, slug)
    passage = _passage(found, pk)
    form = FateForm(request.POST or None, comparison=found, passage=passage)
    if form.is_valid():
        try:
            notes = decide_fate(
                concept=found.new, before=passage.before, by=desk.user, **form.decision()
            )
        except Refused as refused:
            _refuse(form, refused)
        else:
            _say(request, passage, form.cleaned_data["fate"], notes)
            return _onward(found, passage)
    return render(request, "office/continue_fate.html", _sheet(found, passage, form))


def _passage(found: EditionComparison, pk: int) -> Any:
    passage = found.passage(pk)
    if passage is None:
        raise Http404(_("The edition before has no such measure."))
    return passage


def _sheet(found: EditionComparison, passage: Passage, form: FateForm) -> dict[str, Any]:
    """Everything about one measure that helps to decide."""
    waiting = _waiting(found, passage)
    is_one = passage.before and len(passage.after) == 1 and passage.fate != Fate.MERGED
    return {
        "concept": found.new,
        "old": found.old,
        "comparison": found,
        "total": len(found.passages),
        "passage": passage,
        "measure": passage.before,
        "form": form,
        "standing": standings(found.old, found.old.municipality, internal=True).of_measure(
            passage.before
        )
        if passage.before
        else None,
        "differences": measure_differences(passage.before, passage.after[0])
        if passage.before and is_one
        else [],
        "next": waiting[0] if waiting else None,
    }


def _waiting(found: EditionComparison, passage: Passage) -> Sequence[Passage]:
    """The others that are undecided, beginning after this one."""
    place = found.passages.index(passage)
    ahead = (*found.passages[place + 1 :], *found.passages[:place])
    return [each for each in ahead if not each.fate]


def _say(request: HttpRequest, passage: Passage, fate: str, notes: Iterable[str]) -> None:
    text = _("{measure}: {fate}.").format(measure=passage.before, fate=Fate(fate).label)
    messages.success(request, text)
    if fate == Fate.CONTINUED and len(passage.after) == 1 and not passage.is_alike:
        _warn(
            request,
            [
                _(
                    "{measure} reads differently than before. If that is more than wording, "
                    "choose “changed” and say why."
                ).format(measure=passage.before)
            ],
        )
    _warn(request, notes)


def _onward(found: EditionComparison, passage: Passage) -> HttpResponseRedirect:
    """To the next measure that waits; back to the list once none does, or on second thoughts."""
    ahead = _waiting(found, passage)
    if passage.fate or not ahead or ahead[0].before is None:
        return redirect("office:origins", found.new.slug)
    return redirect("office:fate", found.new.slug, ahead[0].before.pk)


@office_page(may_edit_plan, methods=WRITING)
def undo(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """Leave a measure undecided again."""
    found = _compared(desk, slug)
    passage = _passage(found, pk)
    try:
        notes = undo_fate(
            concept=found.new,
            before=passage.before,
            by=desk.user,
            seen=request.POST.get("seen", ""),
        )
    except Refused as refused:
        _warn(request, refused.reasons)
    else:
        text = _("{measure} is undecided again.").format(measure=passage.before)
        messages.success(request, text)
        _warn(request, notes)
    return redirect("office:fate", slug, pk)


@office_page(may_edit_plan, methods=BOTH)
def explain(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """Say why a new measure came."""
    found = _compared(desk, slug)
    passage = next((each for each in found.came if each.after[0].pk == pk), None)
    if passage is None:
        raise Http404(_("The edition has no such new measure."))
    measure = passage.after[0]
    form = NewMeasureForm(request.POST or None, comparison=found, passage=passage)
    if form.is_valid():
        try:
            explain_new(concept=found.new, measure=measure, by=desk.user, **form.cleaned_data)
        except Refused as refused:
            _refuse(form, refused)
        else:
            text = _("{measure}: {fate}.").format(measure=measure, fate=Fate.NEW.label)
            messages.success(request, text)
            return redirect("office:origins", slug)
    context = {"concept": found.new, "old": found.old, "measure": measure, "form": form}
    return render(request, "office/continue_new.html", context)
