"""What is written is read again exactly, whatever it says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange import Format, read_document, write_document
from tests.strategies import documents

ENDINGS = {
    Format.YAML: ["concept.yaml"],
    Format.XLSX: ["concept.xlsx"],
    Format.ODS: ["concept.ods"],
    Format.CSV: ["concept.zip", "concept"],
}


@pytest.mark.parametrize(
    ("form", "name"), [(form, name) for form, names in ENDINGS.items() for name in names]
)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_round_trip_keeps_everything(form: Format, name: str, document: ConceptDocument) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name

        write_document(document, path, format=form)
        result = read_document(path)

    assert result.document == document
    assert result.unplaced == ()
    assert result.format == form


@pytest.mark.parametrize("form", list(Format))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_same_document_gives_same_bytes(form: Format, document: ConceptDocument) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.zip", Path(folder) / "second.zip"

        write_document(document, first, format=form)
        write_document(document, second, format=form)

        assert first.read_bytes() == second.read_bytes()
