"""Import in a browser: upload, dry run, confirm, and read it in the portal."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An edition of its own, so that nothing the council adopted changes."""
    path = tmp_path / "plan.json"
    concept = {"slug": "2030", "title": "Konzept 2030", "edition": 2030}
    theme = {"number": 1, "slug": "bildung", "name": "Bildung"}
    goal = {"code": "1a", "theme": 1, "title": "Alle lernen."}
    measure = {"code": "1.1", "title": "Lesen fördern", "goals": ["1a"]}
    parts = {"themes": [theme], "goals": [goal], "measures": [measure]}
    raw = {"format": "leitbild-concept/1", "language": "de", "concept": concept, **parts}
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["de", "ar"])
def test_officer_uploads_sees_the_dry_run_and_confirms(
    writable_site: str, writable_demo_city: Municipality, page: Page, file: Path, language: str
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}/office/import/")
    assert_accessible(page)
    page.set_input_files("input[type=file]", file)

    page.locator("main .button--main").click()

    expect(page.locator(".tally li").first).to_contain_text("4")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sticking_out(page) == []
    assert_accessible(page)
    page.set_viewport_size(DESKTOP)

    page.locator("main .button--main").last.click()

    expect(page).to_have_url(f"{writable_site}/office/konzepte/2030/")
    expect(page.locator("main")).to_contain_text("Lesen fördern")


def test_problems_of_a_file_are_readable_on_a_phone(
    writable_site: str, writable_demo_city: Municipality, phone: Page, tmp_path: Path
) -> None:
    sit_down(phone, writable_site, writable_demo_city, Role.OFFICER)
    faulty = tmp_path / "plan.yaml"
    faulty.write_text("format: leitbild-concept/1\nconcept: {slug: x}\n", encoding="utf-8")
    phone.goto(f"{writable_site}/office/import/")
    phone.set_input_files("input[type=file]", faulty)

    phone.locator("main .button--main").click()

    expect(phone.locator("main table tbody tr")).not_to_have_count(0)
    assert_accessible(phone)
    assert sticking_out(phone) == []
