"""Archives without a clock's traces."""

import io
import zipfile

from leitbild.plan.exchange.archives import packed, repacked


def test_packed_gives_same_bytes_for_same_entries() -> None:
    entries = {"mimetype": b"x", "a.xml": b"<a/>" * 100}

    first = packed(entries)

    assert first == packed(entries)
    assert first == repacked(first)


def test_packed_leaves_the_type_readable() -> None:
    with zipfile.ZipFile(io.BytesIO(packed({"mimetype": b"x", "a": b"y"}))) as archive:
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}

    assert kinds == {"mimetype": zipfile.ZIP_STORED, "a": zipfile.ZIP_DEFLATED}
