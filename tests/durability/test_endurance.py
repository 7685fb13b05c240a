"""Readers, imports, a round and a worker all at once: nothing is lost, nobody gets an error.

A short course of `python -m bench.endurance`, which says what is looked at. How fast it goes isn't:
other tests may run beside it.
"""

from pathlib import Path

from bench.endurance.course import endure
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.durability.sites import sites
from tests.durability.test_killed_worker import Lives, worker
from tests.people import member


def test_everything_at_once_loses_nothing_and_answers_everybody(
    writable_demo_city: Municipality, tmp_path: Path
) -> None:
    mails = tmp_path / "mails"
    kept = {"EMAIL_BACKEND": "leitbild.core.mail.KeptAsFiles", "MAILS": str(mails)}
    officer = member(writable_demo_city, Role.OFFICER, email="officer@demo.example")
    with sites(1) as [served], worker(served.database) as giver:
        Lives(giver, kept, all_jobs=True).begin()
        outcome = endure(
            writable_demo_city,
            officer=officer,
            port=served.port,
            rate=400,
            seconds=4,
            measures=300,
            mails=mails,
            least=0,
        )

    assert outcome.faults == []
    assert outcome.found.answered == outcome.found.asked == 1_600
    # Else nothing was tried.
    assert outcome.asker.accepted > 10
    assert outcome.mails > outcome.asker.followed > 0
