"""App configuration."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Leitbild's app `config`."""

    name = "leitbild.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"
