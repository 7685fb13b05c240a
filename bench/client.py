"""A load generator where there is no better one: `python -m bench.client URL SECONDS CONNECTIONS`.

One process and asyncio: it sends the same request again as soon as an answer is read, and prints
one line of JSON. It does far fewer requests than a server could answer, and the caller says so.
"""

import asyncio
import json
import sys
import time
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit


async def _connection(
    host: str, port: int, request: bytes, until: float, times: list[float]
) -> int:
    """Ask on one connection until the time is over; how often the answer wasn't 200."""
    failures = 0
    reader, writer = await asyncio.open_connection(host, port)
    while (start := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        times.append(time.perf_counter() - start)
        failures += not head.startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()
    return failures


def _length(head: bytes) -> int:
    """How long the body is; both servers say so."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ValueError("An answer doesn't say how long it is.")


async def load(url: str, seconds: float, connections: int) -> dict[str, Any]:
    """Ask as fast as it goes; what came of it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 80
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = (f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: br", "", "")
    request = "\r\n".join(lines).encode()
    times: list[float] = []
    start = time.perf_counter()
    asking = [_connection(host, port, request, start + seconds, times) for _ in range(connections)]
    failures = sum(await asyncio.gather(*asking))
    whole = time.perf_counter() - start
    percentiles = quantiles(times, n=100, method="inclusive")
    return {
        "requests": len(times),
        "seconds": whole,
        "p50": percentiles[49],
        "p99": percentiles[98],
        "failures": failures,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))))
