"""Reads a concept from a Word document."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.exceptions import OpcError

from leitbild.plan.document import ConceptDocument, Place
from leitbild.plan.document.fields import TITLE_LENGTH
from leitbild.plan.exchange.archives import packed
from leitbild.plan.exchange.guards import open_archive, refuse_entities
from leitbild.plan.exchange.hints import Hints
from leitbild.plan.exchange.numbering import (
    add_goal_codes,
    add_measure_codes,
    add_slugs,
    add_theme_numbers,
)
from leitbild.plan.exchange.places import checked
from leitbild.plan.exchange.problems import Problem, Spot, Unplaced, UnreadableFile
from leitbild.plan.exchange.tables.references import Index
from leitbild.plan.exchange.vocabulary import GERMAN, words
from leitbild.plan.exchange.word.blocks import Blocks, notes
from leitbild.plan.exchange.word.codes import leading_number
from leitbild.plan.exchange.word.outline import Outline, Part

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)")
_NAMED: Final = {"organisations": ("partners", "lead"), "stages": ("stages",),
                 "target_groups": ("target_groups",)}  # fmt: skip


def read_docx(path: Path, hints: Hints) -> tuple[ConceptDocument, list[Unplaced]]:
    """The document in a Word file, and what found no place in it."""
    entries = open_archive(path)
    opened = _opened(entries)
    blocks = Blocks(opened)
    outline = Outline(blocks.read())
    if not outline.themes:
        raise UnreadableFile(
            _(
                "The document has no headings of the first level. Give the themes the style "
                "“Heading 1”, their vision “Heading 2”, goals “Heading 3” and measures "
                "“Heading 4”."
            )
        )
    unplaced = [*blocks.unplaced, *outline.unplaced, *notes(entries)]
    raw, problems = _raw(outline, opened, path, hints)
    document = checked(raw, WordPlaces(outline), problems)
    hints.tell(len(document.measures), len(document.measures))
    return document, unplaced


def _opened(entries: dict[str, bytes]) -> OpenDocument:
    if any(name.lower().endswith("vbaproject.bin") for name in entries):
        raise UnreadableFile(
            _(
                "The file contains macros; it isn’t opened, for your safety. Save it without "
                "macros as .docx and try again."
            )
        )
    refuse_entities(entries)
    try:
        return Document(io.BytesIO(packed(entries, compress=False)))
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(
            _("This isn’t a Word document, whatever its name says. Please save it as .docx.")
        ) from error


class WordPlaces:
    """Names headings and paragraphs."""

    def __init__(self, outline: Outline) -> None:
        """Take the structure that was read."""
        self._outline = outline

    def name(self, place: Place) -> str:
        """The paragraph whose content is meant."""
        steps = [step for step in place if step != "concept" or len(place) == 1]
        part = self._part(steps)
        if part is None or part.block is None:
            return _("document, {name}").format(name=".".join(str(step) for step in steps))
        text = part.block.inline.plain
        shown = text if len(text) <= 60 else f"{text[:57]}…"
        return Spot(f"{part.block.place} (“{shown}”)", part.block.place.at)

    def _part(self, steps: Sequence[str | int]) -> Part | None:
        if len(steps) < 2 or not isinstance(steps[1], int):
            return None
        parts: list[Part] = getattr(self._outline, str(steps[0]), [])
        return parts[steps[1]] if steps[1] < len(parts) else None

    def words(self, choices: type[TextChoices]) -> list[str]:
        """The words facts are written in."""
        return words(choices, GERMAN)


def _raw(
    outline: Outline, opened: OpenDocument, path: Path, hints: Hints
) -> tuple[dict[str, Any], list[Problem]]:
    source = hints.language or "de"
    concept, problems = _concept(outline, opened, path, hints)
    parts = {
        "themes": _themes(outline.themes, source),
        "goals": [_data(goal) for goal in outline.goals],
        "measures": [_data(measure) for measure in outline.measures],
    }
    for goal, part in zip(parts["goals"], outline.goals, strict=True):
        goal["theme"] = parts["themes"][_position(part.parent, outline.themes)]["number"]
    add_goal_codes(parts["goals"])
    for measure, part in zip(parts["measures"], outline.measures, strict=True):
        main = parts["goals"][_position(part.parent, outline.goals)].get("code")
        measure.setdefault("goals", [main] if main else [])
    add_measure_codes(parts["measures"], parts["goals"])
    return {"language": source, "concept": concept, **parts, **_named(parts)}, problems


def _position(part: Part | None, parts: Sequence[Part]) -> int:
    return next(position for position, each in enumerate(parts) if each is part)


def _data(part: Part) -> dict[str, Any]:
    texts = {name: "\n\n".join(paragraphs) for name, paragraphs in part.texts.items()}
    return {**part.data, **texts}


def _themes(parts: Sequence[Part], source: str) -> list[dict[str, Any]]:
    """Themes with their names; numbers before all names are taken for what they are."""
    headings = [part.block.inline.plain for part in parts if part.block]
    found = [leading_number(heading) for heading in headings]
    numbers = [number for number, _name in found]
    numbered = None not in numbers and len(set(numbers)) == len(numbers)
    themes = []
    for part, heading, (number, name) in zip(parts, headings, found, strict=True):
        own = {"number": number, "name": name} if numbered else {"name": heading}
        themes.append({**own, **_data(part)})
    add_theme_numbers(themes)
    add_slugs("themes", themes, source)
    return themes


def _concept(
    outline: Outline, opened: OpenDocument, path: Path, hints: Hints
) -> tuple[dict[str, Any], list[Problem]]:
    concept = _data(outline.concept)
    facts = {key: concept.pop(key) for key in list(concept) if "." in key}
    concept |= {key.removeprefix("concept."): value for key, value in facts.items()}
    concept.pop("language", None)
    _add_title(concept, outline.concept.texts, opened)
    problems: list[Problem] = []
    places = WordPlaces(outline)
    if "title" not in concept:
        reason = _("The document has no title. Give its title the style “Title”.")
        problems.append(Problem(places.name(("concept", "title")), reason))
    edition = hints.edition or concept.get("edition") or _year(concept.get("title"), opened, path)
    if edition:
        concept["edition"] = edition
    else:
        reason = _(
            "Neither the title nor the file’s name says which year this edition is from. Please "
            "give it: --edition 2027."
        )
        problems.append(Problem(places.name(("concept", "edition")), reason))
    concept.setdefault("slug", str(edition or "konzept"))
    concept["resolutions"] = [part.data for part in outline.resolutions]
    return concept, problems


def _add_title(concept: dict[str, Any], texts: dict[str, list[str]], opened: OpenDocument) -> None:
    """Without a paragraph in the style “Title”, the first paragraph or the file's own title."""
    if "title" in concept:
        return
    paragraphs = texts.get("introduction", [])
    if paragraphs and len(paragraphs[0]) <= TITLE_LENGTH:
        concept["title"] = paragraphs[0].replace("**", "")
        concept["introduction"] = "\n\n".join(paragraphs[1:])
    elif opened.core_properties.title:
        concept["title"] = opened.core_properties.title


def _year(title: str | None, opened: OpenDocument, path: Path) -> int | None:
    for text in (title, opened.core_properties.title, path.stem):
        if match := _YEAR.search(text or ""):
            return int(match[0])
    return None


def _named(parts: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Organisations, stages and groups that facts name; names give way to short names."""
    named: dict[str, list[dict[str, Any]]] = {}
    for kind, fields in _NAMED.items():
        index = Index(kind, [], is_open=True)
        for measure in parts["measures"]:
            for name in fields:
                if name in measure:
                    measure[name] = _keys(measure[name], index)
        named[kind] = index.added
    return named


def _keys(value: Any, index: Index) -> Any:
    if isinstance(value, list):
        return [index.find(name) or name for name in value]
    return index.find(value) or value
