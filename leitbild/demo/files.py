"""What the demo's files have in common."""

from pathlib import Path
from typing import Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

CITY: Final = Path(__file__).parent / "kaiserslautern"

Texts = dict[str, str]
"""A text in several languages."""


class Part(BaseModel):
    """A part of a file; what it doesn't know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sample(Part):
    """A part that is ours, and says so."""

    sample: Literal[True]


PartT = TypeVar("PartT", bound=Part)


def read(name: str, kind: type[PartT]) -> PartT:
    """The demo's file of this name, checked."""
    return kind.model_validate(yaml.safe_load((CITY / name).read_text(encoding="utf-8")))
