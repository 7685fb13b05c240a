"""A round of asking for news, over HTTP: the officer at the office, contacts by their links."""

import datetime as dt
import http.client
import re
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitbild.accounts.models import User
from leitbild.delivery.models import Answer, ProgressUpdate
from leitbild.plan.models import Concept, Measure

TOKEN: Final = "t" * 32
SAYS: Final = "Im Andrang gemeldet"
"""What all answers begin with."""
LINK: Final = re.compile(r"http://\S+/office/rueckmeldung/\S+")
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
MAILS_WITHIN: Final = 30.0


class Refused(Exception):
    """Somebody got another answer than they should have; the message says which."""


@dataclass
class Asker:
    """The officer, the contacts and people who want to follow: what they did, what it took."""

    port: int
    concept: Concept
    officer: User
    mails: Path
    """The folder in which mails are kept."""
    sent: int = 0
    answered: list[str] = field(default_factory=list)
    """The texts of answers that were confirmed."""
    accepted: int = 0
    followed: int = 0
    slowest: float = 0.0

    def __post_init__(self) -> None:
        """Let the officer be signed in: how they did that isn't the matter here."""
        client = Client()
        client.force_login(self.officer)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._office = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def go(self, until: float) -> None:
        """Send a round, have it answered and taken over, spread over the time there is."""
        self._send_round()
        links = self._links()
        questions = [each for link in links for each in self._questions(link)]
        begin = time.monotonic()
        pause = max(0.0, until - begin) / max(1, len(questions))
        for number, question in enumerate(questions):
            self._answer(question, f"{SAYS} {number}")
            self._accept_all()
            if number % 4 == 0:
                self._follow(f"leser{number}@example.org")
            time.sleep(max(0.0, begin + pause * (number + 1) - time.monotonic()))

    def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, Any] | None = None,
        *,
        expects: int = http.client.OK,
        by_officer: bool = False,
    ) -> tuple[str, str]:
        """The page and where it leads; raises Refused where it isn't as expected."""
        headers = {**(self._office if by_officer else {}), **(FORM if form else {})}
        body = urlencode(form or {}, doseq=True) or None
        began = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked:
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            page = answer.read().decode()
        self.slowest = max(self.slowest, time.monotonic() - began)
        if answer.status != expects:
            raise Refused(f"{method} {path}: {answer.status} instead of {expects}. {page[:500]}")
        return page, answer.getheader("Location") or ""

    def _send_round(self) -> None:
        slug = self.concept.slug
        due = timezone.localdate() + dt.timedelta(days=21)
        measures = Measure.objects.filter(concept=self.concept)
        form = {"subject": "Wie steht es?", "message": "Bitte melden.", "due": due.isoformat()}
        chosen = {**form, "m": list(measures.values_list("pk", flat=True))}
        new = reverse("office:round-new", args=[slug])
        _page, place = self.ask("POST", new, chosen, expects=http.client.FOUND, by_officer=True)
        page, _place = self.ask("GET", place, by_officer=True)
        seen = re.search(r'name="seen" value="([^"]*)"', page)
        order = {"do": "send", "seen": seen[1] if seen else ""}
        self.ask("POST", place, order, expects=http.client.FOUND, by_officer=True)
        self.sent = self.concept.rounds.latest("pk").recipients.count()

    def _links(self) -> list[str]:
        """Every recipient's own, out of their mail, once the worker has let it leave."""
        links: set[str] = set()
        until = time.monotonic() + MAILS_WITHIN
        while len(links) < self.sent:
            if time.monotonic() > until:
                raise Refused(f"{len(links)} of {self.sent} mails have left.")
            time.sleep(0.1)
            links = {found[0] for each in kept_mails(self.mails) if (found := LINK.search(each))}
        return sorted(links)

    def _questions(self, link: str) -> list[str]:
        """Where each measure is answered that a recipient is asked about."""
        path = urlsplit(link).path
        page, _place = self.ask("GET", path)
        return sorted(set(re.findall(rf'href="({re.escape(path)}\d+/)', page)))

    def _answer(self, question: str, text: str) -> None:
        news = {"answer": "news", "state": "under_way", "text": text}
        self.ask("POST", question, news, expects=http.client.FOUND)
        self.answered.append(text)

    def _accept_all(self) -> None:
        page = reverse("office:answers")
        self.ask("GET", page, by_officer=True)
        waiting = Answer.objects.filter(ruling=None, text__startswith=SAYS)
        for pk in waiting.values_list("pk", flat=True):
            form = {"accept": [pk]}
            self.ask("POST", page, form, expects=http.client.FOUND, by_officer=True)
            self.accepted += 1

    def _follow(self, email: str) -> None:
        form = {"what": "plan", "email": email}
        self.ask("POST", "/de/folgen/", form, expects=http.client.FOUND)
        self.followed += 1

    def missing(self) -> list[str]:
        """Answers that were accepted and are no news, or are it twice."""
        texts = ProgressUpdate.objects.filter(text__startswith=SAYS).values_list("text", flat=True)
        found = list(texts)
        return [each for each in self.answered if found.count(each) != 1]


def kept_mails(folder: Path) -> list[str]:
    """The texts of all mails that have left."""
    found = []
    for file in folder.glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        found.append(body.get_content() if body else "")
    return found
