"""Matrices of exact numbers or balls: made from entries, added, multiplied, inverted; determinant, trace, entry."""

from __future__ import annotations

from typing import cast

from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from derive.kernel import spectrum
from derive.kernel.balls.limits import EXACT_BITS, LARGEST_SIZE, Unclear, Undefined
from derive.kernel.balls.values import (
    Gauss,
    GaussMatrix,
    Grid,
    Multiple,
    Quantity,
    Scalar,
    entry_at,
    parts_of,
    rounded,
    shown,
    size_of,
)


def assembled(rows: list[list[Scalar]]) -> Grid:
    """A matrix from its entries, of the narrowest type."""
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise Undefined("a matrix whose rows are empty or differ in length")
    if max(len(rows), len(rows[0])) > LARGEST_SIZE:
        raise Undefined(f"a matrix of more than {LARGEST_SIZE} rows or columns")
    entries = [x for row in rows for x in row]
    if all(isinstance(x, fmpq) for x in entries):
        return fmpq_mat(cast(list[list[fmpq]], rows))
    if all(isinstance(x, fmpq | Gauss) for x in entries):
        parts = [[parts_of(cast(fmpq | Gauss, x)) for x in row] for row in rows]
        return GaussMatrix(*(fmpq_mat([[pair[k] for pair in row] for row in parts]) for k in (0, 1)))
    balls = [[rounded(x) for x in row] for row in rows]
    if any(isinstance(x, acb) for row in balls for x in row):
        return acb_mat(cast(list[list[acb]], balls))
    return arb_mat(cast(list[list[arb]], balls))


def diagonal_matrix(entries: list[Scalar]) -> Grid:
    zero: Scalar = fmpq(0)
    return assembled([[x if i == j else zero for j in range(len(entries))] for i, x in enumerate(entries)])


def matrix_bits(x: fmpq_mat | GaussMatrix) -> int:
    if isinstance(x, GaussMatrix):
        return max(spectrum.entry_bits(x.re), spectrum.entry_bits(x.im))
    return spectrum.entry_bits(x)


def matrix_ball(x: Grid) -> arb_mat | acb_mat:
    return arb_mat(x) if isinstance(x, fmpq_mat) else x.ball() if isinstance(x, GaussMatrix) else x


def _one_type(a: Grid, b: Grid) -> tuple[Grid, Grid]:
    if isinstance(a, arb_mat | acb_mat) or isinstance(b, arb_mat | acb_mat):
        return matrix_ball(a), matrix_ball(b)
    if isinstance(a, GaussMatrix) or isinstance(b, GaussMatrix):
        return gauss_matrix(a), gauss_matrix(b)
    return a, b


def gauss_matrix(x: Grid) -> GaussMatrix:
    return x if isinstance(x, GaussMatrix) else GaussMatrix(cast(fmpq_mat, x), fmpq_mat(*size_of(x)))


def matrix_sum(a: Grid, b: Grid) -> Grid:
    a, b = _one_type(a, b)
    if isinstance(a, GaussMatrix) and isinstance(b, GaussMatrix):
        return GaussMatrix(a.re + b.re, a.im + b.im)
    return cast(Grid, cast(fmpq_mat, a) + cast(fmpq_mat, b))


def matrix_product(a: Grid, b: Grid) -> Grid:
    a, b = _one_type(a, b)
    if isinstance(a, GaussMatrix) and isinstance(b, GaussMatrix):
        return GaussMatrix(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
    return cast(Grid, cast(fmpq_mat, a) * cast(fmpq_mat, b))


def scaled(a: Grid, c: Scalar) -> Grid:
    if isinstance(a, fmpq_mat) and isinstance(c, fmpq):
        return a * c
    if isinstance(a, fmpq_mat | GaussMatrix) and isinstance(c, fmpq | Gauss):
        (x, y), exact_a = parts_of(c), gauss_matrix(a)
        return GaussMatrix(exact_a.re * x - exact_a.im * y, exact_a.re * y + exact_a.im * x)
    return cast(Grid, cast(arb_mat, matrix_ball(a)) * cast(arb, rounded(c)))


def transposed(a: Quantity) -> Quantity:
    if isinstance(a, GaussMatrix):
        return GaussMatrix(a.re.transpose(), a.im.transpose())
    return a.transpose() if isinstance(a, Grid) else a


def square_size(a: Grid, what: str) -> int:
    rows, columns = size_of(a)
    if rows != columns:
        raise Undefined(f"{what} of a matrix that is {shown(a)}")
    return rows


def _exactly_workable(a: Grid) -> bool:
    """Determinant and inverse of an exact matrix stay within the bounds for exact numbers."""
    if not isinstance(a, fmpq_mat | GaussMatrix):
        return False
    return matrix_bits(a) * size_of(a)[0] <= EXACT_BITS


def inverse_of(a: Grid) -> Grid:
    d = square_size(a, "the inverse")
    a = a if _exactly_workable(a) else matrix_ball(a)
    try:
        if isinstance(a, GaussMatrix):
            whole = embedded(a).inv()
            part = [[whole[i, j] for j in range(d)] for i in range(2 * d)]
            return GaussMatrix(fmpq_mat(part[:d]), fmpq_mat(part[d:]))
        return a.inv()
    except ZeroDivisionError:
        if isinstance(a, arb_mat | acb_mat):
            raise Unclear("the inverse of a matrix that is not certainly invertible") from None
        raise Undefined("the inverse of a singular matrix") from None


def embedded(a: GaussMatrix) -> fmpq_mat:
    """[[Re, -Im], [Im, Re]]: the same map on real coordinates, with the same singular values and spectral radius."""
    d, e = size_of(a)
    top = [[*(a.re[i, j] for j in range(e)), *(-a.im[i, j] for j in range(e))] for i in range(d)]
    low = [[*(a.im[i, j] for j in range(e)), *(a.re[i, j] for j in range(e))] for i in range(d)]
    return fmpq_mat(top + low)


def determinant(a: Quantity) -> Scalar:
    if isinstance(a, Scalar):
        return a
    if isinstance(a, Multiple):
        if isinstance(a.factor, fmpq) and a.factor in (0, 1):
            return a.factor
        raise Undefined("the determinant of a multiple of an identity without size")
    square_size(a, "the determinant")
    if isinstance(a, fmpq_mat) and _exactly_workable(a):
        return a.det()
    return cast(arb | acb, cast(arb_mat, matrix_ball(a)).det())


def trace(a: Quantity) -> Scalar:
    if isinstance(a, Multiple):
        raise Undefined("the trace of an identity without size")
    if isinstance(a, Scalar):
        return a
    total: Scalar = fmpq(0)
    for k in range(square_size(a, "the trace")):
        total = total + entry_at(a, k, k)
    return total


def entry_of(a: Quantity, i: int, j: int) -> Scalar:
    """Entry (i, j), from 1."""
    if isinstance(a, Multiple):
        if min(i, j) < 1:
            raise Undefined("an entry outside the matrix")
        return a.factor if i == j else fmpq(0)
    rows, columns = size_of(a) if isinstance(a, Grid) else (1, 1)
    if not (1 <= i <= rows and 1 <= j <= columns):
        raise Undefined("an entry outside the matrix")
    return entry_at(a, i - 1, j - 1) if isinstance(a, Grid) else a
