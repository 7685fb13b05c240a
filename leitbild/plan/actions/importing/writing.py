"""Writing a comparison: new and changed rows in batches, in the order they depend on each other."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from django.db.models import Model

from leitbild.accounts.actions import set_hosts
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.core.actions import drop_translations, write_translations
from leitbild.core.models import Translatable
from leitbild.plan.actions.importing.comparison import Comparison
from leitbild.plan.actions.importing.report import Kind
from leitbild.plan.actions.shelving import put_in_bin
from leitbild.plan.document import (
    ConceptPart,
    GoalPart,
    MeasurePart,
    MunicipalityPart,
    OrganisationPart,
    PlannedDate,
    ThemePart,
    first_day,
    last_day,
)
from leitbild.plan.document.models import Part
from leitbild.plan.enums import Precision
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    Resolution,
    TargetGroup,
    Theme,
)

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of rows written so far and of all rows to write."""

CHUNK: Final = 500
MODELS: Final[dict[Kind, type[Translatable]]] = {
    "organisation": Organisation,
    "stage": ArrivalStage,
    "target_group": TargetGroup,
    "concept": Concept,
    "resolution": Resolution,
    "theme": Theme,
    "goal": Goal,
    "measure": Measure,
}
# Leaves first, so that nothing that stays is deleted along with what it hung on.
DELETED: Final[tuple[Kind, ...]] = ("measure", "goal", "theme", "resolution")


class Writer:
    """Writes one comparison for one municipality; its caller holds the transaction."""

    def __init__(
        self,
        comparison: Comparison,
        *,
        municipality: Municipality,
        by: User | None,
        progress: Progress | None = None,
    ) -> None:
        """Prepare; nothing is written yet."""
        self.comparison = comparison
        self.town = municipality
        self.source = municipality.source_language
        self.by = by
        self.ids: dict[Kind, dict[str, int]] = {}
        self._progress = progress
        self._done = 0
        self._total = sum(len(keys) for keys in comparison.touched.values())

    def write_lists(self) -> None:
        """Write the municipality and the lists all its concepts share."""
        self._write_municipality()
        owner = {"municipality": self.town}
        self._write("organisation", owner, "slug", organisation_columns)
        self._write_parents()
        self._write("stage", owner, "slug", lambda part: {})
        self._write("target_group", owner, "slug", lambda part: {})

    def write_concept(self) -> Concept:
        """Write the concept with all its parts, and remove what shall go."""
        [slug] = self.comparison.after["concept"]
        self._write("concept", {"municipality": self.town}, "slug", self._concept_columns)
        concept = Concept.objects.get(pk=self.ids["concept"][slug])
        owner = {"concept": concept}
        self._write_resolutions(concept)
        self._free_slugs(concept)
        self._write("theme", owner, "number", theme_columns)
        self._write("goal", owner, "code", self._goal_columns)
        self._write("measure", owner, "code", self._measure_columns)
        self._write_links(concept)
        self._remove(concept)
        return concept

    def _write_municipality(self) -> None:
        for key in self.comparison.touched["municipality"]:
            part = cast(MunicipalityPart, self.comparison.after["municipality"][key])
            for name, value in municipality_columns(part, self.source).items():
                setattr(self.town, name, value)
            self.town.save()
            set_hosts(municipality=self.town, hosts=part.hosts)
            old = self.comparison.before["municipality"].get(key)
            texts = _municipality_texts(part)
            before = _municipality_texts(cast(MunicipalityPart, old)) if old else {}
            write_translations(
                self._differences(self.town, texts, before),
                by=self.by,
            )
            self._advance(1)

    def _write(
        self,
        kind: Kind,
        owner: Mapping[str, Model],
        key: str,
        columns: Callable[[Any], dict[str, Any]],
    ) -> None:
        """Insert or update the rows of a kind that are new, different or elsewhere in the list."""
        model: Any = MODELS[kind]
        parts = self.comparison.after[kind]
        stored = self._stored(kind, owner, key)
        positioned = any(field.name == "position" for field in model._meta.fields)
        touched = self.comparison.touched[kind]
        rows: dict[str, Translatable] = {}
        for position, (name, part) in enumerate(parts.items()):
            if name not in touched and (not positioned or stored[name][1] == position):
                continue
            place = {"position": position} if positioned else {}
            values = {
                key: getattr(part, key),
                **columns(part),
                **place,
                **self._sources(kind, part),
            }
            rows[name] = model(**owner, **values)
        self._upsert(model, list(rows.values()), [*owner, key])
        self.ids[kind] = {name: pk for name, (pk, _) in self._stored(kind, owner, key).items()}
        for name, row in rows.items():
            row.pk = self.ids[kind][name]
        self._translate(kind, {name: row for name, row in rows.items() if name in touched})

    def _stored(
        self, kind: Kind, owner: Mapping[str, Model], key: str
    ) -> dict[str, tuple[int, int]]:
        """Id and position of the rows that stand there, by their key as text."""
        model: Any = MODELS[kind]
        position = any(field.name == "position" for field in model._meta.fields)
        rows = model.objects.filter(**owner).values_list(
            "pk", key, "position" if position else "pk"
        )
        return {str(name): (pk, place) for pk, name, place in rows}

    def _upsert(self, model: Any, rows: Sequence[Translatable], unique: list[str]) -> None:
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name not in {*unique, "parent"}
        ]
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            model.objects.bulk_create(
                chunk, update_conflicts=True, unique_fields=unique, update_fields=fields
            )
            self._advance(len(chunk))

    def _sources(self, kind: Kind, part: Part) -> dict[str, str]:
        return {
            field: getattr(part, field).get(self.source, "") for field in MODELS[kind].translatable
        }

    def _translate(self, kind: Kind, rows: dict[str, Translatable]) -> None:
        texts: list[tuple[Translatable, str, str, str]] = []
        for name, row in rows.items():
            old = self.comparison.before[kind].get(name)
            after = _texts(self.comparison.after[kind][name], row)
            texts.extend(self._differences(row, after, _texts(old, row) if old else {}))
        write_translations(texts, by=self.by)

    def _differences(
        self, row: Translatable, after: dict[str, Any], before: dict[str, Any]
    ) -> Iterator[tuple[Translatable, str, str, str]]:
        """Translations that are new, different or no longer there (as empty texts)."""
        for field, texts in after.items():
            old = before.get(field, {})
            for language in {**old, **texts}:
                text = texts.get(language, "")
                if language != self.source and text != old.get(language, ""):
                    yield row, field, language, text

    def _write_parents(self) -> None:
        ids = self.ids["organisation"]
        for key in self.comparison.touched["organisation"]:
            part = cast(OrganisationPart, self.comparison.after["organisation"][key])
            old = cast(OrganisationPart | None, self.comparison.before["organisation"].get(key))
            if part.parent != (old.parent if old else None):
                parent = ids[part.parent] if part.parent else None
                Organisation.objects.filter(pk=ids[key]).update(parent_id=parent)

    def _write_resolutions(self, concept: Concept) -> None:
        """Resolutions have no name to find them by, only their place."""
        stored = list(Resolution.objects.filter(concept=concept).values_list("pk", flat=True))
        self.ids["resolution"] = {}
        rows: dict[str, Translatable] = {}
        for place, (key, part) in enumerate(self.comparison.after["resolution"].items()):
            pk = stored[place] if place < len(stored) else None
            if key in self.comparison.touched["resolution"]:
                row = Resolution(pk=pk, concept=concept, position=place)
                for name in ("date", "paper", "url"):
                    setattr(row, name, getattr(part, name))
                for name, text in self._sources("resolution", part).items():
                    setattr(row, name, text)
                row.save()
                rows[key], pk = row, row.pk
            self.ids["resolution"][key] = cast(int, pk)
        self.ids["resolution"].update(
            {key: stored[int(key) - 1] for key in self.comparison.gone["resolution"]}
        )
        self._translate("resolution", rows)
        self._advance(len(rows))

    def _free_slugs(self, concept: Concept) -> None:
        """Let themes exchange their slugs, which are unique at every moment."""
        before, after = self.comparison.before["theme"], self.comparison.after["theme"]
        for key in self.comparison.touched["theme"] & before.keys():
            old, new = cast(ThemePart, before[key]), cast(ThemePart, after[key])
            if old.slug != new.slug:
                themes = Theme.objects.filter(concept=concept, number=old.number)
                themes.update(slug=f"moves-{old.number}")

    def _concept_columns(self, part: ConceptPart) -> dict[str, Any]:
        others = Concept.objects.filter(municipality=self.town)
        return {
            "edition": part.edition,
            "horizon": part.horizon,
            "status": part.status,
            "predecessor": others.get(slug=part.predecessor) if part.predecessor else None,
            **_origin(part),
        }

    def _goal_columns(self, part: GoalPart) -> dict[str, Any]:
        theme = self.ids["theme"][str(part.theme)]
        return {"theme_id": theme, "horizon": part.horizon, **_origin(part)}

    def _measure_columns(self, part: MeasurePart) -> dict[str, Any]:
        start, start_precision = planned_day(part.start, first_day)
        end, end_precision = planned_day(part.end, last_day)
        return {
            "kind": part.kind,
            "start": start,
            "start_precision": start_precision,
            "end": end,
            "end_precision": end_precision,
            "lead_id": self.ids["organisation"][part.lead] if part.lead else None,
            **_origin(part),
        }

    def _write_links(self, concept: Concept) -> None:
        goals, organisations = self.ids["goal"], self.ids["organisation"]
        stages, groups = self.ids["stage"], self.ids["target_group"]
        self._link(
            "goals",
            MeasureGoal,
            lambda name, place: {"goal_id": goals[name], "concept": concept, "position": place},
        )
        self._link(
            "stages",
            Measure.stages.through,
            lambda name, _place: {"arrivalstage_id": stages[name]},
        )
        self._link(
            "target_groups",
            Measure.target_groups.through,
            lambda name, _place: {"targetgroup_id": groups[name]},
        )
        self._link(
            "partners",
            Measure.partners.through,
            lambda name, _place: {"organisation_id": organisations[name]},
        )

    def _link(self, field: str, links: Any, columns: Callable[[str, int], dict[str, Any]]) -> None:
        """Renew what measures are linked to, where that is another than before."""
        before, after = self.comparison.before["measure"], self.comparison.after["measure"]
        ids = self.ids["measure"]
        renewed = [
            key
            for key in after
            if key in self.comparison.touched["measure"]
            and (key not in before or getattr(before[key], field) != getattr(after[key], field))
        ]
        for chunk in _chunks([ids[key] for key in renewed if key in before]):
            links.objects.filter(measure_id__in=chunk).delete()
        links.objects.bulk_create(
            [
                links(measure_id=ids[key], **columns(name, place))
                for key in renewed
                for place, name in enumerate(getattr(after[key], field))
            ],
            batch_size=CHUNK,
        )

    def _remove(self, concept: Concept) -> None:
        for kind in DELETED:
            ids = [self.ids[kind][key] for key in self.comparison.gone[kind]]
            for chunk in _chunks(ids):
                rows = MODELS[kind]._default_manager.filter(pk__in=chunk)
                if kind == "resolution":
                    drop_translations(rows)
                    rows.delete()
                else:
                    put_in_bin(concept=concept, rows=list(rows), by=self.by)

    def _advance(self, rows: int) -> None:
        self._done += rows
        if self._progress:
            self._progress(min(self._done, self._total), self._total)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _texts(part: Part, row: Translatable) -> dict[str, Any]:
    return {field: getattr(part, field) for field in row.translatable}


def _municipality_texts(part: MunicipalityPart) -> dict[str, Any]:
    return {
        "name": part.name,
        "official_name": part.official_name,
        "contact_office": part.contact.office,
        "represented_by": part.imprint.represented_by,
        "responsible": part.imprint.responsible,
        "supervisory_authority": part.imprint.supervisory_authority,
        "hosting": part.imprint.hosting,
        "enforcement_body": part.imprint.enforcement_body,
    }


def municipality_columns(part: MunicipalityPart, source: str) -> dict[str, Any]:
    """The municipality's own columns, texts in its source language included."""
    texts = {name: text.get(source, "") for name, text in _municipality_texts(part).items()}
    return {
        **texts,
        "key": part.key,
        "languages": part.languages,
        "terminology": part.model_dump(mode="json", include={"terminology"})["terminology"],
        "tokens": dict(part.tokens),
        "contact_address": part.contact.address,
        "contact_email": part.contact.email,
        "contact_phone": part.contact.phone,
        "contact_url": part.contact.url,
        "data_protection_email": part.imprint.data_protection_email,
        "enforcement_url": part.imprint.enforcement_url,
    }


def organisation_columns(part: OrganisationPart) -> dict[str, Any]:
    """An organisation's columns; its parent is written once all organisations are there."""
    return {"kind": part.kind, "url": part.url}


def theme_columns(part: ThemePart) -> dict[str, Any]:
    """A theme's columns beside its number and texts."""
    return {"slug": part.slug, "colour": part.colour, "sign": part.sign, **_origin(part)}


def _origin(part: ConceptPart | ThemePart | GoalPart | MeasurePart) -> dict[str, Any]:
    return {"source_url": part.source_url, "sample": part.sample}


def planned_day(
    moment: PlannedDate | None, day: Callable[[PlannedDate], dt.date]
) -> tuple[dt.date | None, Precision]:
    """A planned year or date as the day it starts or ends with, and how exactly it is meant."""
    if moment is None:
        return None, Precision.YEAR
    precision = Precision.DAY if isinstance(moment, dt.date) else Precision.YEAR
    return day(moment), precision
