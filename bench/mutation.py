"""How many one-symbol mutants of the displayed formulas are no longer proved or supported.

    python bench/mutation.py            the default handout, every mutant
    python bench/mutation.py --wide     and those formulas that other options add
    python bench/mutation.py --cap 12   at most 12 mutants of a formula

Survivors are printed with their formulas, so that a person can judge: each must be true. ``new`` are those that
tests/true_mutants.txt does not list; ``DOUBT`` marks one that an independent check contradicts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutations import Judged, judged, mutable, mutants, plain, true_mutants  # noqa: E402

from derive.core import Matrix, Step  # noqa: E402
from derive.topics.vanishing import Options, derivation  # noqa: E402


def matrix(*rows: str) -> Matrix:
    return Matrix(tuple(tuple(Fraction(cell) for cell in row.split()) for row in rows))


OTHERS = (
    Options(convention="row"),
    Options(law="uniform"),
    Options(law="laplace"),
    Options(law="signs"),
    Options(n=2, variance=Fraction(2)),
    Options(matrix=matrix("1 1", "0 1")),
    Options(matrix=matrix("0 1 0", "0 0 1", "0 0 0")),
    Options(matrix=matrix("0 -1", "1 0")),
    Options(matrix=matrix("2 1 0", "1 2 1", "0 1 2")),
)

Task = tuple[str, int, Step]


def tasks(wide: bool) -> list[Task]:
    """Every different step that asserts something, with the section it stands in, and 1 if only other options show it."""
    seen: dict[Step, tuple[str, int]] = {}
    for number, options in enumerate((Options(), *(OTHERS if wide else ()))):
        for section in derivation(options).sections:
            for block in section.blocks:
                if isinstance(block, Step) and mutable(block):
                    seen.setdefault(block, (section.key, min(number, 1)))
    return [(key, extra, step) for step, (key, extra) in seen.items()]


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
    parser.add_argument("--wide", action="store_true", help="other options too")
    parser.add_argument("--cap", type=int, default=None, help="mutants of one formula (default: all)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--slow", action="store_true", help="print the slowest formulas")
    options = parser.parse_args()
    start = time.perf_counter()
    found = tasks(options.wide)
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(pool.map(outcome, [(step, options.cap) for _, _, step in found]))
    return report(found, results, options.slow, time.perf_counter() - start)


def report(found: list[Task], results: list[tuple[list[Judged], float]], slow: bool, seconds: float) -> int:
    counts: dict[str, Counter[str]] = {}
    for (key, extra, _), (all_judged, _) in zip(found, results, strict=True):
        for one in all_judged:
            for name in (key + (" (other options)" if extra else ""), "total"):
                counts.setdefault(name, Counter())[one.outcome] += 1
                counts[name]["doubted"] += bool(one.doubts)
    total = counts.pop("total")
    for name, of_section in counts.items():
        print(f"{name:28s} {rate(of_section)}")
    print(f"{'total':28s} {rate(total)}\n{len(found)} formulas, {seconds:.0f} s\n\nSurvivors:")
    living = {
        (plain(t[2].formula), one.mutant.formula): one
        for t, r in zip(found, results, strict=True)
        for one in r[0]
        if one.lives
    }
    listed = true_mutants()
    _print_survivors(living, listed)
    print(
        f"\n{len(living.keys() - listed.keys())} survivors are not in tests/true_mutants.txt; {len(listed.keys() - living.keys())} listed there did not occur"
    )
    if slow:
        timed = sorted(
            ((taken, task[2].formula) for task, (_, taken) in zip(found, results, strict=True)), reverse=True
        )
        print("\n".join(f"{taken:7.1f} s  {formula}" for taken, formula in timed[:15]))
    return 1 if living.keys() - listed.keys() or total["doubted"] else 0


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
