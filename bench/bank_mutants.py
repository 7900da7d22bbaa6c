"""One-symbol mutants of the true claims of the bank: how many are false, equivalent, unresolved.

    python bench/bank_mutants.py                 every mutant
    python bench/bank_mutants.py --sample 500    so many, chosen by SHA-256
    python bench/bank_mutants.py algebra -v      one field, with every equivalent and unresolved one

``DOUBT`` marks a verdict that mpmath contradicts: a fault of ours (exit code 1).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bank_mutation import BankMutant, Outcome, judged, sampled  # noqa: E402

PIECE = 100
COLUMNS = ("false", "equivalent", "supported", "misfit", "unresolved")


def piece(chosen: list[BankMutant]) -> list[Outcome]:
    return list(judged(chosen))


def rows(title: str, outcomes: list[Outcome], names: Iterable[tuple[str, list[Outcome]]]) -> str:
    lines = [f"| {title} | mutants | " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * (1 + len(COLUMNS))]
    for name, those in [*names, ("all", outcomes)]:
        counts = Counter(one.outcome for one in those)
        lines.append(f"| {name} | {len(those)} | " + " | ".join(str(counts[column]) for column in COLUMNS) + " |")
    return "\n".join(lines)


def grouped(outcomes: list[Outcome], key: str) -> list[tuple[str, list[Outcome]]]:
    names = dict.fromkeys(sorted(name_of(one, key) for one in outcomes))
    return [(name, [one for one in outcomes if name_of(one, key) == name]) for name in names]


def name_of(one: Outcome, key: str) -> str:
    return one.mutant.entry.field if key == "field" else one.mutant.change


def shown(one: Outcome) -> str:
    mark = f"DOUBT ({one.doubt}) " if one.doubt else ""
    entry = one.mutant.entry
    return f"{mark}{entry.id} {one.outcome}: {one.mutant.mutant.formula}   [{entry.given}] ({one.mutant.mutant.change}): {one.reason[:160]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wanted", nargs="*", help="fields or ids")
    parser.add_argument("--sample", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("-v", action="store_true", help="show what is not refuted")
    options = parser.parse_args()
    start = time.perf_counter()
    chosen = sampled(options.sample, *options.wanted)
    pieces = [chosen[i : i + PIECE] for i in range(0, len(chosen), PIECE)]
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            outcomes = [one for part in pool.map(piece, pieces) for one in part]
    else:
        outcomes = [one for part in pieces for one in piece(part)]
    print(rows("field", outcomes, grouped(outcomes, "field")), end="\n\n")
    print(rows("slip", outcomes, grouped(outcomes, "change")))
    counts = Counter(one.outcome for one in outcomes)
    total = max(1, len(outcomes))
    print(
        f"\n{total} mutants in {time.perf_counter() - start:.0f} s; unresolved {100 * counts['unresolved'] / total:.1f} %"
    )
    for one in outcomes:
        if one.doubt or (options.v and one.outcome != "false"):
            print(shown(one))
    return 1 if any(one.doubt for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
