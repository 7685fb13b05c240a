"""Reports to the council: frozen, and the city's own letterhead for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Municipality
from leitbild.core.constraints import AppendOnly
from leitbild.delivery.enums import Audience
from leitbild.plan.models import Concept


class FrozenReport(models.Model):
    """An implementation report as it was given out, numbered. Written once.

    `content` is everything the report says, so that it says the same years later; `digest`
    is taken over it.
    """

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField(_("number"))
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    language = models.CharField(max_length=20)
    content = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(_("frozen"), auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="delivery_report_once"),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="delivery_report_ends_after_begin",
            ),
            AppendOnly(name="delivery_report_append_only"),
        ]

    def __str__(self) -> str:
        """Which report on what."""
        return f"{self.concept_id} no. {self.number}"


class ReportTemplate(models.Model):
    """The city's own Word template of its reports, with its letterhead."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="report_template"
    )
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")

    def __str__(self) -> str:
        """Its file name."""
        return self.name
