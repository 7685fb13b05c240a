"""What frames the office's pages."""

from django.http import HttpRequest, HttpResponse

from leitbild.core.colour import palette_css
from leitbild.office.desk import Desk, office_page
from leitbild.plan.models import Theme
from leitbild.plan.rules import may_read_drafts


@office_page(may_read_drafts)
def palette(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """The municipality's colours with those of all themes, drafts included."""
    themes = Theme.objects.filter(concept__municipality=desk.municipality)
    colours = {f"theme-{pk}": colour for pk, colour in themes.values_list("pk", "colour")}
    return HttpResponse(
        palette_css(desk.municipality.tokens, colours), content_type="text/css; charset=utf-8"
    )
