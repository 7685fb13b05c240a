"""What every write about a measure's delivery begins with: is it reported on, and is it held?"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.delivery.rules import is_reported_on
from leitbild.plan.document.fields import YEARS
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept, Measure


class MovedOn(Refused):
    """Somebody else has written meanwhile; what they wrote isn't overwritten unseen."""


def obstacles_to_reporting(concept: Concept) -> list[str]:
    """Why nothing is reported on a concept: the council hasn't adopted it, or it is history."""
    if is_reported_on(concept):
        return []
    if concept.status == ConceptStatus.SUPERSEDED:
        return [
            _("“{title}” was superseded. What was reported stays, nothing is added.").format(
                title=concept.title
            )
        ]
    return [
        _("“{title}” is a draft. News is reported once the council has adopted it.").format(
            title=concept.title
        )
    ]


def held(measure: Measure) -> Measure:
    """The measure, held until the transaction ends; raises Refused where none is reported on."""
    found = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("concept__municipality")
        .filter(pk=measure.pk)
        .first()
    )
    if found is None:
        raise Refused([_("This measure has been deleted meanwhile.")])
    if reasons := obstacles_to_reporting(found.concept):
        raise Refused(reasons)
    return found


def all_held(measures: Iterable[Measure]) -> dict[int, Measure]:
    """The measures by their ids, each as `held` gives it."""
    wanted = {each.pk for each in measures}
    found = {
        each.pk: each
        for each in Measure.objects.select_for_update(of=("self",))
        .select_related("concept__municipality")
        .filter(pk__in=wanted)
        .order_by("pk")
    }
    if len(found) < len(wanted):
        raise Refused([_("This measure has been deleted meanwhile.")])
    concepts = {each.concept_id: each.concept for each in found.values()}
    if reasons := [each for one in concepts.values() for each in obstacles_to_reporting(one)]:
        raise Refused(reasons)
    return found


def long_text(name: str, text: str, limit: int) -> list[str]:
    """The reason against a text that is too long; `name` is what its field is called."""
    if len(text) <= limit:
        return []
    return [
        _("{name}: {number} characters are too many; at most {limit} fit.").format(
            name=name, number=len(text), limit=limit
        )
    ]


def strange_year(date: dt.date | None) -> list[str]:
    """The reason against a day no plan can name, as when 26 was typed for 2026."""
    if date is None or YEARS[0] <= date.year <= YEARS[1]:
        return []
    return [_("{date} can’t be right; please check the year.").format(date=date)]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What changed: old and new by name, as the log shows it."""
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def named(measure: Measure, row: Translatable) -> str:
    """What the log calls something of a measure, also when it is gone."""
    return f"{measure.code} {getattr(row, 'title', row)}"
