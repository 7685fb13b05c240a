"""Closed vocabularies shared by all apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.TextChoices):
    """How far a translation may be trusted."""

    MACHINE = "machine", _("machine translation")
    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")
