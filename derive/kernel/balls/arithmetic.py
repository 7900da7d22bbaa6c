"""Sums, products and quotients of values of any kind: a 1 by 1 matrix acts as a number, and an identity (or the
number 0) takes the size that fits."""

from __future__ import annotations

from typing import cast

from flint import arb, fmpq, fmpq_mat

from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.matrices import diagonal_matrix, matrix_product, matrix_sum, scaled
from derive.kernel.balls.values import (
    Gauss,
    GaussMatrix,
    Grid,
    Multiple,
    Quantity,
    Scalar,
    as_scalar,
    is_zero,
    shown,
    size_of,
)

REAL = frozenset([fmpq, arb])
"""The types of most values, for which nothing has to be looked up."""


def add(a: Quantity, b: Quantity) -> Quantity:
    if type(a) in REAL and type(b) in REAL:
        return cast(Scalar, a) + cast(Scalar, b)
    a, b = aligned(a, b)
    if isinstance(a, Multiple) and isinstance(b, Multiple):
        return Multiple(a.factor + b.factor)
    if isinstance(a, Grid) and isinstance(b, Grid):
        return matrix_sum(a, b)
    return cast(Scalar, a) + cast(Scalar, b)


def negate(a: Quantity) -> Quantity:
    if isinstance(a, Multiple):
        return Multiple(-a.factor)
    return GaussMatrix(-a.re, -a.im) if isinstance(a, GaussMatrix) else cast(Quantity, -a)


def multiply(a: Quantity, b: Quantity) -> Quantity:
    """``a b`` in this order; a 1 by 1 matrix acts as a number where the sizes ask for it."""
    if type(a) in REAL and type(b) in REAL:
        return cast(Scalar, a) * cast(Scalar, b)
    if isinstance(a, Grid) and isinstance(b, Grid):
        if size_of(a)[1] == size_of(b)[0]:
            return matrix_product(a, b)
        if (1, 1) not in (size_of(a), size_of(b)):
            raise Undefined(f"shapes do not fit: {shown(a)} times {shown(b)}")
        a, b = (a, as_scalar(b)) if size_of(b) == (1, 1) else (as_scalar(a), b)
    if isinstance(a, Grid | Multiple) and not isinstance(b, Grid):
        a, b = b, a
    factor = a.factor if isinstance(a, Multiple) else cast(Scalar, a)
    if isinstance(a, Multiple) and isinstance(b, Grid) and size_of(b) == (1, 1):
        b = as_scalar(b)  # x^T y I is a multiple of the identity
    if isinstance(b, Multiple):
        return Multiple(factor * b.factor)
    if isinstance(a, Multiple) and not isinstance(b, Grid):
        return Multiple(factor * b)
    if isinstance(b, Grid):
        return scaled(b, factor)
    return factor * b


def divide(a: Quantity, b: Quantity) -> Quantity:
    if type(a) in REAL and type(b) in REAL and b != 0:
        return cast(Scalar, cast(fmpq, a) / cast(fmpq, b))
    divisor = as_scalar(b)
    if is_zero(divisor):
        raise Undefined("a division by 0")
    if isinstance(a, Scalar) and not isinstance(divisor, Gauss) and not isinstance(a, Gauss):
        return cast(Scalar, a / divisor)
    return multiply(a, _reciprocal(divisor))


def _reciprocal(x: Scalar) -> Scalar:
    return x.inverse() if isinstance(x, Gauss) else cast(Scalar, 1 / x)


def aligned(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both as numbers, as matrices of one size, or as multiples of the identity. Raises Undefined where that
    cannot be."""
    for x, y, swapped in ((a, b, False), (b, a, True)):
        if isinstance(x, Grid) and not isinstance(y, Grid):
            filled = _filled(y, size_of(x))
            if filled is not None:
                return (filled, x) if swapped else (x, filled)
            x = as_scalar(x)
            return (cast(Quantity, y), x) if swapped else (x, y)
        if isinstance(x, Multiple) and isinstance(y, Scalar):
            if not is_zero(y):
                raise Undefined("a number is set against a matrix")
            return (Multiple(y), x) if swapped else (x, Multiple(y))
    if isinstance(a, Grid) and isinstance(b, Grid) and size_of(a) != size_of(b):
        raise Undefined(f"shapes do not fit: {shown(a)} and {shown(b)}")
    return a, b


def _filled(value: Scalar | Multiple, size: tuple[int, int]) -> Grid | None:
    """A multiple of the identity, or 0, as a matrix of that size."""
    if isinstance(value, Multiple):
        if size[0] != size[1]:
            raise Undefined("an identity matrix that is not square")
        return diagonal_matrix([value.factor] * size[0])
    return fmpq_mat(*size) if size != (1, 1) and is_zero(value) else None
