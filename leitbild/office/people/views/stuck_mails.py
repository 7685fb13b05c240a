"""Mails that didn't leave by themselves: send them again, or give them up."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from leitbild.community.models import KEYS
from leitbild.core.actions import give_mails_up, send_mails_again
from leitbild.core.models import PostedMail
from leitbild.core.outbox import stuck_mails as stuck
from leitbild.core.refusal import Refused
from leitbild.delivery.rules import may_conduct
from leitbild.office.desk import BOTH, Desk, office_page

SHOWN: Final = 100
"""Most mails listed; when these are decided about, the next ones show."""
FOLLOWERS: Final = "followers"


@office_page(may_conduct, methods=BOTH)
def stuck_mails(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Each of them with the mail server's answer; those to followers only counted."""
    all_stuck = stuck(desk.municipality.pk)
    to_followers = all_stuck.filter(key__startswith=KEYS)
    mails = list(all_stuck.exclude(key__startswith=KEYS)[:SHOWN])
    if request.method == "POST":
        which = request.POST.get("mail", "")
        chosen = [each for each in mails if which in {str(each.pk), "all"}]
        _decide(request, desk, list(to_followers) if which == FOLLOWERS else chosen)
        return redirect("office:stuck-mails")
    page = {"mails": mails, "to_followers": to_followers.count()}
    return render(request, "office/stuck_mails.html", page)


def _decide(request: HttpRequest, desk: Desk, mails: list[PostedMail]) -> None:
    try:
        if request.POST.get("do") == "drop":
            number = give_mails_up(mails=mails, by=desk.user)
            done = ngettext("{number} mail was given up.", "{number} mails were given up.", number)
        else:
            number = send_mails_again(mails=mails, by=desk.user)
            done = ngettext(
                "{number} mail is on its way again.",
                "{number} mails are on their way again.",
                number,
            )
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        messages.success(request, done.format(number=number))
