"""bin/messages finds what the pages show and notices a translation that doesn't fit."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Final

import polib
import pytest

FILE: Final = Path(__file__).resolve().parent.parent / "bin" / "messages"


def _load() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("messages", str(FILE))
    spec = importlib.util.spec_from_loader("messages", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


MESSAGES: Final = _load()
PLURAL: Final = """
    {% blocktranslate count n=n trimmed %}
    one {% plural %}
  {{ n }}
{% endblocktranslate %}"""


def _found_in(file: Path, source: str) -> list[tuple[str, str, str]]:
    file.parent.mkdir(exist_ok=True)
    file.write_text(source, "utf-8")
    return [tuple(message) for message, _notes in MESSAGES._strings(file)]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('_("Plan")', ("Plan", "", "")),
        ('pgettext_lazy("month", "May")', ("May", "month", "")),
        ('ngettext("one", "many", n)', ("one", "", "many")),
        ('npgettext("c", "one", "many", n)', ("one", "c", "many")),
        ('_("one "\n  "two")', ("one two", "", "")),
    ],
)
def test_code_is_read(tmp_path: Path, source: str, message: tuple[str, str, str]) -> None:
    assert _found_in(tmp_path / "module.py", source) == [message]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('   <a title="{% translate "Plan" %}">\n x', ("Plan", "", "")),
        ('{% translate "May" context "month" %}', ("May", "month", "")),
        ("{% blocktranslate %}100% of {{ a }}{% endblocktranslate %}", ("100%% of %(a)s", "", "")),
        (PLURAL, ("one", "", "%(n)s")),
    ],
)
def test_templates_are_read(tmp_path: Path, source: str, message: tuple[str, str, str]) -> None:
    assert _found_in(tmp_path / "templates" / "page.html", source) == [message]


@pytest.mark.parametrize(
    ("source", "translation", "faults"),
    [
        ("{n} goals", "{n} Ziele", 0),
        ("{n} goals", "Ziele", 1),
        ("%(n)s goals", "%(m)s Ziele", 1),
        ("goals", "", 0),
    ],
)
def test_lost_placeholder_is_noticed(source: str, translation: str, faults: int) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid=source, msgstr=translation))

    assert len(MESSAGES.misfits("de", catalogue)) == faults


def test_plural_form_may_say_the_number_as_a_word() -> None:
    catalogue = polib.POFile()
    forms = {0: "ein Ziel", 1: "%(n)s Ziele"}
    catalogue.append(polib.POEntry(msgid="%(n)s goal", msgid_plural="x", msgstr_plural=forms))

    assert MESSAGES.misfits("de", catalogue) == []
