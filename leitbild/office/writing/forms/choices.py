"""What a part of a concept can be connected to: five queries, whatever the concept's size."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.models import ArrivalStage, Concept, Goal, TargetGroup, Theme

Options: TypeAlias = list[tuple[str, str]]
Groups: TypeAlias = list[tuple[str, Options]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Themes, goals and lists of a concept, in their order."""

    themes: list[Theme]
    goals: list[Goal]
    stages: list[ArrivalStage]
    target_groups: list[TargetGroup]
    organisations: list[Organisation]

    def theme_options(self) -> Options:
        """Themes by number."""
        nobody = [("", _("Please choose"))]
        return nobody + [(str(each.number), f"{each.number} {each.name}") for each in self.themes]

    def goal_options(self) -> Groups:
        """Goals by code, below their themes."""
        return [
            (
                f"{theme.number} {theme.name}",
                [
                    (goal.code, f"{goal.code} {goal.title}")
                    for goal in self.goals
                    if goal.theme_id == theme.pk
                ],
            )
            for theme in self.themes
        ]

    def organisation_options(self, only: Iterable[int] | None = None) -> Options:
        """Organisations by slug; `only` some, where a person writes for those alone."""
        wanted = None if only is None else set(only)
        return [
            (each.slug, each.name)
            for each in self.organisations
            if wanted is None or each.pk in wanted
        ]


def choices_of(concept: Concept, municipality: Municipality) -> Choices:
    """Everything the forms of a concept offer."""
    return Choices(
        themes=list(Theme.objects.filter(concept=concept)),
        goals=list(Goal.objects.filter(concept=concept)),
        stages=list(ArrivalStage.objects.filter(municipality=municipality)),
        target_groups=list(TargetGroup.objects.filter(municipality=municipality)),
        organisations=list(Organisation.objects.filter(municipality=municipality)),
    )
