"""What a term can be worth: an exact number, a ball, a matrix of either, or a multiple of the identity.

Real or complex is a matter of type: ``fmpq`` and ``arb`` are real, ``Gauss`` and ``acb`` come from a complex letter or
from i, and never turn back.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from derive.kernel.balls.limits import Undefined


@dataclass(frozen=True, slots=True)
class Gauss:
    """A complex number with rational parts."""

    re: fmpq
    im: fmpq

    def ball(self) -> acb:
        return acb(arb(self.re), arb(self.im))

    def __neg__(self) -> Gauss:
        return Gauss(-self.re, -self.im)

    def __add__(self, other: Scalar) -> Gauss | acb:
        if isinstance(other, fmpq):
            return Gauss(self.re + other, self.im)
        if isinstance(other, Gauss):
            return Gauss(self.re + other.re, self.im + other.im)
        return self.ball() + other

    def __mul__(self, other: Scalar) -> Gauss | acb:
        if isinstance(other, fmpq):
            return Gauss(self.re * other, self.im * other)
        if isinstance(other, Gauss):
            re = self.re * other.re - self.im * other.im
            return Gauss(re, self.re * other.im + self.im * other.re)
        return self.ball() * other

    __radd__ = __add__
    __rmul__ = __mul__

    def inverse(self) -> Gauss:
        square = self.re * self.re + self.im * self.im
        return Gauss(self.re / square, -self.im / square)


@dataclass(frozen=True, slots=True)
class GaussMatrix:
    """An exact complex matrix, as its real and imaginary part."""

    re: fmpq_mat
    im: fmpq_mat

    def ball(self) -> acb_mat:
        i = acb(0, 1)
        return acb_mat(self.re) + acb_mat(self.im) * i


@dataclass(frozen=True, slots=True)
class Multiple:
    """A multiple of the identity matrix, of whatever size fits."""

    factor: Scalar


Scalar = fmpq | Gauss | arb | acb
Grid = fmpq_mat | GaussMatrix | arb_mat | acb_mat
Quantity = Scalar | Grid | Multiple


def parts_of(x: fmpq | Gauss) -> tuple[fmpq, fmpq]:
    return (x, fmpq(0)) if isinstance(x, fmpq) else (x.re, x.im)


def ball_of(x: Scalar) -> acb:
    return x.ball() if isinstance(x, Gauss) else acb(x)


def rounded(x: Scalar) -> arb | acb:
    """An exact number as a ball."""
    return arb(x) if isinstance(x, fmpq) else x.ball() if isinstance(x, Gauss) else x


def bits_of(x: fmpq) -> int:
    return int(x.height_bits())


def is_zero(x: Scalar) -> bool:
    """Certainly 0: exactly."""
    return not any(parts_of(x)) if isinstance(x, fmpq | Gauss) else bool(x == 0)


def size_of(x: Grid) -> tuple[int, int]:
    part = x.re if isinstance(x, GaussMatrix) else x
    return part.nrows(), part.ncols()


def shown(x: Grid) -> str:
    return "{} by {}".format(*size_of(x))


def entry_at(x: Grid, i: int, j: int) -> Scalar:
    return Gauss(x.re[i, j], x.im[i, j]) if isinstance(x, GaussMatrix) else x[i, j]


def rows_of(x: Grid) -> list[list[Scalar]]:
    rows, columns = size_of(x)
    return [[entry_at(x, i, j) for j in range(columns)] for i in range(rows)]


def as_scalar(x: Quantity) -> Scalar:
    """A number, or the entry of a 1 by 1 matrix. Raises Undefined for other matrices."""
    if type(x) is fmpq or type(x) is arb:
        return x
    if isinstance(x, Grid) and size_of(x) == (1, 1):
        return entry_at(x, 0, 0)
    if isinstance(x, Grid | Multiple):
        raise Undefined("a matrix stands where a number is needed")
    return x
