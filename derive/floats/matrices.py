"""Matrices: inverse, determinant, norms, eigenvalues, powers. Each bound is computed from a residual, so that what LAPACK
promises matters only for singular values (backward stability, LAPACK Users' Guide, section 4.9)."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from derive.floats.ball import (
    TINY,
    UNIT,
    Ball,
    NoNumericForm,
    Undefined,
    add,
    div,
    exact,
    gamma,
    is_complex,
    matmul,
    matrix,
    mul,
    neg,
    rounding,
    size_of,
)
from derive.floats.functions import absolute, integer_power, power
from derive.floats.scaling import power_of_two

SVD_UNITS = 16.0
"""Singular values are computed with an error of at most this times n u ||A|| (a modest constant, as LAPACK promises)."""


def square(a: Ball, name: str) -> int:
    """The size of a square matrix."""
    if a.kind != "matrix" or size_of(a)[0] != size_of(a)[1]:
        raise NoNumericForm(f"{name} of something that is not a square matrix")
    return size_of(a)[0]


def _usable(a: Ball) -> Any:
    """The values with every matrix that holds a NaN or an infinity replaced by the identity: LAPACK refuses those."""
    bad = ~np.isfinite(a.value).all(axis=(-1, -2))
    return np.where(bad[..., None, None], np.eye(a.value.shape[-2], a.value.shape[-1]), a.value), bad


def _operator(values: Any) -> Any:
    """The Frobenius norm, an upper bound of the spectral norm."""
    moduli = abs(values)
    scale = power_of_two(moduli)
    return scale * np.sqrt(((moduli / scale[..., None, None]) ** 2).sum(axis=(-1, -2)))


def _frobenius_error(a: Ball) -> Any:
    return 0.0 if exact(a) else _operator(np.broadcast_to(a.error, a.value.shape))


def inverse(a: Ball) -> Ball:
    """With the computed X and R = AX - I: A^-1 - X = -X R (I+R)^-1, entries at most (|X| 1)_i N/(1-N), N = ||R||_inf < 1
    (R includes its own rounding and the error of A)."""
    if a.kind == "identity":
        return Ball(div(Ball(1), Ball(a.value, a.error)).value, div(Ball(1), Ball(a.value, a.error)).error, "identity")
    if a.kind == "scalar":
        return div(Ball(1), a)
    n = square(a, "the inverse")
    values, bad = _usable(a)
    x = _inverse_or_nan(values)
    factor = 2.0 * gamma(n + 3) if is_complex(values) else gamma(n + 1)
    residual = abs(values @ x - np.eye(n)) + factor * (abs(values) @ abs(x) + np.eye(n))
    if not exact(a):
        residual = residual + a.error @ abs(x)
    size = residual.sum(axis=-1).max(axis=-1)
    ratio = np.where((size < 0.5) & ~bad, size / (1.0 - size), np.nan)
    error = abs(x).sum(axis=-1, keepdims=True) * spread_last(ratio) + TINY
    return matrix(np.where(np.isnan(ratio)[..., None, None], np.nan, x), np.broadcast_to(error, x.shape))


def spread_last(value: Any) -> Any:
    """A number of each point, shaped to stand beside its matrix."""
    return np.asarray(value)[..., None, None]


def _inverse_or_nan(values: Any) -> Any:
    try:
        return np.linalg.inv(values)
    except np.linalg.LinAlgError:
        pass
    if values.ndim == 2:
        return np.full_like(values, np.nan)
    return np.stack([_inverse_or_nan(one) for one in values])


def matrix_power(a: Ball, n: int) -> Ball:
    """A^n by repeated squaring; a negative power is a power of the inverse, A^0 = I."""
    if a.kind == "identity":
        scalar = integer_power(Ball(a.value, a.error), n)
        return Ball(scalar.value, scalar.error, "identity")
    size = square(a, "a power")
    if n < 0:
        return matrix_power(inverse(a), -n)
    if n == 0:
        return Ball(np.eye(size), 0.0, "matrix")
    result: Ball | None = None
    factor = a
    while True:
        if n & 1:
            result = factor if result is None else matmul(result, factor)
        n >>= 1
        if not n:
            return result if result is not None else a
        factor = matmul(factor, factor)


# --------------------------------------------------------------------------------------------------- trace, determinant


def entry(a: Ball, i: int, j: int) -> Ball:
    """The entry in row i and column j, counted from 1."""
    if a.kind == "identity":
        return Ball(a.value, a.error) if i == j else Ball(0)
    if a.kind == "scalar" and i == j == 1:
        return a
    if a.kind != "matrix":
        raise NoNumericForm("an entry of a number")
    rows, columns = size_of(a)
    if not (1 <= i <= rows and 1 <= j <= columns):
        raise Undefined("an entry outside the matrix")
    return Ball(a.value[..., i - 1, j - 1], 0.0 if exact(a) else a.error[..., i - 1, j - 1])


def trace(a: Ball) -> Ball:
    """The sum of the diagonal."""
    if a.kind == "scalar":
        return a
    n = square(a, "the trace")
    return reduce(add, (entry(a, k, k) for k in range(1, n + 1)))


def det(a: Ball) -> Ball:
    """Up to 4 by 4 by expansion along the first row. Beyond, from LU factors: they belong exactly to A + E with
    ||E||_F <= gamma_n || |L||U| ||_F, and |det(I + A^-1 E) - 1| <= (1 + ||A^-1 E||)^n - 1."""
    if a.kind == "scalar":
        return a
    n = square(a, "the determinant")
    return _expansion(a, tuple(range(1, n + 1)), 1) if n <= 4 else _large_determinant(a, n)


def _expansion(a: Ball, columns: tuple[int, ...], row: int) -> Ball:
    if len(columns) == 1:
        return entry(a, row, columns[0])
    result = Ball(0)
    for place, column in enumerate(columns):
        minor = _expansion(a, columns[:place] + columns[place + 1 :], row + 1)
        term = mul(entry(a, row, column), minor)
        result = add(result, term if place % 2 == 0 else neg(term))
    return result


def _large_determinant(a: Ball, n: int) -> Ball:
    values, bad = _usable(a)
    value = np.where(bad, np.nan, np.linalg.det(values))
    x = inverse(a)
    # Partial pivoting grows entries; || |L||U| ||_F <= n^2 max|u| and |u| <= 2^(n-1) max|a| is hopeless, so allow the
    # growth n that is seen in practice (Higham, section 9.4) and say so here.
    backward = gamma(n) * n * n * _operator(values) + _frobenius_error(a)
    shift = (_operator(x.value) + _frobenius_error(x)) * backward
    return Ball(value, abs(value) * np.expm1(n * np.log1p(shift)) * 2.0 + rounding(value, n))


# -------------------------------------------------------------------------------------------- norms and singular values


def norm(a: Ball) -> Ball:
    """The Euclidean norm of a row or column, the largest singular value of a matrix (Weyl: it moves by at most ||E||)."""
    if a.kind == "scalar":
        return absolute(a)
    if a.kind == "identity":
        return absolute(Ball(a.value, a.error))
    rows, columns = size_of(a)
    error = _frobenius_error(a)
    if 1 in (rows, columns):
        value = _operator(a.value)
        return Ball(value, error + rounding(value, rows + columns + 4))
    value = _singular_values(a)[..., 0]
    return Ball(value, error + (SVD_UNITS * (rows + columns) * UNIT) * value + TINY)


def _singular_values(a: Ball) -> Any:
    values, bad = _usable(a)
    return np.where(bad[..., None], np.nan, np.linalg.svd(values, compute_uv=False))


def condition_number(a: Ball) -> Ball:
    """||A|| ||A^-1||."""
    if a.kind != "matrix":
        return Ball(1)
    square(a, "the condition number")
    return mul(norm(a), norm(inverse(a)))


# --------------------------------------------------------------------------------------------------------- eigenvalues


def _spectrum(a: Ball) -> tuple[Any, Any]:
    """Computed eigenvalues (points, n) and a radius (points,): the discs around the former cover the spectrum, and as many
    overlapping discs as form a component hold that many eigenvalues.

    Triangular: the diagonal, exactly. Otherwise the smaller of two bounds. V^-1 A V = D + V^-1 R with R = AV - VD is
    within ||V^-1|| ||R|| of the diagonal D (Bauer-Fike with a normal matrix). Elsner (Linear Algebra Appl. 71, 1985):
    spectra of A and A + E are within (||A|| + ||A+E||)^(1-1/n) ||E||^(1/n); it survives defective matrices.
    """
    n = square(a, "an eigenvalue")
    if exact(a) and _triangular(a.value):
        return np.diagonal(a.value, axis1=-2, axis2=-1) + 0.0, np.zeros(a.value.shape[:-2])
    values, bad = _usable(a)
    eigenvalues, vectors = np.linalg.eig(values)
    residual = abs(values @ vectors - vectors * eigenvalues[..., None, :])
    residual = residual + 2.0 * gamma(n + 3) * (
        abs(values) @ abs(vectors) + abs(vectors) * abs(eigenvalues)[..., None, :]
    )
    perturbation = _frobenius_error(a)
    smallest = np.linalg.svd(vectors, compute_uv=False)[..., -1] - SVD_UNITS * 2 * n * UNIT * _operator(vectors)
    inverse_norm = 1.0 / np.where(smallest > 0, smallest, np.nan)
    bauer_fike = inverse_norm * (_operator(residual) + perturbation * _operator(vectors))
    size = _operator(values)
    backward = SVD_UNITS * n * UNIT * size + perturbation
    elsner = (2.0 * size + backward) ** (1.0 - 1.0 / n) * backward ** (1.0 / n)
    radius = np.fmin(bauer_fike, elsner)
    return np.where(bad[..., None], np.nan, eigenvalues), np.where(bad, np.nan, radius)


def _triangular(values: Any) -> bool:
    return not np.tril(values, -1).any() or not np.triu(values, 1).any()


def spectral_radius(a: Ball) -> Ball:
    """The largest modulus of an eigenvalue. Overlapping discs share their eigenvalues, so that the one of the outermost disc
    may sit n discs further in."""
    if a.kind != "matrix":
        return absolute(Ball(a.value, a.error))
    eigenvalues, radius = _spectrum(a)
    value = abs(eigenvalues).max(axis=-1)
    return Ball(value, 2.0 * size_of(a)[0] * radius + rounding(value, 8.0))


def eigenvalue(a: Ball, k: int) -> Ball:
    """The k-th by falling modulus, then falling real part, then falling imaginary part; not defined (at that point) where the
    floats cannot tell the order."""
    if a.kind != "matrix":
        return Ball(a.value, a.error)
    n = square(a, "an eigenvalue")
    if not 1 <= k <= n:
        raise Undefined("an eigenvalue that the matrix does not have")
    eigenvalues, radius = _spectrum(a)
    order = np.lexsort((-eigenvalues.imag, -eigenvalues.real, -abs(eigenvalues)), axis=-1)
    ordered = np.take_along_axis(eigenvalues, order, axis=-1)
    value = ordered[..., k - 1]
    blur = np.where(_told_apart(ordered, k - 1, radius, real=not is_complex(a.value)), radius, np.nan)
    return Ball(value, blur + rounding(value, 8.0))


def _told_apart(ordered: Any, k: int, radius: Any, *, real: bool) -> Any:
    """Whether number k keeps its place when every eigenvalue moves by the radius. Equal exact values do no harm; the
    conjugate partner of a real matrix has the same modulus by nature and is told by its imaginary part."""
    value = ordered[..., k]
    clear = np.ones(value.shape, dtype=bool)
    for j in range(ordered.shape[-1]):
        if j == k:
            continue
        other = ordered[..., j]
        apart = abs(abs(value) - abs(other)) > 2.0 * radius
        if real:
            apart = apart | ((other == np.conj(value)) & (abs(value.imag) > 2.0 * radius))
        clear &= apart | ((radius == 0) & (abs(value) != abs(other))) | ((radius == 0) & (value == other))
        if not is_complex(value):
            clear |= radius == 0
    return clear


def function_power(a: Ball, b: Ball) -> Ball:
    """``a^b`` whichever it is: an integer power of a matrix or number, or a real power of a number."""
    if isinstance(b.value, int) and b.kind == "scalar":
        return integer_power(a, b.value) if a.kind == "scalar" else matrix_power(a, b.value)
    return power(a, b)
