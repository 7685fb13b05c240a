"""Is a page valid HTML? A strict parser, unique ids, and every reference leads somewhere."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

import html5lib

REFERENCES: Final = (
    "for",
    "list",
    "headers",
    "aria-controls",
    "aria-describedby",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
)


def faults(html: str) -> list[str]:
    """Everything wrong with a whole page, each in one line; empty when it is valid."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document: Element = parser.parse(html)
    lines = html.splitlines()
    parsing = [
        f"line {line}: {code} {names or ''}: {lines[line - 1].strip()[:120]}"
        for (line, _), code, names in parser.errors
    ]
    return parsing + list(_identity_faults(document))


def _identity_faults(document: Element) -> Iterator[str]:
    elements = list(document.iter("*"))
    ids = Counter(element.attrib["id"] for element in elements if "id" in element.attrib)
    yield from (f"id “{name}” is used {times} times" for name, times in ids.items() if times > 1)
    for element in elements:
        for name in _referred(element):
            if name not in ids:
                yield f"<{element.tag}> refers to “{name}”, which no element is"


def _referred(element: Element) -> Iterator[str]:
    for attribute in REFERENCES:
        yield from element.attrib.get(attribute, "").split()
    target = element.attrib.get("href", "")
    if target.startswith("#") and target not in {"#", "#top"}:
        yield target[1:]


def assert_valid(response: Any) -> None:
    """Fail with every fault of a response of Django's test client."""
    html = response.content.decode()
    found = faults(html)
    assert not found, "\n".join([f"{len(found)} faults in the page:", *found])
