"""What load generators say, and our own one against a server."""

import json
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bench.load import Client, Failed, python_client, said_by_oha, said_by_script


def test_script_speaks_last() -> None:
    output = 'Running 1s test\n  Requests/sec: 10\n{"requests": 10, "failures": 0}\n'

    assert said_by_script(output) == {"requests": 10, "failures": 0}


def test_oha_is_understood() -> None:
    said = said_by_oha(_oha({"200": 98, "503": 2}, {"aborted due to deadline": 16, "refused": 3}))

    assert said == {"requests": 100, "seconds": 2.0, "p50": 0.001, "p99": 0.004, "failures": 5}


def test_own_client_asks_and_counts(server: str) -> None:
    load = python_client().ask(f"{server}/good", 0.3)

    assert load.rate > 0
    assert 0 < load.p50 <= load.p99 < 1


def test_answer_that_is_no_success_is_a_failure(server: str) -> None:
    with pytest.raises(Failed, match=r"/bad: \d+ of \d+ requests failed\.$"):
        python_client().ask(f"{server}/bad", 0.3)


def test_client_that_fails_is_told() -> None:
    fails = Client(
        (sys.executable, "-c", "raise SystemExit('no such host')"),
        "wrk",
        "",
        lambda *_: [],
        json.loads,
    )

    with pytest.raises(Failed, match=r"^wrk failed: no such host$"):
        fails.ask("http://nowhere.example/", 1)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer well or badly, as the path says."""
        self.send_response(HTTPStatus.OK if self.path == "/good" else HTTPStatus.BAD_GATEWAY)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server that answers /good with 200 and all else with 502."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def _oha(answers: dict[str, int], errors: dict[str, int]) -> str:
    return json.dumps(
        {
            "summary": {"total": 2.0},
            "latencyPercentiles": {"p50": 0.001, "p99": 0.004},
            "statusCodeDistribution": answers,
            "errorDistribution": errors,
        }
    )
