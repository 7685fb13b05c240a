"""The command: `python -m bench.endurance --help`."""

import argparse
import os
import sys
from pathlib import Path

from bench.installation import installation
from bench.server import served
from bench.timing import say


def main() -> int:
    """Start what is needed, let everything happen, print what came of it; 1 if it didn't hold."""
    given = _options()
    with installation(on_postgres=given.postgres):
        # All load models, which must wait for Django's set-up.
        from bench.endurance.course import endure  # noqa: PLC0415
        from leitbild.demo.load import load_demo  # noqa: PLC0415
        from leitbild.demo.people import demo_officer, demo_sign_ins  # noqa: PLC0415

        data = Path(os.environ["LEITBILD_DATA"])
        town = load_demo()
        demo_sign_ins(town)
        with served(("--workers", str(given.workers))) as server:
            say(f"{given.rate:,} requests a second for {given.seconds:.0f} s")
            outcome = endure(
                town,
                officer=demo_officer(),
                port=server.port,
                rate=given.rate,
                seconds=given.seconds,
                measures=given.measures,
                mails=data / "mails",
            )
    database = "PostgreSQL" if given.postgres else "SQLite"
    print(f"{database}, {given.workers} server process(es), one worker")
    print("\n".join(outcome.lines(given.rate)))
    return 1 if outcome.faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.endurance", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own")
    parser.add_argument("--workers", type=int, default=1, help="server processes (1)")
    parser.add_argument("--rate", type=int, default=2_000, help="requests a second (2000)")
    parser.add_argument("--seconds", type=float, default=60, help="how long (60)")
    parser.add_argument("--measures", type=int, default=5_000, help="of an import (5000)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
