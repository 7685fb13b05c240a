"""App configuration."""

from django.apps import AppConfig


class PortalApp(AppConfig):
    """Leitbild's app `portal`."""

    name = "leitbild.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
