"""leitbild tidy."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import LeitbildCommand, prepare_database
from leitbild.plan.actions.bin import empty_bin


class Command(LeitbildCommand):
    """Removes for good what was deleted more than thirty days ago."""

    help = gettext_lazy("Remove for good what was deleted more than thirty days ago.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Empty the bin and say how much that was."""
        prepare_database()
        number = empty_bin()
        self.say(
            ngettext(
                "{number} part was removed from the bin for good.",
                "{number} parts were removed from the bin for good.",
                number,
            ).format(number=number)
        )
