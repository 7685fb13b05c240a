"""What an earlier revision of a part can say again today."""

from collections.abc import Mapping
from typing import Any, Final

from leitbild.accounts.models import Organisation
from leitbild.core.models import Translatable
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import ArrivalStage, Concept, Revision, TargetGroup
from leitbild.plan.queries.contents import MODELS, Content, content_of

# What a part is called by, and what names it: it changes when asked, not along with a text.
_OWN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    PartKind.THEME: ("number", "slug"),
    PartKind.GOAL: ("code",),
    PartKind.MEASURE: ("code",),
}


def restorable(
    concept: Concept, row: Translatable, revision: Revision
) -> tuple[Content, list[str]]:
    """The revision's content as it can be said today, and the names in it that are gone."""
    now = content_of(row)
    content = {**now, **revision.content}
    content |= {name: now[name] for name in _OWN_NAMES.get(revision.kind, ())}
    dropped: list[str] = []
    if revision.kind == PartKind.GOAL:
        themes = _renamed(concept, PartKind.THEME, "number", revision)
        content["theme"] = themes.get(content["theme"], now["theme"])
    if revision.kind == PartKind.MEASURE:
        goals = _renamed(concept, PartKind.GOAL, "code", revision)
        dropped += [code for code in content["goals"] if code not in goals]
        content["goals"] = [goals[code] for code in content["goals"] if code in goals]
        dropped += _without_gone_lists(concept, content)
    return content, dropped


def _renamed(concept: Concept, kind: str, key: str, revision: Revision) -> dict[Any, Any]:
    """What parts were called at the time of a revision, and what they are called now."""
    model: Any = MODELS[kind]
    now = dict(model.objects.filter(concept=concept).values_list("pk", key))
    earlier = Revision.objects.filter(concept_id=concept.pk, kind=kind, pk__lte=revision.pk)
    then = {each.part_id: each for each in earlier.order_by("number")}
    called = {
        each.content[key]: now[pk]
        for pk, each in then.items()
        if pk in now and each.change != RevisionChange.DELETED
    }
    # Parts without history are called what they have always been called.
    return {name: name for pk, name in now.items() if pk not in then} | called


def _without_gone_lists(concept: Concept, content: Content) -> list[str]:
    """Take out bodies, stages and groups that are gone; their names."""
    town = concept.municipality
    lists: dict[str, Any] = {
        "stages": ArrivalStage.objects,
        "target_groups": TargetGroup.objects,
        "partners": Organisation.objects,
    }
    known = {
        field: set(rows.filter(municipality=town).values_list("slug", flat=True))
        for field, rows in lists.items()
    }
    gone: list[str] = []
    for field, slugs in known.items():
        gone += [name for name in content[field] if name not in slugs]
        content[field] = [name for name in content[field] if name in slugs]
    lead = content["lead"]
    if lead is not None and lead not in known["partners"]:
        gone.append(lead)
        content["lead"] = None
    return list(dict.fromkeys(gone))
