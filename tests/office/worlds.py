"""The demo city at work: people of every role, and unfinished work of every kind.

Everything that readers mustn't see yet says SECRET, so that a test can look for it anywhere;
every address of such a thing holds HIDDEN. A search for WORD would find them all.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.base import ContentFile
from django.utils import timezone

from leitbild.accounts.actions import invite
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality, Organisation, User
from leitbild.core.actions import record_event
from leitbild.core.models import Translatable, Translation
from leitbild.delivery.actions.attachments import attach_file
from leitbild.delivery.actions.reports import freeze_report
from leitbild.delivery.enums import Audience
from leitbild.delivery.models import (
    Answer,
    Attachment,
    CouncilPaper,
    FrozenReport,
    Milestone,
    Money,
    ProgressUpdate,
    Recipient,
    Responsibility,
    Round,
    UpdateRequest,
)
from leitbild.plan.actions.adopting import submit_proposal, withdraw_proposal
from leitbild.plan.actions.bin import delete_part
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.models import (
    BinEntry,
    Concept,
    Draft,
    Goal,
    Measure,
    MeasureGoal,
    MeasureLineage,
    Publication,
    Resolution,
    Revision,
    Theme,
)
from leitbild.plan.queries.contents import content_of, kind_of
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.frozen import content_of as content_of_report
from tests.people import member, person

SECRET: Final = "Geheimwort"
WORD: Final = "Quittenmus"
HIDDEN: Final = "schlehe"
TEXT: Final = f"{SECRET} {WORD}"
AMOUNT: Final = 777_123_400  # money of a draft, in cents; MONEY is how it is written
MONEY: Final = ("7.771.234", "7,771,234", "7771234")
TOKEN: Final = "ein-geheimnis-im-link"  # nobody's key to anything: the invitation is never sent


@dataclass(frozen=True, slots=True)
class World:
    """Who works in the city, and one of everything they work on."""

    town: Municipality
    people: Mapping[str, User]
    current: Concept
    upcoming: Concept
    led: Measure
    foreign: Measure
    draft: Draft
    own_draft: Draft
    bin_entry: BinEntry
    revision: Revision
    answer: Answer
    invitation: int
    membership: int

    @property
    def outsider(self) -> User:
        """Somebody who can sign in but works nowhere."""
        return self.people["outsider"]


# long: one line a thing
def world_of(town: Municipality) -> World:
    """Put people and unfinished work into a city with an adopted concept."""
    people = _people(town)
    officer = people[Role.OFFICER]
    current = Concept.objects.get(municipality=town, status="adopted")
    led = Measure.objects.filter(concept=current, lead=_own(town)).first()
    foreign = Measure.objects.filter(concept=current).exclude(lead=_own(town)).first()
    assert led
    assert foreign
    # Before the edition is continued, because its proposal would keep it from changing.
    draft = _draft(led, people[Role.EDITOR], handed_in=True)
    own_draft = _draft(foreign, officer)
    _new_draft(current, officer)
    upcoming = _upcoming(current, officer)
    entry = _binned(upcoming, officer)
    _withdrawn(current, officer)
    _proposal(upcoming, officer)
    _report(led, officer)
    _kept_inside(led, upcoming)
    record_event(
        action="concept.edit",
        by=officer,
        municipality_id=town.pk,
        record=upcoming,
        changes={"fields": {"title": [TEXT, TEXT]}},
    )
    return World(
        town=town,
        people=people,
        current=current,
        upcoming=upcoming,
        led=led,
        foreign=foreign,
        draft=draft,
        own_draft=own_draft,
        bin_entry=entry,
        revision=revision_of(led, 1),
        answer=_answer(led, officer),
        invitation=_invitation(town, officer),
        membership=people[Role.OBSERVER].memberships.get().pk,
    )


def _own(town: Municipality) -> Organisation:
    """An organisation that leads measures of the edition in force."""
    leading = Measure.objects.filter(concept__municipality=town, concept__status="adopted")
    return Organisation.objects.filter(led_measures__in=leading, children=None).distinct()[0]


def _people(town: Municipality) -> dict[str, User]:
    people = {"outsider": person(f"outsider@{town.slug}.example")}
    for role in Role:
        own = _own(town) if role == Role.EDITOR else None
        people[role] = member(town, role, email=f"{role}@{town.slug}.example", organisation=own)
    return people


def _draft(row: Measure, author: User, *, handed_in: bool = False) -> Draft:
    return Draft.objects.create(
        concept_id=row.concept_id,
        kind=kind_of(row),
        part_id=row.pk,
        base=1,
        content={**content_of(row), "title": TEXT, "summary": TEXT, "text": TEXT},
        author=author,
        note=TEXT,
        handed_in_at=timezone.now() if handed_in else None,
    )


def _new_draft(concept: Concept, author: User) -> None:
    content = {"title": TEXT, "code": f"{HIDDEN}-9", "text": TEXT}
    Draft.objects.create(concept=concept, kind="measure", content=content, author=author)


def _upcoming(current: Concept, officer: User) -> Concept:
    """The next edition: a draft in which every text is a secret, in every language."""
    new = continue_concept(concept=current, edition=current.edition + 5, title=TEXT, by=officer)
    Concept.objects.filter(pk=new.pk).update(
        slug=f"{HIDDEN}-{current.municipality.slug}",
        purpose=TEXT,
        introduction=TEXT,
        source_url=f"https://{HIDDEN}.example/",
    )
    Resolution.objects.create(concept=new, body=TEXT, result=TEXT, paper=SECRET)
    for theme in Theme.objects.filter(concept=new):
        _rewrite(theme, slug=f"{HIDDEN}-{theme.number}", colour="#5b2a86")
    for row in (*Goal.objects.filter(concept=new), *Measure.objects.filter(concept=new)):
        _rewrite(row, code=f"{HIDDEN}-{row.pk}")
    added = _added(new)
    MeasureLineage.objects.filter(concept=new).update(fate="changed", reason=TEXT)
    for language in new.municipality.languages[1:]:
        for row in _rows(new):
            _translate(row, language)
        # The public edition has translations that aren't finished.
        for measure in Measure.objects.filter(concept=current)[:3]:
            _translate(measure, language, state="draft")
    revision_of(added, 50, reason=TEXT)
    return Concept.objects.select_related("municipality").get(pk=new.pk)


def _added(concept: Concept) -> Measure:
    """A measure that continues none."""
    row = Measure.objects.create(
        concept=concept, code=f"{HIDDEN}-neu", title=TEXT, summary=TEXT, text=TEXT, kind="one_off"
    )
    MeasureGoal.objects.create(
        measure=row, goal=Goal.objects.filter(concept=concept)[0], concept=concept
    )
    return row


def _rewrite(row: Translatable, **values: Any) -> None:
    texts = dict.fromkeys(row.translatable, TEXT)
    type(row)._default_manager.filter(pk=row.pk).update(**texts, **values)


def _rows(concept: Concept) -> list[Translatable]:
    return [
        concept,
        *Resolution.objects.filter(concept=concept),
        *Theme.objects.filter(concept=concept),
        *Goal.objects.filter(concept=concept),
        *Measure.objects.filter(concept=concept),
        *MeasureLineage.objects.filter(concept=concept),
    ]


def _translate(row: Translatable, language: str, state: str = "final") -> None:
    for field in row.translatable:
        Translation.objects.update_or_create(
            record=row.record_name(),
            record_id=row.pk,
            field=field,
            language=language,
            defaults={"text": TEXT, "state": state, "source_digest": "0" * 64},
        )


def revision_of(row: Measure, number: int, reason: str = "") -> Revision:
    """A state of a measure; what it says now, if history doesn't have it."""
    found = Revision.objects.filter(kind="measure", part_id=row.pk, number=number).first()
    return found or Revision.objects.create(
        concept_id=row.concept_id,
        kind="measure",
        part_id=row.pk,
        number=number,
        change="edited",
        content=content_of(row),
        reason=reason,
    )


def attachment_of(row: Measure) -> int:
    """A file of a measure."""
    made = attach_file(
        measure=row,
        title="Bericht",
        file=ContentFile(b"%PDF-1.7"),
        name="bericht.pdf",
        public=False,
        by=None,
    )
    return made.pk


def _binned(concept: Concept, officer: User) -> BinEntry:
    measure = Measure.objects.filter(concept=concept).exclude(code=f"{HIDDEN}-neu").last()
    assert measure
    return delete_part(concept=concept, kind=kind_of(measure), part_id=measure.pk, by=officer)


def _proposal(concept: Concept, officer: User) -> Publication:
    """A proposal nobody has decided yet."""
    pdf = f"%PDF-1.7 {TEXT}".encode()
    return submit_proposal(concept=concept, by=officer, typeset=lambda _text: pdf, note=TEXT)


def _withdrawn(concept: Concept, officer: User) -> None:
    """A proposal of the public edition that never came to the council's vote."""
    withdraw_proposal(publication=_proposal(concept, officer), by=officer, reason=TEXT)


def _report(measure: Measure, officer: User) -> FrozenReport:
    """News for the office alone, and a report to the council that tells it."""
    day = timezone.localdate()
    ProgressUpdate.objects.create(
        measure=measure, date=day, state="under_way", text=TEXT, helps=TEXT, public=False
    )
    # Its own rows, because a report lays texts over what it reads.
    concept = Concept.objects.select_related("municipality").get(pk=measure.concept_id)
    report = council_report(concept=concept, since=day, until=day, audience=Audience.COUNCIL)
    return freeze_report(concept=concept, content=content_of_report(report), by=officer)


def _kept_inside(public: Measure, upcoming: Concept) -> None:
    """Who reported and who answers for a public measure; and whatever a draft's measures have."""
    day = timezone.localdate()
    rest = {"state": "under_way", "text": "Läuft.", "author_name": TEXT}
    ProgressUpdate.objects.create(measure=public, date=day - dt.timedelta(days=9), **rest)
    assert public.lead
    contact = Contact.objects.create(
        organisation=public.lead, name=TEXT, email=f"{HIDDEN}@contact.example"
    )
    Responsibility.objects.create(measure=public, contact=contact)
    draft = Measure.objects.filter(concept=upcoming).exclude(code=f"{HIDDEN}-neu").first()
    assert draft
    ProgressUpdate.objects.create(measure=draft, date=day, state="stopped", reason=TEXT)
    Milestone.objects.create(measure=draft, title=TEXT, due=day)
    Money.objects.create(measure=draft, year=day.year, source="grant", planned_cents=AMOUNT)
    CouncilPaper.objects.create(measure=draft, title=TEXT, date=day)
    # There are no such files: whoever were let in would not find them, and the test would fail.
    file: dict[str, Any] = {"title": TEXT, "name": f"{HIDDEN}.pdf", "file": HIDDEN, "size": 1}
    Attachment.objects.create(measure=draft, public=True, **file)
    Attachment.objects.create(measure=public, public=False, **file)


def _invitation(town: Municipality, officer: User) -> int:
    invitation = invite(
        municipality=town,
        email=f"{HIDDEN}@example.org",
        name=TEXT,
        role=Role.OBSERVER,
        organisation=None,
        by=officer,
        link_to=lambda _secret: "https://example.org/",
    )
    return int(invitation.pk)


def _answer(measure: Measure, officer: User) -> Answer:
    """An answer to a round that nobody has approved yet."""
    asked = Round.objects.create(
        concept=measure.concept,
        subject=TEXT,
        message=TEXT,
        due="2026-03-01",
        sent_at="2026-02-01T08:00Z",
        created_by=officer,
    )
    recipient = Recipient.objects.create(
        round=asked, name=TEXT, email=f"{HIDDEN}@example.org", language="de"
    )
    request = UpdateRequest.objects.create(round=asked, recipient=recipient, measure=measure)
    return Answer.objects.create(
        request=request,
        recipient=recipient,
        kind="news",
        state="under_way",
        text=TEXT,
        author_name=TEXT,
    )
