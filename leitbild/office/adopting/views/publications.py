"""To the council and back: submit, record what became of it, read, compare, verify."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.adopting.forms.publications import (
    ComparisonForm,
    ResolutionForm,
    SubmissionForm,
    WithdrawalForm,
)
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.plan.actions.adopting import adopt, submit_proposal, withdraw_proposal
from leitbild.plan.models import Concept, Publication
from leitbild.plan.queries.amendments import amendments
from leitbild.plan.queries.comparing import compare_publications, names_of
from leitbild.plan.queries.frozen_text import frozen_text
from leitbild.plan.queries.lineage import undecided, unexplained
from leitbild.plan.queries.publications import (
    frozen_concept,
    frozen_concepts,
    publications_of,
    publications_of_all,
)
from leitbild.plan.queries.review import findings
from leitbild.plan.queries.submission import drafts_left_out
from leitbild.plan.queries.verification import verify
from leitbild.plan.rules import may_edit_plan, may_read_drafts
from leitbild.reports.concept_pdf import concept_pdf


@office_page(may_read_drafts)
def publications(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What of this edition lies where, and what has changed since it was adopted."""
    concept = desk.concept(slug)
    found = list(publications_of(concept))
    in_force = next((each for each in found if _is_adopted(each)), None)
    names = names_of(desk.municipality)
    changed = amendments(concept, since=in_force, names=names) if in_force else []
    return render(
        request,
        "office/publications.html",
        {
            "concept": concept,
            "publications": found,
            "proposal": next((each for each in found if not _is_decided(each)), None),
            "in_force": in_force,
            "amendments": changed,
            "resolutions": [] if in_force else list(concept.resolutions.all()),
        },
    )


@office_page(may_edit_plan, methods=BOTH)
def submit(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Show what would be frozen and what is still missing; then freeze it."""
    concept = desk.concept(slug)
    form = SubmissionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            publication = submit_proposal(
                concept=concept, by=desk.user, typeset=concept_pdf, note=form.cleaned_data["note"]
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("The text is frozen and can go to the council."))
            return redirect("office:publication", slug=slug, number=publication.number)
    return render(request, "office/publication_submit.html", _submission(desk, concept, form))


def _submission(desk: Desk, concept: Concept, form: SubmissionForm) -> dict[str, object]:
    """What the page before freezing shows."""
    outline = desk.outline(concept)
    review = findings(outline)
    found = list(publications_of(concept))
    return {
        "concept": concept,
        "form": form,
        "outline": outline,
        "goals": sum(len(each.goals) for each in outline.themes),
        "gaps": [
            (each.check.title_in(desk.terms), len(each.findings))
            for each in review.checks
            if each.findings
        ],
        "drafts": drafts_left_out(concept),
        "undecided": len(undecided(concept)) + len(unexplained(concept)),
        "number": found[0].number + 1 if found else 1,
        "proposal": next((each for each in found if not _is_decided(each)), None),
    }


@office_page(may_edit_plan, methods=BOTH)
def resolve(request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """Record the resolution by which the council adopted a proposal."""
    publication = _publication(desk, slug, number)
    form = ResolutionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            adopt(publication=publication, by=desk.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("Adopted. Readers now see this text as the adopted one."))
            return redirect("office:publications", slug=slug)
    context = {"concept": publication.concept, "publication": publication, "form": form}
    return render(request, "office/publication_resolve.html", context)


@office_page(may_edit_plan, methods=BOTH)
def withdraw(request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """Take a proposal back, so that the text can change again."""
    publication = _publication(desk, slug, number)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_proposal(
                publication=publication, by=desk.user, reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("Withdrawn. The text can change again."))
            return redirect("office:publications", slug=slug)
    context = {"concept": publication.concept, "publication": publication, "form": form}
    return render(request, "office/publication_withdraw.html", context)


@office_page(may_read_drafts)
def publication(request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """Read a publication; with `verify` in the address, compute its digests again."""
    found = _publication(desk, slug, number)
    others = publications_of_all(desk.municipality).exclude(pk=found.pk)
    is_verifying = "verify" in request.GET
    return render(
        request,
        "office/publication.html",
        {
            "concept": found.concept,
            "publication": found,
            "is_open": not _is_decided(found),
            "text": frozen_text(frozen_concept(found), language=desk.language),
            "comparison": ComparisonForm(publications=others),
            "is_verifying": is_verifying,
            "faults": verify(found) if is_verifying else [],
        },
    )


@office_page(may_read_drafts)
def publication_pdf(_request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """The file the council got."""
    found = _publication(desk, slug, number)
    name = f"{desk.municipality.slug}-{slug}-{number}.pdf"
    return HttpResponse(
        bytes(found.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@office_page(may_read_drafts)
def comparison(request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """What differs between two publications, the older one first."""
    found = _publication(desk, slug, number)
    everything = list(publications_of_all(desk.municipality))
    form = ComparisonForm(
        request.GET or None, publications=[each for each in everything if each.pk != found.pk]
    )
    if not form.is_valid():
        raise Http404(_("There is no such publication to compare with."))
    other = next(each for each in everything if each.pk == form.cleaned_data["other"])
    old, new = sorted(
        [found, other], key=lambda each: (each.concept.edition, each.concept_id, each.number)
    )
    parts = compare_publications(*frozen_concepts([old, new]))
    context = {"concept": found.concept, "old": old, "new": new, "parts": parts, "form": form}
    return render(request, "office/publication_comparison.html", context)


def _publication(desk: Desk, slug: str, number: int) -> Publication:
    concept = desk.concept(slug)
    found = publications_of(concept).filter(number=number).first()
    if found is None:
        raise Http404(_("This edition has no publication with this number."))
    found.concept = concept
    return found


def _is_decided(publication: Publication) -> bool:
    return hasattr(publication, "decision")


def _is_adopted(publication: Publication) -> bool:
    return _is_decided(publication) and publication.decision.is_adopted
