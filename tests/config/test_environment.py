"""Faulty variables are named with the way to mend them."""

import stat
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


def test_given_key_makes_no_file(tmp_path: Path) -> None:
    given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_SECRET_KEY": "k" * 50}

    assert Environment.read(given).secret_key == "k" * 50
    assert list(tmp_path.iterdir()) == []


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
