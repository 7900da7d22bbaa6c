"""How far real notes get: relations found, read, of which kind, in scope, decided; and every alarm with its counterexample.

python bench/funnel.py FOLDER                  every text below FOLDER; each folder in it is a corpus
python bench/funnel.py FOLDER --sample 40      the 40 texts whose names have the smallest hashes
python bench/funnel.py FOLDER --only d2l       only texts whose path contains this
python bench/funnel.py FOLDER --alarms         and every alarm: place, formula, why
python bench/funnel.py FOLDER --reasons 30     and the 30 commonest reasons why nothing is decided
python bench/funnel.py FOLDER --lines FILE     write a JSON object for every relation to FILE, a text at a time
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from derive.checking import reports_on  # noqa: E402
from derive.core import InputError, Status  # noqa: E402
from derive.notes.files import SUFFIXES, read_files  # noqa: E402
from derive.report import JudgedStep, counterexample_json  # noqa: E402

KINDS = ("definition", "constraint", "step", "identity")
JUDGED = ("step", "identity")
DECIDED = ("proved", "supported", "refuted", "conditional")
Row = dict[str, Any]


def chosen(folder: Path, sample: int | None, only: str) -> list[Path]:
    """The texts, in the order of their names; a sample by hash."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES and only in str(path)]
    if sample is None:
        return paths
    return sorted(sorted(paths, key=lambda path: digest(path.relative_to(folder)))[:sample])


def digest(path: Path) -> str:
    return hashlib.sha256(path.as_posix().encode()).hexdigest()


def corpus_of(folder: Path, path: Path) -> str:
    parts = path.relative_to(folder).parts
    return parts[0] if len(parts) > 1 else folder.name


def rows_of(path: Path) -> Iterator[Row]:
    """One for each displayed relation."""
    for document, macros in read_files([str(path)]).documents:
        for text, report in reports_on(document, macros):
            for step in report.steps:
                yield row_of(step, text.path)


def row_of(judged: JudgedStep, path: str) -> Row:
    source, finding = judged.step.source, judged.deciding
    assert source is not None
    letters = [d for claim in judged.step.claims for d in claim.scope.declarations]
    return {
        "path": path,
        "line": source.line,
        "column": source.column,
        "kind": source.kind,
        "shown": judged.step.formula,
        "verdict": judged.status.value,
        "unread": source.unread,
        "beyond": source.beyond,
        "doubt": source.doubt,
        "plain": bool(judged.step.claims)
        and not any(d.function or d.law for d in letters)
        and "nothing is said of" not in source.doubt,
        "reason": judged.reason,
        "counterexample": counterexample_json(finding) if finding else None,
    }


def general(reason: str) -> str:
    """A reason without the names in it, to be counted."""
    reason = reason.partition("; as it stands")[0]
    return re.sub(r"line \d+", "line N", re.sub(r"'[^']*'|(?<=of )\S+$|^\S+(?= (?:may|stands|is not))", "X", reason))[
        :90
    ]


def stages(rows: list[Row]) -> Row:
    """The funnel of some relations."""
    read = [row for row in rows if not row["unread"]]
    judged = [row for row in read if row["kind"] in JUDGED]
    within = [row for row in judged if not row["beyond"]]
    plain = [row for row in within if row["kind"] == "step" and row["plain"]]
    return {
        "found": len(rows),
        "read": len(read),
        **{kind: sum(row["kind"] == kind for row in read) for kind in KINDS},
        "in scope": len(within),
        **{word: sum(row["verdict"] == word for row in within) for word in (*DECIDED, "undecided")},
        "plain": len(plain),
        "plain decided": sum(row["verdict"] in DECIDED for row in plain),
    }


def table(rows: list[Row], folder: Path) -> Iterator[str]:
    """A line for each corpus, and one for all."""
    by_corpus = defaultdict(list)
    for row in rows:
        by_corpus[corpus_of(folder, Path(row["path"]))].append(row)
    names = list(stages([]))
    yield f"{'corpus':28}" + "".join(f"{name:>{max(6, len(name) + 2)}}" for name in names)
    for name, some in [*sorted(by_corpus.items()), ("all", rows)]:
        counts = stages(some)
        yield f"{name.partition('__')[2][:27] or name:28}" + "".join(
            f"{counts[key]:>{max(6, len(key) + 2)}}" for key in names
        )
    counts = stages(rows)
    judged = counts["step"] + counts["identity"]
    yield f"read {share(counts['read'], len(rows))} of all; in scope {share(counts['in scope'], judged)} of steps and identities; decided {share(counts['plain decided'], counts['plain'])} of the steps about numbers, vectors and matrices"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def counted(rows: list[Row], most: int) -> Iterator[str]:
    """Why steps and identities are not read, not in scope, not decided."""
    judged = [row for row in rows if row["kind"] in JUDGED]
    for title, some in (
        ("unread", [row["unread"] for row in rows if row["unread"]]),
        ("not in scope", [row["beyond"] for row in judged if row["beyond"]]),
        (
            "in scope, undecided",
            [row["reason"] for row in judged if row["verdict"] == "undecided" and not row["beyond"]],
        ),
    ):
        yield f"\n{title}: {len(some)}"
        for reason, count in Counter(map(general, some)).most_common(most):
            yield f"{count:6}  {reason}"


def alarms(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if row["verdict"] in (Status.REFUTED.value, Status.CONDITIONAL.value):
            yield f"\n{row['path']}:{row['line']}:{row['column']}: {row['verdict']} ({row['kind']})"
            yield f"    {' '.join(row['shown'].split())}"
            yield f"    {row['reason']}  {row['counterexample']}"


def main() -> int:
    parser = argparse.ArgumentParser(description="The funnel of derive check on a folder of real notes.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--only", default="")
    parser.add_argument("--alarms", action="store_true")
    parser.add_argument("--reasons", type=int, default=0, metavar="N")
    parser.add_argument("--lines", type=Path)
    arguments = parser.parse_args()
    rows: list[Row] = []
    out: TextIO | None = arguments.lines.open("w", encoding="utf-8") if arguments.lines else None
    for path in chosen(arguments.folder, arguments.sample, arguments.only):
        start = time.perf_counter()
        try:
            found = list(rows_of(path))
        except InputError as problem:
            print(problem, file=sys.stderr)
            continue
        rows += found
        print(f"{time.perf_counter() - start:6.1f} s {len(found):5} {path}", file=sys.stderr)
        if out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
            out.flush()
    lines = [*table(rows, arguments.folder), *(counted(rows, arguments.reasons) if arguments.reasons else ())]
    print("\n".join([*lines, *(alarms(rows) if arguments.alarms else ())]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
