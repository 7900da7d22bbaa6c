"""The score on the labelled bank: what search and kernel say of each claim, against the label.

python bench/bank.py                 # the whole bank, a line for each claim that is not decided as labelled
python bench/bank.py calculus        # one field
python bench/bank.py calculus-004 -v # one claim, with everything that was tried
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from labelled_bank import RIGHT, TRUTHS, Entry, entries, is_wrong  # noqa: E402
from repairs import SAME, compared  # noqa: E402

from derive.core import Claim, Status  # noqa: E402
from derive.formula import Unread, show_relation  # noqa: E402
from derive.judge import judge_claims  # noqa: E402
from derive.report import Finding  # noqa: E402


def main() -> None:
    verbose = "-v" in sys.argv
    read: list[tuple[Entry, Claim]] = []
    score: Counter[tuple[str, str]] = Counter()
    repairs: Counter[str] = Counter()
    for entry in entries(*(word for word in sys.argv[1:] if word != "-v")):
        try:
            read.append((entry, entry.read()))
        except Unread as problem:
            score[entry.truth, "unread"] += 1
            repairs["none"] += entry.truth == "condition"
            print(f"{entry.id:22} {entry.truth:9} unread: {problem}")
    times = []
    start = time.perf_counter()
    for (entry, _), finding in zip(read, judge_claims([claim for _, claim in read]), strict=True):
        times.append(time.perf_counter() - start)
        score[entry.truth, finding.status.value] += 1
        show(entry, finding, verbose)
        if entry.truth == "condition":
            repairs[show_repair(entry, finding)] += 1
        start = time.perf_counter()
    totals(score, repairs, times)


def show(entry: Entry, finding: Finding, verbose: bool) -> None:
    wrong = is_wrong(entry.truth, finding.status)
    if wrong or verbose or finding.status not in RIGHT[entry.truth]:
        mark = "WRONG " if wrong else ""
        print(f"{entry.id:22} {entry.truth:9} {mark}{finding.status}: {entry.claim}   [{entry.given}]")
        print(f"      {finding.reason[:600]}")


def show_repair(entry: Entry, finding: Finding) -> str:
    """Prints and returns how the repair compares with the reference."""
    text = "; ".join(map(show_relation, finding.repair))
    how, note = compared(finding.claim, finding.repair, entry.repair) if finding.repair else ("none", "")
    print(f"{entry.id:22} repair: {text or '-'}   reference: {entry.repair}   {how} {note}")
    return how


def totals(score: Counter[tuple[str, str]], repairs: Counter[str], times: list[float]) -> None:
    for truth in TRUTHS:
        statuses = [*(s.value for s in Status), "unread"]
        print(truth, {status: score[truth, status] for status in statuses if score[truth, status]})
    if repairs:
        right = sum(repairs[how] for how in SAME)
        share = 100 * right / sum(repairs.values())
        print(f"repairs {dict(repairs)}: {right} of {sum(repairs.values())} are the reference ({share:.0f} %)")
    if times:
        times.sort()
        middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        print(
            f"{len(times)} claims, median {1000 * middle:.1f} ms, p99 {1000 * late:.0f} ms, worst {1000 * times[-1]:.0f} ms"
        )


if __name__ == "__main__":
    main()
