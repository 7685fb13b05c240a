"""Two taps, and two officers, at the same moment."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import sleep

from django.db import transaction
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import accept_answer, decline_answer, give_answer
from leitbild.delivery.actions.recipients import hand_on
from leitbild.delivery.models import Answer, Recipient, Round, Ruling, UpdateRequest
from leitbild.plan.models import Measure
from tests.delivery.asking import link_to
from tests.parallel import at_once
from tests.people import member, person


def question() -> UpdateRequest:
    """Somebody is asked about a measure."""
    measure = Measure.objects.get(concept__status="adopted", code="2.3")
    round_ = Round.objects.create(
        concept=measure.concept, subject="S", message="M", due="2099-01-01", sent_at=timezone.now()
    )
    recipient = Recipient.objects.create(round=round_, name="A", email="a@b.example", language="de")
    asked = UpdateRequest.objects.create(round=round_, recipient=recipient, measure=measure)
    return UpdateRequest.objects.select_related("round").get(pk=asked.pk)


def test_of_taps_and_rulings_at_once_one_counts(writable_demo_city: Municipality) -> None:
    asked = question()

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


def test_handing_on_and_answering_at_once_exclude_each_other(
    writable_demo_city: Municipality,
) -> None:
    asked = question()
    by = member(writable_demo_city, Role.OFFICER)

    def hand() -> object:
        return hand_on(request=asked, by=by, link_to=link_to, name="B", email="b@b.example")

    def answer() -> object:
        return give_answer(request=asked, kind="unchanged")

    answered, refused = at_once(in_turn(answer, hand))
    undone = Answer.objects.exclude(ruling=None).count()
    decline_answer(answer=Answer.objects.latest("pk"), by=by, note="?", link_to=link_to)
    handed, late = at_once(in_turn(hand, answer))

    assert (type(answered), type(refused), undone) == (Answer, Refused, 0), (answered, refused)
    assert str(refused).startswith("Measure 2.3 has an answer already.")
    assert (type(handed), type(late)) == (Recipient, Refused), (handed, late)
    assert str(late) == "This question was handed on to somebody else meanwhile."


def in_turn(
    first: Callable[[], object], second: Callable[[], object]
) -> list[Callable[[], object]]:
    """The second begins while what the first has written isn't settled yet."""
    written = Event()

    def begin() -> object:
        with transaction.atomic():
            found = first()
            written.set()
            sleep(0.2)
        return found

    def follow() -> object:
        assert written.wait(timeout=20)
        return second()

    return [begin, follow]
