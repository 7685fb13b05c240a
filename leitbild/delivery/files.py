"""What may be attached to a measure, told by what a file holds and not by its name.

Nothing here opens a document: the files are handed on to people, whose programs would run what
hides in them. So macros are refused, and archives that would fill a disk when they unpack.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 20 * MEGABYTE
LARGEST_UNPACKED: Final = 200 * MEGABYTE
MOST_ENTRIES: Final = 5_000
MOST_PACKED: Final = 200
"""How many times larger than packed an entry may be."""
PACKED_TIGHTLY_FROM: Final = 2 * MEGABYTE  # small XML packs well and harms nobody
LONGEST_NAME: Final = 120

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: how it is called, its ending, what it is served as."""

    name: str
    suffix: str
    content_type: str


PDF: Final = FileType("PDF", ".pdf", "application/pdf")
PNG: Final = FileType("PNG", ".png", "image/png")
JPEG: Final = FileType("JPEG", ".jpg", "image/jpeg")
DOCX: Final = FileType("Word", ".docx", _WORD)
XLSX: Final = FileType("Excel", ".xlsx", _EXCEL)
ODT: Final = FileType("OpenDocument", ".odt", f"{_OPEN_DOCUMENT}text")
ODS: Final = FileType("OpenDocument", ".ods", f"{_OPEN_DOCUMENT}spreadsheet")
CSV: Final = FileType("CSV", ".csv", "text/csv; charset=utf-8")
TXT: Final = FileType("Text", ".txt", "text/plain; charset=utf-8")
TYPES: Final = (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, CSV, TXT)
SUFFIXES: Final = (*(each.suffix for each in TYPES), ".jpeg")
SHOWN_INLINE: Final = frozenset({PNG.content_type, JPEG.content_type})
"""What a browser may show itself; anything else is kept as a file. A PDF isn't among them: shut
in as these answers are (`core.downloads`), browsers refuse to show one."""

_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MAIN_PARTS: Final = (
    (f"{_WORD}.main+xml".encode(), DOCX),
    (f"{_EXCEL}.main+xml".encode(), XLSX),
)
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MACROS: Final = re.compile(
    r"(^|/)(vbaProject[^/]*\.bin|vbaData\.xml|macrosheets/|activeX/)|^(Basic|Scripts)/",
    re.IGNORECASE,
)
_MACRO_TYPES: Final = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PACKED_AS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError),
)
"""What a broken or hostile archive makes the library raise."""


def type_of(file: IO[bytes], *, name: str, size: int) -> FileType:
    """The type of a file by its content; raises Refused where it can't be attached.

    `name` only says whether a text is a table. The file is read from its beginning, and stands
    there again afterwards.
    """
    if not size:
        raise Refused([_("The file is empty.")])
    if size > LARGEST:
        raise Refused(
            [
                _("The file has {size}; at most {limit} are taken.").format(
                    size=filesizeformat(size), limit=filesizeformat(LARGEST)
                )
            ]
        )
    file.seek(0)
    beginning = file.read(len(_OLE))
    file.seek(0)
    found = next((kind for sign, kind in _BEGINNINGS if beginning.startswith(sign)), None)
    if found is None and beginning.startswith(_ZIP):
        found = _type_of_archive(file)
    elif beginning == _OLE:
        raise Refused([_refused_compound(file)])
    elif found is None:
        found = _type_of_text(file, name)
    file.seek(0)
    return found


def tidy_name(name: str, kind: FileType) -> str:
    """What the file is called when it is handed out: without folders, with the right ending."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(sign for sign in bare if sign.isprintable()).strip(" .")
    stem, dot, suffix = bare.rpartition(".")
    is_right = dot and f".{suffix.lower()}" in _endings(kind)
    ending = f".{suffix}" if is_right else kind.suffix
    stem = stem if is_right else bare
    return f"{stem[:LONGEST_NAME].strip(' .') or 'file'}{ending}"


def _endings(kind: FileType) -> Iterable[str]:
    return (".jpg", ".jpeg") if kind is JPEG else (kind.suffix,)


def _type_of_text(file: IO[bytes], name: str) -> FileType:
    """Bytes without a sign of their own are text, if they hold nothing but text."""
    kind = next((each for each in (CSV, TXT) if name.lower().endswith(each.suffix)), None)
    if kind is None or any(_NO_TEXT.search(chunk) for chunk in _chunks(file)):
        raise Refused([_unknown()])
    return kind


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(MEGABYTE):
        yield chunk


def _type_of_archive(file: IO[bytes]) -> FileType:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            if archive.testzip() is not None:
                raise Refused([_damaged()])
            found = _type_by_parts(archive)
    except _BROKEN as error:
        raise Refused([_damaged()]) from error
    return found


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself; `testzip` notices where it lies."""
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused([_protected()])
    names = {entry.filename for entry in entries}
    # Of two entries with one name programs read this or that: what we checked may not be it.
    is_odd = len(names) < len(entries)
    if is_odd or any(entry.compress_type not in _PACKED_AS for entry in entries):
        raise Refused([_damaged()])
    is_too_much = (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED
        or any(_is_bomb(entry) for entry in entries)
    )
    if is_too_much:
        raise Refused(
            [_("Unpacked, the file would be far larger than a document; it isn’t taken.")]
        )
    if any(_MACROS.search(name) for name in names):
        raise Refused([_with_macros()])


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    is_large = entry.file_size > PACKED_TIGHTLY_FROM
    return is_large and entry.file_size > MOST_PACKED * max(entry.compress_size, 1)


def _type_by_parts(archive: zipfile.ZipFile) -> FileType:
    """Office says in one entry what the archive is, OpenDocument in another."""
    names = {entry.filename for entry in archive.infolist() if entry.file_size < MEGABYTE}
    if _CONTENT_TYPES in names:
        # UTF-16 would hide the words behind NUL bytes.
        listed = archive.read(_CONTENT_TYPES).replace(b"\0", b"")
        if _MACRO_TYPES.search(listed):
            raise Refused([_with_macros()])
        for sign, kind in _MAIN_PARTS:
            if sign in listed:
                return kind
    elif "mimetype" in names:
        stated = archive.read("mimetype").strip()
        for kind in (ODT, ODS):
            if stated == kind.content_type.encode():
                return kind
    raise Refused([_unknown()])


def _refused_compound(file: IO[bytes]) -> str:
    """Office wraps both old formats and encrypted new ones into an OLE file."""
    is_encrypted = _ENCRYPTED in file.read()
    if is_encrypted:
        return _protected()
    return _("This is a file in Office’s old format. Open it and save it as .xlsx or .docx.")


def _unknown() -> str:
    return _("This file can’t be attached. These can: {types}.").format(
        types=", ".join(each.suffix.removeprefix(".").upper() for each in TYPES)
    )


def _protected() -> str:
    return _("The file is protected by a password. Save it without a password and try again.")


def _damaged() -> str:
    return _(
        "The file is damaged or isn’t what its name says. Open it, save it anew and try again."
    )


def _with_macros() -> str:
    return _(
        "The file holds macros, small programs that would run with whoever opens it. Save it "
        "without them, as .docx, .xlsx or PDF, and try again."
    )
