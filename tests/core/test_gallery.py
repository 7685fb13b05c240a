"""The gallery shows every component, and only whoever builds pages sees it."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client

from leitbild.core import gallery
from leitbild.core.templatetags.components import register
from leitbild.delivery.enums import State
from leitbild.delivery.queries import NO_NEWS
from leitbild.plan.enums import Sign
from tests.elements import by_class, by_id, links, parsed
from tests.markup import assert_valid

TEMPLATE: Final = Path(gallery.__file__).parent / "templates" / "core" / "gallery.html"
SPRITE: Final = TEMPLATE.parent / "components" / "sprite.html"


@pytest.fixture
def gallery_client(db: None, settings: Any, client: Client) -> Client:
    settings.ROOT_URLCONF = "tests.workshop"
    return client


def test_gallery_is_valid(gallery_client: Client) -> None:
    response = gallery_client.get("/_gallery/")

    assert response.status_code == 200
    assert_valid(response)


def test_gallery_has_its_colours(gallery_client: Client) -> None:
    css = gallery_client.get("/_gallery/palette.css").content.decode()

    assert [f".theme-{number}{{" in css for number in range(1, 11)] == [True] * 10


def test_gallery_is_not_there_without_debug_mode(db: None, client: Client) -> None:
    assert client.get("/_gallery/").status_code == 404


@pytest.mark.parametrize("tag", sorted(set(register.tags) - {"period"}))
def test_component_stands_in_the_gallery(tag: str) -> None:
    assert f"{{% {tag} " in TEMPLATE.read_text("utf-8")


def test_gallery_shows_every_state_and_sign() -> None:
    assert [name for name, _label in gallery.STATES] == [*State.values, NO_NEWS]
    assert sorted(gallery.SIGNS) == sorted(Sign.values)


def test_every_state_and_sign_is_drawn() -> None:
    drawn = re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text("utf-8"))

    assert sorted(drawn) == sorted(
        [*(f"stone-{name}" for name in (*State.values, NO_NEWS))]
        + [f"sign-{name}" for name in Sign.values]
    )


def test_gallery_shows_a_form_with_its_faults(gallery_client: Client) -> None:
    root = parsed(gallery_client.get("/_gallery/"))

    faults = by_class(root, "faults")[0]
    assert links(faults) == ["#id_title", "#id_year"]
    assert len(by_class(root, "field")) == len(gallery.ExampleForm.base_fields)
    assert [by_id(root, link[1:]).attrib["aria-invalid"] for link in links(faults)] == ["true"] * 2
