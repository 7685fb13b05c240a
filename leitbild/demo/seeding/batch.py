"""What is seeded alike in all municipalities, and the tables a few of them fill at a time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Model
from django.utils import timezone

from leitbild.accounts.models import (
    Contact,
    HostName,
    Membership,
    Municipality,
    Organisation,
    User,
)
from leitbild.community.models import Follower, Following
from leitbild.core.enums import TranslationState
from leitbild.core.models import Translatable, Translation
from leitbild.core.queries import digest
from leitbild.delivery.models import (
    Answer,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Recipient,
    Round,
    UpdateRequest,
)
from leitbild.demo.days import BASE, Calendar
from leitbild.demo.files import Texts
from leitbild.demo.seeding.tables import Table, reserved
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    FindingCount,
    Goal,
    Measure,
    MeasureGoal,
    Resolution,
    Revision,
    TargetGroup,
    Theme,
)

YEARS: Final = 5
"""For how long the concept has been carried out."""
RESERVED: Final = 5_000
"""Ids taken at a time; what is left over is never used."""
COLUMNS: Final[dict[type[Model], str]] = {
    Municipality: "id slug name official_name languages contact_office contact_email responsible",
    HostName: "municipality_id name",
    Organisation: "id municipality_id slug name kind position",
    ArrivalStage: "id municipality_id slug name description position",
    TargetGroup: "id municipality_id slug name position",
    Concept: "id municipality_id slug title edition purpose introduction horizon status sample",
    Resolution: "id concept_id body date paper result",
    Theme: "id concept_id number slug name vision introduction colour sign position sample",
    Goal: "id concept_id theme_id code title text horizon position sample",
    Measure: "id concept_id code title summary text kind start start_precision end end_precision"
    " lead_id position sample",
    MeasureGoal: "measure_id goal_id concept_id position",
    Measure.stages.through: "measure_id arrivalstage_id",
    Measure.target_groups.through: "measure_id targetgroup_id",
    Measure.partners.through: "measure_id organisation_id",
    Revision: "concept_id kind part_id number change content author_name",
    FindingCount: "concept_id day check_name count",
    ProgressUpdate: "id measure_id date author_name kind state text reason next_step obstacle"
    " helps public sample recorded_at",
    Milestone: "id measure_id title due done target unit sample",
    MilestoneValue: "milestone_id value date author_name sample recorded_at",
    Money: "measure_id year source planned_cents spent_cents sample",
    Contact: "id organisation_id name email language",
    User: "id email name language password",
    Membership: "user_id municipality_id role organisation_id",
    EmailAddress: "user_id email verified primary",
    Round: "id concept_id subject message due created_by_id created_at sent_at site",
    Recipient: "id round_id contact_id organisation_id name email language expires_at asked_at"
    " opened_at",
    UpdateRequest: "id round_id recipient_id measure_id",
    Answer: "request_id recipient_id kind state text author_name at",
    Follower: "id municipality_id email language site",
    Following: "follower_id theme_id measure_id asked_at confirmed_at",
    Translation: "record record_id field language text state source_digest",
}
"""Every table that is filled, and the columns in which its rows differ."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much each municipality has, in which languages, and which day it is there."""

    measures: int
    updates: int
    languages: tuple[str, ...]
    today: dt.date = BASE

    @property
    def source(self) -> str:
        """The language everything is written in first."""
        return self.languages[0]

    @property
    def day(self) -> dt.date:
        """The day on which the samples end: weekdays stay weekdays, as in the demo."""
        return Calendar(self.today).day(BASE)

    @property
    def edition(self) -> int:
        """The year of the concept."""
        return self.day.year - YEARS


class Batch:
    """The rows of some municipalities, before they are written."""

    def __init__(self, scale: Scale) -> None:
        """Nothing waits yet."""
        self.scale = scale
        now = timezone.now()
        self._tables = {
            model: Table(model, *names.split(), now=now) for model, names in COLUMNS.items()
        }
        self._ids: dict[type[Model], Iterator[int]] = {}

    def __getitem__(self, model: type[Model]) -> Table:
        """The table of a model."""
        return self._tables[model]

    def __len__(self) -> int:
        """How many rows wait."""
        return sum(map(len, self._tables.values()))

    def add(self, row: Model) -> None:
        """A row of a plan, given as an object; the many rows of delivery come as tuples."""
        self._tables[type(row)].add_row(row)

    def new_id(self, model: type[Model]) -> int:
        """The id of the next row of a model."""
        found = next(self._ids.get(model, iter(())), None)
        if found is None:
            self._ids[model] = reserved(model, RESERVED)
            found = next(self._ids[model])
        return found

    def translate(self, model: type[Translatable], pk: int, **texts: Texts) -> None:
        """A row's texts in all languages but the first, by field."""
        source, *others = self.scale.languages
        if not others:
            return
        add, record = self._tables[Translation].add, model.record_name()
        for field, text in texts.items():
            written = digest(text[source])
            for language in others:
                add(record, pk, field, language, text[language], TranslationState.FINAL, written)

    def write(self) -> None:
        """Write everything, parents before children."""
        for table in self._tables.values():
            table.write()
