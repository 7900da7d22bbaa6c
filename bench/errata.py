"""Real errors in published notes: which are alarmed at their line, and whether a corrected line is refuted.

    python bench/errata.py FOLDER [ID...]      FOLDER holds ERRATA.tsv, and ID.before.* and ID.after.* for each error

Of a page before its correction the relations on the line of the error are printed with their verdicts; of the page after it those that
are refuted on the corrected line, and how many alarms the whole page has.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from derive.checking import check_files  # noqa: E402
from derive.report import JudgedStep  # noqa: E402

ALARMS = ("refuted", "conditional")
WIDEST = 150


def steps_of(path: Path) -> list[JudgedStep]:
    return [step for report in check_files([str(path)]).reports for step in report.steps]


def at(steps: list[JudgedStep], line: int) -> list[JudgedStep]:
    """The relations that touch the line."""
    return [step for step in steps if (source := step.step.source) and source.line <= line <= source.end_line]


def verdict(steps: list[JudgedStep]) -> str:
    """The strongest alarm of these relations, or nothing."""
    return next((word for word in ALARMS if any(step.status.value == word for step in steps)), "")


def described(step: JudgedStep) -> str:
    source = step.step.source
    assert source is not None
    said = " ".join(step.step.formula.split())[:WIDEST]
    return f"      {source.line} {source.kind} {step.status.value}: {said}\n        {step.reason[: 2 * WIDEST]}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Which real errors are found.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("ids", nargs="*")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    with (arguments.folder / "ERRATA.tsv").open(encoding="utf-8") as table:
        entries = [
            row for row in csv.DictReader(table, delimiter="\t") if not arguments.ids or row["id"] in arguments.ids
        ]
    for row in entries:
        before, after = (next(arguments.folder.glob(f"{row['id']}.{when}.*")) for when in ("before", "after"))
        pages = {"before": steps_of(before), "after": steps_of(after)}
        found = at(pages["before"], int(row["line_before"]))
        corrected = [step for step in at(pages["after"], int(row["line_after"])) if step.status.value == "refuted"]
        elsewhere = [step for step in pages["after"] if step.status.value in ALARMS]
        alone = row["self_contained"] == "yes"
        said = verdict(found)
        counts.update([f"{'self-contained' if alone else 'other'}: {said or 'missed'}"])
        counts["corrected lines refuted"] += bool(corrected)
        print(f"{row['id']} {said or 'missed':12}{'' if alone else '(not self-contained) '}{row['what_is_wrong']}")
        for step in found if not said or arguments.ids else []:
            print(described(step))
        if not found:
            print("      no relation was found there")
        for step in corrected:
            print(f"   THE CORRECTED LINE IS REFUTED\n{described(step)}")
        if elsewhere:
            print(f"   alarms on the corrected page: {len(elsewhere)}")
            for step in elsewhere if arguments.ids else []:
                print(described(step))
    print("\n".join(f"{count:4}  {name}" for name, count in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
