"""Installs a tool as a package of Debian or Ubuntu, where that can be done."""

import os
import shutil
import subprocess
import sys
from functools import cache


def installs(*packages: str) -> bool:
    """Whether the packages could be installed; only root can, and only where apt-get is."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or not _update():
        return False
    return succeeds(["apt-get", "install", "--yes", "--no-install-recommends", *packages])


@cache
def _update() -> bool:
    """Without a list of packages nothing is found; once is enough."""
    return succeeds(["apt-get", "update"])


def succeeds(command: list[str]) -> bool:
    """Run a command, whose words go to standard error."""
    print(" ".join(command), file=sys.stderr)
    # Standard output is for what the caller has to say.
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
