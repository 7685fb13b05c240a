"""Settings of mail: sent through a server or, without one, kept as files so that none is lost."""

from typing import Any, Final

from leitbild.config.environment import Environment

NOBODY: Final = "leitbild@localhost"
PATIENCE: Final = 10  # seconds, after which a mail server counts as not answering


def mail_settings(environment: Environment) -> dict[str, Any]:
    """What Django's mail needs, and where mails that can't be sent are kept."""
    kept = {"MAILS": environment.data / "mails"}
    server = environment.mail
    if server is None:
        return {
            **kept,
            "EMAIL_BACKEND": "leitbild.core.mail.KeptAsFiles",
            "DEFAULT_FROM_EMAIL": NOBODY,
            "SERVER_EMAIL": NOBODY,
        }
    return {
        **kept,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": server.password,
        "EMAIL_USE_SSL": server.tls_from_start,
        "EMAIL_USE_TLS": not server.tls_from_start,
        "EMAIL_TIMEOUT": PATIENCE,
        "DEFAULT_FROM_EMAIL": server.sender,
        "SERVER_EMAIL": server.sender,
    }
