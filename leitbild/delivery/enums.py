"""Closed vocabularies of delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What the last progress update says of a measure."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    PERMANENT = "permanent", _("permanent task established")
    DELAYED = "delayed", _("delayed")
    STOPPED = "stopped", _("stopped")
