"""A Word document says little; what it doesn't say stays."""

import pytest

from leitbild.plan.actions import Change
from leitbild.plan.models import Theme
from tests.plan.actions.importing.documents import take
from tests.towns import measure, plan

pytestmark = pytest.mark.django_db


def test_names_find_what_slugs_do_not() -> None:
    take(plan(measure("1.1", lead="amt-fuer-bau")))

    report = take(
        plan(
            measure("1.1", lead="bauamt"),
            organisations=[{"slug": "bauamt", "name": "AMT für Bau"}],
        ),
        partial=True,
    )

    assert report.changes == [
        Change("organisation", "amt-fuer-bau", "name", "de", "Amt für Bau", "AMT für Bau")
    ]
    assert report.created == []


def test_translations_and_values_it_does_not_name_stay() -> None:
    take(
        plan(
            measure("1.1", {"de": "Lesen", "ar": "القراءة"}, end=2030),
            themes=[{"number": 1, "slug": "kurz", "name": "Bildung", "sign": "tree"}],
        )
    )

    report = take(
        plan(
            measure("1.1", "Vorlesen"),
            themes=[{"number": 1, "slug": "bildung", "name": "Bildung"}],
        ),
        partial=True,
    )

    assert report.changes == [Change("measure", "1.1", "title", "de", "Lesen", "Vorlesen")]
    assert Theme.objects.get().slug == "kurz"
