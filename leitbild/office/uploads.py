"""Files between their dry run and their import: kept here, so that the browser isn't trusted.

Each lies in a directory of its own below `uploads/imports`, under a name nobody can guess,
beside a note of whose it is. It goes when it was imported, or after a day.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

KEPT_FOR: Final = 24 * 60 * 60
"""Seconds."""
_NOTE: Final = "note.json"
_LETTERS: Final = 32


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
    def path(self) -> Path:
        """Where the file lies."""
        return _folder(self.token) / f"file{self.suffix}"


def keep(
    content: Iterable[bytes],
    *,
    name: str,
    user_id: int,
    municipality_id: int,
    prune: bool,
    as_draft: bool,
    edition: int | None,
) -> Upload:
    """Keep a file until it is imported; what others forgot a day ago goes."""
    drop_forgotten()
    upload = Upload(
        token=secrets.token_hex(_LETTERS // 2),
        name=name,
        suffix=Path(name).suffix.lower(),
        user_id=user_id,
        municipality_id=municipality_id,
        prune=prune,
        as_draft=as_draft,
        edition=edition,
    )
    upload.path.parent.mkdir(mode=0o700, parents=True)
    with upload.path.open("xb") as file:
        file.writelines(content)
    note = upload.path.with_name(_NOTE)
    note.write_text(json.dumps(asdict(upload)), encoding="utf-8")
    return upload


def kept(token: str, *, user_id: int, municipality_id: int) -> Upload | None:
    """The file this person keeps under this name for this municipality, if it is still there."""
    note = _folder(token) / _NOTE
    if not _is_token(token) or _is_forgotten(note.parent):
        return None
    try:
        upload = Upload(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    is_own = (upload.user_id, upload.municipality_id) == (user_id, municipality_id)
    return upload if is_own and upload.path.is_file() else None


def drop(upload: Upload) -> None:
    """Forget a file."""
    shutil.rmtree(_folder(upload.token), ignore_errors=True)


def drop_forgotten() -> None:
    """Forget all files that nobody imported within a day."""
    if not _root().is_dir():
        return
    for folder in _root().iterdir():
        if _is_forgotten(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def _folder(token: str) -> Path:
    return _root() / token


def _is_token(token: str) -> bool:
    return len(token) == _LETTERS and set(token) <= set("0123456789abcdef")


def _is_forgotten(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > KEPT_FOR
    except OSError:
        return True
