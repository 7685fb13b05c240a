"""Writing how a municipality conducts its plan."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import Shape, State


@transaction.atomic
def change_conduct(*, municipality: Municipality, conduct: Conduct, by: User | None) -> None:
    """Conduct the plan so from now on; raises Refused where states couldn't be told apart."""
    if reasons := list(_obstacles(conduct, municipality)):
        raise Refused(reasons)
    row = Municipality.objects.select_for_update().get(pk=municipality.pk)
    before, after = _told(Conduct.model_validate(row.reporting)), _told(conduct)
    changed: dict[str, list[Any]] = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }
    if not changed:
        return
    row.reporting = conduct.model_dump(mode="json", exclude_defaults=True)
    row.save(update_fields=["reporting"])
    municipality.reporting = row.reporting
    record_event(
        action="conduct.change",
        by=by,
        municipality_id=row.pk,
        record=row,
        changes={"fields": changed},
    )


def _told(conduct: Conduct) -> dict[str, Any]:
    """The settings as the log tells them."""
    plain = conduct.model_dump(mode="json", exclude={"states"})
    looks = (
        f"{state}: {', '.join([*look.words.values(), look.shape or ''])}".removesuffix(", ")
        for state, look in conduct.states.items()
    )
    return {**plain, "states": "; ".join(looks)}


def _obstacles(conduct: Conduct, municipality: Municipality) -> Iterator[str]:
    """States that would look or be called the same: nobody could tell them apart."""
    shapes: dict[str, State] = {}
    for state in State:
        shape = conduct.shape(state)
        if shape in shapes:
            yield _("“{first}” and “{second}” can’t have the same form: {shape}.").format(
                first=shapes[shape].label, second=state.label, shape=Shape(shape).label
            )
        shapes[shape] = state
    for language in municipality.languages:
        words: dict[str, State] = {}
        for state, look in conduct.states.items():
            word = look.words.get(language, "").casefold()
            if word and word in words:
                yield _("“{first}” and “{second}” can’t both be called “{word}”.").format(
                    first=words[word].label, second=state.label, word=look.words[language]
                )
            words[word] = state
