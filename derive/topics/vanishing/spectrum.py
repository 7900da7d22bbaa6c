"""What is known of the reader's matrix: exact eigenvalue structure, rigorous enclosures, a closed form of its powers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb, ctx, fmpq, fmpq_mat, fmpq_poly

from derive.core import Complex, InputError, Matrix
from derive.kernel import spectrum

DEFAULT = Matrix(((Fraction(19, 10), Fraction(-7, 10)), (Fraction(7, 5), Fraction(-1, 5))))
SMALL = 6
"""Up to this size a matrix is printed; above it the spectrum is summarised."""
BITS = 256
ENCLOSED = 64
"""Up to this size kappa(V) is enclosed (about a second); above it NumPy's estimate is given and called one."""
UNIT_ROUNDOFF = Fraction(1, 2**53)

Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One rational eigenvalue in the closed form: W^t contains binom(t, j) value^(t-j) matrices[j]."""

    value: Fraction
    matrices: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the sections ask about the matrix. ``eigenvalues`` in order of falling modulus, with multiplicity.
    ``parts`` is the closed form of the powers when all eigenvalues are rational, else empty. ``condition`` encloses
    kappa(V) for unit columns, None where it has no enclosure."""

    rows: Rows
    flint: fmpq_mat
    characteristic: fmpq_poly
    eigenvalues: tuple[tuple[acb, int], ...]
    rational: tuple[Fraction, ...]
    diagonalisable: bool
    normal: bool
    radius: arb
    condition: arb | None
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def symmetric(self) -> bool:
        return all(self.rows[i][j] == self.rows[j][i] for i in range(self.size) for j in range(i))

    @property
    def small(self) -> bool:
        return self.size <= SMALL

    @property
    def real_spectrum(self) -> bool:
        return all(value.imag == 0 for value, _ in self.eigenvalues)


def analyse(matrix: Matrix) -> Analysis:
    """Exact and enclosed facts about a real square matrix. Raises InputError for other matrices."""
    rows = _real_rows(matrix)
    A = fmpq_mat(len(rows), len(rows), [fmpq(q.numerator, q.denominator) for row in rows for q in row])
    try:
        eigenvalues = spectrum.eigenvalues(A, BITS)
        diagonalisable = spectrum.is_diagonalisable(A)
        radius = spectrum.spectral_radius(A, BITS)
    except ValueError as error:
        raise InputError(f"the matrix: {error}") from None
    characteristic = spectrum.charpoly(A)
    rational = _rational_roots(characteristic)
    complete = sum(m for _, m in eigenvalues) == _multiplicity_of_rational_roots(characteristic)
    parts = _parts(A, characteristic) if complete and len(rows) <= SMALL else ()
    condition = spectrum.eigenvector_condition(A, BITS) if diagonalisable and len(rows) <= ENCLOSED else None
    normal = A * A.transpose() == A.transpose() * A
    return Analysis(
        rows, A, characteristic, eigenvalues, rational, diagonalisable, bool(normal), radius, condition, parts
    )


def _real_rows(matrix: Matrix) -> Rows:
    rows = matrix.rows
    if not rows or any(len(row) != len(rows) for row in rows):
        raise InputError(f"the matrix is not square ({len(rows)} rows); give as many columns as rows")
    if len(rows) == 1:
        raise InputError("a 1 by 1 matrix is one number, which section 2 treats for every number; give at least 2 rows")
    if any(isinstance(entry, Complex) for row in rows for entry in row):
        raise InputError("the matrix has complex entries; this topic takes real ones")
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)  # type: ignore[arg-type]


def _linear_factors(polynomial: fmpq_poly) -> list[tuple[Fraction, int]]:
    _, factors = polynomial.factor()
    found = []
    for factor, multiplicity in factors:
        if factor.degree() == 1:
            root = -factor[0] / factor[1]
            found.append((Fraction(int(root.p), int(root.q)), int(multiplicity)))
    return sorted(found, key=lambda pair: (-abs(pair[0]), -pair[0]))


def _rational_roots(characteristic: fmpq_poly) -> tuple[Fraction, ...]:
    return tuple(value for value, _ in _linear_factors(characteristic)) if characteristic.degree() <= SMALL else ()


def _multiplicity_of_rational_roots(characteristic: fmpq_poly) -> int:
    return sum(m for _, m in _linear_factors(characteristic)) if characteristic.degree() <= SMALL else -1


def _parts(A: fmpq_mat, characteristic: fmpq_poly) -> tuple[Part, ...]:
    """Spectral projectors by the Chinese remainder theorem: p = 1 mod (x - value)^m, 0 modulo the other factors."""
    parts = []
    for value, multiplicity in _linear_factors(characteristic):
        q = fmpq(value.numerator, value.denominator)
        own = fmpq_poly([-q, 1]) ** multiplicity
        others = characteristic / own if characteristic != own else fmpq_poly([1])
        others = fmpq_poly(others) if not isinstance(others, fmpq_poly) else others
        _, inverse, _ = others.xgcd(own)
        projector = _at(others * inverse, A)
        shifted = A - _identity(A.nrows()) * q
        powers, current = [], projector
        for _ in range(multiplicity):
            powers.append(_rows(current))
            current = shifted * current
        while len(powers) > 1 and all(entry == 0 for row in powers[-1] for entry in row):
            powers.pop()
        parts.append(Part(value, tuple(powers)))
    return tuple(parts)


def _identity(size: int) -> fmpq_mat:
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def _at(polynomial: fmpq_poly, A: fmpq_mat) -> fmpq_mat:
    """Horner's scheme."""
    result = A * 0
    unit = _identity(A.nrows())
    for coefficient in reversed(polynomial.coeffs()):
        result = result * A + unit * coefficient
    return result


def _rows(A: fmpq_mat) -> Rows:
    return tuple(tuple(Fraction(int(q.p), int(q.q)) for q in row) for row in A.tolist())


def estimated_condition(analysis: Analysis) -> float:
    """kappa(V) in floating point, unit columns: an estimate, no enclosure."""
    import numpy as np

    entries = np.array([[float(entry) for entry in row] for row in analysis.rows])
    return float(np.linalg.cond(np.linalg.eig(entries)[1]))


def rounding_decides(analysis: Analysis) -> bool:
    """Changing the data in the 16th digit can move the eigenvalues (Bauer and Fike: by kappa(V) u ||W||) by more than half
    of their smallest distance: then whether the matrix is defective is a matter of rounding."""
    if analysis.condition is None or not analysis.diagonalisable or len(analysis.eigenvalues) < 2:
        return False
    with ctx.workprec(BITS):
        u = arb(fmpq(UNIT_ROUNDOFF.numerator, UNIT_ROUNDOFF.denominator))
        size = sum((abs(arb(entry)) ** 2 for entry in analysis.flint.entries()), arb(0)).sqrt()
        moved = analysis.condition * u * size
        values = [value for value, _ in analysis.eigenvalues]
        gap = min((abs(a - b).lower() for i, a in enumerate(values) for b in values[:i]), key=float)
        return bool(moved.upper() > gap / 2)
