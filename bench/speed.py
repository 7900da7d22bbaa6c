"""What deciding a claim of the labelled bank costs, in computing time: a busy machine makes no difference.

    python bench/speed.py             medians and late ones, and the dearest claims
    python bench/speed.py --runs 5    the least of so many runs, each in a process of its own that starts with nothing remembered
    python bench/speed.py algebra     one field

The clock runs from claim to verdict, as in ``compare.py``: first without the search for the condition under which a false claim
would be true, then with it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

from labelled_bank import TRUTHS, entries  # noqa: E402
from peers import ours  # noqa: E402

from derive.core import Claim  # noqa: E402
from derive.formula import Unread  # noqa: E402
from derive.formula.claims import read_claim  # noqa: E402

WARM_UP = "x + x = 2 x"
Ask = Callable[[Claim], str]
LOOP = 0.00033
"""What the yardstick takes on the machine of the figures in the notes when nobody else is at work there."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fields", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dearest", type=int, default=15)
    options = parser.parse_args()
    chosen = []
    for entry in sorted(entries(*options.fields), key=lambda entry: sha256(entry.id.encode()).hexdigest()):
        try:
            chosen.append((entry.id, entry.truth, entry.read()))
        except Unread:
            continue
    for title, ask in (("true or false", ours.ask), ("with a repair of what is false", ours.ask_for_a_repair)):
        print(title)
        runs = [in_a_process([claim for _, _, claim in chosen], ask) for _ in range(options.runs)]
        least = [min(times) for times in zip(*runs, strict=True)]
        for name in (*TRUTHS, "all"):
            some = [t for (_, truth, _), t in zip(chosen, least, strict=True) if name in (truth, "all")]
            print(f"  {name:10} {shown(some)}")
    for seconds, (name, truth, _) in sorted(zip(least, chosen, strict=True), key=lambda pair: -pair[0])[
        : options.dearest
    ]:
        print(f"{1000 * seconds:8.1f} ms  {name} ({truth})")


def shown(times: list[float]) -> str:
    times = sorted(times)
    if not times:
        return "none"
    late = times[int(0.99 * len(times))]
    return (
        f"{len(times):4} claims, median {1000 * median(times):.2f} ms, mean {1000 * sum(times) / len(times):.2f} ms, "
        f"p90 {1000 * times[int(0.9 * len(times))]:.1f} ms, p99 {1000 * late:.0f} ms, worst {1000 * times[-1]:.0f} ms"
    )


def in_a_process(claims: list[Claim], ask: Ask) -> list[float]:
    """Seconds of computing for each claim, in a forked process without collections, as in ``derive.worker``."""
    ours_end, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours_end)
        gc.disable()
        ask(read_claim(WARM_UP))
        with os.fdopen(theirs, "w") as pipe:
            json.dump([_timed(claim, ask) for claim in claims], pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours_end) as pipe:
        times: list[float] = json.load(pipe)
    os.waitpid(child, 0)
    return times


def _timed(claim: Claim, ask: Ask) -> float:
    before = _yardstick()
    start = time.process_time()
    ask(claim)
    taken = time.process_time() - start
    return taken * LOOP / ((before + _yardstick()) / 2)


def _yardstick() -> float:
    """Seconds that a loop of plain Python takes at this moment: a core that others use as well is slower by a half."""
    start = time.process_time()
    for k in range(150):
        q = Fraction(k, 7) + 1
        {q: [k, (k, str(k))]}
    return time.process_time() - start


if __name__ == "__main__":
    main()
