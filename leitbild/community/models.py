"""Who follows the plan by e-mail, and what of it."""

from typing import Final

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Municipality
from leitbild.core.models import Translatable
from leitbild.plan.models import Measure, Theme

KEYS: Final = "follower:"
"""What the keys of all mails to followers begin with."""


class Follower(models.Model):
    """An address that gets news by mail; nothing else is known of whoever reads them.

    It is there as long as it follows anything, or is asked whether it wants to.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="followers"
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=20)
    # Under which address they read the plan: digests leave without anybody's request.
    site = models.CharField(max_length=300)
    # What was recorded until then they have been told, or it was before their time.
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        # By these a worker finds every hour whom to tell and what to forget.
        indexes = [models.Index(fields=["told_until"], name="community_follower_told")]
        constraints = [
            models.UniqueConstraint("municipality", Lower("email"), name="community_follower_once")
        ]

    def __str__(self) -> str:
        """Their number: an address is nobody's business."""
        return f"follower {self.pk}"

    @property
    def keys(self) -> str:
        """What the keys of all mails to them begin with."""
        return f"{KEYS}{self.pk}:"


class Following(models.Model):
    """What a follower follows: a measure, a theme or, without either, the whole plan.

    It counts only once it was confirmed from the address itself.
    """

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="followings"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="followings"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("what is followed")
        verbose_name_plural = _("what is followed")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(confirmed_at__isnull=True),
                name="community_following_asked",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["follower"],
                condition=models.Q(theme__isnull=True, measure__isnull=True),
                name="community_plan_followed_once",
            ),
            models.UniqueConstraint(
                fields=["follower", "theme"], name="community_theme_followed_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "measure"], name="community_measure_followed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(theme__isnull=True) | models.Q(measure__isnull=True),
                name="community_following_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Who follows what."""
        return f"{self.follower_id}: {self.theme_id or '-'}/{self.measure_id or '-'}"

    @property
    def row(self) -> Translatable:
        """What is followed; the municipality stands for its whole plan."""
        return self.measure or self.theme or self.follower.municipality
