"""How measures fare: progress updates, one after the other."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.core.constraints import AppendOnly
from leitbild.core.models import Translatable
from leitbild.delivery.enums import State
from leitbild.plan.models import Measure


class ProgressUpdate(Translatable):
    """What was reported of a measure on a day. Written once; a correction is a new row."""

    translatable = ("text",)

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="updates")
    date = models.DateField(_("date"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State)
    text = models.TextField(_("text"), blank=True)
    sample = models.BooleanField(_("sample"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        indexes = [models.Index(fields=["measure", "-date", "-id"], name="delivery_latest_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="delivery_update_state_known"
            ),
            AppendOnly(name="delivery_update_append_only"),
        ]

    def __str__(self) -> str:
        """Day and state."""
        return f"{self.date}: {self.state}"
