"""The city's own Word template of its reports: brought along, changed, taken back."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.models import ReportTemplate

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a template; a letterhead with its pictures has a tenth of it."""
_ZIP: Final = b"PK\x03\x04"


@transaction.atomic
def change_report_template(
    *, municipality: Municipality, name: str, content: bytes, by: User | None
) -> ReportTemplate:
    """Make reports with this Word file from now on; raises Refused with every reason at once.

    Whether its tags can be filled is known to whoever makes reports and was asked there.
    """
    if reasons := list(_obstacles(name, content)):
        raise Refused(reasons)
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = ReportTemplate.objects.filter(municipality=municipality).first()
    row, _is_new = ReportTemplate.objects.update_or_create(
        municipality=municipality,
        defaults={"name": name[:200], "content": content, "uploaded_by": by},
    )
    _record(municipality, before=before, after=row, by=by)
    return row


@transaction.atomic
def remove_report_template(*, municipality: Municipality, by: User | None) -> None:
    """Make reports with the standard template again; where that is so, nothing happens."""
    before = ReportTemplate.objects.filter(municipality=municipality).first()
    if before is None:
        return
    before.delete()
    _record(municipality, before=before, after=None, by=by)


def _obstacles(name: str, content: bytes) -> Iterator[str]:
    if not name.lower().endswith(".docx") or not content.startswith(_ZIP):
        yield _("The file is no Word document: save it as .docx, without macros.")
    if len(content) > LARGEST:
        yield _("The file has {size}; at most {limit} are read.").format(
            size=filesizeformat(len(content)), limit=filesizeformat(LARGEST)
        )


def _record(
    municipality: Municipality,
    *,
    before: ReportTemplate | None,
    after: ReportTemplate | None,
    by: User | None,
) -> None:
    old, new = (_told(each) for each in (before, after))
    record_event(
        action="report_template.change",
        by=by,
        public=False,
        municipality_id=municipality.pk,
        record=municipality,
        changes={name: {"before": old[name], "after": new[name]} for name in old},
    )


def _told(row: ReportTemplate | None) -> dict[str, str]:
    """A template as the log tells it."""
    if row is None:
        return {"name": "", "digest": ""}
    return {"name": row.name, "digest": sha256(bytes(row.content)).hexdigest()}
