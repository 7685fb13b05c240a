"""Who works here: invite people, change what they do, let them leave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitbild.accounts.actions import (
    change_membership,
    end_membership,
    invite,
    withdraw_invitation,
)
from leitbild.accounts.middleware import origin
from leitbild.accounts.models import Invitation, Membership
from leitbild.accounts.queries import memberships, open_invitations
from leitbild.accounts.rules import may_manage_people
from leitbild.core.mail import NotSent
from leitbild.core.refusal import Refused
from leitbild.office.desk import BOTH, WRITING, Desk, office_page
from leitbild.office.people.forms.people import InviteForm, RoleForm, role_form


@office_page(may_manage_people, methods=BOTH)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everyone who works here, open invitations, and the form to ask somebody else."""
    form = InviteForm(request.POST or None, municipality=desk.municipality)
    if request.method == "POST" and form.is_valid() and _invited(request, desk, form):
        return redirect("office:people")
    page = {
        "form": form,
        "memberships": memberships(desk.municipality),
        "invitations": open_invitations(desk.municipality),
    }
    return render(request, "office/people.html", page, status=422 if form.errors else 200)


def _invited(request: HttpRequest, desk: Desk, form: InviteForm) -> bool:
    given = form.cleaned_data
    site = origin(request)
    try:
        invite(
            municipality=desk.municipality,
            **given,
            by=desk.user,
            link_to=lambda token: site + reverse("office:invitation", args=[token]),
        )
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return False
    except NotSent:
        failed = _(
            "The mail to {email} couldn’t be sent. Please have the mail server checked, then "
            "invite again."
        )
        messages.error(request, failed.format(email=given["email"]))
        return True
    messages.success(request, _("{email} was invited.").format(email=given["email"]))
    return True


@office_page(may_manage_people, methods=BOTH)
def membership(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change what somebody does."""
    held = _membership(desk, pk)
    form = role_form(held, request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(desk, held, form):
        messages.success(request, _("{name}: changed.").format(name=held.user))
        return redirect("office:people")
    page = {"form": form, "membership": held}
    return render(request, "office/membership.html", page, status=422 if form.errors else 200)


def _changed(desk: Desk, held: Membership, form: RoleForm) -> bool:
    try:
        change_membership(membership=held, **form.cleaned_data, by=desk.user)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return False
    return True


@office_page(may_manage_people, methods=BOTH)
def leaving(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask once more, then let somebody leave."""
    held = _membership(desk, pk)
    name = str(held.user)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            end_membership(membership=held, by=desk.user)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("{name} doesn’t work here any more.").format(name=name))
            return redirect("office:people")
    page = {"membership": held, "reasons": reasons}
    return render(request, "office/leaving.html", page, status=422 if reasons else 200)


@office_page(may_manage_people, methods=WRITING)
def withdrawal(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Make an invitation's link worthless."""
    found = Invitation.objects.filter(municipality=desk.municipality, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such invitation."))
    try:
        withdraw_invitation(invitation=found, by=desk.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        messages.success(
            request, _("The invitation to {email} was withdrawn.").format(email=found.email)
        )
    return redirect("office:people")


def _membership(desk: Desk, pk: int) -> Membership:
    found = memberships(desk.municipality).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Nobody here has this number; they may have left."))
    return found
