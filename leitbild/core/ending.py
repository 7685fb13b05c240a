"""How a process that works in the background learns that it shall end."""

from typing import Final


class Ending:
    """Whether the end was asked for: long jobs look here wherever they can stop cleanly.

    A plain attribute and no `threading.Event`: a signal handler sets it, which could meet the
    event's own lock.
    """

    asked: bool = False


ENDING: Final = Ending()
"""This process's own."""
