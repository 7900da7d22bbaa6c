"""One-symbol mutants of displayed formulas, made in the LaTeX text: what a slip of the pen would do.

``mutants`` is deterministic. Nothing here knows what is true; ``judged`` asks the reader, the checkers and the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from derive.checkers import search
from derive.checkers.sampling import sample
from derive.core import Claim, Declaration, Hints, NumpyCheck, Point, Scope, Status, Step, Term
from derive.floats import check
from derive.formula import Unread, read_chain
from derive.kernel import NotAdmitted, admit
from derive.kernel.balls import BallMatrix, Undefined, approximates, evaluate, holds
from derive.kernel.points import grounded
from derive.kernel.terms import INFINITY, ONE, ZERO, number, substitute

TRUE_MUTANTS = Path(__file__).with_name("true_mutants")
CAP = 12
"""Mutants of one formula that are judged unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed formula and what was changed in it."""

    formula: str
    change: str


# ------------------------------------------------------------------------------------------------------------- pieces

_PIECE = re.compile(
    r"\\(?:operatorname|mathrm|begin|end)\{[A-Za-z]+\}|\\(?:left|right)\s*(?:\\[A-Za-z]+|.)"
    r"|\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|[^\s]"
)
_OPEN = {"(": ")", "[": "]", "{": "}", "\\lvert": "\\rvert", "\\lVert": "\\rVert", "\\begin{pmatrix}": "\\end{pmatrix}"}
_OPEN |= {
    f"\\left{a}": f"\\right{b}" for a, b in (("(", ")"), ("[", "]"), ("\\lvert", "\\rvert"), ("\\lVert", "\\rVert"))
}
_CLOSE = frozenset(_OPEN.values())
_ARGUMENTS = {"\\frac": 2, "\\binom": 2, "\\sqrt": 1}
_FUNCTIONS = frozenset(
    [
        *("\\ln", "\\exp", "\\tanh", "\\det", "\\sin", "\\cos", "\\Pr"),
        *("\\operatorname{E}", "\\operatorname{Var}", "\\operatorname{diag}", "\\rho", "\\kappa"),
    ]
)
_NO_FACTOR = frozenset(
    [
        "\\sum",
        "\\prod",
        "\\lim",
        "\\to",
        "\\dots",
        "\\cdot",
        "\\top",
        "\\star",
        "\\le",
        "\\ge",
        "\\ne",
        "\\approx",
        "\\\\",
    ]
)
RELATIONS = frozenset(["=", "<", ">", "\\le", "\\ge", "\\ne", "\\approx"])
_REVERSED = {
    "<": ((">", "reversed"), ("\\ge", "negated")),
    ">": (("<", "reversed"), ("\\le", "negated")),
    "\\le": (("\\ge", "reversed"), ("<", "made strict")),
    "\\ge": (("\\le", "reversed"), (">", "made strict")),
    "=": (("\\ne", "negated"),),
    "\\ne": (("=", "negated"),),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A formula cut into pieces with their places."""

    latex: str
    pieces: tuple[str, ...]
    starts: tuple[int, ...]

    def end(self, i: int) -> int:
        """Where piece ``i - 1`` ends."""
        return self.starts[i - 1] + len(self.pieces[i - 1])

    def slice(self, i: int, j: int) -> str:
        """The text of the pieces i, ..., j - 1."""
        return self.latex[self.starts[i] : self.end(j)]

    def replaced(self, i: int, j: int, new: str) -> str:
        """The formula with the pieces i, ..., j - 1 replaced (inserted before i where j = i)."""
        stop = self.end(j) if j > i else self.starts[i]
        return f"{self.latex[: self.starts[i]]} {new} {self.latex[stop:]}"


def cut(latex: str) -> Text:
    found = list(_PIECE.finditer(latex))
    return Text(latex, tuple(m.group() for m in found), tuple(m.start() for m in found))


def _closing(text: Text, i: int) -> int | None:
    """The place after the bracket that closes the one at ``i``."""
    depth = 0
    for j in range(i, len(text.pieces)):
        depth += (text.pieces[j] in _OPEN) - (text.pieces[j] in _CLOSE)
        if depth == 0:
            return j + 1
    return None


def _argument(text: Text, i: int) -> int | None:
    """The place after the argument at ``i``: a group in braces or one piece."""
    if i >= len(text.pieces):
        return None
    return _closing(text, i) if text.pieces[i] == "{" else i + 1


def _atom(text: Text, i: int) -> int | None:
    """The place after the factor without scripts that starts at ``i``; None if none does."""
    if i >= len(text.pieces):
        return None
    piece = text.pieces[i]
    if piece in _OPEN and piece != "{":
        return _closing(text, i)
    if piece in _ARGUMENTS:
        j: int | None = i + 1
        for _ in range(_ARGUMENTS[piece]):
            j = _argument(text, j) if j is not None else None
        return j
    if piece in _FUNCTIONS and i + 1 < len(text.pieces):
        return _factor(text, i + 1)
    known = piece in _NO_FACTOR or piece in _CLOSE or piece in RELATIONS
    return None if known or not (piece[0].isalnum() or piece[0] == "\\") else i + 1


def _factor(text: Text, i: int) -> int | None:
    """The place after the factor that starts at ``i``, with its subscripts and exponents."""
    j = _atom(text, i)
    while j is not None and j < len(text.pieces) and text.pieces[j] in "_^":
        j = _argument(text, j + 1)
    return j


# ----------------------------------------------------------------------------------------------------------- mutators


def _signs(text: Text) -> Iterator[Mutant]:
    """Plus and minus exchanged; a leading minus dropped; one put before a side, an exponent or an entry."""
    for i, piece in enumerate(text.pieces):
        leading = i == 0 or text.pieces[i - 1] in (*_OPEN, *RELATIONS, "&", "\\\\", ",", "\\to")
        if piece == "+" or (piece == "-" and not leading):
            yield Mutant(text.replaced(i, i + 1, "-" if piece == "+" else "+"), f"'{piece}' turned at {i}")
        elif piece == "-":
            yield Mutant(text.replaced(i, i + 1, ""), f"leading minus dropped at {i}")
        elif leading and piece not in _CLOSE and _minus_fits(text, i):
            yield Mutant(text.replaced(i, i, "-"), f"minus put in at {i}")


def _minus_fits(text: Text, i: int) -> bool:
    """Before a side, an exponent or an entry, if it is not 0."""
    if text.pieces[i] == "0":
        return False
    before = text.pieces[i - 1] if i else "="
    return before in (*RELATIONS, "&", "\\\\", "\\begin{pmatrix}") or (before == "{" and text.pieces[i - 2] == "^")


def _scripts(text: Text) -> Iterator[Mutant]:
    """An exponent, index or bound changed by one."""
    for i, piece in enumerate(text.pieces):
        if piece not in ("^", "_") or text.pieces[i + 1] in ("\\top", "\\star"):
            continue
        if piece == "_" and (text.pieces[i - 1] in ("\\rVert", "\\right\\rVert", "\\lim")):
            continue
        j = _argument(text, i + 1)
        assert j is not None
        braced = text.pieces[i + 1] == "{"
        inner = text.slice(i + 2, j - 1) if braced else text.slice(i + 1, j)
        if piece == "^" or "=" not in inner:
            for changed in _off_by_one(inner):
                yield Mutant(text.replaced(i, j, f"{piece}{{{changed}}}"), f"'{piece}{{{inner}}}' by one at {i}")


def _off_by_one(inner: str) -> Iterator[str]:
    if inner.isdigit():
        yield str(int(inner) + 1)
    elif "," not in inner:
        yield f"{inner} + 1"


def _numerals(text: Text) -> Iterator[Mutant]:
    """The last digit changed by one."""
    for i, piece in enumerate(text.pieces):
        norm = i > 1 and text.pieces[i - 1] == "_" and text.pieces[i - 2].endswith("rVert")
        if piece[0].isdigit() and not norm:
            digit = int(piece[-1])
            new = piece[:-1] + str(digit + 1 if digit < 9 else digit - 1)
            yield Mutant(text.replaced(i, i + 1, new), f"'{piece}' became '{new}' at {i}")


def _letters(text: Text, scope: Scope) -> Iterator[Mutant]:
    """A letter replaced by another declared one of its kind."""
    kinds = {d.name: _kind(d) for d in scope.declarations}
    for i, piece in enumerate(text.pieces):
        name = piece.lstrip("\\")
        for other in sorted(kinds):
            if name in kinds and other != name and kinds[other] == kinds[name] and "_" not in other:
                shown = other if len(other) == 1 else f"\\{other}"
                yield Mutant(text.replaced(i, i + 1, shown), f"'{piece}' became '{shown}' at {i}")


def _kind(declaration: Declaration) -> tuple[object, ...]:
    return len(declaration.shape), declaration.family, declaration.function, declaration.law is None


def _factors(text: Text, scope: Scope) -> Iterator[Mutant]:
    """A factor dropped or doubled; two neighbouring matrix factors swapped."""
    runs = {i: j for i in range(len(text.pieces)) if not _in_script(text, i) and (j := _factor(text, i)) is not None}
    ends = set(runs.values())
    for i, j in runs.items():
        this = text.slice(i, j)
        if j in runs or (i in ends and _follows(text, i)):
            yield Mutant(text.replaced(i, j, ""), f"factor '{this}' dropped at {i}")
            yield Mutant(text.replaced(i, j, f"{this} {this}"), f"factor '{this}' doubled at {i}")
        if j in runs and _matrix_like(this, scope) and _matrix_like(text.slice(j, runs[j]), scope):
            swapped = f"{text.slice(j, runs[j])} {this}"
            yield Mutant(text.replaced(i, runs[j], swapped), f"factors '{this}' and '{text.slice(j, runs[j])}' swapped")


def _follows(text: Text, i: int) -> bool:
    return text.pieces[i - 1] not in ("_", "^") and text.pieces[i - 1] not in _FUNCTIONS


def _in_script(text: Text, i: int) -> bool:
    """Directly after ``_`` or ``^``, or the argument of a function."""
    return i > 0 and (text.pieces[i - 1] in ("_", "^") or text.pieces[i - 1] in _FUNCTIONS)


def _matrix_like(part: str, scope: Scope) -> bool:
    shaped = {d.name for d in scope.declarations if d.shape}
    pieces = cut(part).pieces
    return "\\begin{pmatrix}" in pieces or any(piece.lstrip("\\") in shaped for piece in pieces)


def _transposes(text: Text, scope: Scope) -> Iterator[Mutant]:
    """A transpose dropped, or put on a matrix or vector letter."""
    shaped = {d.name for d in scope.declarations if d.shape}
    for i, piece in enumerate(text.pieces):
        if piece == "\\top":
            yield Mutant(text.replaced(i - 1, i + 1, ""), f"transpose dropped at {i}")
        elif piece.lstrip("\\") in shaped:
            j = _factor(text, i)
            assert j is not None
            if "^" not in text.pieces[i:j]:
                yield Mutant(text.replaced(j - 1, j, text.slice(j - 1, j) + r"^\top"), f"'{piece}' transposed at {i}")
            elif "\\top" not in text.pieces[i:j]:
                yield Mutant(
                    text.replaced(i, j, f"({text.slice(i, j)})^\\top"), f"'{text.slice(i, j)}' transposed at {i}"
                )


def _relations(text: Text) -> Iterator[Mutant]:
    for i, piece in enumerate(text.pieces):
        inside_bound = any(
            text.pieces[k] == "{" and text.pieces[k - 1] == "_" and (_closing(text, k) or 0) > i for k in range(i)
        )
        if not inside_bound:
            for new, what in _REVERSED.get(piece, ()):
                yield Mutant(text.replaced(i, i + 1, new), f"'{piece}' {what} at {i}")


_WORDS = {
    "\\rho": "\\kappa",
    "\\kappa": "\\rho",
    "\\sum": "\\prod",
    "\\prod": "\\sum",
    "\\ln": "\\exp",
    "\\exp": "\\ln",
    "\\tanh": "\\sinh",
    "\\det": "\\operatorname{tr}",
    "\\operatorname{E}": "\\operatorname{Var}",
    "\\operatorname{Var}": "\\operatorname{E}",
    "\\infty": "0",
}


def _words(text: Text) -> Iterator[Mutant]:
    """A function or binder replaced by its neighbour."""
    for i, piece in enumerate(text.pieces):
        if piece in _WORDS:
            yield Mutant(text.replaced(i, i + 1, _WORDS[piece]), f"'{piece}' became '{_WORDS[piece]}' at {i}")


def _parentheses(text: Text) -> Iterator[Mutant]:
    """Parentheses forgotten."""
    for i, piece in enumerate(text.pieces):
        if piece in ("(", "\\left(") and (i == 0 or text.pieces[i - 1] not in _FUNCTIONS):
            j = _closing(text, i)
            if j is not None:
                yield Mutant(text.replaced(i, j, text.slice(i + 1, j - 1)), f"parentheses dropped at {i}")


def mutants(formula: str, scope: Scope, cap: int | None = CAP) -> list[Mutant]:
    """The different one-symbol mutants; with ``cap`` that many of them, chosen by their SHA-256."""
    text = cut(formula)
    every = [
        *_signs(text),
        *_scripts(text),
        *_numerals(text),
        *_letters(text, scope),
        *_factors(text, scope),
        *_transposes(text, scope),
        *_relations(text),
        *_words(text),
        *_parentheses(text),
    ]
    unique = {plain(mutant.formula): Mutant(plain(mutant.formula), mutant.change) for mutant in reversed(every)}
    unique.pop(plain(formula), None)
    chosen = sorted(unique.values(), key=lambda mutant: rank(mutant.formula))
    return chosen if cap is None else chosen[:cap]


def plain(latex: str) -> str:
    """The formula with single spaces, none inside braces, as the list of true mutants writes it."""
    return re.sub(r"(?<=\{) | (?=[}^_])", "", re.sub(r"\s+", " ", latex)).strip()


def rank(text: str) -> str:
    return sha256(text.encode()).hexdigest()


# ------------------------------------------------------------------------------------------------------------ judging


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mutant: ``unread``, ``same`` (it reads as the original), ``refuted``, ``undecided``,
    ``survived`` or ``crashed`` (a fault of ours, as is every doubt). ``doubts``: an independent check that speaks against a survivor; then the kernel is unsound."""

    mutant: Mutant
    outcome: str
    doubts: tuple[str, ...] = ()

    @property
    def killed(self) -> bool:
        return self.outcome in ("unread", "refuted", "undecided")

    @property
    def lives(self) -> bool:
        """Held true, or a crash: to be looked at."""
        return self.outcome in ("survived", "crashed")


def mutable(step: Step) -> bool:
    """Assumed steps and deliberately false quotations do not count."""
    return not step.assumed and step.stance != "quotes"


def judged(step: Step, mutant: Mutant) -> Judged:
    """Read the mutant in the step's own scope and judge it with the step's own hints."""
    scope = step.claims[0].scope
    try:
        relations = read_chain(mutant.formula, scope)
    except Unread:
        return Judged(mutant, "unread")
    claims = [Claim(r.lhs, r.relation, r.rhs, scope) for r in relations]
    changed = [claim for claim in claims if claim not in step.claims]
    if not changed:
        return Judged(mutant, "same")
    for claim in changed:
        try:
            status = status_of(claim, step.hints)
        except Exception as error:  # a fault of ours, to be reported and not to end the run
            return Judged(mutant, "crashed", (f"{type(error).__name__}: {error}",))
        if status not in (Status.PROVED, Status.SUPPORTED):
            return Judged(mutant, "refuted" if status == Status.REFUTED else "undecided")
    return Judged(mutant, "survived", tuple(doubt for claim in changed for doubt in doubts(claim, step.hints)))


def status_of(claim: Claim, hints: Hints) -> Status:
    """The verdict of the kernel on the best evidence that the checkers find."""
    found = search(claim, hints)
    for evidence in (found.proof, found.refutation, found.support):
        if evidence is not None:
            try:
                return admit(claim, evidence, found.witness).status
            except NotAdmitted:
                continue
    return Status.UNDECIDED


def doubts(claim: Claim, hints: Hints) -> Iterator[str]:
    """Independent checks of a claim that the kernel holds true: NumPy at 64 points, exact evaluation at 64 points of
    another seed, the body of a limit far out, the refuter."""
    numeric = check(claim, seed=11, points=64)
    if isinstance(numeric, NumpyCheck) and not numeric.ok:
        yield f"NumPy: error {numeric.max_error:.3g} beyond {numeric.bound:.3g}"
    if any(_fails(claim, point) for point in sample(claim.scope, 64, seed=12)):
        yield "an exact point at which it fails"
    at_infinity = claim.lhs.head == "limit" and claim.lhs.args[2] == INFINITY
    if at_infinity and any(_stays_away(claim, point) for point in sample(claim.scope, 8, seed=13)):
        yield "the body does not come closer between 1000 and 100000"
    if search(claim, hints, audit=True).refutation is not None:
        yield "refuted as well"


def _fails(claim: Claim, point: Point) -> bool:
    try:
        relation, env = grounded(claim, point)
        if claim.relation == "~~":
            return approximates(relation.lhs, relation.rhs, env) is False
        return claim.relation != "~" and holds(relation, env, 128) is False
    except (NotAdmitted, Undefined):
        return False


def _stays_away(claim: Claim, point: Point) -> bool:
    """The body of a claimed limit at infinity, at 1000 and at 100 000: is it far from the value and no nearer later on?"""
    body, letter, _ = claim.lhs.args
    distances = []
    for large in (1000, 100_000):
        there = Claim(substitute(body, str(letter.value), number(large)), "=", claim.rhs, claim.scope)
        if claim.rhs == INFINITY:
            there = Claim(Term("div", (ONE, there.lhs)), "=", ZERO, claim.scope)
        try:
            relation, env = grounded(there, point)
            left, right = (evaluate(side, env, 256) for side in (relation.lhs, relation.rhs))
        except (NotAdmitted, Undefined, ZeroDivisionError):
            return False
        if isinstance(left, BallMatrix) or isinstance(right, BallMatrix):
            return False
        distances.append(float(abs(left - right).mid()))
    return distances[1] > 1e-3 and distances[1] > 0.9 * distances[0]


# ------------------------------------------------------------------------------------------------- known true mutants


def true_mutants(topic: str) -> dict[tuple[str, str], str]:
    """(formula, mutant) to the reason why the mutant is true, from the committed list of a topic."""
    listed: dict[tuple[str, str], str] = {}
    formula = ""
    file = TRUE_MUTANTS / f"{topic.replace('-', '_')}.txt"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        if line.startswith("  "):
            mutant, _, reason = line.strip().partition("  % ")
            listed[formula, mutant.strip()] = reason.strip()
        elif line and not line.startswith("%"):
            formula = line.strip()
    return listed
