"""Inequalities between squared norms: try differences and sums of what stands in the norms as the one square that is left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from derive.core import Claim, Evidence, Hints, SquaredNorms, Term
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import ShapeError, shape_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import add, mul, number, power, rational_value, sub, subterms

NORMS = ("norm", "frobenius")
MOST = 4


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only inequalities with a squared norm in them."""
    if claim.relation not in ("<", "<=", ">", ">="):
        return
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    if not any(part.head in (*NORMS, "transpose", "inner") for part in parts):
        return
    facts = facts_of(claim.scope)
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    pairs = _pairs(high, low, claim)
    if pairs:
        yield SquaredNorms(pairs)
    if high.head in NORMS and low.head in NORMS:
        high, low = power(high, number(2)), power(low, number(2))
    for candidate in _candidates(parts, claim):
        scale = _scale(sub(high, low), candidate, claim, facts)
        if scale is not None and scale > 0:
            yield SquaredNorms(((number(scale), candidate),))


def _pairs(high: Term, low: Term, claim: Claim) -> tuple[tuple[Term, Term], ...]:
    """Of sum c |a|^2 against sum c |b|^2 the squares c |a - b|^2: what is left beside a minimiser."""
    left, right = _weighted(high), _weighted(low)
    if len(left) != len(right) or [c for c, _ in left] != [c for c, _ in right]:
        return ()
    found = tuple((c, sub(a, b)) for (c, a), (_, b) in zip(left, right, strict=True) if a != b)
    return found if all(_shaped(x, claim) for _, x in found) else ()


def _weighted(term: Term) -> list[tuple[Term, Term]]:
    """(coefficient, x) of each ``c |x|^2``; empty if something else is among the summands."""
    found = []
    for part in term.args if term.head == "add" else (term,):
        *factors, square = part.args if part.head == "mul" else (part,)
        if square.head != "pow" or square.args[0].head not in NORMS or rational_value(square.args[1]) != 2:
            return []
        found.append((mul(*factors) if factors else number(1), square.args[0].args[0]))
    return found


def _candidates(parts: list[Term], claim: Claim) -> Iterator[Term]:
    """Differences and sums of two arguments of norms of one shape, or of two vectors."""
    inside = list(dict.fromkeys(part.args[0] for part in parts if part.head in NORMS))[:MOST]
    letters = [part for part in dict.fromkeys(parts) if part.head == "symbol"]
    for group in (inside, letters):
        for u, v in combinations(group, 2):
            for candidate in (sub(u, v), add(u, v)):
                if _shaped(candidate, claim):
                    yield candidate


def _shaped(term: Term, claim: Claim) -> bool:
    try:
        return bool(shape_of(term, claim.scope))
    except ShapeError:
        return False


def _scale(difference: Term, candidate: Term, claim: Claim, facts: Facts) -> Fraction | None:
    """c with difference = c |candidate|^2, if their quotient is a number."""
    sizes = shape_of(candidate, claim.scope) or ()
    square = power(Term("norm" if sizes[1] == 1 else "frobenius", (candidate,)), number(2))

    def quotient(normaliser: Normaliser) -> Fraction | None:
        below = normaliser.reduce(normaliser.value(square))
        return None if below.is_zero else normaliser.reduce(normaliser.value(difference) / below).constant()

    try:
        return with_normaliser(facts, quotient)
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return None
