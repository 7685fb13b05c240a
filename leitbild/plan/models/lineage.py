"""Where the parts of an edition come from, and what became of those of the one before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.core.constraints import SameParent
from leitbild.core.models import Translatable
from leitbild.plan.enums import Fate
from leitbild.plan.models.concept import Concept, Goal, Measure, Theme


class ThemeLineage(models.Model):
    """A theme of a new edition continues one of the edition before."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="theme_lineage")
    before = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="successors")
    after = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="plan_theme_lineage_once"),
            SameParent(name="plan_theme_lineage_of_concept", field="after", shared="concept"),
        ]

    def __str__(self) -> str:
        """From which to which."""
        return f"{self.before_id} → {self.after_id}"


class GoalLineage(models.Model):
    """A goal of a new edition continues one of the edition before."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="goal_lineage")
    before = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="successors")
    after = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="plan_goal_lineage_once"),
            SameParent(name="plan_goal_lineage_of_concept", field="after", shared="concept"),
        ]

    def __str__(self) -> str:
        """From which to which."""
        return f"{self.before_id} → {self.after_id}"


class MeasureLineage(Translatable):
    """What a new edition does with a measure of the one before, and why.

    Merged: several rows with one `after`. Split: several rows with one `before`. Dropped: no
    `after`. New: no `before`. As long as nobody has decided, the fate is empty. `copy_id` is
    the measure that came along when the edition was begun: a merged or dropped one's lies in
    the bin, and has to be found again when somebody thinks better of it.
    """

    translatable = ("reason",)

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="measure_lineage")
    before = models.ForeignKey(
        Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="successors"
    )
    after = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="origins"
    )
    copy_id = models.BigIntegerField(null=True, blank=True)
    fate = models.CharField(_("fate"), max_length=10, choices=Fate, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    sample = models.BooleanField(_("sample"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lineage of a measure")
        verbose_name_plural = _("lineage of measures")
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="plan_measure_lineage_once"),
            models.CheckConstraint(
                condition=models.Q(fate__in=["", *Fate.values]), name="plan_lineage_fate_known"
            ),
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | ~models.Q(fate__in=["", Fate.DROPPED]),
                name="plan_lineage_names_what_was",
            ),
            SameParent(name="plan_lineage_after_of_concept", field="after", shared="concept"),
        ]

    def __str__(self) -> str:
        """From which to which, and how."""
        return f"{self.before_id} → {self.after_id} ({self.fate or 'undecided'})"
