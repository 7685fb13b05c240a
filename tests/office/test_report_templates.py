"""The page of the Word template: upload, faults, downloads, and back to the standard one."""

import io
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.delivery.models import ReportTemplate
from leitbild.plan.models import Concept
from tests.elements import parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.reports.council.templates import template

PAGE: Final = "/office/berichtsvorlage/"


@pytest.fixture
def officer(writing_town: Municipality) -> Client:
    return signed_in(member(writing_town, Role.OFFICER))


def paragraphs(officer: Client, which: str) -> list[str]:
    response = officer.get(reverse("office:report-template-file", args=[which]))
    name = f'attachment; filename="musterstadt-bericht-{which}.docx"'
    assert response["Content-Disposition"] == name
    return [each.text for each in Document(io.BytesIO(response.content)).paragraphs]


def test_own_template_is_used_tried_taken_along_and_taken_back(officer: Client) -> None:
    own = template("{{ city }}: {{ measures_total }}")

    page = officer.get(PAGE)
    taken = officer.post(PAGE, {"file": SimpleUploadedFile("Rat.docx", own)}, follow=True)

    assert_valid(page)
    assert "The standard template. Nobody has uploaded one of your own." in page.content.decode()
    assert "{{ measure.now.label }}" in page.content.decode()
    assert_valid(taken)
    assert "Reports are made with this template from now on." in taken.content.decode()
    assert "Rat.docx" in taken.content.decode()
    assert paragraphs(officer, "eigene") == ["{{ city }}: {{ measures_total }}"]
    assert paragraphs(officer, "vorschau") == ["Musterstadt: 2"]
    back = officer.post(PAGE, {"remove": "1"}, follow=True)
    assert "Reports are made with the standard template again." in back.content.decode()
    assert officer.get(reverse("office:report-template-file", args=["eigene"])).status_code == 404
    assert "{%p for theme in themes %}" in paragraphs(officer, "standard")


def test_file_that_cannot_be_filled_is_refused_with_every_reason(officer: Client) -> None:
    faulty = SimpleUploadedFile("Rat.docx", template("{{ citty }}", "{% set x = 1 %}"))

    response = officer.post(PAGE, {"file": faulty})

    assert response.status_code == 422
    assert_valid(response)
    errors = [words(each) for each in parsed(response).iter("a") if each.get("href") == "#id_file"]
    assert len(errors) == 2
    assert "A report knows no “citty”. Did you mean “city”?" in errors[0]
    for file, reason in (
        (SimpleUploadedFile("Rat.docm", b"PK"), "save it as .docx"),
        (SimpleUploadedFile("Rat.docx", b"x" * (5 * 1024 * 1024 + 1)), "at most 5.0"),
        (None, "Choose a file first."),
    ):
        refused = officer.post(PAGE, {"file": file} if file else {})
        assert reason in refused.content.decode()
    assert not ReportTemplate.objects.exists()


def test_without_an_adopted_edition_there_is_nothing_to_try(officer: Client) -> None:
    Concept.objects.update(status="draft")

    assert "vorschau" not in officer.get(PAGE).content.decode()
    for which in ("vorschau", "anderes"):
        place = reverse("office:report-template-file", args=[which])
        assert officer.get(place).status_code == 404
