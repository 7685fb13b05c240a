"""ZIP archives whose bytes depend on nothing but their content."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_UNPACKED_FIRST: Final = "mimetype"  # OpenDocument wants its type readable at a fixed offset


def packed(entries: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """An archive of the entries, in their order and without a clock's traces."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            deflate = compress and name != _UNPACKED_FIRST
            entry.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    return buffer.getvalue()


def repacked(content: bytes) -> bytes:
    """The same archive without the times at which a library wrote its entries."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
