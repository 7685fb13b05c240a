"""Loads where the demo's measures come from."""

from typing import Literal

from leitbild.accounts.models import Municipality, User
from leitbild.demo.files import Part, Texts, read
from leitbild.plan.actions.origins import Origin, record_origins
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept


class OriginPart(Part):
    """What became of a measure, or why one is new, as the demo's file holds it."""

    before: str = ""
    after: list[str]
    fate: Fate
    reason: Texts = {}
    sample: bool = False


class LineageFile(Part):
    """The demo's file of lineage."""

    format: Literal["leitbild-lineage/1"]
    language: str
    concept: str
    origins: list[OriginPart]


def load_lineage(*, municipality: Municipality, by: User | None) -> None:
    """Record what the file says of an edition that is there."""
    file = read("lineage.yaml", LineageFile)
    record_origins(
        concept=Concept.objects.get(municipality=municipality, slug=file.concept),
        origins=[
            Origin(
                before=each.before,
                after=tuple(each.after),
                fate=each.fate,
                reason=each.reason.get(file.language, ""),
                sample=each.sample,
                translations={
                    code: text for code, text in each.reason.items() if code != file.language
                },
            )
            for each in file.origins
        ],
        by=by,
    )
