"""leitbild check."""

from typing import Any

from django.core.management import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import LeitbildCommand
from leitbild.config.inspection import inspection


class Command(LeitbildCommand):
    """Looks for what needs mending."""

    help = gettext_lazy(
        "Look at settings, database, host names, colours and translations, and say what needs "
        "mending."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print one line a finding; fail if one of them is an error."""
        findings = list(inspection())
        for finding in findings:
            sign = _("Error") if finding.is_error else _("Note")
            self.say(f"{sign}: {finding.what} {finding.remedy}".rstrip())
        if count := sum(finding.is_error for finding in findings):
            raise CommandError(
                ngettext(
                    "{count} error needs mending.", "{count} errors need mending.", count
                ).format(count=count)
            )
        if not findings:
            self.say(_("Everything is in order."))
