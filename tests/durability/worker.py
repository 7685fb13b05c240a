"""A worker that can be killed and is back at once: `python -m tests.durability.worker DATABASE`.

The product's worker, loaded once and forked for each life. Protocol: a line on stdin asks for a
life, as JSON: the settings of mail, when its clock begins if not now, by how many minutes it is
ahead, whether all periodic jobs run or only that of mails, and for how many seconds those of
`tests.durability.jobs` last; a line on stdout says its process id, and another one, once it is
dead, how it ended.
"""

import datetime as dt
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import translation

from leitbild.core.mail import letter


def live(life: dict[str, Any]) -> None:
    """Work as a worker does until killed."""
    # Tables of jobs can be loaded only once Django is set up.
    from leitbild.config.periodic import JOBS  # noqa: PLC0415
    from leitbild.config.worker import Worker  # noqa: PLC0415
    from leitbild.core.periodic import Periodic  # noqa: PLC0415
    from leitbild.core.tasks import send_mails  # noqa: PLC0415
    from tests.durability.jobs import TURNING, Pace  # noqa: PLC0415

    for name, value in life["settings"].items():
        setattr(settings, name, value)
    settings.MAILS = Path(settings.MAILS)
    begins = dt.datetime.fromisoformat(life.get("clock", dt.datetime.now(dt.UTC).isoformat()))
    Pace.seconds = life.get("job_lasts", Pace.seconds)
    jobs = [TURNING, *JOBS] if life.get("all_jobs") else [Periodic(send_mails, turns=False)]
    with time_machine.travel(begins + dt.timedelta(minutes=life["ahead"])):
        Worker(jobs, server=os.getppid()).run()


def warm_up() -> None:
    """Load once what every life needs: the worker, a language, everything a mail is made of."""
    for each in ("leitbild.config.worker", "leitbild.config.periodic", "tests.durability.jobs"):
        import_module(each)
    with translation.override("de"):
        letter(subject="x", text="x", to="a@example.org", sender="x").message().as_bytes()


def main(database: str) -> None:
    """Load once, live as often as asked."""
    get_wsgi_application()
    warm_up()
    settings.DATABASES["default"]["NAME"] = database
    connections.close_all()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                live(json.loads(line))
            finally:
                os._exit(0)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
