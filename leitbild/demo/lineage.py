"""Loads where the demo's measures come from."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from leitbild.accounts.models import Municipality, User
from leitbild.plan.actions.origins import Origin, record_origins
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept


class OriginPart(BaseModel):
    """What became of a measure, or why one is new, as the demo's file holds it."""

    model_config = ConfigDict(extra="forbid")

    before: str = ""
    after: list[str]
    fate: Fate
    reason: dict[str, str] = {}
    sample: bool = False


class LineageFile(BaseModel):
    """The demo's file of lineage."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["leitbild-lineage/1"]
    language: str
    concept: str
    origins: list[OriginPart]


def load_lineage(path: Path, *, municipality: Municipality, by: User | None) -> None:
    """Record what the file says of an edition that is there."""
    file = LineageFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
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
