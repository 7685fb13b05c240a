"""App configuration."""

from django.apps import AppConfig


class PlanApp(AppConfig):
    """Leitbild's app `plan`."""

    name = "leitbild.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
