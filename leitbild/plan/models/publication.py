"""What goes to the council: frozen proposals, their records, and what became of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.core.constraints import AppendOnly
from leitbild.plan.enums import Outcome
from leitbild.plan.models.concept import Concept


class Publication(models.Model):
    """A concept's whole text, frozen and numbered, as it was submitted to the council.

    Written once. `digest` is taken over the digests of its records in their order; the PDF
    is the very file the council got.
    """

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(max_length=20)
    digest = models.CharField(_("digest"), max_length=64)
    pdf = models.BinaryField()
    pdf_digest = models.CharField(_("digest of the PDF"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "number"], name="plan_publication_number_once"
            ),
            AppendOnly(name="plan_publication_append_only"),
        ]

    def __str__(self) -> str:
        """Which publication of what."""
        return f"{self.concept_id} no. {self.number}"


class PublicationRecord(models.Model):
    """One part of a publication: the concept, a theme, a measure, an organisation it names …

    `content` is the part of a concept document (`plan.document`) in the source language,
    `kind` and `key` as in an import report. Written once.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="records")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    part_id = models.BigIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "position"], name="plan_record_position_once"
            ),
            models.UniqueConstraint(
                fields=["publication", "kind", "key"], name="plan_record_key_once"
            ),
            AppendOnly(name="plan_record_append_only"),
        ]

    def __str__(self) -> str:
        """Which part."""
        return f"{self.kind} {self.key}"


class Decision(models.Model):
    """What became of a proposal: adopted by a resolution, or withdrawn. Written once."""

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    body = models.CharField(_("body"), max_length=300, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    paper = models.CharField(_("paper number"), max_length=300, blank=True)
    vote = models.CharField(_("vote"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    sample = models.BooleanField(_("sample"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.WITHDRAWN)
                | (models.Q(outcome=Outcome.ADOPTED, date__isnull=False) & ~models.Q(body="")),
                name="plan_decision_names_who_and_when",
            ),
            AppendOnly(name="plan_decision_append_only"),
        ]

    def __str__(self) -> str:
        """What was decided."""
        return f"{self.publication_id}: {self.outcome}"

    @property
    def is_adopted(self) -> bool:
        """Whether a body adopted it."""
        return self.outcome == Outcome.ADOPTED
