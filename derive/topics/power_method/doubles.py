"""The power method in doubles, one correctly rounded operation after the other, looked at in exact arithmetic.

Sums run from left to right, and of the standard functions only the square root is used: IEEE 754 fixes every result, so the run
is the same on every processor.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import sqrt

from derive.topics.power_method.dominant import Rows, Top, Vector, dot

LONGEST_RUN = 400
AFTERWARDS = 20
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class FloatRun:
    """``states``: the iterates as the exact rationals that the doubles are. ``cured``: the first step whose iterate is within 45
    degrees of the eigenvector, None if there is none in the run."""

    start: Vector
    states: tuple[Vector, ...]
    cured: int | None


def float_run(rows: Rows, top: Top, start: Vector, steps: int = LONGEST_RUN) -> FloatRun:
    """From a start that doubles hold exactly: multiply, divide by the length, repeat."""
    W = [[float(entry) for entry in row] for row in rows]
    x = [float(entry) for entry in start]
    states, cured = [start], None
    for t in range(1, steps + 1):
        y = [_sum_of_products(row, x) for row in W]
        length = sqrt(_sum_of_products(y, y))
        if length == 0:
            break
        x = [entry / length for entry in y]
        states.append(tuple(Fraction(entry) for entry in x))
        if cured is None and squared_sine(states[-1], top.right) < HALF:
            cured = t
        if cured is not None and t == cured + AFTERWARDS:
            break
    return FloatRun(start, tuple(states), cured)


def _sum_of_products(x: list[float], y: list[float]) -> float:
    total = 0.0
    for a, b in zip(x, y, strict=True):
        total += a * b
    return total


def squared_sine(x: Vector, v: Vector) -> Fraction:
    """Of the angle between x and the line of v, exactly."""
    return 1 - dot(x, v) ** 2 / (dot(x, x) * dot(v, v))


def exact_in_doubles(rows: Rows) -> bool:
    """Whether every entry is a double, so that the float matrix is the matrix."""
    return all(abs(entry) < 2**60 and Fraction(float(entry)) == entry for row in rows for entry in row)


def starts_without_overlap(top: Top) -> list[Vector]:
    """Integer vectors that the left eigenvector does not see, the simplest first."""
    from derive.topics.power_method.dominant import whole

    u = whole(top.left)
    found = []
    for i, j in permutations(range(len(u)), 2):
        if i < j and (u[i] or u[j]):
            found.append(_pair(u, i, j))
    mixed = [tuple(a + c * b for a, b in zip(x, y, strict=True)) for x, y in permutations(found, 2) for c in (1, -1, 2)]
    mixed = [x for x in mixed if any(x)]
    return [*sorted(mixed, key=lambda x: sum(map(abs, x))), *found]


def _pair(u: Vector, i: int, j: int) -> Vector:
    x = [Fraction(0)] * len(u)
    x[i], x[j] = u[j], -u[i]
    return tuple(x)
