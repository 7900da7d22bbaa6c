"""Whether a relation that fails is near to one that holds: a slip of an author leaves most of a formula right, and a formula that we
read otherwise than he meant it is seldom mended by a small change.

It decides nothing: numbers are put in for the letters, and no proof is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from derive.core import Claim, Point, Term
from derive.kernel.balls import Env, evaluate
from derive.kernel.balls.outside import BallMatrix
from derive.kernel.budget import BudgetSpent, metered
from derive.kernel.points import grounded
from derive.kernel.terms import free_letters, has_series, heads, subterms
from derive.notes.mending import SLOW, moved
from derive.notes.slips import exchanges, slips

BITS = 96
BUDGET = 400_000
MOST_CHANGES, MOST_LETTERS, LARGEST = 1_500, 6, 160
SHORTEST = 3
"""Operations: of less, a change that leaves the same on both sides says nothing."""
LARGEST_RATIO = 5.0
"""The most by which a number that was computed wrongly differs from the right one, as a factor."""
CLOSE, ROUNDED = 1e-12, 1e-3
SIMPLE = 12
"""Numerator and denominator of a coefficient that was forgotten."""
EXPONENTS = range(-2, 3)
STEPS = (0, 1, 3, 6)

Entries = tuple[complex, ...]


def is_near(claim: Claim, point: Point | None) -> bool:
    """True also where nothing can be told, as of limits, series, integrals and random letters, and of inequalities."""
    if claim.relation not in ("=", "~~") or point is None or _is_beyond(claim):
        return True
    rounded = any(part.head == "decimal" for side in (claim.lhs, claim.rhs) for part in subterms(side))
    try:
        with metered(BUDGET):
            sides = [one for at in moved(point, STEPS) if (one := _sides(claim, at)) is not None]
            return not sides or _is_near(claim, sides, ROUNDED if rounded else CLOSE)
    except BudgetSpent:
        return True


def _is_beyond(claim: Claim) -> bool:
    slow = heads(claim.lhs, claim.rhs) & (SLOW - {"derivative"}) or has_series(claim.lhs, claim.rhs)
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    random = any(d.law is not None or d.function for d in claim.scope.declarations if d.name in used)
    return bool(slow) or random


@dataclass(frozen=True, slots=True)
class _Sides:
    """What both sides come to at a point, and the values of the letters there."""

    env: Env
    lhs: Entries
    rhs: Entries


def _sides(claim: Claim, point: Point) -> _Sides | None:
    try:
        _, env = grounded(claim, point)
        return _Sides(env, _entries(claim.lhs, env), _entries(claim.rhs, env))
    except BudgetSpent:
        raise
    except Exception:  # not admissible there, or a fault of a library
        return None


def _entries(term: Term, env: Env) -> Entries:
    value = evaluate(term, env, BITS)
    entries = [entry for row in value.rows for entry in row] if isinstance(value, BallMatrix) else [value]
    return tuple(complex(float(entry.real.mid()), float(entry.imag.mid())) for entry in entries)


def _is_near(claim: Claim, sides: Sequence[_Sides], within: float) -> bool:
    if not free_letters(claim.lhs) | free_letters(claim.rhs):
        return _is_of_one_size(sides[0]) or _is_mended(claim, sides, within)
    return _has_equal_entries(sides[0]) or _differs_simply(claim, sides) or _is_mended(claim, sides, within)


def _is_of_one_size(sides: _Sides) -> bool:
    """Numbers that differ by a small factor, by their sign, or by a power of ten."""
    if len(sides.lhs) > 1 or len(sides.rhs) > 1:
        return _has_equal_entries(sides)
    small, large = sorted((abs(sides.lhs[0]), abs(sides.rhs[0])))
    return 0 < large <= LARGEST_RATIO * small or any(_same(large, small * 10**k) for k in (1, 3, 6))


def _has_equal_entries(sides: _Sides) -> bool:
    """Of a vector or a matrix, at least half; or all are as many times too large."""
    if not 1 < len(sides.lhs) == len(sides.rhs):
        return False
    ratios = [one / other for one, other in zip(sides.lhs, sides.rhs, strict=True) if other]
    zeros = all(one == 0 for one, other in zip(sides.lhs, sides.rhs, strict=True) if not other)
    permuted = sorted(map(repr, sides.lhs)) == sorted(map(repr, sides.rhs))
    alike = permuted or (
        zeros and bool(ratios) and all(_same(one, ratios[0]) for one in ratios) and _is_simple_number(ratios[0])
    )
    return alike or 2 * sum(map(_same, sides.lhs, sides.rhs)) >= len(sides.lhs)


def _same(one: complex, other: complex, within: float = CLOSE) -> bool:
    return abs(one - other) <= within * max(abs(one), abs(other), within)


# --------------------------------------------------------------------------------------- a summand or a factor is missing


def _differs_simply(claim: Claim, sides: Sequence[_Sides]) -> bool:
    """By a summand or a factor that is a simple coefficient times powers of letters."""
    if len(sides) < 2 or any(len(one.lhs) != 1 or len(one.rhs) != 1 for one in sides):
        return False
    if _operations(claim.lhs) + _operations(claim.rhs) <= SHORTEST:
        return False
    used = sorted(free_letters(claim.lhs) & free_letters(claim.rhs))[:3]
    gaps = [one.lhs[0] - one.rhs[0] for one in sides]
    ratios = [one.lhs[0] / one.rhs[0] if one.rhs[0] else 0j for one in sides]
    sums = any(part.head == "add" for side in (claim.lhs, claim.rhs) for part in subterms(side))
    wholes = [whole for whole in ((gaps if sums else []), ratios) if whole and all(whole)]
    return any(_is_simple(whole, used, sides) for whole in wholes)


def _is_simple(wholes: Sequence[complex], letters: Sequence[str], sides: Sequence[_Sides]) -> bool:
    """Each is the same simple number times the same powers of the letters."""
    try:
        values = [[_entries(Term("symbol", (), name), one.env)[0] for name in letters] for one in sides]
    except BudgetSpent:
        raise
    except Exception:
        return False
    for exponents in product(EXPONENTS, repeat=len(letters)):
        if any(not value for row in values for value, e in zip(row, exponents, strict=True) if e < 0):
            continue
        found = []
        for whole, row in zip(wholes, values, strict=True):
            monomial = 1 + 0j
            for value, e in zip(row, exponents, strict=True):
                monomial *= value**e
            found.append(whole / monomial if monomial else 0j)
        if found[0] and all(_same(one, found[0]) for one in found) and _is_simple_number(found[0]):
            return True
    return False


def _is_simple_number(value: complex) -> bool:
    """A small fraction, or such a one times the imaginary unit, which is lost as easily."""
    return _is_small_fraction(value) or _is_small_fraction(-1j * value)


def _is_small_fraction(value: complex) -> bool:
    near = Fraction(value.real).limit_denominator(SIMPLE)
    return abs(value.imag) < CLOSE and abs(near.numerator) <= SIMPLE and _same(float(near), value.real)


# ---------------------------------------------------------------------------------------------------- one change of a side


def _is_mended(claim: Claim, sides: Sequence[_Sides], within: float) -> bool:
    letters = sorted(free_letters(claim.lhs) | free_letters(claim.rhs))[:MOST_LETTERS]
    numerals = sorted(
        {part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "number"}, key=repr
    )
    shaped = frozenset(d.name for d in claim.scope.declarations if d.shape)
    for side, other, left in ((claim.rhs, claim.lhs, True), (claim.lhs, claim.rhs, False)):
        if side.head in ("number", "decimal"):
            continue  # another result is no slip
        if sum(1 for _ in islice(subterms(side), LARGEST + 1)) > LARGEST:
            return True
        others = [(at.env, at.lhs if left else at.rhs) for at in sides]
        if any(_holds(one, others, within) for one in exchanges(side, letters)):
            return True
        for changed in islice(slips(side, letters, shaped, numerals[:MOST_LETTERS]), MOST_CHANGES):
            if _operations(changed) < _operations(side) <= SHORTEST and _alike(changed, other):
                continue
            if changed != side and _holds(changed, others, within):
                return True
    return False


def _holds(changed: Term, others: Sequence[tuple[Env, Entries]], within: float) -> bool:
    """At every point where it has a value, and at two of several."""
    told = 0
    for env, other in others:
        try:
            found = _entries(changed, env)
        except BudgetSpent:
            raise
        except Exception:
            continue
        if len(found) != len(other) or not all(_same(*pair, within) for pair in zip(found, other, strict=True)):
            return False
        told += 1
    return told >= min(2, len(others))


def _operations(term: Term) -> int:
    return sum(max(1, len(part.args) - 1) for part in subterms(term) if part.args)


def _alike(one: Term, other: Term) -> bool:
    return _sorted(one) == _sorted(other)


def _sorted(term: Term) -> str:
    args = [_sorted(arg) for arg in term.args]
    return f"{term.head}{term.value}({','.join(sorted(args) if term.head in ('add', 'mul') else args)})"


__all__ = ["is_near"]
