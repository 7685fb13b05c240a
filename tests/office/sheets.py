"""A person at a measure's sheet: reads its forms as a browser would, fills them in, sends them."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from leitbild.accounts.models import Contact, Organisation
from leitbild.delivery.actions.attachments import attach_file
from leitbild.delivery.actions.milestones import add_milestone, record_value
from leitbild.delivery.actions.money import set_money
from leitbild.delivery.actions.papers import add_paper
from leitbild.plan.models import Measure
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import values
from tests.towns import report_on

PDF = b"%PDF-1.7 Bericht"


def address(row: Measure, *rest: str) -> str:
    below = "".join(f"{each}/" for each in rest)
    return f"/office/umsetzung/{row.concept.slug}/{row.pk}/{below}"


def sheet(client: Client, row: Measure) -> Any:
    """The page, which is well-formed whatever it shows."""
    response = client.get(address(row))
    assert_valid(response)
    return parsed(response)


def send(client: Client, row: Measure, section: str, /, **data: Any) -> Any:
    return client.post(address(row, section), data)


def faults(response: Any) -> list[str]:
    """What the summary of errors says, each with the field it leads to."""
    assert response.status_code == 422
    root = parsed(response)
    [summary] = by_class(root, "faults")
    for target in links(summary):
        by_id(root, target.removeprefix("#"))
    return [words(each) for each in summary.iter("li")]


def form_of(client: Client, row: Measure, button: str) -> dict[str, str]:
    """What a browser would send of the form with this button, untouched."""
    for form in sheet(client, row).iter("form"):
        for each in form.iter("button"):
            if words(each).partition(":")[0] == button:
                return {**dict(values(form)), "do": each.get("value", "")}
    raise AssertionError(button)


def filled(lesen: Measure, number: int = 1) -> None:
    """Give the measure so much of everything."""
    by: dict[str, Any] = {"by": None}
    schulamt = Organisation.objects.get(slug="schulamt")
    for each in range(number):
        report_on(lesen.concept.municipality, "1.1", "delayed", f"2025-01-{each % 28 + 1:02}")
        step = add_milestone(
            measure=lesen, title=f"Stufe {each}", due=dt.date(2025, 6, 30), target=40, **by
        )
        record_value(milestone=step, value=each, date=dt.date(2025, 1, 31), **by)
        record_value(milestone=step, value=each + 1, date=dt.date(2025, 1, 31), **by)
        money: dict[str, Any] = {"year": 1990 + each, "source": "grant", "spent_cents": None}
        set_money(measure=lesen, planned_cents=1_250_050, **money, **by)
        add_paper(measure=lesen, title=f"Sachstand {each}", url="https://rat.example/", **by)
        attach_file(
            measure=lesen,
            title=f"Bericht {each}",
            file=ContentFile(PDF),
            name="bericht.pdf",
            public=bool(each % 2),
            **by,
        )
        person = {"name": f"Ada {each}", "position": each}
        Contact.objects.get_or_create(organisation=schulamt, email=f"{each}@a.de", defaults=person)
