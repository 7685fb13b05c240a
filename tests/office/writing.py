"""A person at the writing page: reads its form as a browser would, changes fields, sends it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from leitbild.plan.models import Concept, Decision, Measure, Publication
from tests.elements import by_id, parsed


def address(row: Any, *rest: str) -> str:
    """The writing page of a measure, theme, goal or concept, or a page below it."""
    words = {"Measure": "massnahmen", "Theme": "themen", "Goal": "ziele", "Concept": "konzept"}
    concept = row if isinstance(row, Concept) else row.concept
    below = "".join(f"{each}/" for each in rest)
    return f"/office/konzepte/{concept.slug}/{words[type(row).__name__]}/{row.pk}/{below}"


def filled(response: Any, form: str = "part") -> dict[str, list[str]]:
    """What a browser would send of a form, untouched."""
    found: dict[str, list[str]] = {}
    for name, value in values(by_id(parsed(response), form)):
        found.setdefault(name, []).append(value)
    return found


def values(form: Element) -> Iterator[tuple[str, str]]:
    for each in form.iter():
        name = each.get("name", "")
        if not name or each.tag == "button":
            continue
        if each.tag == "textarea":
            # The first line break belongs to the markup.
            yield name, (each.text or "").removeprefix("\n")
        elif each.tag == "select":
            chosen = [one for one in each.iter("option") if "selected" in one.attrib]
            yield from ((name, one.get("value", "")) for one in chosen)
        elif each.get("type") in {"checkbox", "radio"}:
            if "checked" in each.attrib:
                yield name, each.get("value", "on")
        else:
            yield name, each.get("value", "")


def send(client: Client, path: str, do: str, **changes: Any) -> Any:
    """Open a writing page, change fields, press a button."""
    return post(client, path, filled(client.get(path)), do, **changes)


def post(client: Client, path: str, fields: dict[str, list[str]], do: str, **changes: Any) -> Any:
    """Press a button of a page that was opened before."""
    return client.post(path, {**fields, **changes, "do": do})


def autosave(client: Client, path: str, fields: dict[str, list[str]], **changes: Any) -> Any:
    """What the script sends when typing pauses."""
    data = {**fields, **changes, "do": "save"}
    return client.post(path, data, headers={"Accept": "application/json"})


def the_measure(code: str = "1.1") -> Measure:
    """A measure as it stands."""
    return Measure.objects.select_related("concept__municipality", "lead").get(code=code)


def freeze(concept: Concept) -> Publication:
    """Put a proposal before the council."""
    return Publication.objects.create(
        concept=concept, number=1, language="de", digest="0" * 64, pdf=b"", pdf_digest="0" * 64
    )


def adopt(concept: Concept) -> None:
    """Have the council adopt the concept; from then on a change needs a reason."""
    Decision.objects.create(
        publication=freeze(concept), outcome="adopted", body="Rat", date=dt.date(2025, 6, 1)
    )
