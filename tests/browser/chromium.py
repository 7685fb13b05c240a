"""Finds a Chromium, or gets one: `python -m tests.browser.chromium` prints its path."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tests.debian import installs, succeeds

# The shell draws the same pages without a window around them, in half the time.
NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
DEBIAN: Final = ("chromium-headless-shell", "chromium")
# Chromium alone draws boxes for Arabic on a machine without fonts, and contrast can't be judged.
FONTS: Final = "fonts-dejavu-core"
HELP: Final = "No Chromium found or installed. Install one, or name it in CHROMIUM."


class NoChromium(Exception):
    """Nothing here draws a page; the message says what to do."""


def find() -> Path | None:
    """The browser that is already here: CHROMIUM, then PATH, then Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        if not shutil.which(named):
            raise NoChromium(f"CHROMIUM is “{named}”, and that can't be run.")
        return Path(named)
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def _install() -> None:
    if succeeds([sys.executable, "-m", "playwright", "install", "chromium"]):
        return
    any(installs(FONTS, package) for package in DEBIAN)


def get() -> Path:
    """Find a browser, installing one if need be."""
    if found := find():
        return found
    _install()
    if found := find():
        return found
    raise NoChromium(HELP)


def main() -> int:
    """Print the path, or one line saying why there is none."""
    try:
        print(get())
    except NoChromium as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
