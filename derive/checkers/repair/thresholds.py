"""Bounds that the claim itself shows: along one letter it turns from false to true at a number that is looked for by halving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import pi

from derive.checkers.repair.candidates import PI, Condition, is_number
from derive.checkers.repair.seen import SEEN, Seen, truth_at
from derive.checkers.screen import gap_of, in_floats
from derive.core import Claim, Point, Relation, Term, Value
from derive.kernel.terms import free_letters, number, symbol

FEWEST = 5
"""Good points below which the claim is taken to hold by accident, at single points."""
CLOSE = 1e-7
CLOSE_FOR_DEAR_ONES = 1 / 2000
"""How near the turn of the claim is looked at. Numbers with small denominators are at least 1/552 apart, so that the wider one
tells as well which of them is meant: for claims that are dear to look at, the dearer the nearer."""
LARGEST_DENOMINATOR = 24


def thresholds(claim: Claim, seen: Seen) -> Iterator[Condition]:
    """``x >= c`` and its like, c a simple number at which the truth of the claim changes."""
    if len(seen.good) < FEWEST or not seen.bad:
        return
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    for declaration in claim.scope.declarations:
        if declaration.name in letters and is_number(declaration) and declaration.domain == "real":
            close = CLOSE if gap_of(claim) is not None else CLOSE_FOR_DEAR_ONES
            for turn, rises in _turns(claim, seen.good[0], declaration.name, close):
                yield from _conditions(symbol(declaration.name), turn, close, rises)


def _conditions(x: Term, turn: float, close: float, rises: bool) -> Iterator[Condition]:
    for value in _simple(turn, close):
        for sign in (">=", ">") if rises else ("<=", "<"):
            yield Condition((Relation(x, sign, value),))


def _turns(claim: Claim, point: Point, name: str, close: float) -> Iterator[tuple[float, bool]]:
    """(place, whether the claim is true above it), with the other letters as at ``point``."""
    letters, gap = in_floats(point), gap_of(claim)

    def seen_at(value: Fraction) -> bool | None:
        return None if letters is None or gap is None else SEEN[gap.sight({**letters, name: float(value)})]

    def truth_there(value: Fraction) -> bool | None:
        seen = seen_at(value)
        return truth_at(claim, _moved(point, name, value)) if seen is None else seen

    last: tuple[Fraction, bool] | None = None
    for value in GRID:
        truth = truth_there(value)
        if truth is None:
            continue
        if last is not None and last[1] != truth:
            yield _halved(truth_there if gap is None else seen_at, last[0], value, truth, close), truth
        last = (value, truth)


GRID = tuple(sorted({Fraction(k, 2) for k in range(-12, 13)} | {Fraction(s * k) for k in (10, 50) for s in (1, -1)}))


def _halved(
    truth_of: Callable[[Fraction], bool | None], low: Fraction, high: Fraction, above: bool, close: float
) -> float:
    while high - low > close:
        middle = (low + high) / 2
        truth = truth_of(middle)
        if truth is None or truth == above:
            high = middle
        else:
            low = middle
    return float((low + high) / 2)


def _moved(point: Point, name: str, value: Value) -> Point:
    return tuple((letter, value if letter == name else old) for letter, old in point)


def _simple(turn: float, close: float) -> Iterator[Term]:
    """Simple numbers near ``turn``: rationals and rational multiples of pi."""
    for scale, unit in ((1.0, None), (pi, PI)):
        share = Fraction(turn / scale).limit_denominator(LARGEST_DENOMINATOR)
        if abs(float(share) * scale - turn) <= close:
            if unit is None:
                yield number(share)
            elif share:
                yield Term("div", (Term("mul", (number(share.numerator), unit)), number(share.denominator)))
