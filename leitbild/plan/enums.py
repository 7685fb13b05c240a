"""Closed vocabularies of the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConceptStatus(models.TextChoices):
    """Life of a concept; readers see what is adopted or superseded."""

    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted")
    SUPERSEDED = "superseded", _("superseded")


class MeasureKind(models.TextChoices):
    """Whether a measure ends or stays."""

    ONE_OFF = "one_off", _("one-off task")
    PERMANENT = "permanent", _("permanent task")


class Precision(models.TextChoices):
    """How exactly a planned date is known."""

    YEAR = "year", _("year")
    DAY = "day", _("day")


class Sign(models.TextChoices):
    """Signs a theme can carry beside its colour."""

    BOOK = "book", _("book")
    SPEECH = "speech", _("speech bubbles")
    HANDS = "hands", _("hands")
    PEOPLE = "people", _("people")
    HOUSE = "house", _("house")
    HEART = "heart", _("heart")
    SHIELD = "shield", _("shield")
    PATH = "path", _("path")
    WORK = "work", _("work")
    TREE = "tree", _("tree")
