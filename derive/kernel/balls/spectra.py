"""Norms, spectral radius, eigenvalues and condition number of a value, from the rigorous spectra of exact matrices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flint import acb_mat, arb, fmpq, fmpq_mat

from derive.kernel import spectrum
from derive.kernel.balls.arithmetic import divide, multiply
from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.matrices import embedded, inverse_of, matrix_ball, square_size
from derive.kernel.balls.place import Place, settled
from derive.kernel.balls.roots import absolute, square_root, squared_modulus
from derive.kernel.balls.values import Gauss, GaussMatrix, Grid, Multiple, Quantity, Scalar, rows_of, size_of


def norm(a: Quantity, place: Place) -> Scalar:
    """Euclidean norm of a row or column, spectral norm of a matrix."""
    if isinstance(a, Multiple):
        return absolute(a.factor)
    if isinstance(a, Scalar):
        return absolute(a)
    if 1 in size_of(a):
        total: Scalar = fmpq(0)
        for row in rows_of(a):
            for x in row:
                total = total + squared_modulus(x)
        # A sum of squares: a ball that reaches below 0 does so by rounding only.
        return square_root(total) if isinstance(total, fmpq) else cast(arb, total).nonnegative_part().sqrt()
    return _spectral_norm(a, place)


def _spectral_norm(a: Grid, place: Place) -> Scalar:
    a = embedded(a) if isinstance(a, GaussMatrix) else a
    with _bounded():
        if isinstance(a, fmpq_mat) and spectrum.entry_bits(a) * a.ncols() <= 4 * spectrum.LARGEST_ENTRY_BITS:
            square = spectrum.gram_radius(a, place.bits)
            return square_root(square) if isinstance(square, fmpq) else square.nonnegative_part().sqrt()
        ball = matrix_ball(a)
        real = spectrum.real_embedding(ball) if isinstance(ball, acb_mat) else ball
        return spectrum.ball_norm(real, place.bits)


def spectral_radius(a: Quantity, place: Place) -> Scalar:
    if not isinstance(a, Grid):
        return absolute(a.factor if isinstance(a, Multiple) else a)
    square_size(a, "the spectral radius")
    exact_a = embedded(a) if isinstance(a, GaussMatrix) else a
    if not isinstance(exact_a, fmpq_mat):
        raise Undefined("the spectral radius of a matrix that is not exact")
    with _bounded():
        square = spectrum.exact_squared_radius(exact_a, place.bits)
        return square_root(square) if square is not None else spectrum.spectral_radius(exact_a, place.bits)


def eigenvalue_of(a: Quantity, k: int, place: Place) -> Scalar:
    if isinstance(a, Multiple) and k >= 1:
        return a.factor
    if isinstance(a, Scalar) and k == 1:
        return a
    if not isinstance(a, fmpq_mat):
        raise Undefined("an eigenvalue of a matrix that is not exact and real")
    with _bounded():
        ball, parts = spectrum.eigenvalue(a, k, place.bits)
    if parts is not None:
        return parts[0] if parts[1] == 0 else Gauss(*parts)
    return ball.real if ball.imag.is_zero() else ball


def condition_number(a: Quantity, place: Place) -> Scalar:
    if isinstance(a, Grid):
        inverse = settled(inverse_of(a), place)
        return cast(Scalar, multiply(norm(a, place), norm(inverse, place)))
    factor = a.factor if isinstance(a, Multiple) else a
    divide(fmpq(1), factor)
    if not absolute(factor) > 0:
        raise Unclear("the condition of a number that is not certainly different from 0")
    return fmpq(1)


@contextmanager
def _bounded() -> Iterator[None]:
    """What the spectrum refuses (size, bits, an order that is not certain) is undefined here."""
    try:
        yield
    except ValueError as refusal:
        raise Unclear(str(refusal)) from None
