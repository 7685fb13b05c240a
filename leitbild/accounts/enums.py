"""Closed vocabularies of people and bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is to the municipality."""

    DEPARTMENT = "department", _("department")
    BODY = "body", _("body")
    CARRIER = "carrier", _("carrier")
    ASSOCIATION = "association", _("association")


class Role(models.TextChoices):
    """What a person does in a municipality."""

    ADMINISTRATOR = "administrator", _("administrator")
    OFFICER = "officer", _("integration officer")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    OBSERVER = "observer", _("observer")


class Level(models.TextChoices):
    """Levels of a concept whose names a municipality may choose."""

    CONCEPT = "concept", _("concept")
    VISION = "vision", _("vision")
    THEME = "theme", _("theme")
    GOAL = "goal", _("goal")
    MEASURE = "measure", _("measure")
