"""YAML and JSON files."""

import json
from pathlib import Path

import pytest

from leitbild.plan.exchange import InvalidFile, Problem, UnreadableFile, read_document
from tests.plan.exchange.examples import SMALL, raw, small


def _file(folder: Path, content: str | bytes, name: str = "concept.yaml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_yaml_is_read(tmp_path: Path) -> None:
    assert read_document(_file(tmp_path, SMALL)).document == small()


def test_yaml_with_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, SMALL.replace("\n", "\r\n").encode("utf-8-sig"))

    assert read_document(path).document == small()


def test_json_is_read(tmp_path: Path) -> None:
    text = json.dumps(raw(), indent="\t")

    assert read_document(_file(tmp_path, text, "concept.json")).document == small()


def test_json_knows_emoji_by_escape(tmp_path: Path) -> None:
    data = raw()
    data["concept"]["title"] = "Konzept 👍🏽"

    document = read_document(_file(tmp_path, json.dumps(data), "concept.json")).document

    assert document.concept.title == {"de": "Konzept 👍🏽"}


def test_codes_and_numbers_keep_their_digits(tmp_path: Path) -> None:
    text = SMALL.replace('code: "1.1"', "code: 1.10") + (
        "municipality: {slug: a, name: 2010, key: 07312000, contact: {phone: 0631 365}}\n"
    )

    document = read_document(_file(tmp_path, text)).document

    assert document.measures[0].code == "1.10"
    assert document.municipality is not None
    assert document.municipality.key == "07312000"
    assert document.municipality.name == {"de": "2010"}
    assert document.municipality.contact.phone == "0631 365"


def test_empty_values_mean_nothing(tmp_path: Path) -> None:
    text = SMALL + "    partners:\n    summary: null\n    sample: ~\n"

    assert read_document(_file(tmp_path, text)).document == small()


def test_hints_fill_what_the_file_does_not_say(tmp_path: Path) -> None:
    text = SMALL.replace("language: de\n", "").replace("  edition: 2027\n", "")

    document = read_document(_file(tmp_path, text), language="en", edition=2030).document

    assert (document.language, document.concept.edition) == ("en", 2030)


def test_what_the_file_says_goes_before_hints(tmp_path: Path) -> None:
    document = read_document(_file(tmp_path, SMALL), language="en", edition=2030).document

    assert (document.language, document.concept.edition) == ("de", 2027)


def test_problems_name_their_lines(tmp_path: Path) -> None:
    text = SMALL.replace("start: 2027", "start: bald").replace(
        "theme: 1, title: Alle w", "title: Alle w"
    )

    with pytest.raises(InvalidFile) as caught:
        read_document(_file(tmp_path, text))

    assert [problem.place for problem in caught.value.problems] == [
        "goals[1].theme (line 19)",
        "measures[0].start (line 25)",
    ]
    assert str(caught.value.problems[0]) == (
        "goals[1].theme (line 19): This is missing. Please fill it in."
    )


def test_doubled_key_names_both_lines(tmp_path: Path) -> None:
    text = SMALL + "    code: 1.2\n"

    with pytest.raises(InvalidFile) as caught:
        read_document(_file(tmp_path, text))

    assert caught.value.problems == (
        Problem(
            "measures[0].code (line 21)", "The name “code” stands here a second time, in line 28."
        ),
    )


def test_doubled_key_in_json(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="“a” is used twice"):
        read_document(_file(tmp_path, '{"a": 1, "a": 2}', "concept.json"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]\nb: *x\n", r"In line 2 the file refers to another place \(“\*x”\)"),
        ("a: &x {y: 1}\nb:\n  <<: *x\n", "In line 3 the file refers"),
        ("a: !!python/object/apply:os.system [x]\n", "In line 1 a value has a tag"),
        ("a: 1\nb: !!str 2\n", "In line 2 a value has a tag"),
        ("a: 1\n--- \nb: 2\n", "several documents"),
        ("? [a, b]\n: 1\n", "In line 1 a name is a list"),
        ("a: [1\nb: 2\n", "something is wrong in line 2"),
        ("a: b: c\n", "something is wrong in line 1"),
        ("a:\n\t- b\n", "something is wrong in line 2"),
        ("- a\n- b\n", "doesn’t begin with named values"),
        ("just text", "doesn’t begin with named values"),
        ("# nothing\n", "doesn’t begin with named values"),
        ("a: \x07\n", "YAML doesn’t allow"),
        ("a: \x00\n", "NUL bytes"),
        ("a: " + "[" * 30 + "]" * 30, "nested more deeply"),
        ("a: " + "[" * 100_000, "nested more deeply"),
        ("a: " + "{a: " * 100_000, "nested more deeply"),
    ],
)
def test_yaml_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read_document(_file(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "b": }', "something is wrong in line 2"),
        ("[" * 25 + "]" * 25, "nested more deeply"),
        ("[" * 200_000, "nested more deeply"),
        ("[1]", "doesn’t begin with named values"),
    ],
)
def test_json_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read_document(_file(tmp_path, text, "concept.json"))


def test_yaml_in_another_encoding_names_the_byte(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"byte 5 is the first.*“UTF-8”"):
        read_document(_file(tmp_path, "a: Maß".encode("cp1252")))


def test_numbers_of_absurd_length_are_only_text(tmp_path: Path) -> None:
    text = SMALL.replace("edition: 2027", f"edition: {'9' * 10_000}")

    with pytest.raises(InvalidFile, match=r"concept\.edition \(line 5\)"):
        read_document(_file(tmp_path, text))


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    read_document(_file(tmp_path, SMALL), progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 1)]
