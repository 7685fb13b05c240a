"""Faulty variables are named with the way to mend them."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leitbild.config.environment import KEY_FILE, Environment, FaultyEnvironment


def test_data_directory_is_made_with_a_key_for_its_owner(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"

    first = Environment.read({"LEITBILD_DATA": str(data)})
    second = Environment.read({"LEITBILD_DATA": str(data)})

    assert first == second
    assert len(first.secret_key) >= 50
    assert stat.S_IMODE((data / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [file.name for file in data.iterdir()] == [KEY_FILE]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        started = pool.map(Environment.read, [{"LEITBILD_DATA": str(tmp_path / "data")}] * 64)

    [key] = {environment.secret_key for environment in started}
    assert len(key) >= 50


def test_given_key_makes_the_directory_but_no_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    given = {"LEITBILD_DATA": str(data), "LEITBILD_SECRET_KEY": "k" * 50}

    assert Environment.read(given).secret_key == "k" * 50
    assert list(data.iterdir()) == []


def test_short_key_is_named(tmp_path: Path) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_SECRET_KEY": "short"}

    with pytest.raises(FaultyEnvironment, match="has 5 characters; at least 50"):
        Environment.read(given)


def test_empty_directory_name_means_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Environment.read({"LEITBILD_DATA": ""}).data == tmp_path / "data"


@pytest.mark.parametrize("url", ["sqlite:////tmp/db.sqlite3", "mysql://host/name", "host/name"])
def test_database_other_than_postgresql_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(FaultyEnvironment, match="must name a PostgreSQL server"):
        Environment.read({"LEITBILD_DATA": str(tmp_path), "DATABASE_URL": url})


@pytest.mark.parametrize(
    ("value", "is_on"), [("1", True), ("true", True), ("0", False), ("", False), (" TRUE ", True)]
)
def test_switches(tmp_path: Path, value: str, is_on: bool) -> None:
    environment = Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_HTTPS": value})

    assert environment.https is is_on
    assert environment.debug is False


def test_faulty_switch_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultyEnvironment, match="LEITBILD_DEBUG is “maybe”; set it to 1 or 0"):
        Environment.read({"LEITBILD_DATA": str(tmp_path), "LEITBILD_DEBUG": "maybe"})


def test_file_in_place_of_the_directory_is_named(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")

    with pytest.raises(FaultyEnvironment, match="--data or LEITBILD_DATA"):
        Environment.read({"LEITBILD_DATA": str(file)})
