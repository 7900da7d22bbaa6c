"""How many formulas of real notes are read without loss: the printed tree is the text of the formula, up to spaces.

python bench/readrate.py FOLDER                 every formula, also those in running text
python bench/readrate.py FOLDER --sample 200    and 200 of those that are read, chosen by hash, with their trees, to be judged by hand
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from derive.notation import Node, Unparsed, parse, show  # noqa: E402
from derive.notation.lexer import tokenize  # noqa: E402
from derive.notes.display import statements  # noqa: E402
from derive.notes.document import Formula  # noqa: E402
from derive.notes.expanding import expanded  # noqa: E402
from derive.notes.files import read_files  # noqa: E402


def sides(folder: Path) -> Iterator[tuple[str, bool, str]]:
    """The corpus, whether the formula stands in a display, and each side of each relation; a formula without one is a side."""
    for document, macros in read_files([str(folder)]).documents:
        corpus = Path(document.path).relative_to(folder).parts[0]
        for placed in expanded(document, macros):
            if isinstance(placed.part, Formula):
                yield from ((corpus, placed.part.display, text) for text in texts(placed.part))


def texts(formula: Formula) -> Iterator[str]:
    found = False
    for statement in statements(formula):
        for link in statement.links:
            found = True
            yield from (side.text for side in ((link.lhs, link.rhs) if link.first else (link.rhs,)))
    if not found and not formula.display:
        yield formula.text.text


def outcome(latex: str) -> str:
    """read, lossy, or why it is not read."""
    try:
        tree = parse(latex)
    except Unparsed as problem:
        return re.sub(r"'[^']*'", "...", problem.reason)
    return "read" if signs(show(tree)) == signs(latex) else "lossy"


def signs(latex: str) -> list[str]:
    """The tokens, without spaces, with what TeX takes for one sign spelled in one way."""
    return [piece for token in tokenize(latex) for piece in re.findall(r"\\[A-Za-z]+|[^\s]", token.text)]


def outline(node: Node) -> str:
    """The tree on one line: what was understood, in brackets."""
    inner = " ".join(outline(child) for child in node.children)
    value = " ".join(filter(None, node.value))
    head = " ".join(filter(None, [node.kind, node.text if node.kind != "group" else "", value]))
    return f"({head} {inner})" if inner else node.text or node.kind


def main() -> int:
    parser = argparse.ArgumentParser(description="How many formulas are read without loss.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    arguments = parser.parse_args()
    found = [(corpus, display, text, outcome(text)) for corpus, display, text in sides(arguments.folder)]
    counts = Counter((corpus, display, said == "read") for corpus, display, _, said in found)
    print(f"{'corpus':44}{'in displays':>16}{'read':>9}{'in text':>12}{'read':>9}")
    for corpus in [*sorted({corpus for corpus, *_ in found}), "all"]:
        line = f"{corpus:44}"
        for display in (True, False):
            read = sum(
                n for (name, shown, ok), n in counts.items() if corpus in (name, "all") and shown == display and ok
            )
            every = sum(n for (name, shown, _), n in counts.items() if corpus in (name, "all") and shown == display)
            line += f"{every:>{16 if display else 12}}{100 * read / max(every, 1):>7.1f} %"
        print(line)
    for reason, count in Counter(said for *_, said in found if said != "read").most_common(12):
        print(f"{count:7}  {reason}")
    read = sorted({text.strip() for *_, text, said in found if said == "read" and len(text.strip()) > 3}, key=digest)
    for number, text in enumerate(read[: arguments.sample], 1):
        print(f"\n{number}. {' '.join(text.split())}\n   {outline(parse(text))}")
    return 0


def digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
