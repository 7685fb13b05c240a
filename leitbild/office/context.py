"""What every page of the office knows."""

from typing import Any

from django.http import HttpRequest

from leitbild.accounts.rules import may_manage_people, may_read_log
from leitbild.delivery.rules import may_conduct, may_report
from leitbild.office.desk import Desk
from leitbild.plan.rules import may_edit_measures, may_edit_plan, may_translate


def office(request: HttpRequest) -> dict[str, Any]:
    """The desk, and what its person may do; nothing outside the office."""
    desk: Desk | None = getattr(request, "desk", None)
    if desk is None:
        return {}
    return {
        "desk": desk,
        "may": {
            "edit_plan": may_edit_plan(desk.access),
            "edit_measures": may_edit_measures(desk.access),
            "translate": may_translate(desk.access),
            "manage_people": may_manage_people(desk.access),
            "read_log": may_read_log(desk.access),
            "report": may_report(desk.access),
            "conduct": may_conduct(desk.access),
        },
    }
