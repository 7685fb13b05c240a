"""App configuration."""

from django.apps import AppConfig


class DeliveryApp(AppConfig):
    """Leitbild's app `delivery`."""

    name = "leitbild.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
