"""App configuration."""

from django.apps import AppConfig


class CommunityApp(AppConfig):
    """Leitbild's app `community`."""

    name = "leitbild.community"
    label = "community"
    default_auto_field = "django.db.models.BigAutoField"
