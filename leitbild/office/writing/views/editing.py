"""Writing a part: the form, autosave, preview, publishing or handing in."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.desk import BOTH, WRITING, Desk, office_page
from leitbild.office.parts import address_of
from leitbild.office.writing.forms.parts import PartForm
from leitbild.office.writing.forms.writing import (
    APPLY,
    DISCARD,
    GO_ON,
    HAND_IN,
    SAVE,
    Handling,
    NewPart,
)
from leitbild.office.writing.work import Work, new_work, work_on
from leitbild.plan.actions.editing import (
    Conflict,
    DraftMovedOn,
    InvalidContent,
    apply_draft,
    discard_draft,
    hand_in_draft,
    save_draft,
)
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Draft
from leitbild.plan.rules import may_edit_measures, may_edit_plan

Step: TypeAlias = Callable[[HttpRequest, Work, PartForm, Handling], HttpResponse]

_NOT_WRITTEN: Final = {"csrfmiddlewaretoken", "do"}


@office_page(may_edit_measures, methods=BOTH)
def edit(request: HttpRequest, desk: Desk, slug: str, kind: PartKind, pk: int) -> HttpResponse:
    """A part that exists."""
    work = work_on(desk, desk.concept(slug), kind, pk)
    if work.concept.status == ConceptStatus.SUPERSEDED:
        messages.info(request, work.obstacles[0])
        return redirect(address_of("history", work.concept, kind, pk))
    if work.draft and work.draft.handed_in_at and request.method != "POST":
        return redirect("office:draft", pk=work.draft.pk)
    return _serve(request, work)


@office_page(may_edit_plan, methods=BOTH)
def new(request: HttpRequest, desk: Desk, slug: str, kind: PartKind) -> HttpResponse:
    """A part that doesn't exist yet."""
    begun = NewPart(request.POST if request.method == "POST" else request.GET)
    begun.is_valid()
    values = begun.cleaned_data
    work = new_work(
        desk,
        desk.concept(slug),
        kind,
        draft=values.get("draft"),
        theme=values.get("theme", ""),
        goal=values.get("goal", ""),
        # A draft that was discarded in another window is begun anew rather than lost.
        anew=request.method == "POST",
    )
    return _serve(request, work)


@office_page(may_edit_measures, methods=WRITING)
def preview(request: HttpRequest, desk: Desk, slug: str, kind: PartKind) -> HttpResponse:
    """What readers would see of what was typed; nothing is stored."""
    concept = desk.concept(slug)
    handling = Handling(request.POST)
    handling.is_valid()
    part, draft = handling.cleaned_data.get("part"), handling.cleaned_data.get("draft")
    work = (
        work_on(desk, concept, kind, part)
        if part
        else new_work(desk, concept, kind, draft=draft, theme="", goal="", anew=True)
    )
    context = {"work": work, "shown": work.preview(work.form(request.POST).content())}
    if "HX-Request" in request.headers:
        return render(request, "office/preview_part.html", context)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_WRITTEN
        for value in values
    ]
    return render(request, "office/preview.html", {**context, "concept": concept, "typed": typed})


def _serve(request: HttpRequest, work: Work) -> HttpResponse:
    if request.method != "POST":
        return _page(request, work, work.form(), work.handling())
    form, handling = work.form(request.POST), work.handling(request.POST)
    if not handling.is_valid():
        # Nobody can type into these fields; whatever came, the text is shown again.
        return _page(request, work, form, work.handling(), status=400, unsaved=True)
    return STEPS[handling.cleaned_data["do"]](request, work, form, handling)


def _page(
    request: HttpRequest,
    work: Work,
    form: PartForm,
    handling: Handling,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {**work.context(form, handling), **more}
    return render(request, "office/edit.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _go_on(request: HttpRequest, work: Work, form: PartForm, handling: Handling) -> HttpResponse:
    return _page(request, work, form, handling, unsaved=True)


def _save(request: HttpRequest, work: Work, form: PartForm, handling: Handling) -> HttpResponse:
    try:
        draft = _stored(work, form, handling)
    except DraftMovedOn as moved:
        return _moved(request, work, form, moved.draft)
    except Refused as refused:
        return _refused(request, work, form, handling, refused)
    work.draft = draft if draft.pk else None
    if _wants_json(request):
        return _confirmed(work, draft)
    if draft.pk:
        messages.success(request, _("Your draft is saved. Readers see nothing of it yet."))
    return redirect(work.address)


def _stored(work: Work, form: PartForm, handling: Handling) -> Draft:
    values = handling.cleaned_data
    return save_draft(
        concept=work.concept,
        kind=work.kind,
        part_id=work.part_id,
        content=form.content(),
        by=work.desk.user,
        base=values["base"],
        # The one this window knows: another may have been begun anew since.
        draft=Draft(pk=values["draft"]) if values["draft"] else None,
        saves=values["saves"],
        note=values["note"],
    )


def _confirmed(work: Work, draft: Draft) -> JsonResponse:
    stored = draft.pk is not None
    return JsonResponse(
        {
            "saved": True,
            "draft": draft.pk if stored else "",
            "saves": draft.saves if stored else "",
            "at": f"{localtime(draft.saved_at if stored else None):%H:%M}",
            "address": work.address,
        }
    )


def _moved(request: HttpRequest, work: Work, form: PartForm, stored: Draft) -> HttpResponse:
    """Another window was faster: both texts, and the choice is this person's."""
    work.draft = stored
    if _wants_json(request):
        return JsonResponse({"saved": False, "saves": stored.saves}, status=409)
    typed = form.content()
    return _page(
        request,
        work,
        form,
        # What is sent next knows of the other window's save: whoever sends it has seen both.
        work.handling(_known(request, work)),
        status=409,
        unsaved=True,
        moved=stored,
        moved_differences=work.wording.differences(dict(stored.content), typed),
    )


def _refused(
    request: HttpRequest, work: Work, form: PartForm, handling: Handling, refused: Refused
) -> HttpResponse:
    """Every reason at its field, beside every character that was typed."""
    if _wants_json(request):
        return JsonResponse({"saved": False, "reasons": refused.reasons}, status=422)
    obstacles = refused.obstacles if isinstance(refused, InvalidContent) else []
    faults = [(each.field, each.reason) for each in obstacles]
    form.blame(faults or [("", reason) for reason in refused.reasons])
    return _page(request, work, form, handling, status=422)


def _finish(
    request: HttpRequest,
    work: Work,
    form: PartForm,
    handling: Handling,
    finish: Callable[[Draft], HttpResponse],
) -> HttpResponse:
    """Save, then do with the draft what was asked for; what stands in the way is shown."""
    try:
        draft = _stored(work, form, handling)
        if not draft.pk:
            messages.info(request, _("Nothing was changed, so there is nothing to publish."))
            return redirect(work.address)
        work.draft = draft
        return finish(draft)
    except DraftMovedOn as moved:
        return _moved(request, work, form, moved.draft)
    except Conflict as conflict:
        return redirect("office:conflict", pk=conflict.draft.pk)
    except Refused as refused:
        return _refused(request, work, form, work.handling(_known(request, work)), refused)


def _known(request: HttpRequest, work: Work) -> Any:
    """What was sent, with the draft as it is stored by now."""
    data = request.POST.copy()
    if work.draft:
        data["draft"], data["saves"] = str(work.draft.pk), str(work.draft.saves)
    return data


def _apply(request: HttpRequest, work: Work, form: PartForm, handling: Handling) -> HttpResponse:
    def publish(draft: Draft) -> HttpResponse:
        revision = apply_draft(
            draft=draft,
            by=work.desk.user,
            reason=handling.cleaned_data["note"],
            expected_saves=draft.saves,
        )
        messages.success(request, _applied(work))
        return redirect(address_of("edit", work.concept, work.kind, revision.part_id))

    if not work.may_publish:
        return _hand_in(request, work, form, handling)
    return _finish(request, work, form, handling, publish)


def _applied(work: Work) -> str:
    if work.needs_reason:
        return _("The change is published, with its reason.")
    if work.concept.status == ConceptStatus.DRAFT:
        return _("It stands in the concept now. Readers see it when the council has adopted it.")
    return _("The change is published.")


def _hand_in(request: HttpRequest, work: Work, form: PartForm, handling: Handling) -> HttpResponse:
    def hand_in(draft: Draft) -> HttpResponse:
        hand_in_draft(draft=draft, by=work.desk.user, note=handling.cleaned_data["note"])
        messages.success(request, _("Handed in. Here you see what becomes of it."))
        return redirect("office:draft", pk=draft.pk)

    return _finish(request, work, form, handling, hand_in)


def _discard(request: HttpRequest, work: Work, _form: PartForm, handling: Handling) -> HttpResponse:
    if work.draft and work.draft.pk == handling.cleaned_data["draft"]:
        discard_draft(draft=work.draft, by=work.desk.user)
        messages.success(request, _("Your draft is discarded."))
    if work.row:
        return redirect(work.address)
    return redirect(reverse("office:concept", args=[work.concept.slug]))


STEPS: Final[dict[str, Step]] = {
    SAVE: _save,
    APPLY: _apply,
    HAND_IN: _hand_in,
    DISCARD: _discard,
    GO_ON: _go_on,
}
