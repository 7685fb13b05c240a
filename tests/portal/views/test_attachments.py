"""Files everybody may read are handed out shut in; any other file is as good as none."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from leitbild.accounts.models import HostName, Municipality
from leitbild.delivery.actions.attachments import attach_file
from leitbild.delivery.models import Attachment
from leitbild.plan.models import Concept, Measure
from tests.towns import measure, plan, settle

PNG = b"\x89PNG\r\n\x1a\n..."
PDF = b"%PDF-1.7 Bericht"


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Municipality:
    settings.MEDIA_ROOT = tmp_path
    return settle(plan(measure("1.1")))


def attach(content: bytes = PDF, name: str = "Bericht.pdf", *, public: bool = True) -> str:
    """The address of a file of the measure."""
    row = attach_file(
        measure=Measure.objects.select_related("concept__municipality").get(),
        title="Bericht",
        file=ContentFile(content),
        name=name,
        public=public,
        by=None,
    )
    return f"/de/anhang/{row.pk}/"


def test_public_file_is_handed_out_shut_in(town: Municipality) -> None:
    place = attach(name="Bericht über 2025.pdf")

    response: Any = Client().get(place)

    assert response.getvalue() == PDF
    expected = {
        "Content-Type": "application/pdf",
        "Content-Length": "16",
        "Content-Disposition": "attachment; filename*=utf-8''Bericht%20%C3%BCber%202025.pdf",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{Attachment.objects.get().digest}"',
    }
    assert {name: response[name] for name in expected} == expected
    assert not response.cookies
    again = Client().get(place, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_picture_is_shown_and_a_page_in_disguise_is_not(town: Municipality) -> None:
    picture: Any = Client().get(attach(PNG, "bild.png"))
    disguised: Any = Client().get(attach(b"<script>alert(1)</script>", "liste.csv"))

    assert (picture.getvalue(), disguised.getvalue()[:8]) == (PNG, b"<script>")
    assert picture["Content-Disposition"] == 'inline; filename="bild.png"'
    assert disguised["Content-Type"] == "text/csv; charset=utf-8"
    assert disguised["Content-Disposition"] == 'attachment; filename="liste.csv"'
    assert disguised["X-Content-Type-Options"] == "nosniff"


def test_file_that_is_not_public_is_not_found(town: Municipality) -> None:
    internal, public = attach(public=False), attach()
    assert Client().get(internal).status_code == 404

    Concept.objects.update(status="superseded")
    response: Any = Client().get(public)
    assert response.getvalue() == PDF
    Concept.objects.update(status="draft")
    assert Client().get(public).status_code == 404


def test_file_of_another_city_is_not_found(town: Municipality) -> None:
    place = attach()
    HostName.objects.create(municipality=town, name="hier.example")
    other = Municipality.objects.create(slug="dort", name="Dort", languages=["de"])
    HostName.objects.create(municipality=other, name="testserver")

    assert Client().get(place).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_file_is_only_read(town: Municipality, method: str) -> None:
    assert getattr(Client(), method)(attach()).status_code == 405
