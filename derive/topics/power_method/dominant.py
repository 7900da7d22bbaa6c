"""What is known of the reader's matrix and start vector: whether an eigenvalue is dominant, its eigenvectors, the iterates."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb, ctx, fmpq, fmpq_mat

from derive.core import Complex, InputError, Matrix
from derive.kernel import spectrum

SMALL = 6
"""Up to this size the matrix and its eigenvectors are printed."""
BITS = 256

Vector = tuple[Fraction, ...]
Rows = tuple[Vector, ...]

DEFAULT: Rows = tuple(tuple(Fraction(entry) for entry in row) for row in ((3, 1, 1), (1, 3, 2), (1, 1, 2)))


@dataclass(frozen=True, slots=True)
class Top:
    """A rational dominant eigenvalue, scaled so that u^T v = 1."""

    value: Fraction
    right: Vector
    left: Vector

    @property
    def projector(self) -> Rows:
        return tuple(tuple(v * u for u in self.left) for v in self.right)

    def overlap(self, x: Vector) -> Fraction:
        return dot(self.left, x)


@dataclass(frozen=True, slots=True)
class Analysis:
    """``eigenvalues`` in order of falling modulus, with multiplicity. ``obstacle`` says why none is dominant, None where one is.
    ``top`` where it is rational and the matrix is small enough to print."""

    rows: Rows
    start: Vector
    eigenvalues: tuple[tuple[acb, int], ...]
    obstacle: str | None
    top: Top | None

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def small(self) -> bool:
        return self.size <= SMALL

    @property
    def largest(self) -> acb:
        return self.eigenvalues[0][0]

    @property
    def ratio(self) -> arb:
        """|lambda_2 / lambda_1|, where one is dominant: the factor by which the error falls in the end."""
        with ctx.workprec(BITS):
            second = abs(self.eigenvalues[1][0]) if len(self.eigenvalues) > 1 else arb(0)
            return second / abs(self.largest)


def analyse(matrix: Matrix | None, start: Matrix | None) -> Analysis:
    """Exact and enclosed facts. Raises InputError for a matrix that is not real and square, or a start that does not fit."""
    rows = DEFAULT if matrix is None else _real_rows(matrix)
    x = _start(start, len(rows))
    A = as_flint(rows)
    try:
        eigenvalues = spectrum.eigenvalues(A, BITS)
    except ValueError as error:
        raise InputError(f"the matrix: {error}") from None
    obstacle = _obstacle(A, eigenvalues)
    top = _top(rows, eigenvalues[0][0]) if obstacle is None and len(rows) <= SMALL else None
    return Analysis(rows, x, eigenvalues, obstacle, top)


def _real_rows(matrix: Matrix) -> Rows:
    rows = matrix.rows
    if not rows or any(len(row) != len(rows) for row in rows):
        raise InputError(f"the matrix is not square ({len(rows)} rows); give as many columns as rows")
    if len(rows) == 1:
        raise InputError("a 1 by 1 matrix has only one direction; give at least 2 rows")
    if any(isinstance(entry, Complex) for row in rows for entry in row):
        raise InputError("the matrix has complex entries; this topic takes real ones")
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)  # type: ignore[arg-type]


def _start(start: Matrix | None, size: int) -> Vector:
    if start is None:
        return tuple(Fraction(int(i == 0)) for i in range(size))
    if len(start.rows) != size or any(len(row) != 1 for row in start.rows):
        raise InputError(
            f"the start vector has {len(start.rows)} entries and the matrix {size} rows; give {size} numbers"
        )
    if any(isinstance(row[0], Complex) for row in start.rows):
        raise InputError("the start vector has complex entries; this topic takes real ones")
    x = tuple(Fraction(row[0]) for row in start.rows)  # type: ignore[arg-type]
    if not any(x):
        raise InputError("the start vector is 0, which has no direction; give at least one entry that is not 0")
    return x


# ------------------------------------------------------------------------------------------------------ who is dominant


def _obstacle(A: fmpq_mat, eigenvalues: tuple[tuple[acb, int], ...]) -> str | None:
    (first, multiplicity), *others = eigenvalues
    with ctx.workprec(BITS):
        if first == 0:
            return "all its eigenvalues are 0 (it is nilpotent), and every start ends at 0"
        rivals = [value for value, _ in others if not abs(value) < abs(first)]
    if rivals:
        return "its largest modulus belongs to " + _tie(first, rivals)
    if multiplicity > 1:
        return _multiple(A, first, multiplicity)
    return None


def _tie(first: acb, rivals: list[acb]) -> str:
    if len(rivals) == 1 and first.imag != 0:
        return "a complex pair, which turns its plane for ever"
    if len(rivals) == 1 and first.imag == 0 and rivals[0].imag == 0:
        return "two eigenvalues of opposite sign, between which the iterates go to and fro"
    return f"{len(rivals) + 1} eigenvalues at once"


def _multiple(A: fmpq_mat, first: acb, multiplicity: int) -> str:
    independent = len(_kernel_columns(A, _rational(A, first))) if _rational(A, first) is not None else None
    if independent == multiplicity:
        return f"its largest eigenvalue has {multiplicity} independent eigenvectors, and the limit depends on the start"
    return (
        f"its largest eigenvalue is {multiplicity}-fold and defective, and the error falls like $1/t$ only"
        if independent is not None
        else f"its largest eigenvalue is {multiplicity}-fold"
    )


def _rational(A: fmpq_mat, value: acb) -> fmpq | None:
    """The exact value of a rational eigenvalue."""
    if value.imag != 0:
        return None
    found = spectrum.recognise(A, spectrum.charpoly(A), value)
    return found[0] if found is not None and found[1] == 0 else None


def second_rational(analysis: Analysis) -> Fraction | None:
    """The second eigenvalue in order of falling modulus, where it is rational and alone."""
    if len(analysis.eigenvalues) < 2:
        return None
    exact = _rational(as_flint(analysis.rows), analysis.eigenvalues[1][0])
    return None if exact is None else Fraction(int(exact.p), int(exact.q))


def _top(rows: Rows, value: acb) -> Top | None:
    A = as_flint(rows)
    exact = _rational(A, value)
    if exact is None:
        return None
    (right,) = _kernel_columns(A, exact)
    (left,) = _kernel_columns(A.transpose(), exact)
    scale = dot(left, right)
    return Top(Fraction(int(exact.p), int(exact.q)), right, tuple(entry / scale for entry in left))


def _kernel_columns(A: fmpq_mat, value: fmpq | None) -> list[Vector]:
    """A basis of the vectors with (A - value) x = 0, in smallest integers, first entry that is not 0 positive."""
    assert value is not None
    size = A.nrows()
    shifted = A - fmpq_mat(size, size, [value if i == j else 0 for i in range(size) for j in range(size)])
    reduced, rank = shifted.rref()
    entries = [[Fraction(int(q.p), int(q.q)) for q in row] for row in reduced.tolist()]
    pivots = [next(j for j, entry in enumerate(row) if entry) for row in entries[:rank]]
    return [_kernel_vector(entries, pivots, free) for free in range(size) if free not in pivots]


def _kernel_vector(entries: list[list[Fraction]], pivots: list[int], free: int) -> Vector:
    x = [Fraction(0)] * len(entries)
    x[free] = Fraction(1)
    for row, pivot in zip(entries, pivots, strict=False):
        x[pivot] = -row[free]
    return whole(tuple(x))


# --------------------------------------------------------------------------------------------------------- arithmetic


def as_flint(rows: Rows) -> fmpq_mat:
    size = len(rows)
    return fmpq_mat(size, size, [fmpq(q.numerator, q.denominator) for row in rows for q in row])


def dot(x: Vector, y: Vector) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def times(rows: Rows, x: Vector) -> Vector:
    return tuple(dot(row, x) for row in rows)


def parallel(x: Vector, y: Vector) -> bool:
    return all(a * d == b * c for a, b in zip(x, y, strict=True) for c, d in zip(x, y, strict=True))


def whole(x: Vector) -> Vector:
    """The smallest integer vector in the direction of x or -x, whose first entry that is not 0 is positive."""
    from math import gcd, lcm

    scale = lcm(*(entry.denominator for entry in x))
    integers = [int(entry * scale) for entry in x]
    divisor = gcd(*integers) or 1
    sign = -1 if next(entry for entry in integers if entry) < 0 else 1
    return tuple(Fraction(sign * entry, divisor) for entry in integers)
