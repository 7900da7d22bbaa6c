"""Plant one error in each of many chains of relations that were all proved, and see where it is found.

    python bench/planted.py FOLDER                 up to 300 chains of the notes below FOLDER, chosen by hash
    python bench/planted.py FOLDER --most 60       up to 60
    python bench/planted.py FOLDER --misses        and every error that is not refuted at its relation

One right side of the chain is changed at one place: a sign, a numeral, an exponent, an end of a range, a factor or a transpose that
is dropped, two factors exchanged, sin for cos. Which one is chosen by a hash of the place, so that the table is the same in every run.
A changed chain that is proved is shown: it is an error of ours, or the change changes nothing (x + 0 for x - 0).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from derive.checking import tempered  # noqa: E402
from derive.core import Derivation, Section, Status, Step  # noqa: E402
from derive.judge import judge  # noqa: E402
from derive.notes.document import Document, Lines  # noqa: E402
from derive.notes.files import SUFFIXES, read_files, read_text  # noqa: E402
from derive.notes.macros import Macros  # noqa: E402
from derive.notes.reading import derivations_of  # noqa: E402
from derive.notes.settings import Settings  # noqa: E402
from derive.report import JudgedStep  # noqa: E402

ALARMS = (Status.REFUTED, Status.CONDITIONAL)
FEWEST = 2
"""Relations of a chain."""
WIDEST = 110
CHANGES: tuple[tuple[str, str, str], ...] = (
    ("sign", r"(?<=[\w})\]])\s*\+(?=\s*[\w\\({])", " - "),
    ("sign", r"(?<=[\w})\]])\s*-(?=\s*[\w\\({])", " + "),
    ("exponent", r"\^\s*\{?2\}?(?![0-9])", "^{3}"),
    ("exponent", r"\^\s*\{?3\}?(?![0-9])", "^{2}"),
    ("end of a range", r"(?<=\w)\s*\+\s*1(?![0-9.])", ""),
    ("end of a range", r"(?<=\w)\s*-\s*1(?![0-9.])", ""),
    ("numeral", r"(?<![0-9.^_{\w])([2-9])(?![0-9.])", "NEXT"),
    ("half", r"\\frac\s*\{\s*1\s*\}\s*\{\s*2\s*\}", "1"),
    ("transpose", r"\^\s*\{?\s*(?:\\top|T)\s*\}?(?![A-Za-z])", ""),
    ("inverse", r"\^\s*\{\s*-1\s*\}", ""),
    ("order", r"(?<![\\\w{])([A-Z])\s*([A-Z])(?![\w])", r"\2 \1"),
    ("function", r"\\sin(?![a-z])", r"\\cos "),
    ("function", r"\\cos(?![a-z])", r"\\sin "),
    ("letter", r"(?<![\\\w{])([xyabnp])(?![\w_^'(])", r"{\1}^{2}"),
)
"""What is changed, where it may be, and what stands there then."""


@dataclass(frozen=True, slots=True)
class Place:
    """A relation in a chain that was proved: its text and where its right side stands."""

    document: Document
    macros: Macros
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with an error in the right side that now ends at ``end``."""

    place: Place
    kind: str
    text: str
    end: int


def digest(words: str) -> int:
    return int(hashlib.sha256(words.encode()).hexdigest(), 16)


def judged(steps: tuple[Step, ...]) -> tuple[JudgedStep, ...]:
    return tempered(judge(Derivation("", "", (), (Section("", "", steps),)), numeric=False)).steps


def chains(steps: tuple[JudgedStep, ...], lines: Lines) -> Iterator[list[JudgedStep]]:
    """Runs of steps each of which goes on with the right side of the one before."""
    run: list[JudgedStep] = []
    for step in steps:
        source = step.step.source
        if run and source and not (step.step.formula.startswith(_right(run[-1])) and source.kind == "step"):
            yield run
            run = []
        run.append(step)
    yield run


def _right(step: JudgedStep) -> str:
    """The right side of the last relation, as its place shows it."""
    return (step.step.claims and re.split(r" (?:=|<|>|\\\w+) ", step.step.formula)[-1]) or "\0"


def places(folder: Path, path: Path) -> Iterator[list[Place]]:
    """The chains of a file that were all proved."""
    for document, macros in read_files([str(path)]).documents:
        text, derivation = derivations_of(document, macros)[0]
        if text is not document or document.missing:
            continue
        lines = Lines.of(document.text)
        for run in chains(judged(derivation.sections[0].blocks), lines):
            proved = [one for one in run if one.status == Status.PROVED and one.step.source]
            if len(run) >= FEWEST and len(proved) == len(run):
                yield [_place(one, document, macros, lines, path.relative_to(folder)) for one in proved]


def _place(one: JudgedStep, document: Document, macros: Macros, lines: Lines, name: Path) -> Place:
    source = one.step.source
    assert source is not None
    start = lines.begins[source.line - 1] + source.column - 1
    end = lines.begins[source.end_line - 1] + source.end_column - 1
    shown = document.text[start:end]
    first = max((found.end() for found in re.finditer(r"=|\\leq?(?![a-z])|\\geq?(?![a-z])|<|>", shown)), default=0)
    return Place(document, macros, start + first, end, f"{name}:{source.end_line}")


_SILENT = re.compile(
    r"_\s*\{[A-Za-z,]*\}|\\\\\s*\[[^\]]*\]|\\(?:text|tag|label|mathrm|textrm|operatorname|hspace|vspace)\s*\{[^{}]*\}|%[^\n]*"
)
"""What is no mathematics, or names something."""


def shown(place: Place) -> str:
    """The right side, with blanks for what is not to be changed."""
    return _SILENT.sub(lambda found: " " * len(found[0]), place.document.text[place.start : place.end])


def planted(chain: list[Place]) -> Planted | None:
    """The chain with one change, chosen by hash among all that can be made in its right sides."""
    found = [
        (place, kind, match, new)
        for place in chain
        for kind, pattern, new in CHANGES
        for match in re.finditer(pattern, shown(place))
    ]
    if not found:
        return None
    kinds = sorted({kind for _, kind, _, _ in found})
    kind = kinds[digest(f"kind {chain[0].name} {chain[0].start}") % len(kinds)]
    found = [one for one in found if one[1] == kind]
    place, kind, match, new = found[digest(f"{chain[0].name} {chain[0].start}") % len(found)]
    word = str(int(match[0]) + 1) if new == "NEXT" else match.expand(new)
    at, text = place.start + match.start(), place.document.text
    changed = f"{text[:at]}{word}{text[place.start + match.end() :]}"
    return Planted(place, kind, changed, place.end + len(word) - len(match[0]))


def verdict(one: Planted) -> JudgedStep | None:
    """What is said of the relation with the planted error."""
    document = read_text(one.text, one.place.document.path, Settings(one.place.macros))
    lines = Lines.of(one.text)
    _, derivation = derivations_of(document, one.place.macros)[0]
    for step in derivation.sections[0].blocks:
        source = getattr(step, "source", None)
        if source and lines.begins[source.end_line - 1] + source.end_column - 1 == one.end:
            return judged((replace(step, assumed=False),) if not step.assumed else (step,))[0]
    return None


def said(step: JudgedStep | None) -> str:
    if step is None:
        return "not found"
    if step.status in ALARMS:
        return "refuted"
    return "accepted" if step.status in (Status.PROVED, Status.SUPPORTED) else step.status.value


def main() -> int:
    parser = argparse.ArgumentParser(description="Where planted errors are found.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seconds", type=float, default=3600.0)
    arguments = parser.parse_args()
    begun = time.monotonic()
    paths = [path for path in arguments.folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    counts: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for path in sorted(paths, key=lambda path: digest(path.relative_to(arguments.folder).as_posix())):
        for chain in places(arguments.folder, path):
            one = planted(chain)
            if one is None:
                continue
            step = verdict(one)
            word = said(step)
            counts[word] += 1
            kinds[one.kind, word] += 1
            if arguments.misses and word != "refuted":
                shown = " ".join(step.step.formula.split())[:WIDEST] if step else ""
                print(
                    f"{one.place.name}: {one.kind}: {word}: {shown} | {step.reason[:WIDEST] if step else ''}",
                    flush=True,
                )
            if sum(counts.values()) >= arguments.most:
                break
        if sum(counts.values()) >= arguments.most or time.monotonic() - begun > arguments.seconds:
            break
    total = max(1, sum(counts.values()))
    print(f"\n{total} errors planted, {time.monotonic() - begun:.0f} s")
    for word, count in counts.most_common():
        print(f"{word:10} {count:4}  {100 * count / total:.1f} %")
    for kind in sorted({kind for kind, _ in kinds}):
        row = {word: count for (name, word), count in kinds.items() if name == kind}
        print(f"  {kind:15} {row}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
