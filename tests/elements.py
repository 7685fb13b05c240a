"""Looking into a page as a reader of HTML would, without regard to how it is written down."""

from typing import Any
from xml.etree.ElementTree import Element

from lxml import html


def parsed(response: Any) -> Element:
    """The document of a response of Django's test client."""
    text = response.content.decode() or "<html></html>"
    document: Element = html.document_fromstring(text)  # type: ignore[no-untyped-call] # lxml is
    for field in document.iter("textarea"):
        # The line break after the tag is none of the text's.
        field.text = (field.text or "").removeprefix("\n")
    return document


def by_class(root: Element, name: str) -> list[Element]:
    """Every element with this class, in the order of the page."""
    return [each for each in root.iter() if name in each.attrib.get("class", "").split()]


def by_id(root: Element, name: str) -> Element:
    """The element with this id."""
    return next(each for each in root.iter() if each.attrib.get("id") == name)


def words(element: Element) -> str:
    """The element's text with single blanks."""
    return " ".join("".join(element.itertext()).split())


def links(root: Element) -> list[str]:
    """Where the links inside lead, in order."""
    return [each.attrib["href"] for each in root.iter("a") if "href" in each.attrib]


def drawn(element: Element) -> str:
    """The symbol of the first picture inside."""
    return next(element.iterfind(".//{*}use")).attrib["href"]
