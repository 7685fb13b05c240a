"""What is made of profiles and of lists of requests."""

import json

from bench.mixture import by_kind, shuffled
from bench.profiling import import_times, profile

PAGES = ["/de/", "/de/massnahmen/1.1/", "/de/massnahmen/1.2/"]


def test_mixture_has_as_many_requests_as_asked_for() -> None:
    requests = by_kind(PAGES, 1_000)

    assert len(shuffled(requests)) == 1_000
    assert requests["public page"][:4] == [*PAGES, PAGES[0]]
    assert requests["feed"][:3] == [
        "/de/neues.atom",
        "/de/massnahmen/1.1/neues.atom",
        "/de/massnahmen/1.2/neues.atom",
    ]


def test_mixture_is_the_same_every_time() -> None:
    requests = by_kind(PAGES, 100)

    assert shuffled(requests) == shuffled(requests)
    assert shuffled(requests) != [path for paths in requests.values() for path in paths]


def test_import_times_are_added_up_by_package() -> None:
    output = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:      1500 |       1500 |     django.db.models\n"
        "import time:       500 |       2000 |   django\n"
        "import time:      3000 |       5000 | leitbild.core\n"
    )

    assert import_times("loading", output).lines == (
        " 5.00 ms  all, told by Python, which takes longer than not telling",
        " 3.00 ms  leitbild",
        " 2.00 ms  django",
    )


def test_profile_names_what_takes_longest_without_places_of_this_machine() -> None:
    found = profile("json", lambda: json.dumps([{}] * 20_000, indent=1), runs=2)

    assert any("json/encoder.py" in line for line in found.lines)
    assert not any(" /" in line for line in found.lines)
