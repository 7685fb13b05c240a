"""Keeping files that people upload, on a disk or in a store that several nodes share."""

import logging
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused

log = logging.getLogger(__name__)


def store(storage: Storage, name: str, content: File[Any]) -> str:
    """Keep a file and say under which name; raises Refused where the storage doesn’t take it."""
    try:
        return storage.save(name, content)
    except OSError as error:
        log.exception("A file could not be stored.")
        raise Refused(
            [
                _(
                    "The file can’t be stored at the moment. Please try again in a few minutes; "
                    "if it still fails, tell whoever runs the server."
                )
            ]
        ) from error


def discard(storage: Storage, name: str) -> None:
    """Remove a file that nobody needs; what it was needed for is done, whatever happens here."""
    try:
        storage.delete(name)
    except OSError:
        log.exception("A file could not be removed.")
