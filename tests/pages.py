"""Every kind of page the portal has, as the demo city shows it: name and address."""

from typing import Final

PAGES: Final = {
    "home": "",
    "theme": "themen/sprachfoerderung/",
    "list": "massnahmen/",
    "filtered list": "massnahmen/?theme=2&theme=3&state=under_way&sort=title",
    "empty list": "massnahmen/?q=xyzzy",
    "measure": "massnahmen/2.3/",
    "measure without news": "massnahmen/4.5/",
    "news": "neues/",
    "what is missing": "was-fehlt/",
    "arrival": "ankommen/",
    "concept": "konzept/",
    "older edition": "konzept/2013/",
    "adopted versions": "konzept/2022/fassungen/",
    "adopted text": "konzept/2022/fassungen/1/",
    "changes since": "konzept/2022/fassungen/1/aenderungen/",
    "editions compared": "konzept/2022/vergleich/",
    "search": "suche/",
    "search with hits": "suche/?q=2.",
    "search without hits": "suche/?q=xyzzy",
    "accessibility": "barrierefreiheit/",
    "privacy": "datenschutz/",
    "imprint": "impressum/",
}
MISSING: Final = "gibt-es-nicht/"
MACHINES: Final = ("healthz", "robots.txt", "sitemap.xml", "palette.css")
"""Addresses without a language."""
