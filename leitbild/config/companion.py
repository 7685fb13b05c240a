"""The worker beside a server: a process of its own, started again when it dies."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final

PAUSES: Final = (0.2, 1.0, 5.0, 30.0, 60.0)
"""Seconds before it is started again, the more the oftener it dies soon."""
SOON: Final = 60.0
STOPPED_WITHIN: Final = 10.0
"""Seconds a worker has to finish what it is doing."""
log = logging.getLogger(__name__)


class Companion:
    """Starts the worker, watches over it, ends it."""

    def __init__(self, command: Sequence[str] = ()) -> None:
        """Nothing runs yet; the command is that of this installation’s worker."""
        this = ("worker", "--server", str(os.getpid()))
        self._command = command or (sys.executable, "-m", "leitbild.config.cli", *this)
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker and stay beside it, in a thread."""
        threading.Thread(target=self._stay, daemon=True).start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, then end it."""
        with self._lock:
            self._ending.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _stay(self) -> None:
        deaths = 0
        while (process := self._started()) is not None:
            born = time.monotonic()
            code = process.wait()
            if self._ending.is_set():
                return
            deaths = 0 if time.monotonic() - born > SOON else deaths
            log.warning("The worker ended (%s) and is started again.", code)
            self._ending.wait(PAUSES[min(deaths, len(PAUSES) - 1)])
            deaths += 1

    def _started(self) -> "subprocess.Popen[bytes] | None":
        """A new worker, unless everything is about to end."""
        with self._lock:
            if self._ending.is_set():
                return None
            # In a session of its own: Ctrl-C is the server's, which then asks the worker to end.
            self._process = subprocess.Popen(  # noqa: S603 # our own command
                self._command, stdin=subprocess.DEVNULL, start_new_session=True
            )
            return self._process
