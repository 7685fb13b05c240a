"""A new municipality with the lists it starts with."""

from collections.abc import Sequence

from django.db import transaction

from leitbild.accounts.actions import create_municipality
from leitbild.accounts.models import Municipality, User
from leitbild.plan.actions.importing.comparison import State, compare, state_of_lists
from leitbild.plan.actions.importing.writing import Writer
from leitbild.plan.defaults import STAGES, TARGET_GROUPS
from leitbild.plan.document import StagePart, TargetGroupPart
from leitbild.plan.queries.documents import municipality_parts


@transaction.atomic
def found_municipality(
    *,
    slug: str,
    name: str,
    languages: Sequence[str],
    by: User | None,
    key: str = "",
    hosts: Sequence[str] = (),
    contact_email: str = "",
) -> Municipality:
    """Create a municipality with stages of arrival and target groups to begin with."""
    municipality = create_municipality(
        slug=slug,
        name=name,
        languages=languages,
        by=by,
        key=key,
        hosts=hosts,
        contact_email=contact_email,
    )
    source = municipality.source_language
    before = state_of_lists(municipality_parts(municipality))
    wanted = with_default_lists(before, source=source)
    comparison = compare(before, wanted, source=source, prune=False)
    Writer(comparison, municipality=municipality, by=by).write_lists()
    return municipality


def with_default_lists(state: State, *, source: str) -> State:
    """The state with the default stages and target groups where it lists none.

    They exist in German and English; in another language a municipality writes its own.
    """
    if source not in {"de", "en"}:
        return state
    stages = [
        StagePart.model_construct(slug=slug, name=name, description=description)
        for slug, (name, description) in STAGES.items()
    ]
    groups = [
        TargetGroupPart.model_construct(slug=slug, name=name)
        for slug, name in TARGET_GROUPS.items()
    ]
    return {
        **state,
        "stage": state["stage"] or {part.slug: part for part in stages},
        "target_group": state["target_group"] or {part.slug: part for part in groups},
    }
