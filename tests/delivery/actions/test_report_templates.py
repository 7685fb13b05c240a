"""The city's own Word template: brought along, changed, taken back, each with its event."""

from hashlib import sha256

import pytest

from leitbild.accounts.enums import Role
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.report_templates import (
    LARGEST,
    change_report_template,
    remove_report_template,
)
from leitbild.delivery.models import ReportTemplate
from leitbild.delivery.queries.reports import letterhead
from tests.people import member
from tests.towns import measure, plan, settle

FIRST, SECOND = b"PK\x03\x04 first", b"PK\x03\x04 second"


@pytest.mark.django_db
def test_template_is_kept_replaced_and_removed_with_an_event_each() -> None:
    town = settle(plan(measure("1.1")))
    officer = member(town, Role.OFFICER)

    change_report_template(municipality=town, name="brief.docx", content=FIRST, by=officer)
    assert letterhead(town, "de") == FIRST
    assert letterhead(town, "ar") is None
    change_report_template(municipality=town, name="neu.docx", content=SECOND, by=officer)
    assert letterhead(town, "de") == SECOND
    assert ReportTemplate.objects.get().uploaded_by == officer
    for _attempt in range(2):
        remove_report_template(municipality=town, by=officer)
    assert letterhead(town, "de") is None

    events = AuditEvent.objects.filter(action="report_template.change").order_by("pk")
    first, second = (sha256(each).hexdigest() for each in (FIRST, SECOND))
    assert [each.changes for each in events] == [
        {
            "name": {"before": "", "after": "brief.docx"},
            "digest": {"before": "", "after": first},
        },
        {
            "name": {"before": "brief.docx", "after": "neu.docx"},
            "digest": {"before": first, "after": second},
        },
        {"name": {"before": "neu.docx", "after": ""}, "digest": {"before": second, "after": ""}},
    ]
    with pytest.raises(Refused) as refused:
        change_report_template(
            municipality=town, name="brief.docm", content=b"x" * (LARGEST + 1), by=officer
        )
    assert refused.value.reasons == [
        "The file is no Word document: save it as .docx, without macros.",
        "The file has 5.0\xa0MB; at most 5.0\xa0MB are read.",
    ]
