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


class PartKind(models.TextChoices):
    """The parts of a concept that people write."""

    CONCEPT = "concept", _("concept")
    THEME = "theme", _("theme")
    GOAL = "goal", _("goal")
    MEASURE = "measure", _("measure")


class RevisionChange(models.TextChoices):
    """How a part came to read as a revision has it."""

    CREATED = "created", _("created")
    EDITED = "edited", _("edited")
    ARRANGED = "arranged", _("moved or renumbered")
    IMPORTED = "imported", _("imported")
    CONTINUED = "continued", _("taken over from the edition before")
    DELETED = "deleted", _("deleted")
    RESTORED = "restored", _("brought back from the bin")


class Outcome(models.TextChoices):
    """What became of a proposal to the council."""

    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Fate(models.TextChoices):
    """What a new edition does with a measure of the one before."""

    CONTINUED = "continued", _("continued")
    CHANGED = "changed", _("changed")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split")
    DROPPED = "dropped", _("dropped")
    NEW = "new", _("new")


class TextState(models.TextChoices):
    """Where a text stands in a language other than the source's."""

    MISSING = "missing", _("missing")
    OUTDATED = "outdated", _("out of date")
    DRAFT = "draft", _("draft")
    DONE = "done", _("done")
