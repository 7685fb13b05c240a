"""Concept documents as authors might write them, for property tests.

What is the same for every document is made once: looking at what a strategy is made of takes longer
than drawing from it.
"""

import datetime as dt
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from leitbild.accounts.enums import Level, OrganisationKind
from leitbild.plan.document import ConceptDocument, parse_document
from leitbild.plan.document.fields import TOKENS
from leitbild.plan.enums import ConceptStatus, MeasureKind, Sign

LANGUAGES: Final = ("de", "en", "ar", "uk")
# What formats trip over: formulas, escapes, scripts, signs beyond the first plane.
TRAPS: Final = (
    "=1+1", "'=1+1", "''", "+49 631", "-5", "@name", "2.10", "07312000", "1e5", "null", "~", "ja",
    "no", "_x0041_", "a;b, c", 'say "hi"', "# no heading", "- no item", "| x", "{x}: [y]", "&amp;",
    "<b>", "*x*", "مرحبا بالعالم", "Ласкаво просимо", "e\u0301", "👍🏽", "\u200f", "x\u2028y",
    "x\u0085y", "a  b", "a\tb", "%", "!tag", "Maßnahme: ß", "\u00a0", "＝1",
)  # fmt: skip
_SIGNS: Final = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u202d\u202e"
)
_PIECES: Final = st.sampled_from(TRAPS) | st.text(_SIGNS, min_size=1, max_size=8)
_SLUGS: Final = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_CODES: Final = st.from_regex(r"[0-9A-Za-zäß]{1,4}([.\-][0-9]{1,2}){0,2}", fullmatch=True)
_YEARS: Final = st.integers(1900, 2200)
_URLS: Final = st.sampled_from(
    ["", "https://example.org/a_b?x=1;2&y=ü", "http://xn--bcher-kva.example"]
)
_COLOURS: Final = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
_MOMENTS: Final = st.none() | _YEARS | st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


def _is_filled(text: str) -> bool:
    return bool(text.strip())


@cache
def lines() -> SearchStrategy[str]:
    """Texts on one line that say something."""
    return st.lists(_PIECES, min_size=1, max_size=3).map(" ".join).filter(_is_filled)


@cache
def prose() -> SearchStrategy[str]:
    """Texts on several lines, which may be empty."""
    return st.lists(_PIECES | st.just("\n") | st.just("\n\n"), max_size=4).map(" ".join)


@cache
def _texts(text: SearchStrategy[str], language: str, *, required: bool) -> SearchStrategy[Any]:
    others = [code for code in LANGUAGES if code != language]
    further = st.dictionaries(st.sampled_from(others), text, max_size=2)
    own = text if required else text | st.just("")
    return st.builds(lambda first, rest: {language: first, **rest}, own, further)


def _unique(
    parts: SearchStrategy[Any], *keys: str, most: int, least: int = 0
) -> SearchStrategy[list[Any]]:
    by = tuple(lambda part, key=key: part[key] for key in keys)
    return st.lists(parts, min_size=least, max_size=most, unique_by=by)


@cache
def _municipality(language: str) -> SearchStrategy[dict[str, Any]]:
    line = _texts(lines(), language, required=False)
    address = st.sampled_from(["", "x@example.org"])
    contact = {"office": line, "address": prose(), "email": address, "phone": lines(), "url": _URLS}
    imprint = {
        "represented_by": line, "responsible": line, "supervisory_authority": line,
        "data_protection_email": address, "hosting": line, "enforcement_body": line,
        "enforcement_url": _URLS,
    }  # fmt: skip
    terms = st.dictionaries(
        st.sampled_from(LANGUAGES), st.fixed_dictionaries({"one": lines(), "many": lines()}),
        max_size=2,
    )  # fmt: skip
    others = st.lists(
        st.sampled_from([code for code in LANGUAGES if code != language]), unique=True
    )
    return st.fixed_dictionaries(
        {
            "slug": _SLUGS,
            "name": _texts(lines(), language, required=True),
            "official_name": line,
            "key": st.sampled_from(["", "07312000"]),
            "languages": others.map(lambda codes: [language, *codes]),
            "hosts": st.sampled_from([[], ["plan.example.org", "xn--bcher.example"]]),
            "terminology": st.dictionaries(st.sampled_from(Level.values), terms, max_size=2),
            "tokens": st.dictionaries(st.sampled_from(TOKENS), _COLOURS, max_size=3),
            "contact": st.fixed_dictionaries(contact),
            "imprint": st.fixed_dictionaries(imprint),
        }
    )


@cache
def _resolutions(language: str) -> SearchStrategy[list[dict[str, Any]]]:
    resolution = st.fixed_dictionaries(
        {
            "body": _texts(lines(), language, required=True),
            "date": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
            "paper": lines() | st.just(""),
            "result": _texts(lines(), language, required=False),
            "url": _URLS,
        }
    )
    return st.lists(resolution, max_size=2)


def _concept(draw: DrawFn, language: str) -> dict[str, Any]:
    edition = draw(_YEARS)
    slug = draw(_SLUGS)
    return {
        "slug": slug,
        "title": draw(_texts(lines(), language, required=True)),
        "edition": edition,
        "horizon": draw(st.none() | st.integers(edition, 2200)),
        "purpose": draw(_texts(prose(), language, required=False)),
        "introduction": draw(_texts(prose(), language, required=False)),
        "status": draw(st.sampled_from(ConceptStatus.values)),
        "predecessor": draw(st.none() | _SLUGS.filter(lambda other: other != slug)),
        "source_url": draw(_URLS),
        "sample": draw(st.booleans()),
        "resolutions": draw(_resolutions(language)),
    }


@cache
def _some_organisations(language: str) -> SearchStrategy[list[dict[str, Any]]]:
    organisation = st.fixed_dictionaries(
        {
            "slug": _SLUGS,
            "name": _texts(lines(), language, required=True),
            "kind": st.sampled_from(OrganisationKind.values),
            "url": _URLS,
        }
    )
    return _unique(organisation, "slug", most=3)


def _organisations(draw: DrawFn, language: str) -> list[dict[str, Any]]:
    parts = draw(_some_organisations(language))
    for position, part in enumerate(parts):
        above = [other["slug"] for other in parts[:position]]
        part["parent"] = draw(st.sampled_from([None, *above]))
    return parts


@cache
def _lists(language: str) -> dict[str, SearchStrategy[Any]]:
    name = _texts(lines(), language, required=True)
    text = _texts(prose(), language, required=False)
    stage = st.fixed_dictionaries({"slug": _SLUGS, "name": name, "description": text})
    group = st.fixed_dictionaries({"slug": _SLUGS, "name": name})
    theme = st.fixed_dictionaries(
        {
            "number": st.integers(1, 999),
            "slug": _SLUGS,
            "name": name,
            "vision": text,
            "introduction": text,
            "colour": st.just("") | _COLOURS,
            "sign": st.sampled_from(["", *Sign.values]),
            "source_url": _URLS,
            "sample": st.booleans(),
        }
    )
    return {
        "stages": _unique(stage, "slug", most=2),
        "target_groups": _unique(group, "slug", most=2),
        "themes": _unique(theme, "number", "slug", least=1, most=2),
    }


def _some(values: list[str], *, least: int = 0) -> SearchStrategy[list[str]]:
    if not values:
        return st.just([])
    return st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)


def _goals(draw: DrawFn, language: str, themes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    goal = st.fixed_dictionaries(
        {
            "code": _CODES,
            "theme": st.sampled_from([theme["number"] for theme in themes]),
            "title": _texts(lines(), language, required=True),
            "text": _texts(prose(), language, required=False),
            "horizon": st.none() | _YEARS,
            "source_url": _URLS,
            "sample": st.booleans(),
        }
    )
    goals: list[dict[str, Any]] = draw(_unique(goal, "code", most=3))
    return goals


def _measures(draw: DrawFn, language: str, parts: dict[str, Any]) -> list[dict[str, Any]]:
    goals = [goal["code"] for goal in parts["goals"]]
    if not goals:
        return []
    slugs = {key: [part["slug"] for part in parts[key]] for key in ("stages", "target_groups")}
    organisations = [part["slug"] for part in parts["organisations"]]
    span = st.tuples(_MOMENTS, _MOMENTS).map(_in_order)
    measure = st.builds(
        lambda span, **rest: {**rest, "start": span[0], "end": span[1]},
        span=span,
        code=_CODES,
        title=_texts(lines(), language, required=True),
        summary=_texts(prose(), language, required=False),
        text=_texts(prose(), language, required=False),
        goals=_some(goals, least=1),
        stages=_some(slugs["stages"]),
        target_groups=_some(slugs["target_groups"]),
        kind=st.sampled_from(MeasureKind.values),
        lead=st.sampled_from([None, *organisations]),
        partners=_some(organisations),
        source_url=_URLS,
        sample=st.booleans(),
    )
    measures: list[dict[str, Any]] = draw(_unique(measure, "code", most=3))
    return measures


def _in_order(span: tuple[Any, Any]) -> tuple[Any, Any]:
    """A span whose end isn't before its start, whatever the precision."""
    start, end = span
    if start is None or end is None:
        return span
    first = start.year if isinstance(start, dt.date) else start
    last = end.year if isinstance(end, dt.date) else end
    return (start, end) if first < last else (start, start)


@st.composite
def documents(draw: DrawFn) -> ConceptDocument:
    """Whole, checked concepts."""
    language = draw(st.sampled_from(LANGUAGES))
    parts = {key: draw(strategy) for key, strategy in _lists(language).items()}
    parts["organisations"] = _organisations(draw, language)
    parts["goals"] = _goals(draw, language, parts["themes"])
    parts["measures"] = _measures(draw, language, parts)
    return parse_document(
        {
            "language": language,
            "municipality": draw(st.none() | _municipality(language)),
            "concept": _concept(draw, language),
            **parts,
        }
    )
