"""How an action says no."""

from collections.abc import Sequence


class Refused(Exception):
    """Something that can't be done as asked; carries every reason as a sentence for the user."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the reasons for whoever shows them."""
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)
