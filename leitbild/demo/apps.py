"""App configuration."""

from django.apps import AppConfig


class DemoApp(AppConfig):
    """Leitbild's app `demo`."""

    name = "leitbild.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
