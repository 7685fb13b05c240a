"""Every write of delivery."""

from leitbild.delivery.actions.progress import (
    NewUpdate,
    confirm_unchanged,
    record_update,
    record_updates,
)

__all__ = ["NewUpdate", "confirm_unchanged", "record_update", "record_updates"]
