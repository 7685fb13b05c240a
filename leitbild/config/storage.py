"""Uploaded files in an S3-compatible store; loaded only where a city has one.

The store is private: files reach people through the application alone, which knows who may read
them and shuts them in (`core.downloads`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final, NoReturn

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from leitbild.core.outage import StoreAway

CONNECTED_WITHIN: Final = 5
ANSWERED_WITHIN: Final = 10
"""Seconds; a store that is silent must not keep all threads of a process for long."""
ASKED_AT_ONCE: Final = 16
"""As many as a process has threads that answer."""
IN_MEMORY: Final = 1_000_000
"""Bytes of a file that is handed out; what is larger is put on the disk meanwhile."""
IN_ONE: Final = 100_000_000
"""Bytes below which a file travels as a whole: parts of what was broken off would stay."""


class PrivateStore(S3Storage):  # type: ignore[misc] # the library has no types
    """A bucket nobody reaches but us; what goes wrong there is an OSError, as with a disk."""

    _building = Lock()
    _shared: Any = None

    @property
    def connection(self) -> Any:
        """The library makes one for each thread; each takes 15 MB and a fifth of a second."""
        with self._building:
            if self._shared is None:
                self._shared = super().connection
        return self._shared

    def get_default_settings(self) -> dict[str, Any]:
        """The library's, with what every S3-compatible store understands."""
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "default_acl": None,
            "max_memory_size": IN_MEMORY,
            # Nothing but what LEITBILD_STORAGE_URL says, whatever else the environment holds.
            "security_token": None,
            "session_profile": None,
            "transfer_config": TransferConfig(
                use_threads=False, multipart_threshold=IN_ONE, multipart_chunksize=IN_ONE
            ),
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Newer checksums are Amazon's own; others refuse them.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                max_pool_connections=ASKED_AT_ONCE,
                connect_timeout=CONNECTED_WITHIN,
                read_timeout=ANSWERED_WITHIN,
                retries={"total_max_attempts": 2, "mode": "standard"},
            ),
        }

    def url(self, name: str, *_args: Any, **_options: Any) -> NoReturn:
        """There is none: no reader is sent to the store."""
        raise NotImplementedError(f"{name} is handed out by a view, never by an address of its own")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _as_disk_errors():
            file: File[bytes] = super()._open(name, mode)
            try:
                # Fetched now and not when it is read: then half an answer would have left.
                file.open()
            except BaseException:
                file.close()
                raise
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
        raise StoreAway(f"The store of files doesn’t answer as it should: {error}") from error
