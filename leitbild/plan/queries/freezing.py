"""A concept frozen: the records a publication is made of, and the digests over them.

What a council adopts is the source text; translations are a service beside it and are not
frozen. The lists of the municipality come along as far as the text names them, so that a
publication can be read when a department has long got another name.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from leitbild.accounts.models import Organisation
from leitbild.plan.document import ConceptDocument
from leitbild.plan.document.models import Part
from leitbild.plan.enums import PartKind
from leitbild.plan.models import ArrivalStage, Concept, TargetGroup
from leitbild.plan.queries.contents import Content, content_of_part, contents
from leitbild.plan.queries.documents import concept_document

ORGANISATION: Final = "organisation"
STAGE: Final = "stage"
TARGET_GROUP: Final = "target_group"


@dataclass(frozen=True, slots=True)
class Record:
    """One frozen part: its place, its kind and key as an import report names it, its content."""

    position: int
    kind: str
    key: str
    part_id: int
    content: Content

    @property
    def digest(self) -> str:
        """SHA-256 over the record's canonical form: everything in it, its place included."""
        return _sha256(
            {
                "position": self.position,
                "kind": self.kind,
                "key": self.key,
                "part_id": self.part_id,
                "content": self.content,
            }
        )


@dataclass(frozen=True, slots=True)
class FrozenConcept:
    """A concept as it was frozen on a day, under a number, in its source language."""

    concept: Concept
    number: int
    language: str
    day: dt.date
    records: tuple[Record, ...]

    @property
    def digest(self) -> str:
        """The digest of the text; it is printed in the PDF, whose own can't stand in itself."""
        return _sha256(_sealed(self, [record.digest for record in self.records]))

    def of_kind(self, kind: str) -> list[Record]:
        """Its records of one kind, in order."""
        return [record for record in self.records if record.kind == kind]


def canonical(value: Any) -> bytes:
    """The one way plain data is written for a digest: keys sorted, UTF-8, no blanks."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _sha256(value: Any) -> str:
    return sha256(canonical(value)).hexdigest()


def digest_of_file(content: bytes) -> str:
    """SHA-256 of the PDF."""
    return sha256(content).hexdigest()


def publication_digest(frozen: FrozenConcept, digests: Sequence[str], *, pdf_digest: str) -> str:
    """The digest of a publication: over its records' digests in order, and its PDF's."""
    return _sha256({**_sealed(frozen, digests), "pdf": pdf_digest})


def _sealed(frozen: FrozenConcept, digests: Sequence[str]) -> Mapping[str, Any]:
    return {
        "concept": frozen.concept.slug,
        "number": frozen.number,
        "language": frozen.language,
        "records": list(digests),
    }


def frozen(concept: Concept, *, number: int, day: dt.date) -> FrozenConcept:
    """What the concept says now, as it would be frozen."""
    document = concept_document(concept)
    records = [
        Record(position, kind, key, part_id, content)
        for position, (kind, key, part_id, content) in enumerate(
            [*_text(concept), *_lists(concept, document)], start=1
        )
    ]
    return FrozenConcept(concept, number, document.language, day, tuple(records))


def _text(concept: Concept) -> Iterator[tuple[str, str, int, Content]]:
    for (kind, part_id), content in contents(concept).items():
        yield str(kind), key_of(kind, content, concept), part_id, content


def key_of(kind: str, content: Content, concept: Concept) -> str:
    """What an import report calls a part: a slug, a number or a code."""
    names = {PartKind.THEME: "number", PartKind.GOAL: "code", PartKind.MEASURE: "code"}
    return concept.slug if kind == PartKind.CONCEPT else str(content[names[PartKind(kind)]])


def _lists(concept: Concept, document: ConceptDocument) -> Iterator[tuple[str, str, int, Content]]:
    """The organisations, stages and target groups that the measures name."""
    town = concept.municipality
    stages = {slug for measure in document.measures for slug in measure.stages}
    groups = {slug for measure in document.measures for slug in measure.target_groups}
    lists: tuple[tuple[str, Any, Sequence[Any], set[str]], ...] = (
        (ORGANISATION, Organisation, document.organisations, _named_organisations(document)),
        (STAGE, ArrivalStage, document.stages, stages),
        (TARGET_GROUP, TargetGroup, document.target_groups, groups),
    )
    for kind, model, parts, named in lists:
        ids = dict(model.objects.filter(municipality=town).values_list("slug", "pk"))
        for part in _only(parts, named):
            yield kind, part.slug, ids[part.slug], content_of_part(part, document.language)


def _only(parts: Iterable[Any], named: set[str]) -> Iterator[Any]:
    return (part for part in parts if isinstance(part, Part) and part.slug in named)  # type: ignore[attr-defined] # those of the lists have one


def _named_organisations(document: ConceptDocument) -> set[str]:
    """Those that lead or take part, and whatever stands above them."""
    above = {part.slug: part.parent for part in document.organisations}
    waiting = {
        slug
        for measure in document.measures
        for slug in (measure.lead, *measure.partners)
        if slug is not None
    }
    named: set[str] = set()
    while waiting:
        slug = waiting.pop()
        parent = above.get(slug)
        named.add(slug)
        if parent is not None and parent not in named:
            waiting.add(parent)
    return named
