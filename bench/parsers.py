"""Reading formulas: our parser beside SymPy's (ANTLR) and latex2sympy2_extended, on the sides of relations in a folder of notes.

    python bench/parsers.py FOLDER                 300 sides, chosen by hash
    python bench/parsers.py FOLDER --sample 2000

*read*: without an error; of ours, without an opaque node and loss-free: printed again it is the source up to spaces.
*agrees*, *differs*: the value at a random point against that of our term, where there is a term of numbers.
*misread*: a command became a letter (``\\mathbf{x}`` a product of mathbf and x), a transpose a power, or letters are gone.
*open*: nothing of this, and no term of numbers to compare with. A parser is right at most where it agrees or is open.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import sympy  # noqa: E402
from readrate import signs  # noqa: E402

from derive.formula.claims import read_claims  # noqa: E402
from derive.notation import parse, show  # noqa: E402
from derive.notes.display import statements  # noqa: E402
from derive.notes.document import Formula  # noqa: E402
from derive.notes.expanding import expanded  # noqa: E402
from derive.notes.files import read_files  # noqa: E402
from derive.notes.lowering import Lowering  # noqa: E402
from derive.notes.roles import Roles  # noqa: E402
from derive.sympy_bridge import to_sympy  # noqa: E402

PATIENCE = 2.0
Read = Callable[[str], Any]


@dataclass(slots=True)
class Score:
    """Of one parser."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--sample", type=int, default=300)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    chosen = sorted(set(sides(options.folder)), key=lambda side: sha256(side.encode()).digest())[: options.sample]
    terms = {side: our_term(side) for side in chosen}
    scores = {name: score(read, chosen, terms, ours=name == "derive") for name, read in readers().items()}
    print(f"{len(chosen)} sides; {sum(term is not None for term in terms.values())} have a term of numbers\n")
    print(
        "| parser | read | agrees | differs | misread | open | right at most | median ms | times as slow |\n|---|"
        + "---:|" * 8
    )
    fastest = median(scores["derive"].seconds)
    for name, found in scores.items():
        print(row(name, found, len(chosen), fastest))


def row(name: str, found: Score, total: int, fastest: float) -> str:
    c, middle = found.counts, median(found.seconds)
    cells = [c["read"], c["agrees"], c["differs"], c["misread"], c["open"]]
    share = 100 * (c["agrees"] + c["open"]) / total
    return f"| {name} | {' | '.join(map(str, cells))} | {share:.0f} % | {1000 * middle:.3f} | {middle / fastest:.0f} |"


def sides(folder: str) -> Iterator[str]:
    """Every side of every relation set apart, as its author wrote it."""
    for document, macros in read_files([folder]).documents:
        for placed in expanded(document, macros):
            part = placed.part
            if isinstance(part, Formula) and part.display and not part.unread:
                for statement in statements(part):
                    for link in statement.links:
                        yield from (side.text.strip() for side in (link.lhs, link.rhs))


def readers() -> dict[str, Read]:
    found: dict[str, Read] = {"derive": parse}
    with suppress(ImportError):
        from sympy.parsing.latex import parse_latex

        parse_latex("x")
        found["SymPy, ANTLR"] = parse_latex
    with suppress(ImportError):
        from latex2sympy2_extended import latex2sympy

        found["latex2sympy2_extended"] = latex2sympy
    return found


def loses(side: str, tree: Any) -> bool:
    """Printing the tree does not give the signs of the source back."""
    return signs(show(tree)) != signs(side)


def score(read: Read, chosen: list[str], terms: dict[str, Any], *, ours: bool) -> Score:
    found = Score()
    for side in chosen:
        start = time.perf_counter()
        try:
            with patience(PATIENCE):
                expression = read(side)
        except Exception:  # a peer may raise anything
            found.seconds.append(time.perf_counter() - start)
            found.counts["refused"] += 1
            continue
        found.seconds.append(time.perf_counter() - start)
        if ours and loses(side, expression):
            found.counts["refused"] += 1
            continue
        wrong = not ours and misread(side, expression)
        found.counts.update(
            ("read", "misread" if wrong else compared(terms[side] if ours else expression, terms[side]))
        )
    return found


def our_term(side: str) -> Any:
    """Our reading as an expression of numbers; None where it is none."""
    try:
        with patience(PATIENCE):
            lowered = Lowering(Roles.of([parse(side)]))(parse(side))
        claim = read_claims(f"{lowered} = 0")[0]
        return (
            None
            if any(d.shape or d.family or d.function for d in claim.scope.declarations)
            else to_sympy(claim.lhs, claim.scope)
        )
    except Exception:  # beyond us, or beyond SymPy
        return None


COMMANDS = frozenset(
    [
        "mathbb",
        "mathbf",
        "mathrm",
        "mathcal",
        "mathsf",
        "mathit",
        "boldsymbol",
        "bm",
        "operatorname",
        "text",
        "textbf",
        "hat",
        "bar",
        "tilde",
        "vec",
        "dot",
        "top",
        "mid",
        "big",
        "Big",
        "bigg",
        "left",
        "right",
        "quad",
        "qquad",
        "cdots",
        "ldots",
        "dots",
        "dotsc",
        "nabla",
        "partial",
        "Vert",
        "vert",
        "lVert",
        "rVert",
        "langle",
        "rangle",
        "prime",
    ]
)
_LETTERS = re.compile(r"\\(?:text|operatorname|mathrm)\s*\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z]")
SILENT = frozenset("eidT")
"""Letters that may become Euler's number, the imaginary unit, a differential or a transpose."""


def misread(side: str, expression: Any) -> bool:
    """Whether the expression is certainly not what the side says."""
    if not isinstance(expression, sympy.Basic):
        return False
    names = {re.sub(r"[\\{}\s]", "", symbol.name) for symbol in expression.atoms(sympy.Symbol)}
    transposed = any(str(power.exp) in ("T", "top") for power in expression.atoms(sympy.Pow))
    shown = str(expression)
    gone = any(one not in shown for one in _LETTERS.findall(side) if len(one) == 1 and one not in SILENT)
    return transposed or gone or not COMMANDS.isdisjoint(names)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """TimeoutError after so long: peers evaluate what they read, and may never come back."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def compared(theirs: Any, ours: Any) -> str:
    """At one random point, letters being the same where their names are the same up to braces and backslashes."""
    if ours is None or not isinstance(ours, sympy.Expr):
        return "open"
    try:
        with patience(PATIENCE):
            mine, other = (_value(expression) for expression in (ours, theirs))
    except Exception:  # what has no value is not compared
        return "open" if isinstance(theirs, sympy.Expr) else "differs"
    if mine is None or mine != mine:
        return "open"
    return "agrees" if other is not None and abs(mine - other) <= 1e-9 * (1 + abs(mine)) else "differs"


def _value(expression: Any) -> complex | None:
    point = {symbol: _number(re.sub(r"[\\{}\s]", "", symbol.name)) for symbol in expression.free_symbols}
    value = expression.doit().subs(point).evalf()
    return complex(value) if value.is_number else None


def _number(name: str) -> sympy.Rational:
    return sympy.Rational(random.Random(name).randint(101, 199), 100)


if __name__ == "__main__":
    main()
