"""Drafts as people come to read them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from leitbild.office.desk import Desk
from leitbild.plan.models import Draft
from leitbild.plan.rules import may_read_draft


def draft_or_404(desk: Desk, pk: int) -> Draft:
    """A draft of this municipality; refused to whoever neither wrote it nor may release it."""
    drafts = Draft.objects.filter(concept__municipality=desk.municipality)
    found = drafts.select_related("concept__municipality", "author").filter(pk=pk).first()
    if found is None:
        raise Http404(_("This draft is not there any more: it was published or discarded."))
    if not may_read_draft(desk.access, found):
        raise PermissionDenied
    return found
