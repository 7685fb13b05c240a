"""A thousand requests of every kind, always the same ones: what a worker meets in its life."""

import itertools
import random
import re
from collections.abc import Sequence
from typing import Final

from bench.server import Server, ask

EDITION: Final = "2022"
LOCATION: Final = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")
WORDS: Final = ("deutsch", "kurs", "schule", "arbeit", "wohnen", "sprache", "frauen", "verein")
OFFICE: Final = (
    "/office/",
    f"/office/umsetzung/{EDITION}/",
    f"/office/konzepte/{EDITION}/",
    f"/office/konzepte/{EDITION}/check/",
    f"/office/umsetzung/{EDITION}/was-fehlt/",
    f"/office/umsetzung/{EDITION}/berichte/",
    "/office/meine-massnahmen/",
    "/office/uebersetzungen/",
    "/office/protokoll/",
)
REPORT: Final = f"/office/umsetzung/{EDITION}/berichte/bericht"
SHARES: Final = {
    "public page": 0.57,
    "search or filtered list": 0.15,
    "feed": 0.08,
    "CSV": 0.06,
    "office page": 0.08,
    "XLSX": 0.03,
    "PDF": 0.02,
    "DOCX": 0.01,
}
"""How much of the whole each kind is."""
MIX: Final = ", ".join(f"{share:.0%} {kind}" for kind, share in SHARES.items())


def mixed_requests(server: Server, count: int) -> dict[str, list[str]]:
    """So many paths, by kind."""
    sitemap = ask(f"{server.address}/sitemap.xml", {"Accept-Encoding": "identity"})
    pages = LOCATION.findall(sitemap.body.decode())
    if not pages:
        raise RuntimeError("The sitemap names no page.")
    return by_kind(pages, count)


def by_kind(pages: Sequence[str], count: int) -> dict[str, list[str]]:
    """Share the requests out among the kinds, each kind's paths in turn."""
    measures = [page for page in pages if re.search(r"/massnahmen/[^/]+/$", page)]
    paths: dict[str, Sequence[str]] = {
        "public page": pages,
        "search or filtered list": [
            f"/{code}/{page}?q={word}{number}"
            for number in ("", "+neu")
            for word in WORDS
            for page in ("suche/", "massnahmen/")
            for code in ("de", "ar", "uk")
        ],
        "feed": ["/de/neues.atom", *(f"{page}neues.atom" for page in measures)],
        "CSV": [
            "/de/massnahmen/tabelle.csv",
            *(f"/de/massnahmen/tabelle.csv?q={w}" for w in WORDS),
        ],
        "office page": OFFICE,
        "XLSX": ["/de/massnahmen/tabelle.xlsx", f"{REPORT}.xlsx"],
        "PDF": [f"/de/konzept/{EDITION}/fassungen/1/konzept.pdf", f"{REPORT}.pdf"],
        "DOCX": [f"{REPORT}.docx"],
    }
    return {
        kind: list(itertools.islice(itertools.cycle(paths[kind]), round(share * count)))
        for kind, share in SHARES.items()
    }


def shuffled(requests: dict[str, list[str]]) -> list[str]:
    """All of them in random order, the same every time."""
    every = list(itertools.chain.from_iterable(requests.values()))
    random.Random(len(every)).shuffle(every)  # noqa: S311 # no secret
    return every
