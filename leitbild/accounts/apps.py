"""App configuration."""

from django.apps import AppConfig


class AccountsApp(AppConfig):
    """Leitbild's app `accounts`."""

    name = "leitbild.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
