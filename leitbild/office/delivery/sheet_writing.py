"""What can be written on a measure's sheet: each form, what it does, what is said afterwards."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from django.db.models import Manager, Model
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.delivery.actions.attachments import (
    attach_file,
    change_attachment,
    remove_attachment,
)
from leitbild.delivery.actions.milestones import (
    add_milestone,
    change_milestone,
    record_value,
    remove_milestone,
)
from leitbild.delivery.actions.money import set_money
from leitbild.delivery.actions.papers import add_paper, remove_paper
from leitbild.delivery.actions.progress import NewUpdate, confirm_unchanged, record_update
from leitbild.delivery.actions.reporting import MovedOn
from leitbild.delivery.actions.responsibility import set_responsible, set_rhythm
from leitbild.delivery.queries.evidence import mark_of, milestone_content, sums_content
from leitbild.office.delivery.forms.sheet import EVERYBODY, RowForm
from leitbild.office.delivery.sheets import Sheet

Done: TypeAlias = tuple[Form, str]
"""The form that was sent, and what to say where it has no errors."""
Row = TypeVar("Row", bound=Model)
Deed: TypeAlias = Callable[[Sheet, HttpRequest], Done]


def report(sheet: Sheet, request: HttpRequest) -> Done:
    """News of the measure."""
    form = sheet.forms.sent("report", request.POST)

    def write(readers: str, **given: Any) -> None:
        update = NewUpdate(measure=sheet.measure, public=readers == EVERYBODY, **given)
        record_update(update=update, by=sheet.desk.user)

    _attempt(form, write)
    is_public = form.cleaned_data.get("readers") == EVERYBODY
    said = _("Reported. Everybody can read it now.")
    return form, said if is_public else _("Reported. Only this office reads it.")


def confirm(sheet: Sheet, request: HttpRequest) -> Done:
    """Nothing has changed."""
    form = sheet.forms.sent("unchanged", request.POST)
    _attempt(
        form,
        lambda: confirm_unchanged(
            measure=sheet.measure, date=timezone.localdate(), by=sheet.desk.user
        ),
    )
    said = _("{code}: you confirmed that nothing has changed.").format(code=sheet.measure.code)
    return form, said


def new_milestone(sheet: Sheet, request: HttpRequest) -> Done:
    """A milestone more."""
    form = sheet.forms.sent("milestone", request.POST)

    def write(seen: str, **given: Any) -> None:  # noqa: ARG001 # of a new one nothing was seen
        add_milestone(measure=sheet.measure, by=sheet.desk.user, **given)

    _attempt(form, write)
    return form, _("The milestone was added.")


def milestone(sheet: Sheet, request: HttpRequest) -> Done:
    """A milestone that says something else."""
    row = _row(request)
    form = sheet.forms.sent("milestone", request.POST, row=row)

    def write(**given: Any) -> None:
        change_milestone(
            milestone=_one(sheet.measure.milestones, request), by=sheet.desk.user, **given
        )

    def mark() -> str:
        return mark_of(milestone_content(_one(sheet.measure.milestones, request)))

    _attempt(form, write, mark)
    return form, _("The milestone was changed.")


def value(sheet: Sheet, request: HttpRequest) -> Done:
    """How far a milestone's number is."""
    row = _row(request)
    form = sheet.forms.sent("value", request.POST, row=row)
    _attempt(
        form,
        lambda **given: record_value(
            milestone=_one(sheet.measure.milestones, request), by=sheet.desk.user, **given
        ),
    )
    return form, _("The number was reported.")


def milestone_gone(sheet: Sheet, request: HttpRequest) -> Done:
    """A milestone less."""
    form = sheet.forms.sent("removal", request.POST)
    _attempt(
        form,
        lambda: remove_milestone(
            milestone=_one(sheet.measure.milestones, request), by=sheet.desk.user
        ),
    )
    return form, _("The milestone was removed.")


def money(sheet: Sheet, request: HttpRequest) -> Done:
    """Money of a year from one source, new or other than before."""
    row = _row(request)
    form = sheet.forms.sent("sums" if row else "money", request.POST, row=row)

    def write(planned: int | None, spent: int | None, **given: Any) -> None:
        set_money(
            measure=sheet.measure,
            planned_cents=planned,
            spent_cents=spent,
            by=sheet.desk.user,
            **given,
        )

    def mark() -> str:
        given = form.cleaned_data
        rows = sheet.measure.money.filter(year=given["year"], source=given["source"])
        return mark_of(sums_content(rows.first()))

    _attempt(form, write, mark)
    return form, _("The amounts were saved.")


def new_paper(sheet: Sheet, request: HttpRequest) -> Done:
    """A paper of the council more."""
    form = sheet.forms.sent("paper", request.POST)
    _attempt(form, lambda **given: add_paper(measure=sheet.measure, by=sheet.desk.user, **given))
    return form, _("The paper was linked.")


def paper_gone(sheet: Sheet, request: HttpRequest) -> Done:
    """A paper of the council less."""
    form = sheet.forms.sent("removal", request.POST)
    _attempt(
        form, lambda: remove_paper(paper=_one(sheet.measure.papers, request), by=sheet.desk.user)
    )
    return form, _("The paper was removed.")


def new_file(sheet: Sheet, request: HttpRequest) -> Done:
    """A file more."""
    form = sheet.forms.sent("file", request.POST, request.FILES)

    def write(file: Any, title: str, readers: str) -> None:
        attach_file(
            measure=sheet.measure,
            title=title,
            file=file,
            name=file.name,
            public=readers == EVERYBODY,
            by=sheet.desk.user,
        )

    _attempt(form, write)
    return form, _("The file was attached.")


def file(sheet: Sheet, request: HttpRequest) -> Done:
    """A file that is called or read otherwise."""
    row = _row(request)
    form = sheet.forms.sent("attachment", request.POST, row=row)

    def write(title: str, readers: str) -> None:
        change_attachment(
            attachment=_one(sheet.measure.attachments, request),
            title=title,
            public=readers == EVERYBODY,
            by=sheet.desk.user,
        )

    _attempt(form, write)
    return form, _("The file was changed.")


def file_gone(sheet: Sheet, request: HttpRequest) -> Done:
    """A file less."""
    form = sheet.forms.sent("removal", request.POST)
    _attempt(
        form,
        lambda: remove_attachment(
            attachment=_one(sheet.measure.attachments, request), by=sheet.desk.user
        ),
    )
    return form, _("The file was removed for good.")


def responsible(sheet: Sheet, request: HttpRequest) -> Done:
    """Somebody else is asked for news."""
    form = sheet.forms.sent("responsible", request.POST)
    _attempt(
        form,
        lambda contact: set_responsible(measure=sheet.measure, contact=contact, by=sheet.desk.user),
    )
    return form, _("Saved. From the next round on this person is asked.")


def rhythm(sheet: Sheet, request: HttpRequest) -> Done:
    """News is owed more often, or less."""
    form = sheet.forms.sent("rhythm", request.POST)
    _attempt(
        form,
        lambda months: set_rhythm(
            concept=sheet.concept, measure=sheet.measure, months=months, by=sheet.desk.user
        ),
    )
    return form, _("The rhythm was saved.")


REPORT: Mapping[str, Deed] = {"": report}
UNCHANGED: Mapping[str, Deed] = {"": confirm}
MILESTONES: Mapping[str, Deed] = {
    "": new_milestone,
    "change": milestone,
    "value": value,
    "remove": milestone_gone,
}
MONEY: Mapping[str, Deed] = {"": money}
PAPERS: Mapping[str, Deed] = {"": new_paper, "remove": paper_gone}
FILES: Mapping[str, Deed] = {"": new_file, "change": file, "remove": file_gone}
RESPONSIBLE: Mapping[str, Deed] = {"": responsible}
RHYTHM: Mapping[str, Deed] = {"": rhythm}


def _attempt(
    form: Form, write: Callable[..., object], mark: Callable[[], str] | None = None
) -> None:
    """Write what a form gives; what speaks against it stands in the form then.

    Where somebody else was faster, the form that comes back knows of it (`mark`): whoever sends
    it again has read what they wrote.
    """
    if not form.is_valid():
        return
    try:
        write(**form.cleaned_data)
    except MovedOn as moved:
        form.add_error(None, moved.reasons)
        if mark:
            form.data = {**dict(form.data.items()), "seen": mark()}
    except Refused as refused:
        form.add_error(None, refused.reasons)


def _one(rows: Manager[Row], request: HttpRequest) -> Row:
    """The row that is meant; raises Refused where somebody has removed it meanwhile."""
    found = rows.filter(pk=_row(request) or 0).first()
    if found is None:
        raise Refused([_("This has been removed meanwhile. Nothing was changed.")])
    return found


def _row(request: HttpRequest) -> int | None:
    """Which row is meant, if any."""
    form = RowForm(request.POST)
    return form.cleaned_data["row"] if form.is_valid() else None
