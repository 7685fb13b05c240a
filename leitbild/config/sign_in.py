"""Settings of signing in: by code, password, passkey, or a provider the city already has."""

from typing import Any, Final

from leitbild.config.environment import Environment, Provider

TWO_WEEKS: Final = 14 * 24 * 60 * 60
TEN_MINUTES: Final = 10 * 60
SHORTEST_PASSWORD: Final = 12
VALIDATION: Final = "django.contrib.auth.password_validation"
# No cookie of the office ever reaches the public pages, not even that of somebody signed in.
OFFICE: Final = "/office/"


def sign_in_settings(environment: Environment) -> dict[str, Any]:
    """All of it, for Django and django-allauth."""
    return {
        **_accounts(),
        **_codes(),
        **_limits(environment),
        **_second_factors(environment),
        **_cookies(environment),
        **_providers(environment.provider),
    }


def _accounts() -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email", "name")},
            },
            {
                "NAME": f"{VALIDATION}.MinimumLengthValidator",
                "OPTIONS": {"min_length": SHORTEST_PASSWORD},
            },
            {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": OFFICE,
        "ACCOUNT_ADAPTER": "leitbild.office.sign_in.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        # Nobody signs up; but without a password here allauth asks for none when signing in.
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    }


def _codes() -> dict[str, Any]:
    return {
        # Codes everywhere: a link in a mail would name whatever host the request made up.
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT": TEN_MINUTES,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": TEN_MINUTES,
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": TEN_MINUTES,
        "ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS": 3,
        "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
        # Eight digits: quick on a phone, and with 15 guesses in ten minutes not to be guessed.
        "ALLAUTH_USER_CODE_FORMAT": {"numeric": True, "length": 8},
    }


def _limits(environment: Environment) -> dict[str, Any]:
    return {
        "ACCOUNT_RATE_LIMITS": {
            "login": "30/m/ip",
            "login_failed": "10/m/ip,5/10m/key",
            "request_login_code": "20/m/ip,5/10m/key",
            "reset_password": "20/m/ip,5/10m/key",
            # Not of signing in, but anybody can have mails sent here, too.
            "follow": "20/h/ip",
            "follow_to": "3/d/key",
        },
        # Behind a proxy, everybody would else share one address, and one limit.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if environment.https else 0,
        # In the database, so that all processes and servers count together. What is counted
        # out must not be forgotten because somebody asks under many names.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "accounts_cacheentry",
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
    }


def _second_factors(environment: Environment) -> dict[str, Any]:
    return {
        "MFA_ADAPTER": "leitbild.office.sign_in.SecondFactorAdapter",
        "MFA_FORMS": {"add_webauthn": "leitbild.office.sign_in.AddPasskey"},
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": environment.debug,
    }


def _cookies(environment: Environment) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_AGE": TWO_WEEKS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_PATH": OFFICE,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": environment.https,
        "CSRF_COOKIE_PATH": OFFICE,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": environment.https,
        "CSRF_FAILURE_VIEW": "leitbild.office.people.views.account.form_expired",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    }


def _providers(provider: Provider | None) -> dict[str, Any]:
    apps = [] if provider is None else [_described(provider)]
    return {
        "SOCIALACCOUNT_ADAPTER": "leitbild.office.sign_in.ProviderAdapter",
        # Who is known here by a verified address gets in, and nobody else.
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}},
    }


def _described(provider: Provider) -> dict[str, Any]:
    return {
        "provider_id": "city",
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.client_secret,
        "settings": {"server_url": provider.issuer},
    }
