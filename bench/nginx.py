"""nginx with one worker, serving the very bytes and headers another server gave out."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.server import first_answer, free_port

# What nginx says of its own accord, and what holds for one connection.
ITS_OWN: Final = {"server", "date", "connection", "content-type", "content-length"}
# No log, files kept open, connections for ever: as fast as it goes.
CONFIGURATION: Final = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
{user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=64;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ }}
    etag off;
    max_ranges 0;
    server {{
        listen 127.0.0.1:{port};
{locations}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it came: what nginx is to give out, too."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def nginx(program: Path, pages: Sequence[Kept], folder: Path) -> Iterator[list[str]]:
    """Serve those answers; the address of each. Raises RuntimeError where it can't."""
    folder.mkdir()
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(_configuration(pages, folder, port), "utf-8")
    command = [str(program), "-e", "stderr", "-p", str(folder), "-c", str(file)]
    with subprocess.Popen(command) as process:
        try:
            urls = [f"http://127.0.0.1:{port}/{place}" for place in range(len(pages))]
            for url, page in zip(urls, pages, strict=True):
                _check(url, page, process)
            yield urls
        finally:
            process.terminate()


def _configuration(pages: Sequence[Kept], folder: Path, port: int) -> str:
    return CONFIGURATION.format(
        folder=folder,
        port=port,
        user="user root;" if os.geteuid() == 0 else "",
        locations="\n".join(_location(page, folder, place) for place, page in enumerate(pages)),
    )


def _location(page: Kept, folder: Path, number: int) -> str:
    file = folder / f"{number}.bytes"
    file.write_bytes(page.body)
    lines = [
        f"alias {file};",
        f'default_type "{page.headers["content-type"]}";',
        'add_header Last-Modified "";',
        *(
            f"add_header {name} '{value.replace(chr(39), chr(92) + chr(39))}';"
            for name, value in page.headers.items()
            if name not in ITS_OWN
        ),
    ]
    body = "\n".join(f"            {line}" for line in lines)
    # Not the page's own path: nginx takes one that ends in a slash for a folder.
    return f"        location = /{number} {{\n{body}\n        }}"


def _check(url: str, page: Kept, process: "subprocess.Popen[bytes]") -> None:
    """Both must say the same, or comparing them means nothing."""
    answer = first_answer(process, url)
    left_out = {"server", "date", "connection"}
    ours = {name: value for name, value in page.headers.items() if name not in left_out}
    theirs = {name: value for name, value in answer.headers.items() if name not in left_out}
    if (answer.status, answer.body, theirs) != (200, page.body, ours):
        raise RuntimeError(
            f"nginx answers {page.path} otherwise: {answer.status}, {theirs} instead of {ours}."
        )
