"""App configuration."""

from django.apps import AppConfig


class OfficeApp(AppConfig):
    """Leitbild's app `office`."""

    name = "leitbild.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"
