"""A store of files that speaks as much S3 as the product needs, in a thread of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET: Final = "stadt"


class Store(ThreadingHTTPServer):
    """What it holds, and whether it answers at all."""

    daemon_threads = True

    def __init__(self) -> None:
        """Empty, at a port of its own."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.is_broken = False
        self.is_mute = False
        """Says what it holds and doesn't hand it out."""
        self.is_kept = False
        """Removes nothing."""
        self.unsigned: list[str] = []

    @property
    def url(self) -> str:
        """How LEITBILD_STORAGE_URL names it; the secret has signs that must be quoted."""
        return f"s3+http://key:se%2Fcret@127.0.0.1:{self.server_address[1]}/{BUCKET}?region=local"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def do_PUT(self) -> None:  # the library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._is_ready():
            self.server.objects[self._key] = body
            self._answer(200)

    def do_GET(self) -> None:  # likewise
        if self.server.is_mute:
            self._refuse()
        elif self._is_ready() and self._key:
            self._object()
        elif not self.server.is_broken:
            self._listing()

    def do_HEAD(self) -> None:  # likewise
        if self._is_ready():
            self._object()

    def do_DELETE(self) -> None:  # likewise
        if self.server.is_kept:
            self._refuse()
        elif self._is_ready():
            self.server.objects.pop(self._key, None)
            self._answer(204)

    @property
    def _key(self) -> str:
        path = unquote(urlsplit(self.path).path)
        return path.removeprefix(f"/{BUCKET}").removeprefix("/")

    def _is_ready(self) -> bool:
        if "Signature=" not in self.headers.get("Authorization", ""):
            self.server.unsigned.append(self.path)
        if self.server.is_broken:
            self._refuse()
        return not self.server.is_broken

    def _refuse(self) -> None:
        self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")

    def _object(self) -> None:
        found = self.server.objects.get(self._key)
        if found is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._answer(200, found)

    def _listing(self) -> None:
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        rests = [
            each.removeprefix(prefix) for each in self.server.objects if each.startswith(prefix)
        ]
        files = "".join(
            f"<Contents><Key>{escape(prefix + each)}</Key><Size>1</Size></Contents>"
            for each in rests
            if "/" not in each
        )
        folders = "".join(
            f"<CommonPrefixes><Prefix>{escape(prefix + each)}/</Prefix></CommonPrefixes>"
            for each in sorted({each.partition("/")[0] for each in rests if "/" in each})
        )
        listing = f"<ListBucketResult><IsTruncated>false</IsTruncated>{files}{folders}"
        self._answer(200, f"{listing}</ListBucketResult>".encode())

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 00:00:00 GMT")
        self.send_header("ETag", '"x"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def running_store() -> Iterator[Store]:
    """A store that answers while inside."""
    store = Store()
    thread = Thread(target=store.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        store.server_close()
        thread.join()
