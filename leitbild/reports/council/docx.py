"""The implementation report as a Word file, from our template or the city's own."""

import gc

from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.plan.exchange.archives import repacked
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.phrasing import phrased, values_of
from leitbild.reports.council.template_check import template_faults
from leitbild.reports.council.word_filling import WordFile
from leitbild.reports.council.word_template import standard_template


def council_docx(report: CouncilReport, template: bytes | None = None) -> bytes:
    """The report as a Word file; the same report and template give the same bytes.

    Raises Refused where the city's template names what a report hasn't got, as it may after an
    update of the program.
    """
    if template is not None and (faults := template_faults(template)):
        raise Refused(
            [_("The city’s own Word template can’t be filled any more."), *faults],
        )
    file = WordFile(template or standard_template(report.language))
    content = repacked(file.fill(values_of(phrased(report))))
    # What the libraries leave behind goes in circles and holds trees of XML, many megabytes each.
    del file
    gc.collect()
    return content
