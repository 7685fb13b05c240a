"""What is shipped works: built, installed into an environment of its own, started and asked."""

import http.client
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.ports import free_port

ROOT: Final = Path(__file__).resolve().parent.parent
UV: Final = Path(sys.executable).parent / "uv"
STARTUP_SECONDS: Final = 30
CONTENT: Final = ("templates/", "static/", "LC_MESSAGES/django.mo", "demo/", "py.typed")

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (UV, "build", "--quiet", "--wheel", "--no-build-isolation")
    _run(*build, "--python", sys.executable, "--out-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def leitbild(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed with nothing but what the lock pins."""
    environment = tmp_path_factory.mktemp("environment")
    python = environment / "bin" / "python"
    install = (UV, "pip", "install", "--quiet", "--python", python)
    _run(UV, "venv", "--quiet", "--python", sys.executable, "--clear", environment)
    _run(*install, "--require-hashes", "--requirement", ROOT / "requirements" / "run.lock")
    _run(*install, "--no-deps", wheel)
    return environment / "bin" / "leitbild"


@pytest.fixture(scope="module")
def port(leitbild: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A served demo city; asked to end, it must end by itself and without complaint."""
    data = tmp_path_factory.mktemp("data")
    _run(leitbild, "demo", "--no-serve", "--data", data)
    port = free_port()
    command = [str(leitbild), "serve", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(command, cwd=data) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            ended = server.wait(timeout=10)
    assert ended == 0


def test_wheel_holds_all_that_is_no_code(wheel: Path) -> None:
    names = "\n".join(zipfile.ZipFile(wheel).namelist())

    assert [part for part in CONTENT if part not in names] == []


def test_wheel_holds_the_product_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in names} == {"leitbild"}


@pytest.mark.parametrize("path", ["/healthz", "/de/"])
def test_installed_product_answers(port: int, path: str) -> None:
    assert _status(port, path) == 200


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=ROOT.parent)


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        try:
            _status(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"No answer within {STARTUP_SECONDS} seconds.")
