"""Closed vocabularies shared by all apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.TextChoices):
    """How far a translation may be trusted."""

    MACHINE = "machine", _("machine translation")
    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")


class MailState(models.TextChoices):
    """Where a posted mail is. One that was being handed over when its job died is unclear."""

    WAITING = "waiting", _("waiting")
    LEAVING = "leaving", _("being handed over")
    LEFT = "left", _("sent")
    UNCLEAR = "unclear", _("unclear")
    FAILED = "failed", _("not deliverable")
