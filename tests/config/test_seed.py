"""`leitbild seed` says what it made, or why it made nothing."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import ProgressUpdate

Run = Callable[..., tuple[int, str, str]]
SMALL = ("--measures", "3", "--updates", "4", "--languages", "de,uk")


@pytest.mark.django_db
def test_seed_makes_municipalities_and_then_only_those_missing(run: Run) -> None:
    answers = [run("seed", "--municipalities", number, *SMALL) for number in (2, 3, 3)]

    assert answers == [
        (0, "Made: 2 municipalities, 6 measures, 24 updates.\n", ""),
        (0, "Made: 1 municipality, 3 measures, 12 updates.\n", ""),
        (0, "All these municipalities are there already; nothing was made.\n", ""),
    ]
    assert Municipality.objects.count() == 3
    assert (timezone.localdate() - ProgressUpdate.objects.latest("date").date).days < 90


@pytest.mark.django_db
def test_seed_begins_where_it_is_told(run: Run) -> None:
    run("seed", "--municipalities", 12, "--from", 11, *SMALL)

    slugs = Municipality.objects.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["stadt-0011", "stadt-0012"]


@pytest.mark.django_db
def test_seed_refuses_what_it_cant_make(run: Run) -> None:
    answer = run("seed", "--municipalities", 0, "--measures", 5_000, "--languages", "de,xx")

    assert answer == (
        1,
        "",
        (
            "Choose 1 to 9999 municipalities; 0 can’t be made.\n"
            "Choose 1 to 1000 measures for each municipality, not 5000.\n"
            "Name each language once, the one they write in first; there are samples in "
            "de, en, ar, uk.\n"
        ),
    )
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("number", ["-1", "many", "1.5"])
@pytest.mark.django_db
def test_seed_wants_whole_numbers(run: Run, number: str) -> None:
    code, out, err = run("seed", f"--municipalities={number}")

    assert (code, out) == (2, "")
    assert f"“{number}” isn’t a whole number." in err


@pytest.mark.django_db
def test_seed_wants_to_know_how_many(run: Run) -> None:
    code, _out, err = run("seed")

    assert code == 2
    assert "--municipalities" in err
