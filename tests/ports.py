"""Ports of this machine for servers that tests start."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def taken_port(host: str = "127.0.0.1") -> Iterator[int]:
    """A port somebody listens on."""
    with closing(socket.create_server((host, 0))) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    """A port nobody listens on."""
    with taken_port() as port:
        return port
