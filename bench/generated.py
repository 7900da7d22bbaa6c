"""Claims of known truth by the thousand: true by random rewriting, false by one confirmed change; none may be judged wrong.

    python bench/generated.py --count 100000    the full run
    python bench/generated.py --count 2000 --seed 7 --kinds sums,matrices
    python bench/generated.py --count 100000 --keep run.jsonl    goes on where an earlier run with this file stopped

Prints a table of verdicts by kind, every wrong verdict in full, and a few undecided claims of each kind.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from generated import KINDS, Generated, generated  # noqa: E402
from labelled_bank import is_wrong  # noqa: E402

from derive.formula import show  # noqa: E402
from derive.judge import judge_claims  # noqa: E402

PIECE = 500
"""Claims that one process makes and judges at a time."""


@dataclass(slots=True)
class Tally:
    counts: Counter[tuple[str, bool, str]] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        for kind, taken in other.times.items():
            self.times.setdefault(kind, []).extend(taken)
        self.wrong += other.wrong
        self.open += other.open


def shown(made: Generated) -> str:
    claim = made.claim
    return f"{show(claim.lhs)} {claim.relation} {show(claim.rhs)}   [{made.truth}: {made.how}]"


def piece(task: tuple[int, int, tuple[str, ...]]) -> Tally:
    count, seed, kinds = task
    made = list(generated(count, seed, kinds))
    tally = Tally()
    start = time.perf_counter()
    for one, finding in zip(made, judge_claims([one.claim for one in made]), strict=True):
        tally.times.setdefault(one.kind, []).append(time.perf_counter() - start)
        tally.counts[one.kind, one.truth, finding.status.value] += 1
        if is_wrong("true" if one.truth else "false", finding.status) or finding.contradiction is not None:
            tally.wrong.append(f"{finding.status}: {shown(one)}: {finding.reason}")
        elif finding.status not in (("proved",) if one.truth else ("refuted", "conditional")):
            tally.open.append((one.kind, f"{finding.status}: {shown(one)}: {finding.reason[:200]}"))
        start = time.perf_counter()
    return tally


def _keep(file: Path, number: int, part: Tally) -> None:
    counts = [[*key, count] for key, count in part.counts.items()]
    line = {"piece": number, "counts": counts, "times": part.times, "wrong": part.wrong, "open": part.open}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")


def _kept(file: Path) -> Iterator[tuple[int, Tally]]:
    for text in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        counts = Counter({(kind, truth, status): count for kind, truth, status, count in line["counts"]})
        yield line["piece"], Tally(counts, line["times"], line["wrong"], [(kind, text) for kind, text in line["open"]])


def tasks(count: int, seed: int, kinds: tuple[str, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for number, begun in enumerate(range(0, count, PIECE)):
        yield min(PIECE, count - begun), 1_000_003 * seed + number, kinds


def table(tally: Tally) -> str:
    lines = [
        "| kind | claims | true: proved | supported | undecided | false: refuted | undecided | wrong | median | p99 |"
    ]
    lines.append("|---|" + "---:|" * 9)
    kinds = [*dict.fromkeys(kind for kind, _, _ in tally.counts)]
    for kind in [*kinds, "all"]:
        lines.append(row(tally, kind, kinds if kind == "all" else [kind]))
    return "\n".join(lines)


def row(tally: Tally, name: str, kinds: list[str]) -> str:
    def of(truth: bool, *statuses: str) -> int:
        return sum(c for (kind, t, s), c in tally.counts.items() if kind in kinds and t == truth and s in statuses)

    times = sorted(t for kind in kinds for t in tally.times[kind])
    wrong = of(True, "refuted", "conditional") + of(False, "proved", "supported")
    cells = [
        len(times),
        of(True, "proved"),
        of(True, "supported"),
        of(True, "undecided"),
        of(False, "refuted", "conditional"),
        of(False, "undecided"),
        wrong,
    ]
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    return f"| {name} | " + " | ".join(map(str, cells)) + f" | {1000 * middle:.1f} ms | {1000 * late:.0f} ms |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes (each judges in a worker of its own)")
    parser.add_argument("--keep", metavar="FILE", help="results of pieces, so that a run can go on later")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--open", type=int, default=3, help="how many undecided claims of a kind are shown")
    options = parser.parse_args()
    tally, start = Tally(), time.perf_counter()
    kept = Path(options.keep) if options.keep else None
    done = dict(_kept(kept)) if kept and kept.exists() else {}
    for part in done.values():
        tally.add(part)
    work = [task for task in tasks(options.count, options.seed, tuple(options.kinds.split(","))) if task[1] not in done]
    with ProcessPoolExecutor(options.jobs) as pool:
        for task, part in zip(work, pool.map(piece, work), strict=True):
            tally.add(part)
            if kept:
                _keep(kept, task[1], part)
    print(table(tally))
    print(
        f"\n{options.count} claims, seed {options.seed}, {time.perf_counter() - start:.0f} s, {len(tally.wrong)} wrong"
    )
    print("".join(f"\nWRONG {text}" for text in tally.wrong))
    for kind in KINDS:
        for text in [text for one, text in tally.open if one == kind][: options.open]:
            print(f"{kind}: {text}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
