"""Files between their dry run and their import: kept here, so that the browser isn't trusted.

Each lies below `imports` where uploaded files lie, under a name nobody can guess, beside a note of
whose it is. It goes when it was imported, or after a day; its name begins with when it came.
"""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from leitbild.core.outage import StoreAway
from leitbild.core.storing import discard, store

KEPT_FOR: Final = 24 * 60 * 60
"""Seconds."""
_FOLDER: Final = "imports"
_NOTE: Final = "note.json"
_LETTERS: Final = 32
_TIME: Final = 8
"""Of its letters, those that say when it came."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody uploaded, and what they want of it."""

    token: str
    name: str
    suffix: str
    user_id: int
    municipality_id: int
    prune: bool
    as_draft: bool
    edition: int | None

    @property
    def stored(self) -> str:
        """Under which name the file lies in the storage."""
        return f"{_FOLDER}/{self.token}/file{self.suffix}"

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A copy of the file for those who read files by their path."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"file{self.suffix}"
            with default_storage.open(self.stored) as source, path.open("wb") as copy:
                copyfileobj(source, copy)
            yield path


def keep(
    content: File[bytes],
    *,
    name: str,
    user_id: int,
    municipality_id: int,
    prune: bool,
    as_draft: bool,
    edition: int | None,
) -> Upload:
    """Keep a file until it is imported; what others forgot a day ago goes.

    Raises Refused where it can't be kept.
    """
    drop_forgotten()
    upload = Upload(
        token=f"{int(time.time()):0{_TIME}x}{secrets.token_hex((_LETTERS - _TIME) // 2)}",
        name=name,
        suffix=Path(name).suffix.lower(),
        user_id=user_id,
        municipality_id=municipality_id,
        prune=prune,
        as_draft=as_draft,
        edition=edition,
    )
    store(default_storage, upload.stored, content)
    note = json.dumps(asdict(upload)).encode()
    store(default_storage, _note(upload.token), ContentFile(note))
    return upload


def kept(token: str, *, user_id: int, municipality_id: int) -> Upload | None:
    """The file this person keeps under this name for this municipality, if it is still there."""
    if not _is_token(token) or _is_forgotten(token):
        return None
    try:
        with default_storage.open(_note(token)) as note:
            upload = Upload(**json.load(note))
    except StoreAway:
        # It isn't gone: whoever tries again in a while finds it.
        raise
    except (OSError, ValueError, TypeError):
        return None
    is_own = (upload.user_id, upload.municipality_id) == (user_id, municipality_id)
    return upload if is_own and default_storage.exists(upload.stored) else None


def drop(upload: Upload) -> None:
    """Forget a file."""
    _drop(upload.token)


def drop_forgotten() -> None:
    """Forget all files that nobody imported within a day."""
    folders, _files = _listed(_FOLDER)
    for token in folders:
        if _is_forgotten(token):
            _drop(token)


def _drop(token: str) -> None:
    folder = f"{_FOLDER}/{token}"
    _folders, files = _listed(folder)
    for file in files:
        discard(default_storage, f"{folder}/{file}")
    # On a disk the folder is left, in a store there never was one.
    discard(default_storage, folder)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Folders and files in a folder, if it is there; whoever tidies up mends nothing else."""
    try:
        return default_storage.listdir(folder)
    except OSError:
        return [], []


def _note(token: str) -> str:
    return f"{_FOLDER}/{token}/{_NOTE}"


def _is_token(token: str) -> bool:
    return len(token) == _LETTERS and set(token) <= set("0123456789abcdef")


def _is_forgotten(token: str) -> bool:
    """Whether it came more than a day ago, by its name; what has no such name never was ours.

    Nor was what comes from far in the future; a little of it is another node's clock.
    """
    return not _is_token(token) or abs(time.time() - int(token[:_TIME], 16)) > KEPT_FOR
