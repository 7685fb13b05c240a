"""Files of measures that everybody may read."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitbild.core.downloads import stored_file
from leitbild.delivery.files import SHOWN_INLINE
from leitbild.delivery.queries.evidence import public_attachments
from leitbild.portal.reading import municipality_of


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A public file of a measure of a public edition; any other is as good as none."""
    found = public_attachments(municipality_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such file, or not any more."))
    return stored_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        digest=found.digest,
        inline=found.content_type in SHOWN_INLINE,
    )
