"""The page behind the link in an invitation.

Whoever opens it can't have signed in yet, so it is no `office_page`: the secret in its address
is what lets one in. Opening it changes nothing, because mail programs open links too.
"""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitbild.accounts.actions import accept_invitation
from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import Invitation, User
from leitbild.accounts.queries import invitation_behind
from leitbild.core.refusal import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites to what; accept when asked to."""
    municipality = requested_municipality(request)
    if municipality is None:
        raise Http404(_("There is no such page."))
    found = invitation_behind(token, municipality)
    if found is None or not found.is_open:
        return _page(request, found, status=410 if found else 404)
    user = request.user
    other = isinstance(user, User) and user.email != found.email
    if request.method == "POST" and not other:
        return _accepted(request, found)
    return _page(request, found, other=other, status=409 if request.method == "POST" else 200)


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        accepted = accept_invitation(invitation=found, language=str(request.LANGUAGE_CODE))
    except Refused:
        # Somebody was quicker: perhaps the same person, with a second click.
        found.refresh_from_db()
        return _page(request, found, status=410)
    if accepted.is_new:
        account = reverse("office:account")
        messages.success(
            request,
            _("Welcome. Next time you sign in by a code we send to {email}.").format(
                email=found.email
            )
            + " "
            + _("Under “Your account” you can add a passkey or a password."),
        )
        login = Login(user=accepted.user, email=found.email, redirect_url=account)
        return perform_login(request, login)
    messages.success(request, _("You have accepted. Please sign in as you always do."))
    return redirect("/office/")


def _page(
    request: HttpRequest, found: Invitation | None, *, status: int, other: bool = False
) -> HttpResponse:
    page = {"invitation": found, "other": other}
    return render(request, "office/invitation.html", page, status=status)
