"""App configuration."""

from django.apps import AppConfig


class CoreApp(AppConfig):
    """Leitbild's app `core`."""

    name = "leitbild.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
