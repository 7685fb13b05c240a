"""The product's server beside a test: `python -m tests.durability.real_server NAME STATIC PORT`.

What people run, the page cache in front, on the database a test writes to. It prints `ready` once
pages can be fetched, and the address of every request that reaches Django: what is kept doesn't.
"""

import sys
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application

from leitbild.config.server import serve


def tell(environ: dict[str, Any], **_more: Any) -> None:
    """Print what Django is asked, in one piece."""
    address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".removesuffix("?")
    sys.stdout.write(f"{environ['REQUEST_METHOD']} {address}\n")
    sys.stdout.flush()


def main(database: str, static: str, port: str) -> None:
    """Serve until told to end."""
    settings.DATABASES["default"]["NAME"] = database
    settings.STATIC_ROOT = static
    get_wsgi_application()
    request_started.connect(tell)
    serve(
        address="127.0.0.1",
        port=int(port),
        workers=1,
        ready=lambda _url: print("ready", flush=True),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
