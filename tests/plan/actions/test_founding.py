"""A new municipality has something to begin with."""

import pytest

from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions import found_municipality
from leitbild.plan.models import ArrivalStage, TargetGroup

pytestmark = pytest.mark.django_db


def test_found_municipality_has_stages_and_target_groups() -> None:
    town = found_municipality(slug="neustadt", name="Neustadt", languages=["de", "en"], by=None)

    assert [stage.name for stage in town.stages.all()] == [
        "Vor der Ankunft",
        "Ankommen",
        "Sich zurechtfinden",
        "Sich einleben",
        "Dazugehören",
    ]
    assert town.target_groups.count() == 14
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["municipality.create"]


def test_english_municipality_reads_english() -> None:
    town = found_municipality(slug="newtown", name="Newtown", languages=["en"], by=None)

    first = town.stages.get(slug="ankommen")
    assert first.name == "Arriving"
    german = Translation.objects.get(
        record="plan.arrivalstage", record_id=first.pk, field="name", language="de"
    )
    assert german.text == "Ankommen"


def test_other_languages_start_with_empty_lists() -> None:
    found_municipality(slug="ville", name="Ville", languages=["fr"], by=None)

    assert not ArrivalStage.objects.exists()
    assert not TargetGroup.objects.exists()


def test_refused_municipality_leaves_nothing() -> None:
    with pytest.raises(Refused):
        found_municipality(slug="Neustadt!", name="Neustadt", languages=["de"], by=None)

    assert not ArrivalStage.objects.exists()
