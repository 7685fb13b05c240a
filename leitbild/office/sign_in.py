"""What django-allauth asks us while somebody signs in: who may, in which words, by which mail."""

import logging
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django import forms
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import User
from leitbild.core.mail import NotSent, letter, send

LIMITED: Final = {"too_many_login_attempts", "rate_limited"}
log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation; mails are letters of the municipality."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail address and password don’t belong together. Please check both, or have a "
            "code sent to you."
        ),
        "incorrect_code": _("This is not the code we sent last. Please look at the newest mail."),
        "too_many_login_attempts": _(
            "That was one attempt too many. Please have a new code sent to you."
        ),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def validation_error(self, code: str, *args: Any) -> forms.ValidationError:
        """A form's error; where a limit is reached, a page of its own that says so."""
        if code in LIMITED:
            raise ImmediateHttpResponse(respond_429(context.request))
        return super().validation_error(code, *args)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the recipient's language; say so on a page where the mail can't leave."""
        with translation.override(_language_of(email) or translation.get_language()):
            mail = self.render_mail(template_prefix, email, {**context, "email": email})
        try:
            send(mail)
        except NotSent:
            page = render(self.request, "account/mail_not_sent.html", status=503)
            raise ImmediateHttpResponse(page) from None

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell of a change; it is done already, so a mail that can't leave must not stop it."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            log.warning("The change was made without the mail about it.")

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A letter from the two text templates of allauth's mail."""
        mail = letter(
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            text=render_to_string(f"{template_prefix}_message.txt", context),
            to=email if isinstance(email, str) else ", ".join(email),
            sender=sender_of(self.request),
        )
        mail.extra_headers.update(headers or {})
        return mail


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who signs in by the city's own provider must be known here already."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """A stranger sees a page that says what to do."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys carry the municipality's name."""

    def _get_site_name(self) -> str:
        return sender_of(context.request)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 # allauth's name
        """A name to begin with, which the person may change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)


class AddPasskey(AddWebAuthnForm):
    """A key to sign in with; only by choice a mere second factor."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        help_text=_("So that you recognise it in your list, as in “office laptop”."),
    )
    passwordless = forms.BooleanField(
        label=_("I want to sign in with this key alone, without code or password."),
        required=False,
        initial=True,
        help_text=_("Your device then asks for your fingerprint, your face or its PIN."),
    )


def sender_of(request: HttpRequest) -> str:
    """In whose name we write: the municipality's."""
    municipality = requested_municipality(request)
    return municipality.name if municipality else "Leitbild"


def _language_of(email: str) -> str:
    """The language of whoever has this address; nothing for strangers."""
    owner = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    user = owner.user if owner else User.objects.filter(email=email).first()
    return user.language if isinstance(user, User) else ""
