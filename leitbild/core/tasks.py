"""Jobs of the outbox. A job is only a nudge: what is to be done stands in the mails' own rows."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from leitbild.core.outbox import send_waiting_mails, tidy_outbox


@task()
def send_mails() -> int:
    """Hand over the mails that are due."""
    return send_waiting_mails()


@task()
def tidy_mails() -> int:
    """Forget what is old in the outbox and among the results of jobs."""
    return tidy_outbox()


def nudge() -> None:
    """Have a worker look into the outbox soon; call it after the commit.

    A job that still waits will see this mail as well, because the mail is committed already.
    """
    waiting = DBTaskResult.objects.ready().filter(task_path=send_mails.module_path)
    if not waiting.exists():
        send_mails.enqueue()
