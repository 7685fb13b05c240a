"""What template authors are told there is, is what there is."""

import re
from dataclasses import is_dataclass
from typing import Any, Final

import pytest

from leitbild.reports.council import paper
from leitbild.reports.council.paper_parts import item_of, nameable, parts_of
from tests.architecture.house import DOCS

TEXT: Final = (DOCS / "report-template.md").read_text("utf-8")
SECTION: Final = re.compile(r"^## `(\w+)`.*?$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ROW: Final = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
CLASSES: Final = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", each.__name__).lower(): each
    for each in vars(paper).values()
    if isinstance(each, type) and is_dataclass(each)
}


def test_every_kind_of_part_is_documented_and_no_other() -> None:
    assert sorted(name for name, _ in SECTION.findall(TEXT)) == sorted(CLASSES)


@pytest.mark.parametrize(("name", "section"), SECTION.findall(TEXT))
def test_every_name_is_documented_and_no_other(name: str, section: str) -> None:
    assert ROW.findall(section) == list(parts_of(CLASSES[name]))


def test_page_lists_every_name_that_can_be_printed() -> None:
    listed = {name for each in nameable() for name in each.names}

    assert len(listed) == len([name for each in nameable() for name in each.names])
    for kind, own in ((paper.Paper, ""), (paper.Measure, "measure."), (paper.News, "news.")):
        assert {f"{own}{name}" for name in _scalars(kind)} <= listed


def _scalars(kind: Any) -> list[str]:
    parts = parts_of(kind).items()
    return [name for name, each in parts if not item_of(each) and not is_dataclass(each)]
