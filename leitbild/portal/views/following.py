"""Following by e-mail: asking for it, confirming it, seeing and ending it.

Readers get no cookie, so these forms can't carry a token against forged requests. They need none:
whoever forges the first one only has a mail sent that asks; the others are addressed by a
secret that only the mail holds.
"""

from collections.abc import Sequence
from typing import Final

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leitbild.community.actions import ask_to_follow, confirm_following, stop_following
from leitbild.community.models import Follower, Following
from leitbild.community.queries import followings, lay_texts_over
from leitbild.community.tokens import follower_behind, follower_token, following_to_confirm
from leitbild.core.refusal import Refused
from leitbild.portal.following import FollowForm, Pages, known_site, wanted_by
from leitbild.portal.reading import Reading, municipality_of, reading

BOTH: Final = ["GET", "HEAD", "POST"]
ONE_CLICK: Final = "List-Unsubscribe"
"""What a mail program sends by itself when its reader wants no more (RFC 8058)."""


@csrf_exempt
@require_http_methods(BOTH)
def follow(request: HttpRequest) -> HttpResponse:
    """The form: what of, and to which address."""
    page = reading(request)
    plan = page.outline()
    wanted = wanted_by(request, plan)
    form = FollowForm(request.POST or None, plan=plan, wanted=wanted, terms=page.terms)
    site = known_site(request, page.municipality)
    status = 200
    if request.method == "POST" and site:
        status = _asked(request, page, form, site)
        if status == 200:
            return redirect("portal:follow-sent")
    context = {"concept": page.concept, "form": form, "wanted": wanted, "is_possible": bool(site)}
    return render(request, "portal/follow.html", context, status=status)


def _asked(request: HttpRequest, page: Reading, form: FollowForm, site: str) -> int:
    """Take the form; the status to answer with.

    Whether a mail leaves shows nowhere: nobody learns who follows, or who has asked often.
    """
    if not form.is_valid():
        return 422
    if not consume(request, action="follow"):
        form.add_error(
            None,
            gettext(
                "From your internet connection this was asked very often. Please try again "
                "in an hour."
            ),
        )
        return 429
    email = form.cleaned_data["email"].lower()
    if form.is_of_a_person and consume(request, action="follow_to", key=email):
        ask_to_follow(
            municipality=page.municipality,
            email=email,
            what=form.followed,
            language=page.language,
            site=site,
            addresses=Pages(),
        )
    return 200


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    municipality_of(request)
    return render(request, "portal/follow_sent.html")


@csrf_exempt
@never_cache
@require_http_methods(BOTH)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button: programs that look at links in mails press none."""
    town, language = municipality_of(request), request.LANGUAGE_CODE
    found = following_to_confirm(token, town)
    if found is None:
        return _gone(request)
    reasons: list[str] = []
    if request.method == "POST":
        site = known_site(request, town) or found.follower.site
        try:
            confirm_following(following=found, language=language, site=site)
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect("portal:following", follower_token(found.follower))
    lay_texts_over([found], language)
    context = {"each": found, "reasons": reasons}
    return render(request, "portal/follow_confirm.html", context, status=422 if reasons else 200)


@csrf_exempt
@never_cache
@require_http_methods(BOTH)
def following(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody follows, to be ended one by one or at once, also by a mail program."""
    follower = follower_behind(token, municipality_of(request))
    if follower is None:
        return _gone(request)
    found = followings(follower, language=request.LANGUAGE_CODE)
    if request.method == "POST":
        everything = ONE_CLICK in request.POST or "all" in request.POST
        ended = [each for each in found if everything or str(each.pk) == request.POST.get("end")]
        return _ended(request, follower, ended, token, left=len(found) - len(ended))
    return render(request, "portal/following.html", {"followings": found, "follower": follower})


def _ended(
    request: HttpRequest, follower: Follower, ended: Sequence[Following], token: str, *, left: int
) -> HttpResponse:
    """End these; where nothing is left, say at once that it is over: no program need go on."""
    if not left:
        stop_following(follower=follower)
        return render(request, "portal/follow_ended.html")
    for each in ended:
        stop_following(follower=follower, following=each)
    return redirect("portal:following", token)


def _gone(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere, or nowhere any more; both look the same."""
    return render(request, "portal/follow_gone.html", status=404)
