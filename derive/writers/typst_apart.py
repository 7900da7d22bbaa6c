"""Typst on templates that a stranger may have written: this file is run as a program, and needs nothing of ``derive``.

Reads a JSON object from standard input and writes the PDF to standard output; where Typst refuses, what it says as JSON to
standard error, with exit code 1.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

SECONDS, BYTES = 60, 2 << 30
"""Of computing; of address space, most of which Typst only reserves."""


def limit() -> None:
    """Where the system has such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def main() -> int:
    import typst

    limit()
    given = json.load(sys.stdin)
    root = given["root"]
    try:
        content = typst.compile(
            f"{root}/{given['template']}", root=root, sys_inputs={"data": given["data"]}, timestamp=given["timestamp"]
        )
    except typst.TypstError as error:
        said = {"message": error.message, "hints": list(error.hints), "diagnostic": str(error.diagnostic)}
        sys.stderr.write(json.dumps(said))
        return 1
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
