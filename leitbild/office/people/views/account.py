"""One's own account, and what stands beside django-allauth's pages."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from leitbild.accounts.actions import change_profile
from leitbild.accounts.rules import may_enter
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.people.forms.people import profile_form


@office_page(may_enter, methods=BOTH)
def account(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Name and language, and the ways one signs in."""
    user = desk.user
    form = profile_form(user, desk.municipality, desk.language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data, municipality=desk.municipality, by=user)
        with translation.override(user.language):
            messages.success(request, _("Your account was changed."))
        return redirect("office:account")
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    page = {
        "form": form,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_password": user.has_usable_password(),
    }
    return render(request, "office/account.html", page, status=422 if form.errors else 200)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 # Django passes it
    """A form came without the sign that it is ours: mostly it lay open for too long."""
    return render(request, "office/form_expired.html", status=403)


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Pass a person on to the provider by a page instead of a redirect.

    Our policy lets forms go nowhere else, and browsers apply that to redirects after them.
    """
    # Not at the top: it brings a library for talking to other servers, which few cities need.
    from allauth.socialaccount.providers.openid_connect.views import login  # noqa: PLC0415

    response: HttpResponse = login(request, provider_id)
    if response.status_code != 302:
        return response
    return render(request, "socialaccount/login_redirect.html", {"address": response["Location"]})
