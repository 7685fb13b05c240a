"""App configuration."""

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class CoreApp(AppConfig):
    """Leitbild's app `core`."""

    name = "leitbild.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every form says what is missing in the same words, those of packages too."""
        Field.default_error_messages["required"] = _("This is missing. Please fill it in.")
