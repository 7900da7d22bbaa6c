"""What values settle about a relation: disjoint balls prove "different", exact values alone prove "equal"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flint import acb, arb, fmpq

from derive.kernel.balls.arithmetic import aligned
from derive.kernel.balls.outside import Ball, quantity_of
from derive.kernel.balls.values import (
    Gauss,
    Grid,
    Multiple,
    Quantity,
    Scalar,
    ball_of,
    entry_at,
    parts_of,
    rows_of,
    size_of,
)


def separated(a: Ball, b: Ball) -> bool:
    """The values are certainly different: the balls are disjoint, for matrices in some entry. Raises Undefined where
    the shapes do not fit."""
    return any(_equal(x, y) is False for x, y in paired(quantity_of(a), quantity_of(b)))


def certainly_less(a: Ball, b: Ball) -> bool:
    """a < b for all values in the balls; False for anything not certainly real."""
    x, y = (_real(quantity_of(ball)) for ball in (a, b))
    return x is not None and y is not None and bool(x < y)


def certainly_at_most(a: Ball, b: Ball) -> bool:
    """a <= b for all values in the balls (upper(a) <= lower(b)); False for anything not certainly real."""
    x, y = (_real(quantity_of(ball)) for ball in (a, b))
    return x is not None and y is not None and bool(x <= y)


def truth_of(relation: str, a: Quantity, b: Quantity) -> bool | None:
    """The truth of ``a relation b`` where the values settle it. Raises Undefined where the shapes do not fit."""
    if relation in ("=", "!="):
        if type(a) is fmpq and type(b) is fmpq:
            return bool((a == b) == (relation == "="))
        same = conjunction(_equal(x, y) for x, y in paired(a, b))
        return same if same is None or relation == "=" else not same
    x, y = _real(a), _real(b)
    if x is None or y is None:
        return None
    if relation in (">", ">="):
        x, y = y, x
    if relation in ("<", ">"):
        return True if x < y else False if x >= y else None
    return at_most(x, y) if relation in ("<=", ">=") else None


def conjunction(answers: Iterator[bool | None]) -> bool | None:
    """Conjunction with three values."""
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def _equal(x: Scalar, y: Scalar) -> bool | None:
    """True by exact values only, False by disjoint balls or exact values."""
    if isinstance(x, fmpq | Gauss) and isinstance(y, fmpq | Gauss):
        return parts_of(x) == parts_of(y)
    a, b = ball_of(x), ball_of(y)
    return False if a.is_finite() and b.is_finite() and not a.overlaps(b) else None


def at_most(x: Scalar, y: Scalar) -> bool | None:
    if isinstance(x, Gauss | acb) or isinstance(y, Gauss | acb):
        return None
    return True if x <= y else False if x > y else None


def _real(value: Quantity) -> fmpq | arb | None:
    """The value as a real number, if it is certainly one."""
    if type(value) is fmpq or type(value) is arb:
        return value
    if isinstance(value, Grid) and size_of(value) == (1, 1):
        value = entry_at(value, 0, 0)
    if isinstance(value, Gauss) and value.im == 0:
        return value.re
    if isinstance(value, acb) and value.imag.is_zero():
        return value.real
    return value if isinstance(value, fmpq | arb) else None


def paired(a: Quantity, b: Quantity) -> Iterator[tuple[Scalar, Scalar]]:
    """The numbers to be compared: entries of matrices, with identities and the number 0 written out."""
    a, b = aligned(a, b)
    if isinstance(a, Multiple) and isinstance(b, Multiple):
        yield a.factor, b.factor
    elif isinstance(a, Grid) and isinstance(b, Grid):
        for row, other in zip(rows_of(a), rows_of(b), strict=True):
            yield from zip(row, other, strict=True)
    else:
        yield cast(Scalar, a), cast(Scalar, b)
