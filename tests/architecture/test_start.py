"""What a server loads before its first page: heavy libraries wait until somebody needs them."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ENDS_WITHIN: Final = 120
HEAVY: Final = {
    "coloraide",  # derives colours of themes
    "docx",  # Word files
    "docxtpl",
    "icalendar",  # calendars of milestones
    "jinja2",  # Word templates
    "lxml",
    "python_calamine",  # workbooks that are read
    "requests",  # the provider a city may sign in with
    "tqdm",  # progress on a terminal
    "typst",  # PDFs
    "urllib3",
    "xlsxwriter",  # workbooks that are written
    "yaml",  # concepts as YAML
}
LOADED: Final = """
import sys
import leitbild.config.wsgi
import leitbild.config.urls
print(*sys.modules)
"""


def test_server_loads_no_library_that_only_some_pages_need(tmp_path: Path) -> None:
    # As `leitbild serve` finds it.
    (tmp_path / "static").mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**kept, "LEITBILD_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN,
        check=False,
    )
    loaded = set(done.stdout.split())

    assert (done.returncode, done.stderr) == (0, "")
    assert {"leitbild.portal.views.home", "leitbild.office.delivery.views.board"} <= loaded
    assert HEAVY & loaded == set()


def test_heavy_libraries_are_ones_we_have() -> None:
    assert [name for name in sorted(HEAVY) if find_spec(name) is None] == []
