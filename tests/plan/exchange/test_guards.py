"""Hostile and broken files are refused before they do harm."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from leitbild.plan.exchange import Format, UnreadableFile, guards, read_document
from leitbild.plan.exchange.archives import packed
from leitbild.plan.exchange.guards import check_file, open_archive, refuse_entities

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>"""


def _zip(path: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_check_file_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file “a\.xlsx”"):
        check_file(tmp_path / "a.xlsx")


def test_check_file_refuses_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="isn’t a file"):
        check_file(tmp_path)


@pytest.mark.parametrize("form", [Format.YAML, Format.XLSX, Format.ODS, Format.DOCX])
def test_empty_file_is_refused(tmp_path: Path, form: Format) -> None:
    path = tmp_path / "empty"
    path.touch()

    with pytest.raises(UnreadableFile, match="The file is empty"):
        read_document(path, format=form)


@pytest.mark.parametrize("form", [Format.YAML, Format.XLSX, Format.ODS, Format.DOCX])
def test_large_file_is_refused_before_it_is_opened(tmp_path: Path, form: Format) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(guards.MAX_FILE + 1)

    with pytest.raises(UnreadableFile, match=r"has 50\.1\sMB; at most 50\.0\sMB"):
        read_document(path, format=form)


def test_open_archive_gives_entries_without_folders(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"folder/": b"", "folder/a.csv": b"1"})

    assert open_archive(path) == {"folder/a.csv": b"1"}


def test_open_archive_refuses_too_many_entries(tmp_path: Path) -> None:
    entries = {f"{number}.csv": b"" for number in range(guards.MAX_ENTRIES + 1)}

    with pytest.raises(UnreadableFile, match="far larger than any concept"):
        open_archive(_zip(tmp_path / "a.zip", entries))


def test_open_archive_refuses_bomb_by_its_ratio(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.csv": b"\0" * (guards.RATIO_COUNTS_FROM + 1)})

    with pytest.raises(UnreadableFile, match="far larger than any concept"):
        open_archive(path)


def test_open_archive_refuses_by_declared_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "MAX_UNPACKED", 100)
    path = _zip(tmp_path / "a.zip", {"a.csv": b"a" * 60, "b.csv": b"b" * 60})

    with pytest.raises(UnreadableFile, match="far larger than any concept"):
        open_archive(path)


def test_open_archive_stops_at_lying_directory(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.csv": b"a" * 5_000})
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<L", 5_000), struct.pack("<L", 10)))

    with pytest.raises(UnreadableFile, match="damaged"):
        open_archive(path)


def test_unpacking_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "a.zip", {"a.csv": b"a" * 60, "b.csv": b"b" * 60})
    monkeypatch.setattr(guards, "MAX_UNPACKED", 100)
    monkeypatch.setattr(guards, "_check_directory", lambda entries: None)

    with pytest.raises(UnreadableFile, match="far larger than any concept"):
        open_archive(path)


def test_nested_archive_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"\0" * 10_000_000)

    assert open_archive(_zip(tmp_path / "a.zip", {"a.zip": inner.getvalue()})) == {
        "a.zip": inner.getvalue()
    }


def test_open_archive_refuses_unusual_compression(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.csv": b"1"}, zipfile.ZIP_BZIP2)

    with pytest.raises(UnreadableFile, match="unusual way"):
        open_archive(path)


def test_open_archive_refuses_encrypted_entries(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.csv": b"1"}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    with pytest.raises(UnreadableFile, match="password"):
        open_archive(path)


@pytest.mark.parametrize("content", [b"no archive at all", b"PK\x03\x04 broken"])
def test_open_archive_refuses_broken_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile, match="damaged or isn’t what its name says"):
        open_archive(path)


@pytest.mark.parametrize(
    ("inside", "message"), [("EncryptedPackage", "password"), ("Workbook", "old format")]
)
def test_open_archive_knows_office_containers(tmp_path: Path, inside: str, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside.encode("utf-16-le"))

    with pytest.raises(UnreadableFile, match=message):
        open_archive(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_refuse_entities_in_any_encoding(encoding: str) -> None:
    with pytest.raises(UnreadableFile, match=r"“xl/workbook\.xml”"):
        refuse_entities({"xl/workbook.xml": BOMB.decode().encode(encoding)})


@pytest.mark.parametrize(
    ("form", "entry"),
    [
        (Format.XLSX, "xl/workbook.xml"),
        (Format.ODS, "content.xml"),
        (Format.DOCX, "word/document.xml"),
    ],
)
def test_entity_bomb_is_refused(tmp_path: Path, form: Format, entry: str) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(packed({entry: BOMB}))

    with pytest.raises(UnreadableFile, match="no office program writes"):
        read_document(path, format=form)
