"""A server that can be killed and is back at once: `python -m tests.durability.server …`.

The product's WSGI application behind a plain threaded server. Loading Django takes longer than
a life here may last, so one process loads it, opens a page once and is forked for each life; the
listening socket is the same for all of them. Protocol: a line on stdin asks for a life, a line on
stdout says its process id; the end of stdin ends it.
"""

import io
import os
import socket
import sys
from collections.abc import Callable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connections

from leitbild.config.wsgi import application


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Threaded(ThreadingMixIn, WSGIServer):
    """Answers several requests at once on a socket that listens already."""

    daemon_threads = True

    def __init__(self, listening: socket.socket) -> None:
        """Take the socket over; nothing is bound."""
        super().__init__(listening.getsockname(), Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = listening.getsockname()
        self.setup_environ()


def live(listening: socket.socket) -> None:
    """Serve until killed."""
    server = Threaded(listening)
    server.set_app(application)
    server.serve_forever(poll_interval=60)


def warm_up(path: str, cookie: str, token: str) -> None:
    """Send a form that changes nothing, so that everything a save needs is loaded."""
    body = b"do=discard&base=0"
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": cookie,
        "HTTP_X_CSRFTOKEN": token,
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    answers: list[str] = []

    def start_response(status: str, *_rest: Any) -> Callable[[bytes], object]:
        answers.append(status)
        return len

    application(environ, start_response)
    connections.close_all()
    if answers != ["302 Found"]:
        raise SystemExit(f"Unexpected answer: {answers}")


def main(database: str, descriptor: int, *page: str) -> None:
    """Load once, live as often as asked."""
    settings.DATABASES["default"]["NAME"] = database
    warm_up(*page)
    listening = socket.socket(fileno=descriptor)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(listening)
            finally:
                os._exit(1)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
