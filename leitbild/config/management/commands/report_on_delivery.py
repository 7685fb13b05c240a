"""leitbild report."""

import datetime as dt
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.config.command import (
    LeitbildCommand,
    chosen_concept,
    day,
    language_code,
    prepare_database,
    refuse_place,
)
from leitbild.core.templatetags.components import day as in_words
from leitbild.delivery.enums import Audience
from leitbild.delivery.periods import HALF, Period, last_half_year
from leitbild.delivery.queries.reports import frozen_reports, letterhead
from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.documents import TYPES, council_file
from leitbild.reports.council.frozen import thawed


class Command(LeitbildCommand):
    """Writes the implementation report to a file."""

    help = gettext_lazy(
        "Write the implementation report on a period to a file: PDF, Word or Excel. Without a "
        "period it is the half-year that ended last."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which report, and where to."""
        parser.add_argument(
            "-o", "--output", type=Path, required=True, metavar="FILE", help=_("file to write")
        )
        parser.add_argument(
            "--format",
            choices=list(TYPES),
            metavar="FORMAT",
            help=_("{formats}; by default what the file’s name says").format(
                formats=", ".join(TYPES)
            ),
        )
        parser.add_argument(
            "--concept", metavar="SLUG", help=_("which edition; by default the current one")
        )
        parser.add_argument("--municipality", metavar="SLUG", help=_("whose concept"))
        _add_report(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it and write it."""
        output = options["output"]
        suffix = options["format"] or _suffix(output)
        refuse_place(output, force=options["force"])
        prepare_database()
        concept = chosen_concept(options["municipality"], options["concept"])
        report = _frozen(concept, options) if options["number"] else _made(concept, options)
        content = council_file(
            report, suffix, template=letterhead(concept.municipality, report.language)
        )
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("{file} can’t be written: {reason}.").format(file=output, reason=error.strerror)
            ) from None
        self.say(
            _("Wrote the report on {title} from {since} to {until} to {file}.").format(
                title=concept.title,
                since=in_words(report.since),
                until=in_words(report.until),
                file=output,
            )
        )


def _add_report(parser: CommandParser) -> None:
    """Which period, for whom, in which language."""
    parser.add_argument(
        "--from", dest="since", type=day, metavar="DATE", help=_("first day of the period")
    )
    parser.add_argument(
        "--to", dest="until", type=day, metavar="DATE", help=_("last day of the period")
    )
    parser.add_argument(
        "--audience",
        choices=Audience.values,
        metavar="AUDIENCE",
        help=_("{audiences}; the public reads neither internal news nor hidden money").format(
            audiences=", ".join(Audience.values)
        ),
    )
    parser.add_argument(
        "--language",
        type=language_code,
        metavar="CODE",
        help=_("language of the report; by default the one you write in"),
    )
    parser.add_argument(
        "--number", type=int, metavar="NUMBER", help=_("a frozen report instead, by its number")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite the file if it exists"))


def _suffix(output: Path) -> str:
    suffix = output.suffix.removeprefix(".").lower()
    if suffix not in TYPES:
        raise CommandError(
            _(
                "The name {file} doesn’t say the format; end it with .pdf, .docx or .xlsx, or "
                "add --format."
            ).format(file=output)
        )
    return suffix


def _made(concept: Concept, options: dict[str, Any]) -> CouncilReport:
    period = _period(options["since"], options["until"])
    return council_report(
        concept=concept,
        since=period.since,
        until=period.until,
        audience=options["audience"] or Audience.COUNCIL,
        language=options["language"],
    )


def _period(since: dt.date | None, until: dt.date | None) -> Period:
    """The days asked for; half a year where only the last is named, until today where the first."""
    today = timezone.localdate()
    if since is None and until is None:
        return last_half_year(today)
    until = until or today
    return Period(since or until - relativedelta(months=HALF) + dt.timedelta(days=1), until)


def _frozen(concept: Concept, options: dict[str, Any]) -> CouncilReport:
    if any(options[each] for each in ("since", "until", "audience", "language")):
        raise CommandError(
            _(
                "A frozen report has its period, audience and language; leave out --from, --to, "
                "--audience and --language beside --number."
            )
        )
    row = frozen_reports(concept).filter(number=options["number"]).first()
    if row is None:
        numbers = ", ".join(str(each.number) for each in frozen_reports(concept))
        raise CommandError(
            _("{title} has no report {number}; there is: {numbers}.").format(
                title=concept.title, number=options["number"], numbers=numbers or "–"
            )
        )
    return thawed(row)
