"""Which jobs run again and again. A new one stands here, and nowhere else."""

import datetime as dt
from typing import Final

from leitbild.config import tasks
from leitbild.core.periodic import Periodic
from leitbild.core.tasks import send_mails, tidy_mails

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)

JOBS: Final = (
    # Mails whose next attempt is due; each mail sees to it itself that one worker alone has it.
    Periodic(send_mails, turns=False),
    Periodic(tasks.attend_rounds, every=dt.timedelta(minutes=10)),
    Periodic(tasks.tell_followers, every=HOUR),
    Periodic(tasks.forget_attempts, every=HOUR),
    Periodic(tidy_mails, every=DAY),
    Periodic(tasks.tidy, every=DAY),
)
