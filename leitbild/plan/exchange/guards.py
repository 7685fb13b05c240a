"""What keeps a hostile or broken file from filling memory or holding the processor.

A municipality's concept is a few megabytes at most; the limits lie far above that.
"""

import math
import re
import zipfile
from pathlib import Path
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import UnreadableFile

MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 50 * MEGABYTE
MAX_ENTRIES: Final = 2_000
MAX_UNPACKED: Final = 300 * MEGABYTE
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 2 * MEGABYTE  # small XML packs well and harms nobody

_PACKED_AS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_XML: Final = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def check_file(path: Path) -> None:
    """Refuse what isn't a file of a sensible size, before it is opened."""
    if not path.exists():
        raise UnreadableFile(_("There is no file “{name}”.").format(name=path.name))
    if not path.is_file():
        raise UnreadableFile(_("“{name}” isn’t a file.").format(name=path.name))
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(_("The file is empty."))
    if size > MAX_FILE:
        raise UnreadableFile(
            _(
                "The file has {size}; at most {limit} are read. Often pictures make it that "
                "large: remove them and try again."
            ).format(size=filesizeformat(_rounded_up(size)), limit=filesizeformat(MAX_FILE))
        )


def _rounded_up(size: int) -> float:
    """A size that doesn't read like the limit it exceeds by a byte."""
    return math.ceil(size * 10 / MEGABYTE) * MEGABYTE / 10


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of sensible size."""
    check_file(path)
    return path.read_bytes()


def open_archive(path: Path) -> dict[str, bytes]:
    """All entries of a ZIP archive, within the limits; folders are left out."""
    check_file(path)
    _refuse_compound(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_directory(entries)
            return _unpacked(archive, entries)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            _(
                "The file is damaged or isn’t what its name says. Open it, save it anew and try "
                "again."
            )
        ) from error


def refuse_entities(entries: dict[str, bytes]) -> None:
    """Refuse XML that declares entities: office programs never do, XML bombs must."""
    for name, content in entries.items():
        # UTF-16 hides the declaration behind NUL bytes.
        if _XML.search(name) and _DECLARATION.search(content.replace(b"\0", b"")):
            raise UnreadableFile(
                _(
                    "The file contains definitions (“{name}”) that no office program writes; it "
                    "isn’t opened, for your safety."
                ).format(name=name)
            )


def _refuse_compound(path: Path) -> None:
    """Office wraps both old formats and encrypted new ones into an OLE file."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            return
        encrypted = _ENCRYPTED in file.read()
    if encrypted:
        raise encrypted_file()
    raise UnreadableFile(
        _("This is a file in Office’s old format. Open it and save it as .xlsx or .docx.")
    )


def encrypted_file() -> UnreadableFile:
    """The refusal of a file with a password."""
    return UnreadableFile(
        _("The file is protected by a password. Save it without a password and try again.")
    )


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself; a lie is noticed while reading."""
    if len(entries) > MAX_ENTRIES:
        raise _oversized()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise encrypted_file()
    if any(entry.compress_type not in _PACKED_AS for entry in entries):
        raise UnreadableFile(
            _("The file is packed in an unusual way. Open it, save it anew and try again.")
        )
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _oversized()
    if any(_is_bomb(entry.file_size, entry.compress_size) for entry in entries):
        raise _oversized()


def _is_bomb(unpacked: int, size: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(size, 1)


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _oversized()
        contents[entry.filename] = content
    return contents


def _oversized() -> UnreadableFile:
    return UnreadableFile(
        _(
            "Unpacked, the file would be far larger than any concept; it isn’t opened, for your "
            "safety."
        )
    )
