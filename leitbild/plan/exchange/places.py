"""From a place in the document to the place in the file, and from findings to problems."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db.models import TextChoices

from leitbild.plan.document import ConceptDocument, FaultyDocument, Finding, Place, parse_document
from leitbild.plan.exchange.problems import InvalidFile, Problem
from leitbild.plan.exchange.sentences import sentence


class Places(Protocol):
    """Knows where in the file each part of the raw data came from."""

    def name(self, place: Place) -> str:
        """The place as the user finds it in the file."""

    def words(self, choices: type[TextChoices]) -> list[str]:
        """How the file's user writes the values of a vocabulary."""


def checked(
    raw: Mapping[str, Any], places: Places, problems: Iterable[Problem] = ()
) -> ConceptDocument:
    """The document of the raw data; InvalidFile carries all problems, those known before first.

    A place that is already known as faulty isn't reported a second time.
    """
    known = list(problems)
    try:
        document = parse_document(raw)
    except FaultyDocument as faulty:
        found = _problems(faulty.findings, raw, places)
        seen = {problem.place for problem in known}
        raise InvalidFile([*known, *(each for each in found if each.place not in seen)]) from None
    if known:
        raise InvalidFile(known)
    return document


def _problems(findings: Iterable[Finding], raw: Mapping[str, Any], places: Places) -> list[Problem]:
    firsts: dict[Place, Problem] = {}
    for finding in findings:
        place = written_place(finding, raw)
        # The branches of a union each complain about the same value; the first one speaks.
        if place not in firsts:
            reason = sentence(finding, place, words=places.words)
            firsts[place] = Problem(places.name(place), reason)
    return list(firsts.values())


def written_place(finding: Finding, raw: Any) -> Place:
    """The finding's place as far as the raw data goes.

    Pydantic adds names of union branches and of dictionary keys to a place.
    """
    here, place = raw, list[str | int]()
    for step in finding.place:
        inside = _step(here, step)
        if inside is _NOTHING:
            if finding.kind == "missing":
                place.append(step)
            break
        here = inside
        place.append(step)
    return tuple(place)


_NOTHING = object()


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping) and step in value:
        return value[step]
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return _NOTHING
