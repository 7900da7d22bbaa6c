"""Mutated notes: documents of a folder with bytes changed, doubled, cut and exchanged are checked, and nothing breaks.

    python bench/fuzz.py FOLDER [COUNT] [SEED]

Prints how many were read, refused with one clear line, and broke; and the longest time of computing for one document.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from derive.core import InputError
from derive.notes.document import Document
from derive.notes.files import SUFFIXES, read_text
from derive.notes.includes import decoded
from derive.notes.reading import derivations_of
from derive.notes.settings import Settings

LONGEST = 20_000
"""Bytes of a document that are taken."""
HOSTILE = (
    b"$", b"$$", b"\\[", b"\\]", b"{", b"}", b"\\", b"&", b"\\\\", b"\\begin{align}", b"\\end{align}", b"\\implies ", b"\\iff ",
    b"\\text{ or }", b"\\pm", b"^", b"_", b"(", b")", b"|", b"\\left(", b"\\right)", b"%", b"<!-- derive: ", b"-->", b"\\newcommand{\\a}",
    b"\\def\\a#1", b"\\label{a}", b"\\eqref{a}", b"\\input{x}", b"\0", b"\xff", b"\xc3\xa9", b"\n\n", b"`", b"---\n", b"~", b"'", b"=",
)  # fmt: skip


def mutated(content: bytes, random: Random) -> bytes:
    """The bytes after one to eight small accidents."""
    for _ in range(random.randint(1, 8)):
        start = random.randrange(len(content) + 1)
        end = min(len(content), start + random.choice((1, 1, 2, 5, 20, 200)))
        match random.randrange(5):
            case 0:
                content = content[:start] + content[end:]
            case 1:
                content = content[:start] + content[start:end] * random.choice((2, 3, 50)) + content[end:]
            case 2:
                content = content[:start] + random.choice(HOSTILE) * random.choice((1, 1, 2, 40)) + content[start:]
            case 3:
                content = content[:start] + bytes([random.randrange(256)]) + content[start + 1 :]
            case _:
                other = random.randrange(len(content) + 1)
                content = content[:start] + content[other : other + 50] + content[end:]
    return content


def samples(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, bytes]]:
    """Pieces of the documents below the folder, mutated; the same for the same seed."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    random = Random(seed)
    for _ in range(count if paths else 0):
        path = random.choice(paths)
        content = path.read_bytes()
        start = random.randrange(max(1, len(content) - LONGEST)) if path.suffix != ".ipynb" else 0
        yield path, mutated(content[start : start + LONGEST] if path.suffix != ".ipynb" else content, random)


def outcome(name: str, content: bytes, judged: bool) -> str:
    """read, or refused; everything else is raised."""
    try:
        document = read_text(decoded(content, name), name, Settings())
        derivations_of(document)
        if judged:
            _judge(document)
    except InputError as problem:
        if "\n" in str(problem):
            raise ValueError(f"more than one line: {problem}") from None
        return "refused"
    return "read"


def _judge(document: Document) -> None:
    from derive.checking import check_document

    check_document(document)


def main(folder: str, count: str = "300", seed: str = "0", judged: str = "") -> int:
    counts, longest, broken = Counter[str](), (0.0, ""), 0
    for number, (path, content) in enumerate(samples(Path(folder), int(count), int(seed))):
        begin = time.process_time()
        try:
            counts[outcome(path.name, content, bool(judged))] += 1
        except Exception:
            broken += 1
            print(f"{path}, number {number}:\n{traceback.format_exc()}")
        longest = max(longest, (time.process_time() - begin, f"{path.name}, number {number}"))
    print(
        f"{sum(counts.values()) + broken} documents: {counts['read']} read, {counts['refused']} refused, {broken} broke"
    )
    print(f"longest: {longest[0]:.2f} s ({longest[1]})")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
