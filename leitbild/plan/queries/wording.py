"""What the parts of a concept are called in a sentence."""

from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

KIND_NAMES: Final[dict[str, Promise]] = {
    "concept": gettext_lazy("concept"),
    "theme": gettext_lazy("theme"),
    "goal": gettext_lazy("goal"),
    "measure": gettext_lazy("measure"),
    "organisation": gettext_lazy("organisation"),
    "stage": gettext_lazy("stage of arrival"),
    "target_group": gettext_lazy("target group"),
}


def kind_name(kind: str) -> str:
    """A kind of part, beginning with a capital; an unknown one as it is stored."""
    return capfirst(str(KIND_NAMES.get(kind, kind)))


FIELD_NAMES: Final[dict[str, Promise]] = {
    "title": gettext_lazy("title"),
    "name": gettext_lazy("name"),
    "edition": gettext_lazy("year of the edition"),
    "purpose": gettext_lazy("purpose"),
    "introduction": gettext_lazy("introduction"),
    "horizon": gettext_lazy("horizon"),
    "vision": gettext_lazy("vision"),
    "number": gettext_lazy("number"),
    "slug": gettext_lazy("short name in the address"),
    "colour": gettext_lazy("colour"),
    "sign": gettext_lazy("sign"),
    "code": gettext_lazy("code"),
    "theme": gettext_lazy("theme"),
    "text": gettext_lazy("text"),
    "summary": gettext_lazy("summary"),
    "goals": gettext_lazy("goals"),
    "stages": gettext_lazy("stages of arrival"),
    "target_groups": gettext_lazy("target groups"),
    "kind": gettext_lazy("kind"),
    "start": gettext_lazy("start"),
    "end": gettext_lazy("end"),
    "lead": gettext_lazy("lead"),
    "partners": gettext_lazy("partners"),
    "source_url": gettext_lazy("source"),
    "sample": gettext_lazy("sample text"),
}
