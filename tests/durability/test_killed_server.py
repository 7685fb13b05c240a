"""A server killed while people write loses nothing that it confirmed.

Three people write through HTTP, each a measure of their own: they save and save, and publish
now and then. The server is killed with SIGKILL fifty times, wherever it happens to be, and each
time everything it confirmed must be in the database. A request without an answer is sent again,
as a browser does.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Draft, Measure, Revision
from leitbild.plan.queries.contents import content_of, contents
from leitbild.plan.queries.history import latest_number, latest_revisions
from tests.people import member, signed_in

KILLS: Final = 50
WRITERS: Final = 3
SAVES_BEFORE_PUBLISHING: Final = 3
SECRET: Final = "s" * 32


class Lives:
    """The server's lives, one after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Remember who gives life."""
        self._process = process
        self.pid = 0

    def begin(self) -> None:
        """Let it live."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("live\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def end(self) -> None:
        """Kill it; it has no say in when."""
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def served(listening: socket.socket, writer: "Writer") -> Iterator[Lives]:
    """A server of the database in use, not yet alive."""
    database, descriptor = str(connection.settings_dict["NAME"]), listening.fileno()
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.durability.server",
        database,
        str(descriptor),
    ]
    # What is inherited is one socket; nobody else's database connection may be among it.
    connection.close()
    with subprocess.Popen(
        [*command, writer.path, writer.headers["Cookie"], SECRET],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[descriptor],
    ) as process:
        yield Lives(process)


class Writer(Thread):
    """A person who writes one measure until told to stop, and notes what was confirmed."""

    confirmed = Event()
    """Set whenever anybody got an answer."""

    def __init__(self, town: Municipality, row: Measure, *, port: int, number: int) -> None:
        """Sit down at the measure's page."""
        super().__init__(daemon=True)
        user = member(town, Role.OFFICER, email=f"writer{number}@example.org")
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        self.row = row
        self.fields = form_fields(content_of(row))
        self.path = reverse("office:edit", args=[row.concept.slug, PartKind.MEASURE, row.pk])
        self.base = latest_number(PartKind.MEASURE, row.pk)
        self.port = port
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={SECRET}",
            "X-CSRFToken": SECRET,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.draft: dict[str, Any] = {"draft": "", "saves": ""}
        self.text = 0
        self.saved: list[tuple[int, int, int]] = []
        """Of each confirmed save: the draft, its counter, the text's number."""
        self.published: list[int] = []
        """Of each confirmed publication: the text's number."""
        self.unanswered = 0
        self.refused: list[str] = []
        self.stop = Event()

    def run(self) -> None:
        """Save, save, save, publish."""
        while not self.stop.is_set() and not self.refused:
            for _ in range(SAVES_BEFORE_PUBLISHING):
                self.text += 1
                self.save()
            self.publish()

    def save(self) -> None:
        """Save the text until that is confirmed."""
        status, body = self.send("save")
        if status == 0:
            return
        if status != http.client.OK:
            self.refused.append(f"save: {status} {body[:300]}")
            return
        answer = json.loads(body)
        self.draft = {"draft": answer["draft"], "saves": answer["saves"]}
        self.saved.append((answer["draft"], answer["saves"], self.text))

    def publish(self) -> None:
        """Publish the text until that is confirmed."""
        status, body = self.send("apply")
        if status == 0:
            return
        if status != http.client.FOUND:
            self.refused.append(f"apply: {status} {body[:300]}")
            return
        self.published.append(self.text)
        self.draft = {"draft": "", "saves": ""}
        self.base += 1

    def send(self, what: str) -> tuple[int, str]:
        """The answer's status and body; the request is sent again until there is one."""
        note = {"do": what, "base": self.base, "note": "Genauer gesagt.", **self.draft}
        form = urlencode({**self.fields, **note, "title": title(self.text)}, doseq=True)
        while not self.stop.is_set() and not self.refused:
            try:
                answer = self.asked(form)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
            else:
                self.confirmed.set()
                return answer
        return 0, ""

    def asked(self, form: str) -> tuple[int, str]:
        """What the server answers, whole; an answer may break off even between its headers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as asked:
            asked.request("POST", self.path, form, self.headers)
            answer = asked.getresponse()
            body = answer.read().decode()
        if answer.getheader("Content-Length") is None:
            raise http.client.IncompleteRead(body.encode())
        return answer.status, body


def title(number: int) -> str:
    """A text that tells which one it is."""
    return f"Fassung {number}"


def number_of(text: str) -> int:
    """Which text it is; 0 for the one before all others."""
    first, _, number = text.partition(" ")
    return int(number) if first == "Fassung" and number.isdecimal() else 0


def form_fields(content: dict[str, Any]) -> dict[str, Any]:
    """A measure's content as the page's form sends it."""
    main, *also = content["goals"]
    given = {**content, "goals": main, "also": also, "sample": "on" if content["sample"] else ""}
    return {name: "" if value is None else value for name, value in given.items()}


def assert_kept(writer: Writer) -> None:
    """Fail where the database is behind what the server confirmed to a person."""
    row, saved = writer.row, writer.saved[-1:]
    published = set(
        Revision.objects.filter(kind=PartKind.MEASURE, part_id=row.pk).values_list(
            "content__title", flat=True
        )
    )
    assert {title(number) for number in writer.published} <= published
    standing = number_of(Measure.objects.get(pk=row.pk).title)
    draft = Draft.objects.filter(kind=PartKind.MEASURE, part_id=row.pk).first()
    in_draft = number_of(draft.content["title"]) if draft else 0
    for _draft, _counter, number in saved:
        assert max(standing, in_draft) >= number


def assert_consistent(concept: Concept) -> None:
    """Fail where half of a write is there, or the database file is damaged."""
    newest = latest_revisions(concept)
    assert contents(concept) == {
        key: each.content for key, each in newest.items() if each.change != "deleted"
    }
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []


def assert_every_write_is_there(writer: Writer) -> None:
    """Fail where a confirmed save or publication has left no trace in the log or in history."""
    events = AuditEvent.objects.filter(record=Measure.record_name(), record_id=writer.row.pk)
    saves: dict[int, int] = {}
    for changes in events.filter(action="draft.save").values_list("changes", flat=True):
        saves[changes["draft"]] = saves.get(changes["draft"], 0) + 1
    for draft, counter, _number in writer.saved:
        assert saves[draft] >= counter
    changed = events.filter(action="measure.edit").order_by("pk")
    told = [number_of(each.changes["fields"]["title"][1]) for each in changed]
    assert set(writer.published) <= set(told)
    assert sorted(told) == told, told
    assert len(set(told)) == len(told)


def test_server_killed_while_people_write_loses_nothing_it_confirmed(
    writable_demo_city: Municipality,
) -> None:
    concept = Concept.objects.filter(municipality=writable_demo_city).newest_first()[0]
    rows = Measure.objects.filter(concept=concept).select_related("concept")[:WRITERS]
    with closing(socket.create_server(("127.0.0.1", 0), backlog=64)) as listening:
        port = listening.getsockname()[1]
        writers = [
            Writer(writable_demo_city, row, port=port, number=number)
            for number, row in enumerate(rows)
        ]
        with served(listening, writers[0]) as lives:
            kill_while_writing(lives, writers)

    assert [writer.refused for writer in writers] == [[]] * WRITERS
    for writer in writers:
        assert_kept(writer)
        assert_every_write_is_there(writer)
    assert_consistent(concept)
    # Else nothing was tried: no writes, or no kills in the midst of them.
    assert sum(len(writer.saved) + len(writer.published) for writer in writers) > KILLS // 2
    assert sum(writer.unanswered for writer in writers) > KILLS // 2


def kill_while_writing(lives: Lives, writers: Sequence[Writer]) -> None:
    """Let everybody write through fifty lives and one more, in which they come to an end."""
    lives.begin()
    for writer in writers:
        writer.start()
    for life in range(KILLS):
        # Every third life ends before it has confirmed anything, most likely.
        if life % 3:
            Writer.confirmed.clear()
            Writer.confirmed.wait(timeout=10)
        time.sleep(random.uniform(0, 0.12))  # noqa: S311 # moments nobody could guard against
        lives.end()
        for writer in writers:
            assert_kept(writer)
        lives.begin()
    for writer in writers:
        writer.stop.set()
        writer.join(timeout=20)
    lives.end()
