"""Closed vocabularies of delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """What the last progress update says of a measure."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    PERMANENT = "permanent", _("permanent task established")
    DELAYED = "delayed", _("delayed")
    STOPPED = "stopped", _("stopped")


class Shape(models.TextChoices):
    """Forms a stone can have; a city may give each state another one."""

    OUTLINE = "planned", _("outline")
    HALF = "under_way", _("half filled")
    FILLED = "done", _("filled")
    RING = "permanent", _("filled with a ring")
    HATCHED = "delayed", _("half hatched")
    BARRED = "stopped", _("outline with a bar")


class UpdateKind(models.TextChoices):
    """Whether something was reported, or only that nothing has changed."""

    REPORTED = "reported", _("reported")
    CONFIRMED = "confirmed", _("confirmed unchanged")


class Freshness(models.TextChoices):
    """How recent the news of a measure is, by the rhythm in which it is owed."""

    FRESH = "fresh", pgettext_lazy("news", "fresh")
    DUE = "due", pgettext_lazy("news", "due")
    SILENT = "silent", pgettext_lazy("news", "silent")
    CLOSED = "closed", pgettext_lazy("news", "closed")


class MoneySource(models.TextChoices):
    """Where money comes from."""

    BUDGET = "budget", _("city budget")
    THIRD_PARTY = "third_party", _("third parties")
    GRANT = "grant", _("grant")


class AnswerKind(models.TextChoices):
    """What somebody answers who is asked for news."""

    UNCHANGED = "unchanged", _("unchanged")
    NEWS = "news", _("news")
    NOT_MINE = "not_mine", _("not mine any more")
    HELP = "help", _("needs help")


class RequestState(models.TextChoices):
    """What became of a question in a round."""

    WAITING = "waiting", _("no answer yet")
    DECLINED = "declined", _("asked again")
    HELP = "help", _("needs help")
    NOT_MINE = "not_mine", _("not mine any more")
    ANSWERED = "answered", _("answered, to be approved")
    ACCEPTED = "accepted", _("answered")


class Release(models.TextChoices):
    """When an answer becomes news."""

    APPROVAL = "approval", _("after approval")
    AT_ONCE = "at_once", _("at once")


class Visibility(models.TextChoices):
    """Who sees the page of what is missing."""

    EVERYBODY = "everybody", _("everybody")
    OBSERVERS = "observers", _("observers only")


class Audience(models.TextChoices):
    """Whom a report is for: the council reads internal news and money, the public doesn't."""

    COUNCIL = "council", _("council")
    PUBLIC = "public", pgettext_lazy("audience", "public")


class Gap(models.TextChoices):
    """What a measure can lack."""

    OWNER = "owner", _("without a lead")
    DATE = "date", _("without a date")
    MONEY = "money", _("without money")
    NEWS = "news", _("without news")
