"""The mails that were kept instead of sent, for the demo and while developing.

No `office_page`: the code one signs in with stands here, so it must be read before. It is the
one page of the office that asks nobody who they are, and therefore it isn't there unless the
installation was started to show mails (docs/settings.md).
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitbild.core.mail import kept_mails


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, the newest first."""
    if not settings.SHOW_MAILS:
        raise Http404(_("There is no such page."))
    return render(
        request, "office/mails.html", {"mails": list(kept_mails()), "folder": settings.MAILS}
    )
