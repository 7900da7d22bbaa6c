"""Cold start: how long the command takes against bare Python and against the import of SymPy, all in one run.

    python bench/startup.py             median of 15 new processes each
    python bench/startup.py --runs 31

The four commands take turns, so that a busy machine slows all of them alike; the ratios are what to look at. Prints a
Markdown table, and checks that ``--help`` imports neither SymPy nor NumPy (exit code 1 if it does).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    'python -c "import sympy"': ["-c", "import sympy"],
    "derive --help": ["-m", "derive", "--help"],
    "derive vanishing --n 10": ["-m", "derive", "vanishing", "--n", "10"],
}
BARE, SYMPY = list(COMMANDS)[:2]

IMPORTED = """
import sys
from derive.cli import main
code = main(["--help"])
sys.stderr.write(" ".join(sorted({"sympy", "numpy"} & set(sys.modules))))
sys.exit(code)
"""


def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=True)


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    run(arguments)
    return time.perf_counter() - start


def measure(runs: int) -> dict[str, list[float]]:
    """Wall times by command. One round before the first counts fills the file cache and writes the bytecode."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, arguments in COMMANDS.items():
            taken = seconds(arguments)
            if number:
                times[name].append(taken)
    return times


def table(times: dict[str, list[float]]) -> str:
    middle = {name: median(taken) for name, taken in times.items()}
    lines = ["| command | median | fastest | × bare Python | × import sympy |", "|---|---:|---:|---:|---:|"]
    for name, taken in times.items():
        ratios = f"{middle[name] / middle[BARE]:.1f} | {middle[name] / middle[SYMPY]:.2f}"
        lines.append(f"| `{name}` | {1000 * middle[name]:.0f} ms | {1000 * min(taken):.0f} ms | {ratios} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=15, help="processes a command, after one that does not count")
    runs = parser.parse_args().runs
    if runs < 1:
        parser.error("--runs must be at least 1")
    print(table(measure(runs)))
    imported = run(["-c", IMPORTED]).stderr.split()
    print(f"\nMedian of {runs} new processes each, taking turns, on Python {sys.version.split()[0]}.")
    print(f"`derive --help` imports {' and '.join(imported) if imported else 'neither SymPy nor NumPy'}.")
    return int(bool(imported))


if __name__ == "__main__":
    sys.exit(main())
