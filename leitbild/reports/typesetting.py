"""Typesetting: accessible PDFs (PDF/UA-1) made by Typst, the same bytes for the same data.

Texts reach Typst as data. Nothing a person wrote is ever read as Typst's own code: Markdown is
taken apart here into a small tree, which the templates print word by word.
"""

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Node: TypeAlias = dict[str, Any]

FOLDER: Final = Path(__file__).parent / "typst"
FONTS: Final = FOLDER / "fonts"
PRESS: Final = Path(__file__).with_name("press.py")
STANDARD: Final = "ua-1"
_PARSER: Final = MarkdownIt("commonmark", {"html": False, "linkify": False})
_SAFE: Final = ("http://", "https://", "mailto:", "tel:")
_UNPRINTABLE: Final = re.compile(r'the text `"(.+?)"` could not be displayed')


class UnprintableSigns(Exception):
    """Signs that no font at hand can print; a PDF/UA must not hold them."""

    def __init__(self, signs: list[str]) -> None:
        """Keep the signs, each once, in the order they were met."""
        super().__init__(" ".join(signs))
        self.signs = signs


def typeset(template: str, data: Node, *, day: dt.date) -> bytes:
    """The template of this name, filled; `day` is the only date the file holds.

    Raises UnprintableSigns where a text holds signs that no font at hand has.
    """
    job = {
        "template": str(FOLDER / template),
        "root": str(FOLDER),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
        "pdf_standards": [STANDARD],
        "timestamp": int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()),
    }
    printed = subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-I", PRESS],
        input=json.dumps(job).encode(),
        capture_output=True,
        check=False,
    )
    if printed.returncode == 0:
        return printed.stdout
    fault = printed.stderr.decode()
    signs = list(dict.fromkeys(_UNPRINTABLE.findall(fault)))
    raise UnprintableSigns(signs) if signs else RuntimeError(fault)


def blocks(text: str) -> list[Node]:
    """A Markdown text as blocks of words."""
    return list(_children(SyntaxTreeNode(_PARSER.parse(text))))


def _children(node: SyntaxTreeNode) -> Iterator[Node]:
    for child in node.children:
        yield from _block(child)


def _block(node: SyntaxTreeNode) -> Iterator[Node]:
    match node.type:
        case "paragraph" | "heading":
            yield {"t": node.type, "c": _inline(node)}
        case "bullet_list":
            yield {"t": "list", "items": [list(_children(item)) for item in node.children]}
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            items = [list(_children(item)) for item in node.children]
            yield {"t": "enum", "start": start, "items": items}
        case "blockquote":
            yield {"t": "quote", "c": list(_children(node))}
        case "code_block" | "fence":
            # Pages show code as words; nobody writes programs in a concept.
            yield {"t": "paragraph", "c": [_text(node.content)]}


def _text(text: str) -> Node:
    return {"t": "text", "x": " ".join(text.split())}


def _inline(node: SyntaxTreeNode) -> list[Node]:
    return [each for child in node.children for each in _words(child)]


def _words(node: SyntaxTreeNode) -> Iterator[Node]:
    match node.type:
        case "text" | "code_inline":
            yield {"t": "text", "x": node.content}
        case "softbreak":
            yield {"t": "text", "x": " "}
        case "hardbreak":
            yield {"t": "break"}
        case "link":
            yield from _link(node)
        case "image":
            yield {"t": "text", "x": node.content}
        case "strong" | "em":
            yield {"t": node.type, "c": _inline(node)}
        case _:
            yield from _inline(node)


def _link(node: SyntaxTreeNode) -> Iterator[Node]:
    """A link with its address as a footnote, since paper can't be clicked."""
    href = str(node.attrs.get("href", ""))
    words = _inline(node)
    if not href.startswith(_SAFE) or not words:
        yield from words
        return
    shown = "".join(each.get("x", "") for each in words)
    yield {"t": "link", "href": href, "note": "" if shown in href else href, "c": words}
