"""What the demo's files have in common."""

from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

CITY: Final = Path(__file__).parent / "kaiserslautern"

# The same in C, many times faster, where PyYAML was built with it.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    return kind.model_validate(yaml.load((CITY / name).read_text("utf-8"), Loader=_LOADER))  # noqa: S506 # a safe one
