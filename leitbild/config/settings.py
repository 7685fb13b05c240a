"""Settings of the whole installation; everything a city may vary comes from `Environment`."""

from pathlib import Path
from typing import Any

from leitbild.config.environment import Environment
from leitbild.config.mail import mail_settings
from leitbild.config.nodes import file_storage, postgresql
from leitbild.config.sign_in import sign_in_settings

ENVIRONMENT = Environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
# Which hosts are served is data: a municipality's host names (accounts.middleware).
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "leitbild.config.urls"
WSGI_APPLICATION = "leitbild.config.wsgi.application"
# Whether /office/mails/ shows what was kept; whoever sees mails can sign in as anybody.
SHOW_MAILS = ENVIRONMENT.debug or ENVIRONMENT.show_mails
vars().update(sign_in_settings(ENVIRONMENT))
vars().update(mail_settings(ENVIRONMENT))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "leitbild.core",
    "leitbild.accounts",
    "leitbild.plan",
    "leitbild.delivery",
    "leitbild.community",
    "leitbild.reports",
    "leitbild.demo",
    "leitbild.portal",
    "leitbild.office",
    "leitbild.config",
    # Last, so that our templates for its pages are found before its own.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    # Only where a city has a provider: it brings a library that no other page needs.
    *(["allauth.socialaccount.providers.openid_connect"] if ENVIRONMENT.provider else []),
    # Jobs and their queue in the database.
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "leitbild.core.middleware.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leitbild.core.middleware.Compression",
    "leitbild.core.middleware.Comparison",
    "leitbild.accounts.middleware.MunicipalityMiddleware",
    "leitbild.portal.middleware.LanguageMiddleware",
    "leitbild.portal.middleware.PublicPages",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "leitbild.office.middleware.OfficePages",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "leitbild.portal.context.portal",
                "leitbild.office.context.office",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "leitbild.core.templatetags.components",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    if ENVIRONMENT.database_url:
        return postgresql(ENVIRONMENT)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.data / "leitbild.sqlite3",
        # To open it, and to read what tables it has, takes as long as three queries.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Statements each thread keeps; 128, as it is by itself, take half a megabyte more.
            "cached_statements": 24,
            # Kilobytes it remembers in each thread; the system remembers the file for all of them.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-500;",
        },
    }


DATABASES = {"default": _database()}
FORM_RENDERER = "leitbild.core.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
MEDIA_ROOT = ENVIRONMENT.data / "uploads"
STORAGES = {
    "default": file_storage(ENVIRONMENT),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "filters": {"briefly": {"()": "leitbild.core.outage.Briefly"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The privacy page promises that we keep no record of what readers ask for.
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["briefly"]},
        # Scanners make up host names all day; they are refused, and nobody needs to act.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
