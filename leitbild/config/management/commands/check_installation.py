"""leitbild check."""

from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitbild.config.command import LeitbildCommand, chosen_municipality, prepare_database
from leitbild.config.inspection import inspection
from leitbild.plan.models import Concept, Publication
from leitbild.plan.queries.documents import current_concept
from leitbild.plan.queries.publications import publications_of
from leitbild.plan.queries.verification import verify

PUBLICATION = "publication"


class Command(LeitbildCommand):
    """Looks for what needs mending, or verifies a publication."""

    help = gettext_lazy(
        "Look at settings, database, host names, colours and translations, and say what needs "
        "mending. Or verify a publication: compute all its digests again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to look at; everything, unless told."""
        parser.add_argument(
            "what",
            nargs="?",
            choices=[PUBLICATION],
            metavar=PUBLICATION,
            help=_("verify one publication of a concept"),
        )
        parser.add_argument(
            "number", nargs="?", type=int, metavar="N", help=_("number of the publication")
        )
        parser.add_argument(
            "--concept", metavar="SLUG", help=_("which edition; by default the one in force")
        )
        parser.add_argument("--municipality", metavar="SLUG", help=_("whose concept"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look at what was asked for."""
        if options["what"] == PUBLICATION:
            self._verify(_publication(options))
        else:
            self._inspect()

    def _inspect(self) -> None:
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

    def _verify(self, publication: Publication) -> None:
        """Print one line for each record that isn't as it was submitted; fail if there is one."""
        faults = verify(publication)
        for fault in faults:
            self.say(f"{fault.record}: {fault.what}")
        names = {"number": publication.number, "slug": publication.concept.slug}
        if faults:
            raise CommandError(
                _("Publication {number} of “{slug}” is not as it was submitted.").format(**names)
            )
        count = publication.records.count()
        self.say(
            ngettext(
                "Publication {number} of “{slug}” is as it was submitted: {count} record and the "
                "PDF match their digests.",
                "Publication {number} of “{slug}” is as it was submitted: {count} records and the "
                "PDF match their digests.",
                count,
            ).format(count=count, **names)
        )


def _publication(options: dict[str, Any]) -> Publication:
    prepare_database()
    number = options["number"]
    if number is None:
        raise CommandError(
            _("Name the publication by its number, as in “leitbild check publication 1”."),
            returncode=2,
        )
    concept = _concept(options)
    found = {each.number: each for each in publications_of(concept)}
    if number not in found:
        raise CommandError(
            _("“{slug}” has no publication {number}; it has: {numbers}.").format(
                slug=concept.slug,
                number=number,
                numbers=", ".join(str(each) for each in sorted(found)) or "–",
            )
        )
    return found[number]


def _concept(options: dict[str, Any]) -> Concept:
    town = chosen_municipality(options["municipality"])
    if town is None:
        raise CommandError(_("There is no municipality yet."))
    slug = options["concept"]
    if not slug:
        concept = current_concept(town)
    else:
        concept = Concept.objects.filter(municipality=town, slug=slug).first()
    if concept is None:
        slugs = Concept.objects.filter(municipality=town).order_by("slug")
        raise CommandError(
            _("There is no concept “{slug}”; there is: {slugs}.").format(
                slug=slug or "", slugs=", ".join(each.slug for each in slugs) or "–"
            )
        )
    return concept
