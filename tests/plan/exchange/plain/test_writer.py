"""YAML and JSON as people want to read it."""

import json

from leitbild.plan.document import parse_document
from leitbild.plan.exchange.plain.writer import json_bytes, yaml_bytes
from tests.plan.exchange.examples import raw, small

WRITTEN = """\
format: leitbild-concept/1
language: de
concept:
  slug: '2027'
  title: Konzept 2027
  edition: 2027
organisations:
- slug: amt
  name: Amt für Soziales
stages:
- slug: ankommen
  name: Ankommen
target_groups:
- slug: alle
  name: Alle
themes:
- number: 1
  slug: sprache
  name: Sprache
  vision: Niemandem fehlen die Worte.
goals:
- code: 1a
  theme: 1
  title: Alle lernen Deutsch.
- code: 1b
  theme: 1
  title: Alle werden verstanden.
measures:
- code: '1.1'
  title: Kurse am Abend
  text: Kurse mit **Kinderbetreuung**.
  goals:
  - 1a
  - 1b
  start: 2027
  end: 2028-06-30
  lead: amt
"""


def test_yaml_leaves_out_what_is_empty_or_usual() -> None:
    assert yaml_bytes(small()).decode() == WRITTEN


def test_yaml_shows_paragraphs_languages_and_emoji_as_they_are() -> None:
    data = raw()
    data["concept"]["title"] = {"de": "Konzept 👍🏽", "ar": "خطة"}
    data["concept"]["purpose"] = "Erstens.\n\nZweitens."

    text = yaml_bytes(parse_document(data)).decode()

    assert "    ar: خطة\n    de: Konzept 👍🏽\n" in text
    assert "  purpose: |-\n    Erstens.\n\n    Zweitens.\n" in text


def test_yaml_writes_equal_values_without_references() -> None:
    data = raw()
    data["measures"].append({**data["measures"][0], "code": "1.2"})

    assert "&" not in yaml_bytes(parse_document(data)).decode()


def test_json_says_the_same() -> None:
    written = json_bytes(small()).decode()

    data = json.loads(written)
    assert parse_document(data) == small()
    assert data["measures"][0]["end"] == "2028-06-30"
    assert '"name": "Amt für Soziales"' in written
