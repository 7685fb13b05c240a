"""Asking for news: a round, whom it asks for which measures, what they answer."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Contact, Organisation
from leitbild.core.constraints import AppendOnly
from leitbild.delivery.enums import AnswerKind, State
from leitbild.delivery.models.progress import ProgressUpdate
from leitbild.plan.models import Concept, Measure


class Round(models.Model):
    """A round of asking for news, prepared, sent, and closed one day."""

    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="rounds")
    subject = models.CharField(_("subject"), max_length=200)
    message = models.TextField(_("message"))
    due = models.DateField(_("answer by"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Under which address the links were sent: reminders leave without anybody's request.
    site = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        indexes = [
            # A worker looks for them every ten minutes, among all rounds there ever were.
            models.Index(
                fields=["id"],
                condition=models.Q(sent_at__isnull=False, closed_at__isnull=True),
                name="delivery_round_open",
            )
        ]

    def __str__(self) -> str:
        """Its subject."""
        return self.subject

    @property
    def is_open(self) -> bool:
        """Whether it waits for answers."""
        return self.sent_at is not None and self.closed_at is None


class Recipient(models.Model):
    """Somebody a round asks: one mail, one link for all their measures.

    `generation` is part of the signed link; raising it makes every older link worthless.
    `reminded` counts the reminders they got; `reminded_at` is when the last mail after the first
    one left.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recipients")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=20)
    generation = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.UniqueConstraint("round", Lower("email"), name="delivery_recipient_once")
        ]

    def __str__(self) -> str:
        """Name or address."""
        return self.name or self.email

    def has_expired(self, now: dt.datetime | None = None) -> bool:
        """Whether the time of their link is over."""
        return self.expires_at is not None and self.expires_at <= (now or timezone.now())


class UpdateRequest(models.Model):
    """A measure a round asks for, and whom."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="requests")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="requests")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="requests")

    class Meta:
        ordering = ["measure__position", "id"]
        verbose_name = _("update request")
        verbose_name_plural = _("update requests")
        constraints = [
            models.UniqueConstraint(fields=["round", "measure"], name="delivery_request_once")
        ]

    def __str__(self) -> str:
        """Of what."""
        return f"{self.round_id}: {self.measure_id}"


class Answer(models.Model):
    """What somebody answered about a measure. Written once; what became of it is its ruling.

    `milestones` holds what they said of milestones: by id as text, `{"value": 12}` or
    `{"done": "2026-05-01"}`.
    """

    request = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, related_name="answers")
    # By whose link: the question may since have been handed on to somebody else.
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("kind"), max_length=10, choices=AnswerKind)
    state = models.CharField(_("state"), max_length=20, choices=State, blank=True)
    text = models.TextField(_("text"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    obstacle = models.TextField(_("obstacle"), blank=True)
    helps = models.TextField(_("what helps"), blank=True)
    public = models.BooleanField(_("public"), default=True)
    milestones = models.JSONField(default=dict, blank=True)
    successor_name = models.CharField(_("who now"), max_length=200, blank=True)
    successor_email = models.EmailField(_("e-mail"), blank=True)
    author_name = models.CharField(_("author"), max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AnswerKind.values), name="delivery_answer_kind_known"
            ),
            AppendOnly(name="delivery_answer_append_only"),
        ]

    def __str__(self) -> str:
        """What kind of answer to what."""
        return f"{self.request_id}: {self.kind}"


class Ruling(models.Model):
    """What the officer did with an answer: taken over or not. Written once."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="ruling")
    accepted = models.BooleanField(_("accepted"))
    note = models.TextField(_("note"), blank=True)
    # What it became, where it became news.
    update = models.OneToOneField(
        ProgressUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="ruling"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [AppendOnly(name="delivery_ruling_append_only")]

    def __str__(self) -> str:
        """Whether what was accepted."""
        return f"{self.answer_id}: {self.accepted}"
