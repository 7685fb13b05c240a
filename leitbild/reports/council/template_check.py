"""Is a Word template fit to be filled? Every fault in plain words, with the paragraph it is in."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import Environment, TemplateError, TemplateSyntaxError
from lxml import etree

from leitbild.plan.exchange import UnreadableFile
from leitbild.plan.exchange.guards import open_archive, refuse_entities
from leitbild.reports.council.sample import blank_report, sample_report
from leitbild.reports.council.template_names import name_faults
from leitbild.reports.council.word_filling import OverlongReport, WordFile, sandbox

MOST: Final = 5_000_000
"""Bytes of markup in one part; a template of many pages has a tenth of it."""
_MAIN: Final = b"wordprocessingml.document.main+xml"
_MACROS: Final = re.compile(r"vbaProject|vbaData|word/activeX/|\.bin$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"word/embeddings/|word/afchunk|\.mht$", re.IGNORECASE)
_EXTERNAL: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HARMLESS: Final = (b"/hyperlink", b"/attachedTemplate")
"""Links a reader clicks; and the file's origin, which no report keeps."""
_CHUNK: Final = re.compile(rb"<(?:\w+:)?altChunk\b")
_FIELD: Final = re.compile(
    rb"(?:instrText[^>]*>|instr=\")\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|DATABASE)",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_LINE: Final = re.compile(r"(?=<w:p[ >])|(?<=</w:p>)|(?<=</w:tr>)|(?<=</w:tc>)|(?<=%\})(?=\{%)")
"""Where a line of the prepared markup begins, so that each paragraph and each tag has its own."""
_TAG: Final = re.compile(r"<[^>]+>")
_MARKUP_TAG: Final = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_SHOWN: Final = 60
"""Characters of a paragraph by which it is found again."""


def template_faults(content: bytes) -> list[str]:
    """What keeps a file from being a template of the report; empty if it is fit."""
    try:
        entries = _entries(content)
    except UnreadableFile as error:
        return [error.message]
    if faults := list(_foreign(entries)):
        return faults
    try:
        file = WordFile(content)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError):
        return [_("The file is no Word document (.docx), or it is damaged.")]
    faults = [
        fault
        for text in file.markup()
        for fault in _of_paragraphs(text) or _of_tags(sandbox(), _lines(file, text))
    ]
    plain = sandbox(escaping=False)
    faults += [fault for text in file.plain_texts() for fault in _of_tags(plain, text)]
    return list(dict.fromkeys(faults)) or list(_when_filled(content))


def _entries(content: bytes) -> dict[str, bytes]:
    """The file's parts, if it can be opened without harm."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(content)
        entries = open_archive(path)
    refuse_entities(entries)
    return entries


def _foreign(entries: dict[str, bytes]) -> Iterator[str]:
    """What doesn't belong into a document that others open."""
    if _MAIN not in entries.get("[Content_Types].xml", b""):
        yield _("The file is no Word document: save it as .docx, without macros.")
        return
    if any(_MACROS.search(name) for name in entries):
        yield _("The file holds macros. Save it as .docx, which has none.")
    if any(_EMBEDDED.search(name) or _CHUNK.search(text) for name, text in entries.items()):
        yield _("Another file is embedded in the template. Remove it.")
    for name, text in entries.items():
        if name.endswith(".rels") and any(_is_fetched(each) for each in _EXTERNAL.findall(text)):
            yield _(
                "A picture or another part is only linked and would be fetched when somebody "
                "opens the report. Insert it into the document instead."
            )
        if field := _FIELD.search(text):
            yield _("The field “{name}” fetches other files. Remove it.").format(
                name=field[1].decode().upper()
            )
        if name.endswith(".xml") and len(text) > MOST:
            yield _("The template holds far more text than a report. Start from the standard one.")


def _is_fetched(link: bytes) -> bool:
    return not any(kind in link for kind in _HARMLESS)


def _lines(file: WordFile, text: str) -> str:
    """The markup as docxtpl prepares it, a line a paragraph and a line a tag between them."""
    return _LINE.sub("\n", file.prepared(text))


def _of_paragraphs(text: str) -> list[str]:
    """Tags that don't end in the paragraph they begin in, or that aren't for texts."""
    paragraphs = (_words(markup) for markup in _PARAGRAPH.findall(text))
    return [fault for words in paragraphs for fault in _of_words(words)]


def _of_words(words: str) -> Iterator[str]:
    for start, end in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
        if words.count(start) != words.count(end):
            what = _("“{start}” and “{end}” don’t go in pairs.").format(start=start, end=end)
            yield _placed(words, what)
    if found := _MARKUP_TAG.search(words):
        what = _("“{tag}” isn’t for texts; write “{{{{ ”.").format(tag=found[0].strip())
        yield _placed(words, what)


def _of_tags(environment: Environment, source: str) -> Iterator[str]:
    lines = source.splitlines()
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield _placed(_near(lines, error.lineno), _syntax(error))
        return
    for fault in name_faults(tree):
        yield _placed(_near(lines, fault.line), fault.what)


def _syntax(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    if "end of template" in message:
        return _("A repetition or condition isn’t closed: add {% endfor %} or {% endif %}.")
    if found := re.search(r"unknown tag '(\w+)'", message):
        return _("There is no tag “{name}” here, or it closes what isn’t open.").format(
            name=found[1]
        )
    return _("A tag isn’t written rightly.")


def _when_filled(content: bytes) -> Iterator[str]:
    """What shows only when it is filled: tags that tear tables or paragraphs apart."""
    for report in (sample_report(), blank_report()):
        try:
            WordFile(content).fill(report)
        except OverlongReport:
            yield _("Filled, the template would be far larger than any report.")
            return
        except (etree.XMLSyntaxError, TemplateError, AttributeError, ValueError):
            yield _(
                "Filled with a report, the document couldn’t be opened any more. A “{%p … %}” "
                "stands alone in its paragraph and a “{%tr … %}” alone in its row; what begins "
                "within a table ends within it."
            )
            return


def _near(lines: list[str], number: int) -> str:
    """The words around a line of markup, as their author sees them."""
    for line in lines[max(number - 1, 0) : number + 2]:
        if words := _words(line).strip():
            return words
    return ""


def _words(markup: str) -> str:
    return _TAG.sub("", markup).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _placed(words: str, what: str) -> str:
    """A fault with the paragraph it is in."""
    words = " ".join(words.split())
    if not words:
        return what
    shown = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
    return _("Paragraph “{words}”: {what}").format(words=shown, what=what)
