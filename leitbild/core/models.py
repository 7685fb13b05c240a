"""Rows every app leans on: translations of texts, mails on their way, the audit log."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.core.constraints import AppendOnly
from leitbild.core.enums import MailState, TranslationState
from leitbild.core.text import Texts


class Translatable(models.Model):
    """A row whose public texts can exist in every language.

    The source text stands in the row's own column; `queries.overlay` puts the
    reader's language over it. Reading `t` without the overlay is a mistake and fails.
    """

    translatable: ClassVar[tuple[str, ...]] = ()
    texts: Texts | None = None

    class Meta:
        abstract = True

    @property
    def t(self) -> Texts:
        """The row's texts in the reader's language."""
        if self.texts is None:
            raise RuntimeError(f"{self._meta.label} is shown without overlay()")
        return self.texts

    @classmethod
    def record_name(cls) -> str:
        """The name under which translations and audit events refer to this kind of row."""
        return cls._meta.label_lower


class Translation(models.Model):
    """One text of one row in one language other than the source's."""

    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=TranslationState, default=TranslationState.FINAL
    )
    source_digest = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "record_id", "language", "field"], name="core_translation_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TranslationState.values),
                name="core_translation_state_known",
            ),
        ]

    def __str__(self) -> str:
        """Name the text that is translated."""
        return f"{self.record}:{self.record_id}.{self.field} [{self.language}]"


class PostedMail(models.Model):
    """A mail on its way: written in the transaction of what it tells, sent by a job.

    Its `key` says what it tells whom, and exists once: whoever posts it again posts nothing.
    The text is emptied once it has left, because it may hold a personal link.
    """

    key = models.CharField(max_length=200, unique=True)
    municipality_id = models.BigIntegerField(null=True, blank=True)
    to = models.EmailField()
    language = models.CharField(max_length=20)
    sender = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    posted_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="core_mail_waiting"),
            models.Index(fields=["municipality_id", "-posted_at"], name="core_mail_by_town"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values), name="core_mail_state_known"
            )
        ]

    def __str__(self) -> str:
        """What it tells whom."""
        return self.key


class PeriodicJob(models.Model):
    """When a job that runs again and again is due, and until when a worker has its turn at it."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ContentRevision(models.Model):
    """Grows with each change of what everybody may see of a municipality, for the page cache.

    Several rows may count for the same one: a writer takes one that nobody has locked, so that
    counting makes nobody wait. Their sum is the revision. Without a municipality: of all of them.
    """

    municipality_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        """Whose, and how many."""
        return f"{self.municipality_id or 'all'}: {self.number}"


class AuditEvent(models.Model):
    """Who did what, when, to which row, and what changed. Never edited, never deleted.

    It holds no foreign keys, because the log outlives what it speaks of.
    """

    at = models.DateTimeField(auto_now_add=True)
    municipality_id = models.BigIntegerField(null=True, blank=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=254)
    action = models.CharField(_("what"), max_length=60)
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField(null=True, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["municipality_id", "-at"], name="core_event_by_town")]
        constraints = [AppendOnly(name="core_event_append_only")]

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action}"
