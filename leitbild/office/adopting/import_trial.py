"""What importing an uploaded file would do, as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.db.models import Choices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality
from leitbild.core.difference import Piece, word_difference
from leitbild.core.languages import Language, language
from leitbild.core.refusal import Refused
from leitbild.office.adopting.uploads import Upload
from leitbild.plan.actions import ORDER, Change, ImportReport, Row
from leitbild.plan.actions.importing.comparison import state_of
from leitbild.plan.actions.importing.report import Kind
from leitbild.plan.actions.importing.uploaded import Uploaded, preview_upload
from leitbild.plan.actions.importing.wording import KINDS, header
from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange import (
    Format,
    InvalidFile,
    Problem,
    Unplaced,
    UnreadableFile,
    read_document,
)

COMPARED: Final = 1_000
"""Texts compared word by word on one page; where more change, they stand side by side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value that changes; texts with the words that do."""

    name: str
    language: Language | None
    before: str
    after: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part with everything about it that changes."""

    kind: str
    key: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Rows:
    """Parts of one kind that come or go."""

    kind: str
    rows: Sequence[Row]


@dataclass(slots=True)
class Trial:
    """A dry run: either what would happen, or everything that keeps it from happening."""

    uploaded: Uploaded | None = None
    report: ImportReport | None = None
    problems: Sequence[Problem] = ()
    unplaced: Sequence[Unplaced] = ()
    reasons: Sequence[str] = ()
    changed: Sequence[ChangedPart] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        """Whether the file can be imported at all."""
        return self.report is not None

    @property
    def needs_reason(self) -> bool:
        """Whether an adopted text would change, so that readers are owed a reason."""
        return self.report is not None and self.report.needs_reason

    @property
    def created(self) -> list[Rows]:
        """New parts by kind."""
        return _by_kind(self.report.created if self.report else ())

    @property
    def removed(self) -> list[Rows]:
        """Parts that go, by kind."""
        return _by_kind(self.report.removed if self.report else ())

    @property
    def missing(self) -> list[Rows]:
        """Parts the file lacks and that stay, by kind."""
        return _by_kind(self.report.missing if self.report else ())

    @property
    def same(self) -> int:
        """How many parts of the file are here already, word for word."""
        if self.report is None or self.uploaded is None:
            return 0
        listed = sum(len(parts) for parts in state_of(self.uploaded.document).values())
        return max(listed - len(self.report.created) - self.report.changed_rows, 0)


def trial(upload: Upload, municipality: Municipality) -> Trial:
    """Read the file and see what importing it would do."""
    try:
        uploaded = read_upload(upload, municipality)
    except UnreadableFile as error:
        return Trial(reasons=[error.message])
    except InvalidFile as error:
        return Trial(problems=error.problems, unplaced=error.unplaced)
    try:
        report = preview_upload(upload=uploaded, municipality=municipality)
    except Refused as refusal:
        return Trial(uploaded, reasons=refusal.reasons, unplaced=uploaded.unplaced)
    changed = changed_parts(report.changes, uploaded.document)
    return Trial(uploaded, report, unplaced=report.unplaced, changed=changed)


def read_upload(upload: Upload, municipality: Municipality) -> Uploaded:
    """The kept file as a document; raises what reading raises."""
    with upload.on_disk() as path:
        read = read_document(path, language=municipality.source_language, edition=upload.edition)
    return Uploaded(
        read.document,
        unplaced=read.unplaced,
        partial=read.format is Format.DOCX,
        prune=upload.prune,
        as_draft=upload.as_draft,
    )


def changed_parts(changes: Sequence[Change], document: ConceptDocument) -> list[ChangedPart]:
    """Changes by part, in the order of the report."""
    parts: dict[tuple[Kind, str], list[Change]] = {}
    for change in changes:
        parts.setdefault((change.kind, change.key), []).append(change)
    titles = _titles(document)
    compared = len(changes) <= COMPARED
    return [
        ChangedPart(
            kind=str(capfirst(KINDS[kind])),
            key=key,
            title=titles.get((kind, key), ""),
            lines=[_line(each, compared=compared) for each in found],
        )
        for (kind, key), found in parts.items()
    ]


def _by_kind(rows: Iterable[Row]) -> list[Rows]:
    return [
        Rows(str(capfirst(KINDS[kind])), list(found))
        for kind, found in groupby(rows, key=lambda row: row.kind)
    ]


def _titles(document: ConceptDocument) -> dict[tuple[Kind, str], str]:
    titles = {}
    for kind, parts in state_of(document).items():
        for key, part in parts.items():
            texts: Any = getattr(part, "title", None) or getattr(part, "name", {})
            titles[kind, key] = texts.get(document.language, "")
    return titles


def _line(change: Change, *, compared: bool) -> Line:
    if change.field == ORDER:
        return Line(_("Order"), None, _value(change.before), _value(change.after))
    before, after = _value(change.before), _value(change.after)
    is_text = compared and change.language is not None and bool(before and after)
    return Line(
        name=header(change),
        language=language(change.language) if change.language else None,
        before=before,
        after=after,
        pieces=word_difference(before, after) if is_text else (),
    )


def _value(value: Any) -> str:
    """A value as people read it; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)
