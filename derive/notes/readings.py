"""Other plausible readings of a relation: what fails under one of them only is no mistake of the author.

Letters of which the text says nothing may be meant to be positive; a logarithm may have base 2 or 10; a bar may be the mean of the
family that carries the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Term
from derive.formula.notation import show_name
from derive.kernel.heads import ShapeError, shape_of
from derive.kernel.terms import (
    add,
    has_series,
    mul,
    number,
    subterms,
    symbol,
)
from derive.notes.determined import determined
from derive.notes.means import with_means
from derive.notes.plain_letters import (
    ANGLES,
    LEAST_COUNT,
    TINY,
    acute,
    angles,
    below_one,
    complementary,
    counted,
    filled,
    positive,
    told_angles,
    whole,
    with_imaginary_j,
)
from derive.notes.projected import projected
from derive.notes.weights import weighted


def other_readings(claim: Claim, shown: str) -> Iterator[tuple[str, Claim]]:
    """Words for the reading, and the claim read so; letters whose values are told are read in one way only."""
    known = {d.name: d for d in claim.scope.declarations if d.name in determined(claim)}
    for words, meant in _other_readings(claim, shown):
        letters = tuple(known.get(d.name, d) for d in meant.scope.declarations)
        meant = replace(meant, scope=replace(meant.scope, declarations=letters))
        if meant != claim:
            yield words, meant


def _other_readings(claim: Claim, shown: str) -> Iterator[tuple[str, Claim]]:
    if (meant := with_means(claim)) != claim:
        claim = meant
        yield "with a bar for the mean", claim
    above = positive(claim)
    if above != claim:
        yield "with positive letters", above
    if has_series(claim.lhs, claim.rhs) and (small := below_one(above)) != above:
        yield "with letters between 0 and 1, where the series converges", small
        yield "with small letters, for which the series converges", below_one(above, TINY)
    if (sharp := acute(claim, told_angles(claim))) != claim:
        yield "with acute angles", sharp
        yield "with acute angles", positive(sharp)
    if _OPEN_DERIVATIVE.search(shown) and (meant := _wide_derivatives(claim)) != claim:
        yield "as the derivative of all that follows", meant
    if (full := filled(claim)) != claim:
        yield "without empty sums", full
    if (plain := positive(counted(acute(filled(claim), angles(claim))))) not in (claim, above):
        yield "with positive letters, acute angles and whole numbers", plain
    if (counts := whole(claim)) != claim:
        yield "with whole numbers", counts
    if (meant := with_imaginary_j(claim)) != claim:
        yield "with j the imaginary unit", meant
        yield "with j the imaginary unit", counted(meant)
    if counted(claim) != claim:
        yield f"with whole numbers from {LEAST_COUNT} on", counted(claim)
        yield f"with whole numbers from {LEAST_COUNT} on", positive(counted(claim))
    if (meant := _turned(claim)) != claim:
        yield "with the differentials in the other order", meant
    symmetric = _symmetric(claim)
    if symmetric != claim:
        yield "with symmetric matrices", symmetric
    columns = _columns(claim)
    if columns != claim:
        yield "with small letters for vectors", columns
    if (meant := _row_vectors(claim)) != claim and _fits(meant):
        yield "with row vectors", meant
    if (meant := _rows(claim)) != claim:
        yield "with rows for the members of a matrix", meant
    if (meant := complementary(claim)) != claim:
        yield "with q = 1 - p", meant
    orthogonal = _orthogonal(claim)
    if orthogonal != claim:
        yield "with orthogonal matrices", orthogonal
    for name in sorted(_beside_itself(claim)):
        yield f"with orthonormal columns of {name}", _without_gram(claim, name)
    for name, meant in projected(claim):
        yield f"with a projection {show_name(name)}", meant
    if (meant := _in_degrees(claim)) != claim:
        yield "with angles in degrees", meant
    for name, meant in weighted(claim):
        yield f"with members of {name} that sum to 1", meant
    if "\\log" in shown and any(part.head == "log" for side in (claim.lhs, claim.rhs) for part in subterms(side)):
        for base in (2, 10):
            yield (
                f"with logarithms to base {base}",
                replace(claim, lhs=_to_base(claim.lhs, base), rhs=_to_base(claim.rhs, base)),
            )


_OPEN_DERIVATIVE = re.compile(
    r"\\d?frac\s*\{\s*(?:d|\\mathrm\{d\}|\\partial)\s*\}\s*\{[^{}]*\}\s*(?!\s|\\left|\\bigl?|\\Big|[(\[{])"
)
"""Without brackets behind it."""


def _turned(claim: Claim) -> Claim:
    r"""``\int_0^\infty \int_0^{2\pi} f \, dr \, d\theta``, where r is to run to infinity."""
    return replace(claim, lhs=_with_turned(claim.lhs), rhs=_with_turned(claim.rhs))


def _with_turned(term: Term) -> Term:
    inner = term.args[0] if term.head == "integral" else term
    if term.head == "integral" and inner.head == "integral":
        turned = replace(inner, args=(inner.args[0], term.args[1], *inner.args[2:]))
        return replace(term, args=(turned, inner.args[1], *term.args[2:]))
    return replace(term, args=tuple(map(_with_turned, term.args))) if term.args else term


def _wide_derivatives(claim: Claim) -> Claim:
    r"""``\frac{d}{dx} x^2 + 4 x``: where it ends is not written."""
    return replace(claim, lhs=_wide(claim.lhs), rhs=_wide(claim.rhs))


def _wide(side: Term) -> Term:
    first, *rest = side.args if side.head == "add" else (side,)
    if first.head != "derivative" or not rest:
        return side
    return replace(first, args=(add(first.args[0], *rest), *first.args[1:]))


MOST_RADIANS = 7
"""A numeral beyond a full turn is rather an angle in degrees."""
HALF_TURN = number(Fraction(180))


def _in_degrees(claim: Claim) -> Claim:
    r"""``\cos(30) = \sqrt{3} / 2``."""
    return replace(claim, lhs=_angles_in_degrees(claim.lhs), rhs=_angles_in_degrees(claim.rhs))


def _angles_in_degrees(term: Term) -> Term:
    args = tuple(map(_angles_in_degrees, term.args))
    if term.head in ANGLES and _is_large(args[0]):
        args = (Term("div", (mul(args[0], Term("constant", (), "pi")), HALF_TURN)),)
    return replace(term, args=args) if args else term


def _is_large(angle: Term) -> bool:
    angle = angle.args[0] if angle.head == "neg" else angle
    return angle.head in ("number", "decimal") and abs(Fraction(str(angle.value))) >= MOST_RADIANS


def _symmetric(claim: Claim) -> Claim:
    """Square matrices of which nothing is said are often covariances, precisions, Hessians."""
    return replace(
        claim,
        scope=replace(
            claim.scope,
            declarations=tuple(
                replace(d, properties=("positive_definite",))
                if not d.declared and len(d.shape) == 2 and d.shape[0] == d.shape[1] and not d.properties
                else d
                for d in claim.scope.declarations
            ),
        ),
    )


def _columns(claim: Claim) -> Claim:
    """A small letter of which nothing is said is rather a vector than a matrix, also where it is transposed."""
    letters = tuple(
        replace(d, shape=d.shape[:1])
        if not d.declared and len(d.shape) == 2 and d.name[:1].islower() and len(d.name.partition("_")[0]) == 1
        else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _rows(claim: Claim) -> Claim:
    r"""``\\mathbf{F}_i`` is often the row i of F."""
    letters = tuple(
        replace(d, shape=(1, d.shape[1])) if d.family and not d.declared and len(d.shape) == 2 else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _row_vectors(claim: Claim) -> Claim:
    """Where a point is a row of the data, ``x x^T`` is a number."""
    letters = tuple(
        replace(d, shape=(1, d.shape[0])) if not d.declared and d.shape and d.shape[1:] in ((), (1,)) else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _fits(claim: Claim) -> bool:
    try:
        return shape_of(claim.lhs, claim.scope) == shape_of(claim.rhs, claim.scope)
    except ShapeError:
        return False


def _orthogonal(claim: Claim) -> Claim:
    """Matrices that are transposed or inverted, and of which nothing is said, may come from a decomposition."""
    turned = {
        str(part.args[0].value)
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head in ("transpose", "pow") and part.args[0].head == "symbol"
    }
    letters = claim.scope.declarations
    chosen = [d for d in letters if d.name in turned and not d.declared and len(d.shape) == 2]
    if any(isinstance(size, int) and d.shape[0] != d.shape[1] for d in chosen for size in d.shape):
        return claim
    for d in chosen:
        letters = tuple(_with_size(one, *next(o.shape for o in letters if o.name == d.name)) for one in letters)
    names = {d.name for d in chosen}
    letters = tuple(replace(d, properties=("orthogonal",)) if d.name in names else d for d in letters)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _with_size(letter: Declaration, *sizes: str | int) -> Declaration:
    """With the second size where the first stands."""
    first, second = sizes
    return replace(letter, shape=tuple(second if size == first else size for size in letter.shape))


MOST_TURNED = 4


def _beside_itself(claim: Claim) -> list[str]:
    """Matrices X of which X^T X occurs."""
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "mul"]
    pairs = [pair for part in parts for pair in zip(part.args, part.args[1:], strict=False)]
    names = {
        str(right.value) for left, right in pairs if right.head == "symbol" and left == Term("transpose", (right,))
    }
    silent = {d.name for d in claim.scope.declarations if len(d.shape) == 2 and not d.declared}
    return sorted(names & silent)[:MOST_TURNED]


def _without_gram(claim: Claim, name: str) -> Claim:
    letter = symbol(name)
    pair = (Term("transpose", (letter,)), letter)

    def put(term: Term) -> Term:
        args = tuple(map(put, term.args))
        places = [place for place in range(len(args) - 1) if args[place : place + 2] == pair]
        if term.head == "mul" and places and len(args) > 2:
            left = args[: places[0]] + args[places[0] + 2 :]
            return put(replace(term, args=left)) if len(left) > 1 else left[0]
        return replace(term, args=args) if args else term

    return replace(claim, lhs=put(claim.lhs), rhs=put(claim.rhs))


def _to_base(term: Term, base: int) -> Term:
    if not term.args:
        return term
    term = replace(term, args=tuple(_to_base(arg, base) for arg in term.args))
    return Term("div", (term, Term("log", (number(base),)))) if term.head == "log" else term


__all__ = ["other_readings"]
