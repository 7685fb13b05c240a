"""How measures fare: progress updates one after the other, and the rhythm they are owed in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Contact
from leitbild.core.constraints import AppendOnly
from leitbild.core.models import Translatable
from leitbild.delivery.enums import State, UpdateKind
from leitbild.plan.models import Concept, Measure

REASONED = (State.DELAYED, State.STOPPED)
"""States nobody reports without saying why."""


class ProgressUpdate(Translatable):
    """What was reported of a measure on a day. Written once; a correction is a new row."""

    translatable = ("text", "reason", "next_step", "obstacle", "helps")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="updates")
    date = models.DateField(_("date"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who it was by name: people who answer by link have no account, and names change.
    author_name = models.CharField(_("author"), max_length=254, blank=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=UpdateKind, default=UpdateKind.REPORTED
    )
    state = models.CharField(_("state"), max_length=20, choices=State)
    text = models.TextField(_("text"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    obstacle = models.TextField(_("obstacle"), blank=True)
    helps = models.TextField(_("what helps"), blank=True)
    public = models.BooleanField(_("public"), default=True)
    sample = models.BooleanField(_("sample"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        indexes = [
            models.Index(fields=["measure", "-date", "-id"], name="delivery_latest_first"),
            # Once a day followers are told what was recorded since, in all municipalities.
            models.Index(fields=["recorded_at"], name="delivery_update_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="delivery_update_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=UpdateKind.values), name="delivery_update_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=UpdateKind.CONFIRMED)
                | ~models.Q(state__in=REASONED)
                | ~models.Q(reason=""),
                name="delivery_update_says_why",
            ),
            AppendOnly(name="delivery_update_append_only"),
        ]

    def __str__(self) -> str:
        """Day and state."""
        return f"{self.date}: {self.state}"

    @property
    def is_confirmation(self) -> bool:
        """Whether it only says that nothing has changed."""
        return self.kind == UpdateKind.CONFIRMED


class Rhythm(models.Model):
    """In which rhythm news is owed, in months: of a whole concept, or of one measure."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="rhythms")
    measure = models.OneToOneField(
        Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="rhythm"
    )
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("reporting rhythm")
        verbose_name_plural = _("reporting rhythms")
        constraints = [
            models.UniqueConstraint(
                fields=["concept"],
                condition=models.Q(measure__isnull=True),
                name="delivery_rhythm_of_concept_once",
            ),
            models.CheckConstraint(
                condition=models.Q(months__gte=1) & models.Q(months__lte=60),
                name="delivery_rhythm_in_months",
            ),
        ]

    def __str__(self) -> str:
        """Every how many months."""
        return f"{self.concept_id}/{self.measure_id}: {self.months}"


class Responsibility(models.Model):
    """Who is asked for news of a measure; without one, the first contact of its lead is."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="responsibility")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="responsibilities")

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self) -> str:
        """Who for what."""
        return f"{self.contact_id} → {self.measure_id}"


class Milestone(Translatable):
    """A step of a measure with the day it is due; where it has a target, with a number."""

    translatable = ("title", "unit")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=300)
    due = models.DateField(_("due"))
    done = models.DateField(_("done"), null=True, blank=True)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [models.Index(fields=["measure", "due"], name="delivery_milestone_by_due")]

    def __str__(self) -> str:
        """When what."""
        return f"{self.due}: {self.title}"


class MilestoneValue(models.Model):
    """What a milestone's number was on a day. Written once; a correction is a new row."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="values_read")
    value = models.PositiveIntegerField(_("value"))
    date = models.DateField(_("date"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(_("author"), max_length=254, blank=True)
    sample = models.BooleanField(_("sample"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("value of a milestone")
        verbose_name_plural = _("values of milestones")
        constraints = [AppendOnly(name="delivery_value_append_only")]

    def __str__(self) -> str:
        """How many when."""
        return f"{self.date}: {self.value}"
