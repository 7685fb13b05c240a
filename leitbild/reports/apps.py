"""App configuration."""

from django.apps import AppConfig


class ReportsApp(AppConfig):
    """Leitbild's app `reports`."""

    name = "leitbild.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
