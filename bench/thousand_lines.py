"""What ``derive check`` takes for a thousand lines of notes, in new processes: without known evidence, then with it.

    python bench/thousand_lines.py FOLDER [--lines N]

The lines are those of the Markdown files of the folder that have most formulas, one after the other. Computing time is that of
the command and of the processes that it starts; on a busy machine the wall clock says little.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WARM = 3
"""Runs with known evidence, of which the quickest counts."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        note = folder / "notes.md"
        note.write_text("\n".join(_lines(asked.folder, asked.lines)) + "\n")
        environment = {**os.environ, "DERIVE_CACHE": str(folder / "evidence"), "XDG_STATE_HOME": str(folder / "state")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as it runs where it is installed
        subprocess.run([sys.executable, "-c", "import derive.many, derive.checkers"], env=environment, check=True)
        _say("cold", *_timed(note, environment))
        _say("warm", *min(_timed(note, environment) for _ in range(WARM)))


def _lines(folder: Path, count: int) -> list[str]:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.md"))]
    texts.sort(key=lambda text: -text.count("$"))
    return "\n".join(texts).splitlines()[:count]


def _timed(note: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of computing, and by the clock."""
    before, began = _computing(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "derive", "check", str(note)], env=environment, capture_output=True)
    return _computing() - before, time.perf_counter() - began


def _computing() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _say(name: str, computing: float, clock: float) -> None:
    print(f"{name}: {computing:.2f} s of computing, {clock:.2f} s by the clock")


if __name__ == "__main__":
    main()
