"""What may be attached is told by a file's content; what could harm whoever opens it is refused."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from leitbild.core.refusal import Refused
from leitbild.delivery import files
from leitbild.delivery.files import (
    CSV,
    DOCX,
    JPEG,
    LARGEST,
    ODS,
    ODT,
    PDF,
    PNG,
    TXT,
    XLSX,
    FileType,
    tidy_name,
    type_of,
)
from leitbild.plan.document import parse_document
from leitbild.plan.exchange import Format, write_document
from leitbild.plan.exchange.archives import packed
from tests.towns import measure, plan

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "The file is damaged or isn’t what its name says. Open it, save it anew and try again."
UNKNOWN = "This file can’t be attached. These can: PDF, PNG, JPG, DOCX, XLSX, ODT, ODS, CSV, TXT."
MACROS = (
    "The file holds macros, small programs that would run with whoever opens it. Save it without "
    "them, as .docx, .xlsx or PDF, and try again."
)
PASSWORD = "The file is protected by a password. Save it without a password and try again."
TOO_LARGE = "Unpacked, the file would be far larger than a document; it isn’t taken."


def word(**entries: bytes) -> bytes:
    """An archive that calls itself a Word file."""
    types = f'<Types><Override ContentType="{DOCX.content_type}.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w/>", **entries})


def text_document(**entries: bytes) -> bytes:
    """An archive that calls itself an OpenDocument text."""
    return packed({"mimetype": ODT.content_type.encode(), "content.xml": b"<office/>", **entries})


def stored() -> bytes:
    """An archive whose entries can be read with bare eyes."""
    entries = {"mimetype": ODT.content_type.encode(), "content.xml": b"<office/>"}
    return packed(entries, compress=False)


def told(content: bytes, name: str = "datei.bin") -> FileType:
    return type_of(io.BytesIO(content), name=name, size=len(content))


def refusal(content: bytes, name: str = "datei.bin") -> str:
    with pytest.raises(Refused) as refused:
        told(content, name)
    [reason] = refused.value.reasons
    return reason


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    """An archive in which a name stands that a program that writes archives wouldn't write."""
    assert len(old) == len(new)
    return content.replace(old, new)


def _brief(value: object) -> str:
    """Bytes in a test's name are of no use."""
    return "bytes" if isinstance(value, bytes) else str(value)[:20]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "bild.png", PDF),
        (b"\x89PNG\r\n\x1a\n...", "a.pdf", PNG),
        (b"\xff\xd8\xff\xe0...", "a", JPEG),
        (word(), "a.zip", DOCX),
        (text_document(), "a.docx", ODT),
        ("Jahr;Betrag\n2026;5 €\n".encode(), "Mittel.CSV", CSV),
        ("Grüße".encode("cp1252"), "a.txt", TXT),
        (b"<script>alert(1)</script>", "a.txt", TXT),
    ],
    ids=_brief,
)
def test_type_is_told_by_content(content: bytes, name: str, kind: FileType) -> None:
    assert told(content, name) == kind


@pytest.mark.parametrize(
    ("written", "kind"), [(Format.XLSX, XLSX), (Format.ODS, ODS), (Format.DOCX, DOCX)]
)
def test_what_office_programs_write_is_taken(tmp_path: Path, written: Any, kind: FileType) -> None:
    path = tmp_path / f"plan{kind.suffix}"
    write_document(parse_document(plan(measure("1.1"))), path, format=written)

    assert told(path.read_bytes(), "x") == kind


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "The file is empty."),
        (b"MZ\x90\x00", "rechnung.pdf", UNKNOWN),
        (b"<html></html>", "seite.html", UNKNOWN),
        (b"Text", "datei.pdf", UNKNOWN),
        (b"a;b\x00c", "a.csv", UNKNOWN),
        (packed({"readme.txt": b"x"}), "a.docx", UNKNOWN),
        (packed({"mimetype": b"application/epub+zip"}), "a.odt", UNKNOWN),
        (word()[:-30], "a.docx", DAMAGED),
        (renamed(stored(), b"<office/>", b"<offize/>"), "a.odt", DAMAGED),
        (renamed(word(**{"word/a": b"x", "word/b": b"y"}), b"word/b", b"word/a"), "a", DAMAGED),
        (word(**{"word/vbaProject.bin": b"x"}), "a.docx", MACROS),
        (word(**{"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx", MACROS),
        (text_document(**{"Basic/Standard/Module1.xml": b"x"}), "a.odt", MACROS),
        (
            packed({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main"}),
            "a.docx",
            MACROS,
        ),
        (
            packed({"[Content_Types].xml": "…ms-office.vbaProject…".encode("utf-16")}),
            "a.docx",
            MACROS,
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", PASSWORD),
        (
            OLE + b"...",
            "a.doc",
            "This is a file in Office’s old format. Open it and save it as .xlsx or .docx.",
        ),
        (word(**{"word/a.xml": bytes(3 * files.MEGABYTE)}), "a.docx", TOO_LARGE),
    ],
    ids=_brief,
)
def test_what_cant_be_attached_says_why(content: bytes, name: str, reason: str) -> None:
    assert refusal(content, name) == reason


def test_archive_that_lies_about_its_size_is_damaged() -> None:
    """The directory announces one byte where thousands are packed."""
    content = bytearray(word(**{"word/a.xml": b"a" * 9_999}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (1).to_bytes(4, "little")

    assert refusal(bytes(content)) == DAMAGED


def test_archive_with_a_password_is_refused() -> None:
    content = bytearray(word())
    first = content.index(b"PK\x01\x02")
    content[first + 8] |= 1

    assert refusal(bytes(content)) == PASSWORD


def test_archive_of_very_many_files_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(files.MOST_ENTRIES + 1):
            archive.writestr(str(number), b"")

    assert refusal(buffer.getvalue()) == TOO_LARGE


def test_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(Refused) as refused:
        type_of(io.BytesIO(b""), name="a.pdf", size=LARGEST + 1)

    assert refused.value.reasons == ["The file has 20.0\xa0MB; at most 20.0\xa0MB are taken."]


@pytest.mark.parametrize(
    ("name", "kind", "tidy"),
    [
        ("Bericht.PDF", PDF, "Bericht.PDF"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("rechnung.exe", PDF, "rechnung.exe.pdf"),
        ("../../etc/passwd", TXT, "passwd.txt"),
        ("C:\\Users\\ada\\Plan.docx", DOCX, "Plan.docx"),
        ('a"\r\nSet-Cookie: x.pdf', PDF, 'a"Set-Cookie: x.pdf'),
        ("\u202efdp.exe", PDF, "fdp.exe.pdf"),
        ("", PDF, "file.pdf"),
        ("ä" * 300 + ".pdf", PDF, "ä" * 120 + ".pdf"),
    ],
)
def test_name_is_made_safe(name: str, kind: FileType, tidy: str) -> None:
    assert tidy_name(name, kind) == tidy
