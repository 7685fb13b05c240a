"""Linking papers of the council to a measure."""

import datetime as dt
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import drop_translations, record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reporting import held, long_text, named, strange_year
from leitbild.delivery.models import CouncilPaper
from leitbild.plan.models import Measure

LONGEST_TITLE: Final = 300
LONGEST_NUMBER: Final = 300
LONGEST_LINK: Final = 500


@transaction.atomic
def add_paper(
    *,
    measure: Measure,
    title: str,
    by: User | None,
    number: str = "",
    date: dt.date | None = None,
    url: str = "",
    sample: bool = False,
) -> CouncilPaper:
    """Link a paper of the council; raises Refused with every reason at once."""
    title, number, url = title.strip(), number.strip(), url.strip()
    if reasons := _obstacles(title, number, url) + strange_year(date):
        raise Refused(reasons)
    paper = CouncilPaper.objects.create(
        measure=held(measure), title=title, number=number, date=date, url=url, sample=sample
    )
    _record("paper.create", paper, by=by)
    return paper


@transaction.atomic
def remove_paper(*, paper: CouncilPaper, by: User | None) -> None:
    """Take the link to a paper back."""
    measure = held(paper.measure)
    row = CouncilPaper.objects.filter(pk=paper.pk, measure=measure).first()
    if row is None:
        raise Refused([_("This paper has been removed meanwhile.")])
    row.measure = measure
    _record("paper.remove", row, by=by)
    drop_translations([row])
    row.delete()


def _obstacles(title: str, number: str, url: str) -> list[str]:
    reasons = long_text(_("Title"), title, LONGEST_TITLE)
    reasons += long_text(_("Paper number"), number, LONGEST_NUMBER)
    reasons += long_text(_("Link"), url, LONGEST_LINK)
    if not title:
        reasons.append(_("Say what the paper is called."))
    if url and not _is_link(url):
        reasons.append(
            _(
                "“{url}” isn’t an address. Copy it from the browser; it begins with https://."
            ).format(url=url)
        )
    return reasons


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _record(action: str, paper: CouncilPaper, *, by: User | None) -> None:
    changes: dict[str, Any] = {
        "part": named(paper.measure, paper),
        "paper": paper.number,
        "date": paper.date.isoformat() if paper.date else None,
        "url": paper.url,
    }
    record_event(
        action=action,
        by=by,
        municipality_id=paper.measure.concept.municipality_id,
        record=paper,
        changes=changes,
    )
