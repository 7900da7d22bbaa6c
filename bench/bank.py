"""The score on the labelled bank: what search and kernel say of each claim, against the label.

python bench/bank.py                 # the whole bank, a line for each claim that is not decided as labelled
python bench/bank.py calculus        # one field
python bench/bank.py calculus-004 -v # one claim, with everything that was tried
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from derive.core import Claim, Status
from derive.formula import Unread, show_relation
from derive.formula.claims import read_claim
from derive.judge import judge_claims

BANK = Path(__file__).parent.parent / "tests" / "bank"
WRONG = {
    ("true", "refuted"),
    ("false", "proved"),
    ("false", "supported"),
    ("condition", "proved"),
    ("condition", "supported"),
}
RIGHT = {"true": {"proved"}, "false": {"refuted", "conditional"}, "condition": {"refuted", "conditional"}}


def entries(wanted: list[str]) -> Iterator[dict[str, Any]]:
    for path in sorted(BANK.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["claim"]:
            if not wanted or path.stem in wanted or entry["id"] in wanted:
                yield entry


def main() -> None:
    verbose = "-v" in sys.argv
    chosen = list(entries([word for word in sys.argv[1:] if word != "-v"]))
    read: list[tuple[dict[str, Any], Claim]] = []
    score: Counter[tuple[str, str]] = Counter()
    for entry in chosen:
        try:
            read.append((entry, read_claim(entry["claim"], entry["given"])))
        except Unread as problem:
            score[entry["truth"], "unread"] += 1
            print(f"{entry['id']:22} {entry['truth']:9} unread: {problem}")
    times = []
    start = time.perf_counter()
    for (entry, _), finding in zip(read, judge_claims([claim for _, claim in read]), strict=True):
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        status = finding.status.value
        score[entry["truth"], status] += 1
        repair = "; ".join(map(show_relation, finding.repair))
        wrong = (entry["truth"], status) in WRONG
        if wrong or verbose or status not in RIGHT[entry["truth"]]:
            mark = "WRONG " if wrong else ""
            print(
                f"{entry['id']:22} {entry['truth']:9} {mark}{status}: {entry['claim']}   [{entry['given']}]\n      {finding.reason[:600]}"
            )
        if entry["truth"] == "condition":
            print(f"{entry['id']:22} repair: {repair or '-'}   reference: {entry['repair']}")
    for truth in ("true", "false", "condition"):
        print(
            truth,
            {status: score[truth, status] for status in [*(s.value for s in Status), "unread"] if score[truth, status]},
        )
    if times:
        times.sort()
        print(
            f"{len(times)} claims, median {1000 * times[len(times) // 2]:.1f} ms, p99 {1000 * times[int(len(times) * 0.99)]:.0f} ms, worst {1000 * times[-1]:.0f} ms"
        )


if __name__ == "__main__":
    main()
