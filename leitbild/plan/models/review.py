"""How many findings the plan check had on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.plan.models.concept import Concept


class FindingCount(models.Model):
    """The plan check's count of one kind of finding at the end of a day on which work was done."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="finding_counts")
    day = models.DateField(_("day"))
    check_name = models.CharField(_("check"), max_length=40)
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "day", "check_name"], name="plan_finding_count_once"
            )
        ]

    def __str__(self) -> str:
        """How many of what when."""
        return f"{self.day} {self.check_name}: {self.count}"
