"""What is made of the times a page took; measured elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.figures import Sample


@dataclass(slots=True)
class Rendered:
    """What was measured of a page, and of a plain loop before each time."""

    times: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def sample(self) -> Sample:
        """The times."""
        return Sample.of(self.times)

    @property
    def relative(self) -> float:
        """The page's time as a multiple of the loop's."""
        return self.sample.median / Sample.of(self.beside).median


def together(by_town: Sequence[Rendered]) -> Rendered:
    """A page of several towns as one; its queries are those of the town that needs most."""
    return Rendered(
        times=[time for each in by_town for time in each.times],
        beside=[time for each in by_town for time in each.beside],
        queries=max(each.queries for each in by_town),
    )


def growth(small: Sequence[Rendered], large: Sequence[Rendered]) -> tuple[float, Sample]:
    """How many times as long a page takes, measured by the loop: in all towns, and in each."""
    before = together(small).relative
    return together(large).relative / before, Sample.of([each.relative / before for each in large])
