"""The translation desk: what there is to translate, and the texts of one row side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitbild.core.difference import Piece, word_difference
from leitbild.core.languages import language as language_of
from leitbild.core.models import Translatable, Translation
from leitbild.core.refusal import Refused
from leitbild.core.text import LocalText
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.translating.forms import MARKED, TextForm
from leitbild.office.translating.text_kinds import label_of
from leitbild.office.translating.worklist import Worklist
from leitbild.plan.actions.translating import Collision, Overtaken, save_translations
from leitbild.plan.enums import TextState
from leitbild.plan.queries.translations import (
    SourceRow,
    former_sources,
    source_row,
    state_of_text,
    target_languages,
    translations_of,
)
from leitbild.plan.rules import may_translate

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One text: its source on one side, its translation on the other."""

    source: str
    field: BoundField
    seen: BoundField
    fits: BoundField | None
    state: TextState
    is_marked: bool
    changed: list[Piece]
    """What changed in the source since it was translated, where that is known."""
    collision: Collision | None

    @property
    def shown(self) -> LocalText:
        """What was written so far, for the preview."""
        return LocalText(str(self.field.value() or ""), language="", is_fallback=False)


@office_page(may_translate)
def translations(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How far everything is translated, and the texts that are asked for."""
    worklist = Worklist(request.GET, desk)
    page = Paginator(worklist.entries, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    values = {"worklist": worklist, "page": page, "query": asked.urlencode()}
    return render(request, "office/translations.html", values)


@office_page(may_translate, methods=BOTH)
def translate(
    request: HttpRequest, desk: Desk, language: str, kind: type[Translatable], pk: int
) -> HttpResponse:
    """The texts of one row in one language."""
    source = source_row(desk.municipality, kind, pk)
    if source is None or language not in target_languages(desk.municipality):
        raise Http404(_("There is no such text to translate."))
    worklist = Worklist(request.GET, desk, language)
    stored = translations_of(source.row, language)
    form = TextForm(request.POST or None, row=source.row, language=language, translations=stored)
    collisions: Mapping[str, Collision] = {}
    if request.POST.get("do") != "preview" and form.is_valid():
        try:
            changed = _save(desk, source, language, form)
            return _saved(request, worklist, source, changed=bool(changed))
        except Overtaken as overtaken:
            collisions = overtaken.collisions
            source = source_row(desk.municipality, kind, pk) or source
            stored = translations_of(source.row, language)
            form.see_anew(source.row, stored)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    sides = list(_sides(source.row, form, stored, collisions))
    return _page(request, source, worklist, form, sides)


def _save(desk: Desk, source: SourceRow, language: str, form: TextForm) -> list[str]:
    return save_translations(
        municipality=desk.municipality,
        language=language,
        record=source.row,
        texts=form.texts,
        seen=form.seen,
        by=desk.user,
        state=form.cleaned_data["state"],
        confirmed=form.confirmed,
    )


def _saved(
    request: HttpRequest, worklist: Worklist, source: SourceRow, *, changed: bool
) -> HttpResponse:
    """On to where the translator wants to go."""
    name = label_of(source.row)
    said = _("“{name}” is saved.") if changed else _("Nothing had changed in “{name}”.")
    messages.success(request, said.format(name=name))
    if request.POST.get("do") != "next":
        return redirect(request.get_full_path())
    if following := worklist.after(source.row):
        return redirect(following)
    messages.info(request, _("That was the last text of this list."))
    return redirect(_list_address(worklist))


def _page(
    request: HttpRequest,
    source: SourceRow,
    worklist: Worklist,
    form: TextForm,
    sides: Sequence[Side],
) -> HttpResponse:
    values = {
        "source": source,
        "name": label_of(source.row),
        "kind": source.row._meta.verbose_name,
        "target": worklist.language,
        "form": form,
        "sides": sides,
        "has_marked": any(side.is_marked for side in sides),
        "collides": any(side.collision for side in sides),
        "next": worklist.after(source.row),
        "list": _list_address(worklist),
    }
    return render(request, "office/translate.html", values)


def _sides(
    row: Translatable,
    form: TextForm,
    stored: Mapping[str, Translation],
    collisions: Mapping[str, Collision],
) -> Iterator[Side]:
    states = {name: state_of_text(stored.get(name), getattr(row, name)) for name in form.names}
    digests = {
        name: stored[name].source_digest
        for name, state in states.items()
        if state == TextState.OUTDATED
    }
    former = former_sources(row, digests)
    for name in form.names:
        text = str(getattr(row, name))
        yield Side(
            source=text,
            field=form[name],
            seen=form[f"seen-{name}"],
            fits=form[f"fits-{name}"] if f"fits-{name}" in form.fields else None,
            state=states[name],
            is_marked=name in MARKED,
            changed=word_difference(former[name], text) if name in former else [],
            collision=collisions.get(name),
        )


def _list_address(worklist: Worklist) -> str:
    code = language_of(worklist.wanted["language"]).code
    return f"{reverse('office:translations')}?language={code}&{worklist.address}"
