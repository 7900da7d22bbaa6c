"""Plant one error in each of many chains of relations that were all proved, and see where it is found.

    python bench/planted.py FOLDER                 up to 300 chains of the notes below FOLDER, chosen by hash
    python bench/planted.py FOLDER --most 60       up to 60
    python bench/planted.py FOLDER --misses        and every error that is not refuted at its relation
    python bench/planted.py FOLDER --keep FILE     results of documents, so that a run can go on later

One right side of the chain is changed at one place: a sign, a numeral, an exponent, an end of a range, a factor or a transpose that
is dropped, two factors exchanged, sin for cos. Which one is chosen by a hash of the place, so that the table is the same in every run.
Labels of braces and other words are left alone. Where the changed relation is accepted, mpmath looks at it at random points: if it
holds there, the change changed nothing (0 (x + 1) for 0 (x - 1)), no error was planted, and it is counted apart; such places are shown
with --misses, since a reader that overlooks a part of a formula would hide among them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from independent import random_opinions  # noqa: E402

from derive.checking import tempered  # noqa: E402
from derive.core import Derivation, Section, Status, Step  # noqa: E402
from derive.judge import judge  # noqa: E402
from derive.notes.document import Document, Lines  # noqa: E402
from derive.notes.files import SUFFIXES, read_files, read_text  # noqa: E402
from derive.notes.macros import Macros  # noqa: E402
from derive.notes.reading import derivations_of  # noqa: E402
from derive.notes.settings import Settings  # noqa: E402
from derive.report import Finding, JudgedStep  # noqa: E402

ALARMS = (Status.REFUTED, Status.CONDITIONAL)
FEWEST = 2
"""Relations of a chain."""
POINTS = 5
"""At which an accepted change is looked at."""
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


def chains(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Runs of steps each of which goes on with the right side of the one before, as far as all of them claim something."""
    run: tuple[Step, ...] = ()
    for step in (*steps, None):
        source = step.source if step else None
        if not (step and run and source and step.formula.startswith(_right(run[-1])) and source.kind == "step"):
            if len(run) >= FEWEST and all(one.claims and one.source and not one.assumed for one in run):
                yield run
            run = ()
        run = (*run, step) if step else run


def _right(step: Step) -> str:
    """The right side of the last relation, as its place shows it."""
    return (step.claims and re.split(r" (?:=|<|>|\\\w+) ", step.formula)[-1]) or "\0"


def places(folder: Path, path: Path) -> Iterator[list[Place]]:
    """The chains of a file that were all proved."""
    for document, macros in read_files([str(path)]).documents:
        text, derivation = derivations_of(document, macros)[0]
        if text is not document or document.missing:
            continue
        lines = Lines.of(document.text)
        steps = tuple(one for one in derivation.sections[0].blocks if isinstance(one, Step))
        for run in chains(steps):
            if all(one.status == Status.PROVED for one in judged(run)):
                yield [_place(one, document, macros, lines, path.relative_to(folder)) for one in run]


def _place(one: Step, document: Document, macros: Macros, lines: Lines, name: Path) -> Place:
    source = one.source
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
_BRACES, _LABEL = re.compile(r"\\(?:under|over)brace\s*\{"), re.compile(r"\s*[_^]\s*\{")


def shown(place: Place) -> str:
    """The right side, with blanks for what is not to be changed."""
    text = _SILENT.sub(lambda found: " " * len(found[0]), place.document.text[place.start : place.end])
    for brace in _BRACES.finditer(text):
        label = _group_end(text, text.find("{", brace.end() - 1))
        if sign := _LABEL.match(text, label):
            end = _group_end(text, sign.end() - 1)
            text = text[: sign.start()] + " " * (end - sign.start()) + text[end:]
    return text


def _group_end(text: str, start: int) -> int:
    """Behind the brace that closes the one at ``start``."""
    depth = 0
    for place in range(max(0, start), len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return len(text)


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
    if step.status not in (Status.PROVED, Status.SUPPORTED):
        return str(step.status.value)
    return "equivalent" if all(map(_holds, step.findings)) else "accepted"


def _holds(finding: Finding) -> bool:
    """At random points, by arithmetic that shares nothing with the kernel."""
    with suppress(Exception):
        opinions = [one.outcome for one in random_opinions(finding.claim, POINTS)]
        closed = not finding.claim.scope.declarations
        return len(opinions) >= (1 if closed else POINTS) and set(opinions) == {"holds"}
    return False


Outcome = tuple[str, str, str, str]
"""The kind of change, what became of it, its place, and what was said."""


def outcomes(folder: Path, path: Path) -> Iterator[Outcome]:
    """One for each chain of the file that was proved."""
    for chain in places(folder, path):
        if one := planted(chain):
            step = verdict(one)
            formula = " ".join(step.step.formula.split())[:WIDEST] if step else ""
            yield one.kind, said(step), one.place.name, f"{formula} | {step.reason[:WIDEST] if step else ''}"


def kept(file: Path | None) -> dict[str, list[Outcome]]:
    """What earlier runs found, by document."""
    if file is None or not file.exists():
        return {}
    entries = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {name: [(a, b, c, d) for a, b, c, d in found] for name, found in entries}


def collected(folder: Path, most: int, seconds: float, file: Path | None) -> list[Outcome]:
    """Document by document in the order of their hashes, until enough errors were planted."""
    begun, known, found = time.monotonic(), kept(file), list[Outcome]()
    paths = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]
    for path in sorted(paths, key=lambda path: digest(path.relative_to(folder).as_posix())):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            if time.monotonic() - begun > seconds:
                break
            known[name] = list(outcomes(folder, path))
            if file is not None:
                with file.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps([name, known[name]]) + "\n")
        found += known[name]
        if sum(word != "equivalent" for _, word, _, _ in found) >= most:
            break
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Where planted errors are found.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--keep", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found = collected(arguments.folder, arguments.most, arguments.seconds, arguments.keep)
    errors = [one for one in found if one[1] != "equivalent"]
    for kind, word, name, words in found if arguments.misses else ():
        if word != "refuted":
            print(f"{name}: {kind}: {word}: {words}")
    total = max(1, len(errors))
    print(f"\n{len(errors)} errors planted; {len(found) - len(errors)} changes changed nothing")
    for word, count in Counter(word for _, word, _, _ in errors).most_common():
        print(f"{word:10} {count:4}  {100 * count / total:.1f} %")
    for kind in sorted({kind for kind, *_ in errors}):
        print(f"  {kind:15} {dict(Counter(word for name, word, *_ in errors if name == kind))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
