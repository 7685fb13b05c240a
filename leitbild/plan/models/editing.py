"""Work on a concept: unfinished drafts, what every part said when, and the bin."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.core.constraints import AppendOnly
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models.concept import Concept


class Draft(models.Model):
    """One person's unfinished work on a part of a concept; readers never meet it.

    `content` is the part as it shall be (see `plan.contents`). `part_id` is empty while the
    part doesn't exist yet. `base` is the revision the work started from: when the part has
    moved on since, both versions are shown side by side. `saves` counts what was confirmed
    to the writer, so that a second window can't overwrite what the first one saved.
    """

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind)
    part_id = models.BigIntegerField(null=True, blank=True)
    base = models.PositiveIntegerField(default=0)
    content = models.JSONField(_("content"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    saves = models.PositiveIntegerField(default=1)
    note = models.TextField(_("note for the officer"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # What the officer said when giving it back, and who that was.
    answer = models.TextField(_("answer"), blank=True)
    answered_by_name = models.CharField(_("given back by"), max_length=254, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "kind", "part_id"], name="plan_draft_once_each"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=PartKind.values), name="plan_draft_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """What it is a draft of."""
        return f"{self.kind} {self.part_id or 'new'} by {self.author_id}"


class Revision(models.Model):
    """What a part of a concept said from a moment on. Written once, never edited or deleted.

    It holds no foreign keys, because history outlives what it tells of. A part's newest
    revision says what stands in its row now; the number is what optimistic locking compares.
    """

    concept_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind)
    part_id = models.BigIntegerField()
    number = models.PositiveIntegerField(_("number"))
    change = models.CharField(_("change"), max_length=10, choices=RevisionChange)
    content = models.JSONField(_("content"))
    reason = models.TextField(_("reason"), blank=True)
    author_id = models.BigIntegerField(null=True, blank=True)
    author_name = models.CharField(_("who"), max_length=254)
    released_by_name = models.CharField(_("released by"), max_length=254, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["concept_id", "-at"], name="plan_revision_by_concept")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "part_id", "number"], name="plan_revision_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=PartKind.values)
                & models.Q(change__in=RevisionChange.values),
                name="plan_revision_words_known",
            ),
            AppendOnly(name="plan_revision_append_only"),
        ]

    def __str__(self) -> str:
        """Which state of what."""
        return f"{self.kind} {self.part_id} no. {self.number}"


class BinEntry(models.Model):
    """A part that was deleted, kept whole for thirty days so that it can come back."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="bin")
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind)
    part_id = models.BigIntegerField()
    label = models.CharField(_("what"), max_length=330)
    content = models.JSONField(_("content"))
    # What its row held besides, and its texts in other languages.
    columns = models.JSONField(default=dict)
    translations = models.JSONField(default=list)
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-deleted_at", "-id"]
        verbose_name = _("deleted part")
        verbose_name_plural = _("bin")
        constraints = [
            models.UniqueConstraint(fields=["kind", "part_id"], name="plan_bin_once_each"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PartKind.values), name="plan_bin_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """What lies in the bin."""
        return self.label
