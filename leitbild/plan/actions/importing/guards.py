"""What an import refuses, with a sentence for each reason."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import cast

from django.db.models import PROTECT, Q
from django.utils.translation import gettext as _

from leitbild.accounts.actions import municipality_obstacles
from leitbild.accounts.models import Municipality
from leitbild.core.colour import failing_pairs
from leitbild.plan.actions.importing.comparison import Comparison
from leitbild.plan.document import ConceptDocument, ConceptPart, MunicipalityPart, ThemePart
from leitbild.plan.models import Concept, Measure


def obstacles(
    document: ConceptDocument, comparison: Comparison, municipality: Municipality | None
) -> list[str]:
    """Every reason why the database can't take the document."""
    return [
        *_language(document, municipality),
        *_municipality(comparison, municipality),
        *_contrast(comparison),
        *_slugs(comparison),
        *_lineage(comparison, municipality),
        *_history(comparison, municipality),
    ]


def _town(comparison: Comparison) -> MunicipalityPart:
    [town] = comparison.after["municipality"].values()
    return cast(MunicipalityPart, town)


def _concept(comparison: Comparison) -> ConceptPart:
    [concept] = comparison.after["concept"].values()
    return cast(ConceptPart, concept)


def _language(document: ConceptDocument, municipality: Municipality | None) -> Iterator[str]:
    if municipality and document.language != municipality.source_language:
        yield _(
            "{name} writes its texts in “{own}”, the file in “{other}”; "
            "set the file’s language to “{own}” or choose another municipality."
        ).format(name=municipality.name, own=municipality.source_language, other=document.language)


def _municipality(comparison: Comparison, municipality: Municipality | None) -> Iterator[str]:
    town = _town(comparison)
    yield from municipality_obstacles(
        slug=town.slug, key=town.key, languages=town.languages, hosts=town.hosts
    )
    holder = Municipality.objects.filter(key=town.key).first() if town.key else None
    if municipality is None and holder:
        yield _(
            "The file is about a municipality “{other}”, which isn’t here. If that is {name}, "
            "import it with --municipality {own}."
        ).format(other=town.slug, name=holder.name, own=holder.slug)


def _contrast(comparison: Comparison) -> Iterator[str]:
    themes = cast(list[ThemePart], list(comparison.after["theme"].values()))
    source = _town(comparison).languages[0]
    colours = {f"{each.number} {each.name.get(source, '')}": each.colour for each in themes}
    for pair in failing_pairs(_town(comparison).tokens, colours):
        yield _(
            "{name}: {foreground} on {background} has a contrast of {ratio}:1; "
            "at least 4.5:1 is needed to read it."
        ).format(
            name=pair.name,
            foreground=pair.foreground,
            background=pair.background,
            ratio=pair.shown_ratio,
        )


def _slugs(comparison: Comparison) -> Iterator[str]:
    themes = cast(list[ThemePart], list(comparison.after["theme"].values()))
    counts = Counter(theme.slug for theme in themes)
    for slug in sorted(slug for slug, count in counts.items() if count > 1):
        numbers = ", ".join(str(theme.number) for theme in themes if theme.slug == slug)
        yield _(
            "The themes {numbers} would share the short name “{slug}”; the file lacks one of "
            "them. Remove what it lacks with --prune, or choose another short name."
        ).format(numbers=numbers, slug=slug)


def _lineage(comparison: Comparison, municipality: Municipality | None) -> Iterator[str]:
    concept = _concept(comparison)
    above = Concept.objects.filter(municipality=municipality, slug=concept.predecessor).first()
    while above is not None:
        if above.slug == concept.slug:
            yield _("“{slug}” can’t come before itself through “{predecessor}”.").format(
                slug=concept.slug, predecessor=concept.predecessor
            )
            return
        above = above.predecessor


def _history(comparison: Comparison, municipality: Municipality | None) -> Iterator[str]:
    """Measures whose history protects them, whatever kind of history that is."""
    gone = comparison.gone["measure"]
    protecting = [
        relation.name
        for relation in Measure._meta.related_objects
        if getattr(relation, "on_delete", None) is PROTECT
    ]
    if not gone or not protecting:
        return
    held = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in protecting))
    measures = Measure.objects.filter(
        held,
        concept__municipality=municipality,
        concept__slug=_concept(comparison).slug,
    )
    kept = set(measures.values_list("code", flat=True)) & set(gone)
    if kept:
        yield _(
            "These measures have progress updates and can’t be removed: {codes}. "
            "Put them back into the file."
        ).format(codes=", ".join(code for code in gone if code in kept))
