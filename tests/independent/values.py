"""What the independent evaluator computes with: mpmath numbers and matrices, multiples of an identity matrix of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mpmath import mp

Number = Any
"""An mpf, or an mpc where it need not be real."""


class Undefined(Exception):
    """The term has no value there."""


class Diverges(Undefined):
    """The sum or integral has no finite value."""


class Unsuited(Exception):
    """This evaluator cannot say; the message says why."""


@dataclass(frozen=True, slots=True)
class Eye:
    """A multiple of the identity matrix, of whatever size fits."""

    factor: Number


@dataclass(frozen=True, slots=True)
class Members:
    """A family: its member for each index."""

    member: Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Mapping1:
    """A concrete function of one variable."""

    call: Callable[[Number], Number]


def is_matrix(x: Any) -> bool:
    return isinstance(x, mp.matrix)


def plain(x: Any) -> Any:
    """A 1 by 1 matrix is a number; a complex number without imaginary part stays as it is."""
    return x[0, 0] if is_matrix(x) and (x.rows, x.cols) == (1, 1) else x


def scalar(x: Any) -> Number:
    x = plain(x)
    if is_matrix(x) or isinstance(x, Eye):
        raise Unsuited("a matrix stands where a number is needed")
    return x


def is_zero(x: Number, eps: Number) -> bool:
    return abs(x) <= eps


def entries(x: Any) -> list[Number]:
    return [x[i, j] for i in range(x.rows) for j in range(x.cols)] if is_matrix(x) else [x]


def added(a: Any, b: Any) -> Any:
    if isinstance(a, Eye) or isinstance(b, Eye):
        if isinstance(a, Eye) and isinstance(b, Eye):
            return Eye(a.factor + b.factor)
        eye, other = (a, b) if isinstance(a, Eye) else (b, a)
        if is_matrix(other):
            return other + eye.factor * mp.eye(other.rows)
        return eye if other == 0 else eye.factor + other
    if is_matrix(a) != is_matrix(b):
        matrix, number = (a, b) if is_matrix(a) else (b, a)
        if number == 0:
            return matrix
        raise Unsuited("a number is added to a matrix")
    if is_matrix(a) and (a.rows, a.cols) != (b.rows, b.cols):
        raise Unsuited("matrices of different shapes are added")
    return a + b


def times(a: Any, b: Any) -> Any:
    if isinstance(a, Eye) or isinstance(b, Eye):
        if isinstance(a, Eye) and isinstance(b, Eye):
            return Eye(a.factor * b.factor)
        eye, other = (a, b) if isinstance(a, Eye) else (b, a)
        return other * eye.factor if is_matrix(other) else Eye(eye.factor * other)
    if is_matrix(a) and is_matrix(b) and a.cols != b.rows:
        raise Unsuited("matrices that do not fit are multiplied")
    return plain(a * b)


def negated(a: Any) -> Any:
    return Eye(-a.factor) if isinstance(a, Eye) else -a


def inverted(a: Any, eps: Number) -> Any:
    if isinstance(a, Eye):
        if is_zero(a.factor, eps):
            raise Undefined("the inverse of 0")
        return Eye(1 / a.factor)
    if is_matrix(a):
        if a.rows != a.cols:
            raise Unsuited("the inverse of a matrix that is not square")
        if is_zero(determinant(a), eps):
            raise Undefined("the inverse of a singular matrix")
        return mp.inverse(a)
    if is_zero(a, eps):
        raise Undefined("a divisor is 0")
    return 1 / a


def determinant(a: Any) -> Number:
    """mpmath's, which stumbles over a column of zeros."""
    try:
        return mp.det(a)
    except TypeError:
        return mp.mpf(0)


def difference(a: Any, b: Any) -> Any:
    return added(a, negated(b))


def size(x: Any) -> Number:
    """The largest modulus of an entry."""
    return abs(x.factor) if isinstance(x, Eye) else max((abs(e) for e in entries(x)), default=mp.mpf(0))
