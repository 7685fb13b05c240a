"""The concept: themes with their vision, goals, measures, and what a council resolved."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.constraints import SameParent
from leitbild.core.models import Translatable
from leitbild.plan.enums import ConceptStatus, MeasureKind, Precision, Sign


class Sourced(models.Model):
    """A row that says where its content comes from: a public source, or a sample of ours."""

    source_url = models.URLField(_("source"), max_length=500, blank=True)
    sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        abstract = True


class ArrivalStage(Translatable):
    """A stage on the way from before arrival to belonging."""

    translatable = ("name", "description")

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="stages")
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("stage of arrival")
        verbose_name_plural = _("stages of arrival")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="plan_stage_slug_once")
        ]

    def __str__(self) -> str:
        """Its name in the source language."""
        return self.name


class TargetGroup(Translatable):
    """People a measure is for."""

    translatable = ("name",)

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="target_groups"
    )
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=300)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"], name="plan_target_group_slug_once"
            )
        ]

    def __str__(self) -> str:
        """Its name in the source language."""
        return self.name


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Questions asked of concepts."""

    def public(self) -> "ConceptQuerySet":
        """Concepts every reader may see."""
        return self.exclude(status=ConceptStatus.DRAFT)

    def newest_first(self) -> "ConceptQuerySet":
        """Editions from the newest to the oldest."""
        return self.order_by("-edition", "-id")


class Concept(Translatable, Sourced):
    """One edition of a municipality's integration concept."""

    translatable = ("title", "purpose", "introduction")

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="concepts"
    )
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=300)
    edition = models.PositiveSmallIntegerField(_("year of the edition"))
    purpose = models.TextField(_("purpose"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    horizon = models.PositiveSmallIntegerField(_("horizon"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ConceptStatus)
    predecessor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors"
    )

    objects: ClassVar[models.Manager["Concept"]] = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="plan_concept_slug_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=ConceptStatus.values),
                name="plan_concept_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(horizon__isnull=True)
                | models.Q(horizon__gte=models.F("edition")),
                name="plan_concept_horizon_after_edition",
            ),
        ]

    def __str__(self) -> str:
        """Its title in the source language."""
        return self.title


class Resolution(Translatable):
    """A decision of a council or another body about the concept."""

    translatable = ("body", "result")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="resolutions")
    body = models.CharField(_("body"), max_length=300)
    date = models.DateField(_("date"), null=True, blank=True)
    paper = models.CharField(_("paper number"), max_length=300, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def __str__(self) -> str:
        """Who decided when."""
        return f"{self.body}, {self.date}"


class Theme(Translatable, Sourced):
    """A theme of the concept with its vision (Leitbild)."""

    translatable = ("name", "vision", "introduction")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=300)
    vision = models.TextField(_("vision"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    colour = models.CharField(_("colour"), max_length=7)
    sign = models.CharField(_("sign"), max_length=20, choices=Sign)
    # Where it stands; its number is what people call it, and changes only when asked.
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "number"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="plan_theme_number_once"),
            models.UniqueConstraint(fields=["concept", "slug"], name="plan_theme_slug_once"),
            models.UniqueConstraint(fields=["id", "concept"], name="plan_theme_in_concept"),
            models.CheckConstraint(
                condition=models.Q(sign__in=Sign.values), name="plan_theme_sign_known"
            ),
        ]

    def __str__(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}"


class Goal(Translatable, Sourced):
    """A strategic goal derived from a theme's vision."""

    translatable = ("title", "text")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="goals")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="goals")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    horizon = models.PositiveSmallIntegerField(_("horizon"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint(fields=["concept", "code"], name="plan_goal_code_once"),
            models.UniqueConstraint(fields=["id", "concept"], name="plan_goal_in_concept"),
            SameParent(name="plan_goal_theme_of_concept", field="theme", shared="concept"),
        ]

    def __str__(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"


class Measure(Translatable, Sourced):
    """A concrete measure recommended by the concept.

    `start` is the first and `end` the last day of what is planned; the precision says
    whether a day or only its year is meant.
    """

    translatable = ("title", "summary", "text")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True)
    goals: "models.ManyToManyField[Goal, MeasureGoal]" = models.ManyToManyField(
        Goal, through="MeasureGoal", related_name="measures"
    )
    stages = models.ManyToManyField(ArrivalStage, blank=True, related_name="measures")
    target_groups = models.ManyToManyField(TargetGroup, blank=True, related_name="measures")
    kind = models.CharField(_("kind"), max_length=20, choices=MeasureKind)
    start = models.DateField(_("start"), null=True, blank=True)
    start_precision = models.CharField(max_length=4, choices=Precision, default=Precision.YEAR)
    end = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(max_length=4, choices=Precision, default=Precision.YEAR)
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="led_measures"
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partnered_measures")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(fields=["concept", "code"], name="plan_measure_code_once"),
            models.UniqueConstraint(fields=["id", "concept"], name="plan_measure_in_concept"),
            models.CheckConstraint(
                condition=models.Q(kind__in=MeasureKind.values), name="plan_measure_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(start_precision__in=Precision.values)
                & models.Q(end_precision__in=Precision.values),
                name="plan_measure_precision_known",
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | models.Q(end__gte=models.F("start")),
                name="plan_measure_end_not_before_start",
            ),
        ]

    def __str__(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"

    @property
    def planned_start(self) -> int | dt.date | None:
        """The start as a year or a date."""
        return _planned(self.start, self.start_precision)

    @property
    def planned_end(self) -> int | dt.date | None:
        """The end as a year or a date."""
        return _planned(self.end, self.end_precision)


def _planned(day: dt.date | None, precision: str) -> int | dt.date | None:
    if day is None:
        return None
    return day.year if precision == Precision.YEAR else day


class MeasureGoal(models.Model):
    """A measure serves a goal of the same concept; the first position is the main goal."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measure_links")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "goal"], name="plan_measure_goal_once"),
            SameParent(name="plan_link_measure_of_concept", field="measure", shared="concept"),
            SameParent(name="plan_link_goal_of_concept", field="goal", shared="concept"),
        ]

    def __str__(self) -> str:
        """Which measure serves which goal."""
        return f"{self.measure_id} → {self.goal_id}"
