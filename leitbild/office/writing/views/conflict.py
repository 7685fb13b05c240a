"""Two people changed the same part: both versions side by side, and the choice, field by field."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitbild.core.languages import language
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.writing.forms.conflict import ConflictForm
from leitbild.office.writing.reading import draft_or_404
from leitbild.office.writing.versions import Versions, versions_of
from leitbild.office.writing.work import Work, work_of_draft
from leitbild.plan.actions.editing import Conflict, settle_conflict
from leitbild.plan.rules import may_edit_measures


@office_page(may_edit_measures, methods=BOTH)
def conflict(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Choose what the draft shall say from now on; publishing it is the next step."""
    draft = draft_or_404(desk, pk)
    work = work_of_draft(desk, draft)
    versions = versions_of(draft, work.standing, work.wording) if work.row else None
    if versions is None:
        return redirect(_back(work))
    posted = request.POST if request.method == "POST" else None
    form = _form(desk, versions, posted)
    if posted and form.is_valid():
        try:
            settle_conflict(
                draft=draft, content=form.chosen(), seen=form.cleaned_data["seen"], by=desk.user
            )
        except Conflict:
            return _once_more(request, desk, work)
        messages.success(request, _("Your draft goes with what stands again. Publish it now."))
        return redirect(_back(work))
    return _page(request, work, form, status=422 if posted else 200)


def _form(desk: Desk, versions: Versions, data: Any) -> ConflictForm:
    source = language(desk.municipality.source_language)
    written_in = {"lang": source.code, "dir": source.direction}
    return ConflictForm(data, versions=versions, language=written_in)


def _once_more(request: HttpRequest, desk: Desk, work: Work) -> HttpResponse:
    """The part changed again while one chose: the newest version, and all that was chosen."""
    again = work_of_draft(desk, draft_or_404(desk, work.found_draft.pk))
    versions = versions_of(again.found_draft, again.standing, again.wording)
    if versions is None:
        return redirect(_back(again))
    data = request.POST.copy()
    data["seen"] = str(versions.seen)
    messages.warning(request, _("It has changed once more meanwhile. Please look again."))
    return _page(request, again, _form(desk, versions, data), status=409)


def _page(request: HttpRequest, work: Work, form: ConflictForm, *, status: int) -> HttpResponse:
    context = {"work": work, "concept": work.concept, "draft": work.draft, "form": form}
    return render(request, "office/conflict.html", context, status=status)


def _back(work: Work) -> str:
    """Where the draft is published: its author's desk, or the page of one that was handed in."""
    if work.found_draft.handed_in_at:
        return reverse("office:draft", args=[work.found_draft.pk])
    return work.address
