"""Prints one PDF in a process of its own: `python press.py`, with its job on standard input.

The compiler keeps a hundred megabytes of what it has read and laid out; they are given back when
its process ends, so that the server that asked stays small. It knows neither Django nor the rest
of Leitbild and therefore begins at once.
"""

import json
import sys

import typst


def main() -> int:
    """Write the PDF to standard output, or what is wrong to standard error; the exit code."""
    job = json.load(sys.stdin.buffer)
    try:
        pdf = typst.compile(job.pop("template"), **job)
    except typst.TypstError as error:
        sys.stderr.buffer.write(str(error.diagnostic).encode())
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
