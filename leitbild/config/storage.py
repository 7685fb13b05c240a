"""Uploaded files in an S3-compatible store; loaded only where a city has one.

The store is private: files reach people through the application alone, which knows who may read
them and shuts them in (`core.downloads`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

CONNECTED_WITHIN: Final = 5
ANSWERED_WITHIN: Final = 20


class PrivateStore(S3Storage):  # type: ignore[misc] # the library has no types
    """A bucket nobody reaches but us; what goes wrong there is an OSError, as with a disk."""

    def get_default_settings(self) -> dict[str, Any]:
        """The library's, with what every S3-compatible store understands."""
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "default_acl": None,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Newer checksums are Amazon's own; others refuse them.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=CONNECTED_WITHIN,
                read_timeout=ANSWERED_WITHIN,
            ),
        }

    def url(self, name: str, *_args: Any, **_options: Any) -> NoReturn:
        """There is none: no reader is sent to the store."""
        raise NotImplementedError(f"{name} is handed out by a view, never by an address of its own")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _as_disk_errors():
            file: File[bytes] = super()._open(name, mode)
            return file

    def _save(self, name: str, content: File[bytes]) -> str:
        with _as_disk_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Remove a file; one that isn't there is no error."""
        with _as_disk_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        with _as_disk_errors():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Folders and files below a name."""
        with _as_disk_errors():
            folders, files = super().listdir(name)
            return folders, files


@contextmanager
def _as_disk_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The store of files doesn’t answer as it should: {error}") from error
