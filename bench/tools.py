"""Programs the benchmark needs beside Python: found, or installed as the tests' browser is."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.timing import say
from tests.debian import installs

# Debian keeps servers where only root looks for programs.
PATH: Final = f"{os.environ.get('PATH', os.defpath)}:/usr/local/sbin:/usr/sbin:/sbin"


def tool(name: str) -> Path | None:
    """Where a program is; installs Debian's package of this name if need be and possible."""
    return found(name) or _installed(name)


def found(name: str) -> Path | None:
    """Where a program is, if it is here."""
    path = shutil.which(name, path=PATH)
    return Path(path) if path else None


def _installed(name: str) -> Path | None:
    say(f"{name} isn't here; trying to install it")
    path = found(name) if installs(name) else None
    if path is None:
        say(f"{name} can't be installed: as root on Debian this does it, else install it yourself")
    elif name == "nginx" and found("systemctl"):
        say("Debian starts its nginx on port 80; “systemctl disable --now nginx” ends that")
    return path


def version_of(command: list[str]) -> str:
    """The first line a program says about itself, on either output."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0].strip() if lines else "unknown"
