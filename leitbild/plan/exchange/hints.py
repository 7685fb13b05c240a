"""What the caller of a reader knows beyond the file."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Hints:
    """Language and edition for files that don't say them, and who wants to see progress."""

    language: str | None = None
    edition: int | None = None
    progress: Progress | None = None

    def tell(self, done: int, total: int) -> None:
        """Report progress to whoever asked for it."""
        if self.progress:
            self.progress(done, total)
