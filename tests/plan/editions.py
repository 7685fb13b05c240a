"""A new edition of a test's own, begun and decided by the product's actions."""

from collections.abc import Sequence
from typing import Any, Final

from leitbild.accounts.models import Municipality, User
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.actions.fates import decide_fate, explain_new
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.editions import EditionComparison, Passage, compare_editions

NUMBER: Final = 32


def begun(town: Municipality) -> tuple[Concept, Concept]:
    """The town's edition in force and a draft that continues it."""
    old = Concept.objects.get(municipality=town, status="adopted")
    new = continue_concept(concept=old, edition=old.edition + 10, title="Die nächste", by=None)
    return old, new


def of(concept: Concept, code: str) -> Measure:
    """The edition's measure with this code."""
    return Measure.objects.get(concept=concept, code=code)


def decide(new: Concept, code: str, fate: Fate, reason: str = "", **more: Any) -> list[str]:
    """Decide on a measure of the edition before, named by its code there."""
    assert new.predecessor
    before = of(new.predecessor, code)
    return decide_fate(concept=new, before=before, fate=fate, reason=reason, **{"by": None, **more})


def came(new: Concept, code: str, reason: str, by: User | None = None) -> None:
    """Say why a new measure came."""
    explain_new(concept=new, measure=of(new, code), reason=reason, by=by)


def compared(new: Concept) -> EditionComparison:
    """What is decided so far."""
    assert new.predecessor
    return compare_editions(new.predecessor, new)


def codes(measures: Sequence[Measure | None]) -> str:
    """Codes in a row."""
    return " ".join(each.code for each in measures if each)


def line(passage: Passage) -> str:
    """A passage as one would write it down: “1.2 → 1.2 1.7 split”."""
    before = passage.before.code if passage.before else "-"
    return f"{before} → {codes(passage.after) or '-'} {passage.fate or 'undecided'}"
