"""Two taps, and two officers, at the same moment."""

from functools import partial

from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import accept_answer, decline_answer, give_answer
from leitbild.delivery.models import Answer, Recipient, Round, Ruling, UpdateRequest
from leitbild.plan.models import Measure
from tests.delivery.asking import link_to
from tests.parallel import at_once
from tests.people import person


def test_of_taps_and_rulings_at_once_one_counts(writable_demo_city: Municipality) -> None:
    measure = Measure.objects.get(concept__status="adopted", code="2.3")
    round_ = Round.objects.create(
        concept=measure.concept, subject="S", message="M", due="2099-01-01", sent_at=timezone.now()
    )
    recipient = Recipient.objects.create(round=round_, name="A", email="a@b.example", language="de")
    asked = UpdateRequest.objects.create(round=round_, recipient=recipient, measure=measure)

    taps = at_once([partial(give_answer, request=asked, kind="unchanged")] * 4)
    [answer] = [each for each in taps if isinstance(each, Answer)]
    by = person("officer@example.org")
    ways = [
        partial(accept_answer, answer=answer, by=by),
        partial(decline_answer, answer=answer, by=by, note="Wirklich?", link_to=link_to),
    ]
    rulings = at_once([*ways, *ways])

    assert [type(each) for each in taps].count(Refused) == 3, taps
    assert [type(each) for each in rulings].count(Ruling) == 1, rulings
    assert [type(each) for each in rulings].count(Refused) == 3, rulings
