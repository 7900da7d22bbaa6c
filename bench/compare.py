"""Side by side with what a user would pick instead, on the labelled bank and on false mutants of its true claims.

    python bench/compare.py                    everything; writes bench/RESULTS.md
    python bench/compare.py --sample 60        a quick look: so many claims and half as many mutants, nothing written
    python bench/compare.py --only sympy       the peers whose name contains that, and ours

Each tool answers in a process of its own, warm, which is killed after 5 s. The peers are in the extra ``bench``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

import killable  # noqa: E402
from bank_mutation import bank_mutants  # noqa: E402
from independent import random_opinions  # noqa: E402
from labelled_bank import entries  # noqa: E402
from peers import PEERS, PYTHON, Question  # noqa: E402

from derive.core import Hints, Status  # noqa: E402
from derive.formula import Unread  # noqa: E402
from derive.formula.claims import read_claim  # noqa: E402
from derive.judge import judge_claim  # noqa: E402

PATIENCE = 5.0
MUTANTS = 150
OURS = "derive"
RESULTS = ROOT / "bench" / "RESULTS.md"
WARM_UP = Question(read_claim("x + x = 2 x"), "x + x = 2 x")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its label: ``true`` or ``false`` (false for at least some values, for those of truth ``condition``)."""

    id: str
    question: Question
    truth: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool says, or ``hang``; ``seconds`` is None where no answer came."""

    says: str
    seconds: float | None


def bank() -> list[Labelled]:
    found = []
    for entry in entries():
        try:
            claim = entry.read()
        except Unread:
            continue
        found.append(Labelled(entry.id, Question(claim, entry.claim), entry.truth == "true"))
    return found


def false_mutants(count: int) -> list[Labelled]:
    """The first by SHA-256 that mpmath finds to fail at a random point: what we say of them plays no part."""
    found: list[Labelled] = []
    for one in bank_mutants():
        if any(opinion.outcome == "fails" for opinion in random_opinions(one.claim, 4)):
            question = Question(one.claim, one.mutant.formula)
            found.append(Labelled(f"{one.entry.id} mutant", question, False))
        if len(found) == count:
            break
    return found


def _asked(number: int, question: Question | None) -> Answer:
    """What the tool says, and how long it took; with None it is only warmed up."""
    peer = PEERS[number]
    try:
        prepared = peer.prepare(question or WARM_UP)
    except Exception:  # a head that has no counterpart there
        return Answer("n/a", None)
    start = time.perf_counter()
    try:
        says = peer.ask(prepared)
    except Exception:  # the tool breaks down
        says = "broke"
    return Answer(says, time.perf_counter() - start)


def answers(number: int, chosen: Sequence[Labelled]) -> list[Answer]:
    found = killable.answers(partial(_asked, number), [one.question for one in chosen], PATIENCE)
    return [one or Answer("hang", None) for one in found]


# ---------------------------------------------------------------------------------------------------------------- tables


def outcome(one: Labelled, answer: Answer) -> str:
    if answer.says in ("true", "false"):
        return "right" if (answer.says == "true") == one.truth else "wrong"
    return {"not shown": "undecided"}.get(answer.says, answer.says)


COLUMNS = ("undecided", "broke", "n/a", "hang")


def table(chosen: Sequence[Labelled], given: dict[int, list[Answer]]) -> str:
    lines = [
        "| tool | right | wrong: true called false | wrong: false called true | undecided | broke down | not applicable | hangs | × our median time | median | p99 |",
        "|---|" + "---:|" * 10,
    ]
    for number, answered in given.items():
        marks = [outcome(one, answer) for one, answer in zip(chosen, answered, strict=True)]
        wrong = [one.truth for one, mark in zip(chosen, marks, strict=True) if mark == "wrong"]
        times = sorted(a.seconds for a in answered if a.seconds is not None and a.says != "n/a")
        late = f"{1000 * times[int(0.99 * len(times))]:.0f} ms" if times else "-"
        middle = f"{1000 * median(times):.2f} ms" if times else "-"
        cells = [
            PEERS[number].name,
            marks.count("right"),
            wrong.count(True),
            wrong.count(False),
            *(marks.count(column) for column in COLUMNS),
            _ratio(given[0], answered),
            middle,
            late,
        ]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def _ratio(ours: list[Answer], theirs: list[Answer]) -> str:
    """The ratio of the medians, over the claims that both have answered; a hang counts as the patience."""
    pairs = [
        (a.seconds, _time(b)) for a, b in zip(ours, theirs, strict=True) if a.seconds and b.says != "n/a" and _time(b)
    ]
    if not pairs:
        return "-"
    return f"{median(b for _, b in pairs if b) / median(a for a, _ in pairs):.1f}"


def _time(answer: Answer) -> float | None:
    return PATIENCE if answer.says == "hang" else answer.seconds


def starts(numbers: Sequence[int], runs: int = 5) -> str:
    """Start-up in new processes, the tools taking turns; ratios to bare Python."""
    commands = {"python -c pass": (PYTHON, "-c", "pass")} | {" ".join(PEERS[n].start): PEERS[n].start for n in numbers}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            _run(command)
            if turn:
                times[name].append(time.perf_counter() - begun)
    middle = {name: median(taken) for name, taken in times.items()}
    bare = middle["python -c pass"]
    lines = ["| start-up | × bare Python | median |", "|---|---:|---:|"]
    lines += [f"| `{name}` | {taken / bare:.1f} | {1000 * taken:.0f} ms |" for name, taken in middle.items()]
    return "\n".join(lines)


def _run(command: tuple[str, ...]) -> None:
    real = [sys.executable if word == PYTHON else word for word in command]
    path = os.pathsep.join((str(ROOT), str(ROOT / "bench")))
    subprocess.run(
        real, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.DEVNULL
    )


def undecided() -> str:
    """Every claim of the bank that we do not decide as labelled, with what the ladder says."""
    lines = []
    for entry in entries():
        try:
            claim = entry.read()
        except Unread as problem:
            lines.append(f"| {entry.id} | {entry.truth} | unread | {problem} |")
            continue
        finding = judge_claim(claim, Hints())
        decided = (Status.PROVED,) if entry.truth == "true" else (Status.REFUTED, Status.CONDITIONAL)
        if finding.status not in decided:
            lines.append(f"| {entry.id} | {entry.truth} | {finding.status} | {_cell(finding.reason)} |")
    return "\n".join(["| claim | label | verdict | why not |", "|---|---|---|---|", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")[:300]


CONVENTIONS = """\
Conventions. Every tool gets the claim as our reader reads it, through `derive.sympy_bridge` (math-verify and scieqlint get the
LaTeX); what cannot be put to it is *not applicable*; so are hypotheses that are no definitions. A claim labelled `condition` is false as it stands. `simplify(l - r) == 0`
says "true", otherwise nothing ("undecided"): its False means the same for a true identity and for a false one. `equals`, NumPy,
math-verify, scieqlint and Maxima say true or false in their own words, and are taken at their word (scieqlint by its silence
on a line that it has read). NumPy draws from the declared
domain and drops points at which a side is not finite. The clock runs in a warm process, without the reading and the translation,
and for us without the NumPy check. The first row is asked what the others are asked, true or false; the second looks besides for
the condition under which a false claim would be true. A hang (killed after 5 s) counts as 5 s. `× our median time` compares the medians over the
claims that the tool could be asked, in the same run. Mutants are false by mpmath (they fail at a random point), whatever we say."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=None)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    numbers = [n for n, p in enumerate(PEERS) if p.available() and (p.name.startswith(OURS) or options.only in p.name)]
    absent = [p.name for p in PEERS if not p.available()]
    claims = sorted(bank(), key=lambda one: sha256(one.id.encode()).hexdigest())[: options.sample]
    mutants = false_mutants(MUTANTS if options.sample is None else options.sample // 2)
    parts = [
        "# Side by side\n",
        "Command: `python bench/compare.py` (with the extra `bench`; Maxima if it is installed).\n",
        CONVENTIONS,
    ]
    for title, chosen in (("the labelled bank", claims), ("false mutants of its true claims", mutants)):
        given = {number: answers(number, chosen) for number in numbers}
        parts.append(f"\n## {len(chosen)} claims: {title}\n\n{table(chosen, given)}")
    parts.append(f"\n## Start-up\n\n{starts(numbers)}")
    if absent:
        parts.append(f"\nNot installed here: {', '.join(absent)}.")
    if options.sample is None:
        parts.append(f"\n## What we do not decide as labelled\n\n{undecided()}")
        if not options.only:
            RESULTS.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print("\n".join(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
