"""How many one-symbol mutants of the displayed formulas are no longer proved or supported.

    python bench/mutation.py              every mutant of every topic's default handout
    python bench/mutation.py newton       of one topic
    python bench/mutation.py --wide       and those formulas that the other cases of the topic's tests add
    python bench/mutation.py --cap 12     at most 12 mutants of a formula

Survivors are printed with their formulas, so that a person can judge: each must be true. ``new`` are those that
tests/true_mutants/ does not list; ``DOUBT`` marks one that an independent check contradicts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutations import Judged, judged, mutable, mutants, plain, true_mutants  # noqa: E402

from derive.core import Step  # noqa: E402
from derive.listing import names, topic  # noqa: E402

Task = tuple[str, str, Step]


def tasks(name: str, wide: bool) -> list[Task]:
    """Every different step of a topic that asserts something, with the topic and the section it stands in."""
    seen: dict[Step, str] = {}
    for number, options in enumerate((topic(name).Options(), *(cases(name) if wide else ()))):
        for section in topic(name).derivation(options).sections:
            for block in section.blocks:
                if isinstance(block, Step) and mutable(block):
                    seen.setdefault(block, section.key + (" (other options)" if number else ""))
    return [(name, key, step) for step, key in seen.items()]


def cases(name: str) -> list[Any]:
    """The options under which the tests make the handout."""
    module = import_module(f"topics.test_{name.replace('-', '_')}")
    return list(module.CASES.values())


def outcome(task: tuple[Step, int | None]) -> tuple[list[Judged], float]:
    step, cap = task
    start = time.perf_counter()
    made = mutants(step.formula, step.claims[0].scope, cap)
    return [judged(step, mutant) for mutant in made], time.perf_counter() - start


def rate(counts: Counter[str]) -> str:
    killed = counts["unread"] + counts["refuted"] + counts["undecided"]
    made = killed + counts["survived"]
    false = killed + counts["doubted"]
    return (
        f"{made:5d} mutants: {killed:5d} killed ({counts['refuted']} refuted, {counts['undecided']} not decided, "
        f"{counts['unread']} unread), {counts['survived']} true ones live, {counts['doubted']} DOUBTED; "
        f"{100 * killed / max(1, made):.1f} % of all, {100 * killed / max(1, false):.1f} % of those not known true; "
        f"{counts['same']} read as the original, {counts['crashed']} CRASHED"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", help="topics (default: all)")
    parser.add_argument("--wide", action="store_true", help="other options too")
    parser.add_argument("--cap", type=int, default=None, help="mutants of one formula (default: all)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--slow", action="store_true", help="print the slowest formulas")
    options = parser.parse_args()
    start = time.perf_counter()
    found = [task for name in options.topics or names() for task in tasks(name, options.wide)]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(pool.map(outcome, [(step, options.cap) for _, _, step in found]))
    return report(found, results, options.slow, time.perf_counter() - start)


def report(found: list[Task], results: list[tuple[list[Judged], float]], slow: bool, seconds: float) -> int:
    counts: dict[str, Counter[str]] = {}
    for (name, key, _), (all_judged, _) in zip(found, results, strict=True):
        for one in all_judged:
            for row in (f"{name}: {key}", name, "total"):
                counts.setdefault(row, Counter())[one.outcome] += 1
                counts[row]["doubted"] += bool(one.doubts)
    total = counts.get("total", Counter())
    for row, of_row in counts.items():
        print(f"{row:40s} {rate(of_row)}")
    print(f"{len(found)} formulas, {seconds:.0f} s\n\nSurvivors:")
    new = sum(_survivors(name, found, results) for name in dict.fromkeys(name for name, _, _ in found))
    print(f"\n{new} survivors are not in tests/true_mutants/")
    if slow:
        timed = sorted(
            ((taken, task[2].formula) for task, (_, taken) in zip(found, results, strict=True)), reverse=True
        )
        print("\n".join(f"{taken:7.1f} s  {formula}" for taken, formula in timed[:15]))
    return 1 if new or total["doubted"] else 0


def _survivors(name: str, found: list[Task], results: list[tuple[list[Judged], float]]) -> int:
    """Print what lives of a topic; how many of it the list does not know."""
    living = {
        (plain(task[2].formula), one.mutant.formula): one
        for task, result in zip(found, results, strict=True)
        for one in result[0]
        if task[0] == name and one.lives
    }
    listed = true_mutants(name)
    print(f"% {name}: {len(listed.keys() - living.keys())} of the list did not occur")
    _print_survivors(living, listed)
    return len(living.keys() - listed.keys())


def _print_survivors(living: dict[tuple[str, str], Judged], listed: dict[tuple[str, str], str]) -> None:
    """What lives, formula by formula, in the form of the list."""
    formula = ""
    for (original, mutant), one in living.items():
        if original != formula:
            formula = original
            print(formula)
        doubts = "".join(f"  DOUBT: {doubt}" for doubt in one.doubts)
        print(f"  {mutant}  % {listed.get((original, mutant)) or 'new: ' + one.mutant.change}{doubts}")


if __name__ == "__main__":
    raise SystemExit(main())
