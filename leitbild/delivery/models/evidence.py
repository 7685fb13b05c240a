"""What belongs to a measure beside its news: money, papers of the council, attached files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.core.models import Translatable
from leitbild.delivery.enums import MoneySource
from leitbild.plan.models import Measure


class Money(models.Model):
    """Money of a measure in a year from one source, in whole cents. Unknown is not nothing."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="money")
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source of money"), max_length=20, choices=MoneySource)
    planned_cents = models.BigIntegerField(_("planned"), null=True, blank=True)
    spent_cents = models.BigIntegerField(_("spent"), null=True, blank=True)
    sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        ordering = ["year", "source"]
        verbose_name = _("money")
        verbose_name_plural = _("money")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year", "source"], name="delivery_money_once"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=MoneySource.values),
                name="delivery_money_source_known",
            ),
            models.CheckConstraint(
                condition=models.Q(planned_cents__isnull=False)
                | models.Q(spent_cents__isnull=False),
                name="delivery_money_says_something",
            ),
            models.CheckConstraint(
                condition=(models.Q(planned_cents__isnull=True) | models.Q(planned_cents__gte=0))
                & (models.Q(spent_cents__isnull=True) | models.Q(spent_cents__gte=0)),
                name="delivery_money_not_negative",
            ),
        ]

    def __str__(self) -> str:
        """Which year, from where."""
        return f"{self.year}, {self.source}"


class CouncilPaper(Translatable):
    """A paper of the council or a committee that deals with a measure."""

    translatable = ("title",)

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("paper number"), max_length=300, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("council paper")
        verbose_name_plural = _("council papers")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Attachment(models.Model):
    """A file that belongs to a measure; it lies outside the web root."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="attachments")
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(max_length=200)
    # What the person's file was called; `file` is named by us.
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    public = models.BooleanField(_("public"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        """Its title."""
        return self.title
