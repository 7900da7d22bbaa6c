"""Matrices whose entries are written out: arithmetic on grids of scalar normal forms.

``X^t`` with a symbolic exponent is known only where X is diagonal, or where a hypothesis (the induction hypothesis, say)
gives it entry by entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mat

from derive.core import Term
from derive.kernel.diagonalisation import spectral_parts
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, absolute_value, integer_power, radical
from derive.kernel.ratio import Ratio, TooLarge, fraction, rational
from derive.kernel.spectrum import entry_bits
from derive.kernel.terms import INFINITY, number, rational_value, sub

SIZE_LIMIT = 12
POWER_LIMIT = 4096
"""A numeral power of an explicit matrix goes by squaring; numbers grow, so the exponent is bounded."""


NUMERIC_LIMIT = 64
NUMERIC_FROM = 4
"""Matrices of numbers are left to FLINT: those with so many rows at least when they are multiplied."""
ENTRYWISE = 3
"""The largest size of a letter that is written out by its entries."""
SPECTRUM_LIMIT = 16
SYMMETRIC = {"symmetric", "diagonal", "positive_definite", "positive_semidefinite"}


class NotExplicit(NoNormalForm):
    """Some matrix in the term is not written out."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of scalar normal forms; ``scalar`` marks a multiple of the identity of no fixed size."""

    rows: tuple[tuple[Ratio, ...], ...]
    scalar: Ratio | None = None

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])


class Grids:
    """Explicit matrix terms to grids, over one scalar normaliser."""

    def __init__(self, normaliser: Normaliser, facts: Facts) -> None:
        self.normaliser = normaliser
        self.facts = facts

    def grid(self, term: Term) -> Grid:
        """The grid of an explicit matrix term. Raises NotExplicit, NoNormalForm."""
        head, args = term.head, term.args
        if head == "matrix":
            limit = NUMERIC_LIMIT if _all_numerals(args) else SIZE_LIMIT
            if max(len(args), len(args[0].args)) > limit:
                raise TooLarge(f"a symbolic computation with a matrix larger than {limit} x {limit}")
            return Grid(tuple(tuple(self._scalar(entry) for entry in row.args) for row in args))
        if head == "diagonal":
            return self._diagonal(tuple(self._scalar(arg) for arg in args))
        if head == "identity":
            return Grid((), self.normaliser.constant(1))
        if head == "symbol":
            return self._defined(str(term.value))
        if head == "transpose":
            inner = self.grid(args[0])
            return inner if inner.scalar is not None else Grid(tuple(zip(*inner.rows, strict=True)))
        if head == "neg":
            return self._scaled(self.grid(args[0]), self.normaliser.constant(-1))
        if head == "add":
            return self._sum(args)
        if head == "mul":
            return self._product(args)
        if head == "div":
            return self._scaled(self.grid(args[0]), self._scalar(args[1]).inverse())
        if head == "pow":
            return self._power(args[0], args[1])
        raise NotExplicit(f"{head} is not an explicit matrix")

    def _scalar(self, term: Term) -> Ratio:
        return self.normaliser.reduce(self.normaliser.value(term, self.facts))

    def _defined(self, name: str) -> Grid:
        definition = self.facts.definition(name)
        if definition is not None:
            return self.grid(definition)
        if self.normaliser.entrywise:
            return self._of_entries(name)
        raise NotExplicit(f"the entries of {name} are not given")

    def _of_entries(self, name: str) -> Grid:
        """A letter of a small size in numerals, by its entries."""
        declaration = self.facts.declaration(name)
        shape = (*declaration.shape, 1)[:2] if declaration is not None else ()
        if declaration is None or len(shape) != 2 or not all(isinstance(n, int) and n <= ENTRYWISE for n in shape):
            raise NotExplicit(f"the entries of {name} are not given")
        real, turned = declaration.domain != "complex", bool(SYMMETRIC & set(declaration.properties))
        rows, columns = (int(n) for n in shape)

        def entry(i: int, j: int) -> Ratio:
            if "diagonal" in declaration.properties and i != j:
                return self.normaliser.constant(0)
            i, j = (min(i, j), max(i, j)) if turned else (i, j)
            term = Term("entry", (Term("symbol", (), name), number(i), number(j)))
            return self.normaliser.generator(("entry", name, str(i), str(j)), "entry", term, real)

        return Grid(tuple(tuple(entry(i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1)))

    def _diagonal(self, entries: tuple[Ratio, ...]) -> Grid:
        zero = self.normaliser.constant(0)
        size = len(entries)
        return Grid(tuple(tuple(entries[i] if i == j else zero for j in range(size)) for i in range(size)))

    def _scaled(self, a: Grid, factor: Ratio) -> Grid:
        if a.scalar is not None:
            return Grid((), a.scalar * factor)
        return Grid(tuple(tuple(self.normaliser.reduce(entry * factor) for entry in row) for row in a.rows))

    def _sized(self, a: Grid, size: tuple[int, int]) -> Grid:
        if a.scalar is None:
            return a
        if size[0] != size[1]:
            raise NoNormalForm("the identity added to a matrix that is not square")
        return self._diagonal((a.scalar,) * size[0])

    def _sum(self, args: tuple[Term, ...]) -> Grid:
        grids = [self.grid(arg) for arg in args]
        size = next((g.size for g in grids if g.scalar is None), None)
        if size is None:
            total = self.normaliser.constant(0)
            for g in grids:
                assert g.scalar is not None
                total += g.scalar
            return Grid((), total)
        grids = [self._sized(g, size) for g in grids]
        if any(g.size != size for g in grids):
            raise NoNormalForm("a sum of matrices of different shapes")
        return Grid(
            tuple(tuple(self._total(g.rows[i][j] for g in grids) for j in range(size[1])) for i in range(size[0]))
        )

    def _total(self, parts: object) -> Ratio:
        total = self.normaliser.constant(0)
        for part in parts:  # type: ignore[attr-defined]
            total += part
        return self.normaliser.reduce(total)

    def _product(self, args: tuple[Term, ...]) -> Grid:
        from derive.kernel.words import is_matrix

        product = Grid((), self.normaliser.constant(1))
        for arg in args:
            product = self.times(product, self.grid(arg) if is_matrix(arg, self.facts) else Grid((), self._scalar(arg)))
        return product

    def times(self, a: Grid, b: Grid) -> Grid:
        if a.scalar is not None:
            return self._scaled(b, a.scalar)
        if b.scalar is not None:
            return self._scaled(a, b.scalar)
        if a.size[1] != b.size[0]:
            if a.size == (1, 1) or b.size == (1, 1):
                return self._scaled(b, a.rows[0][0]) if a.size == (1, 1) else self._scaled(a, b.rows[0][0])
            raise NoNormalForm("a product of matrices whose sizes do not fit")
        one, other = (numbers_of(x) if len(a.rows) >= NUMERIC_FROM else None for x in (a, b))
        if one is not None and other is not None:
            return self._of_numbers(one * other)
        columns = list(zip(*b.rows, strict=True))
        return Grid(
            tuple(
                tuple(self._total(x * y for x, y in zip(row, column, strict=True)) for column in columns)
                for row in a.rows
            )
        )

    # ------------------------------------------------------------------------------------------------------ powers

    def _power(self, base: Term, exponent: Term) -> Grid:
        known = self._known_power(base, exponent)
        if known is not None:
            return known
        numeral = rational_value(exponent)
        value = self.grid(base)
        if value.scalar is None and value.size[0] != value.size[1]:
            raise NoNormalForm("a power of a matrix that is not square")
        if numeral is None:
            return self._symbolic_power(value, exponent)
        if numeral.denominator != 1 or abs(numeral) > POWER_LIMIT:
            raise TooLarge(f"a matrix to the power {numeral}")
        return self._numeral_power(value, int(numeral))

    def _known_power(self, base: Term, exponent: Term) -> Grid | None:
        """X^(s + c) = (right side of a hypothesis for X^s) X^c, c >= 0."""
        for relation in (*self.facts.given, *self.facts.scope.hypotheses):
            if relation.relation != "=" or relation.lhs.head != "pow" or relation.lhs.args[0] != base:
                continue
            difference = self._scalar(sub(exponent, relation.lhs.args[1])).constant()
            if difference is not None and difference.denominator == 1 and 0 <= difference <= 8:
                left = self.grid(relation.rhs)
                return self.times(left, self._numeral_power(self.grid(base), int(difference)))
        return None

    def _symbolic_power(self, value: Grid, exponent: Term) -> Grid:
        degree = self._scalar(exponent)
        if self.facts.kind(exponent) != "integer":
            raise NoNormalForm("a matrix to an exponent that is not declared an integer")
        known = self._by_eigenvalues(value, exponent)
        if known is not None:
            return known
        off_diagonal = [e for i, row in enumerate(value.rows) for j, e in enumerate(row) if i != j]
        if value.scalar is not None:
            return Grid((), integer_power(self.normaliser, value.scalar, degree, self.facts))
        if any(not entry.is_zero for entry in off_diagonal):
            raise NoNormalForm("a symbolic power of an explicit matrix that is not diagonal")
        entries = [value.rows[i][i] for i in range(value.size[0])]
        return self._diagonal(tuple(integer_power(self.normaliser, e, degree, self.facts) for e in entries))

    def _by_eigenvalues(self, value: Grid, exponent: Term) -> Grid | None:
        """W^t = sum x_k^t P_k for a matrix of numbers with rational eigenvalues x_k that is diagonalisable."""
        numbers = numbers_of(value) if value.scalar is None else None
        parts = spectral_parts(numbers) if numbers is not None and _fit_for_spectrum(numbers) else None
        if parts is None or not (self.facts.non_negative(exponent) or all(x != 0 for x, _ in parts)):
            return None
        degree, total = self._scalar(exponent), None
        for x, projection in parts:
            if x == 0 and not self.facts.positive(exponent):
                return None  # 0^0 = 1
            scaled = self._of_numbers(projection)
            if x != 0:
                power = integer_power(self.normaliser, self.normaliser.constant(fraction(x)), degree, self.facts)
                scaled = self._scaled(scaled, power)
                total = scaled if total is None else self._added(total, scaled)
        return total if total is not None else self._scaled(value, self.normaliser.constant(0))

    def _added(self, a: Grid, b: Grid) -> Grid:
        rows, columns = a.size
        return Grid(
            tuple(tuple(self._total((a.rows[i][j], b.rows[i][j])) for j in range(columns)) for i in range(rows))
        )

    def _of_numbers(self, a: fmpq_mat) -> Grid:
        return Grid(
            tuple(
                tuple(self.normaliser.constant(fraction(a[i, j])) for j in range(a.ncols())) for i in range(a.nrows())
            )
        )

    def _numeral_power(self, value: Grid, exponent: int) -> Grid:
        if exponent < 0:
            return self._numeral_power(self.inverse(value), -exponent)
        if exponent == 0:
            return Grid((), self.normaliser.constant(1))
        half = self._numeral_power(value, exponent // 2)
        square = self.times(half, half)
        return self.times(square, value) if exponent % 2 else square

    def inverse(self, a: Grid) -> Grid:
        """Gauss-Jordan elimination over the field of quotients."""
        if a.scalar is not None:
            return Grid((), a.scalar.inverse())
        size = a.size[0]
        numbers = numbers_of(a)
        if numbers is not None:
            return self._of_numbers(numbers.inv())
        unit = self._diagonal((self.normaliser.constant(1),) * size)
        rows = [list(row) + list(extra) for row, extra in zip(a.rows, unit.rows, strict=True)]
        for column in range(size):
            pivot = next((r for r in range(column, size) if not rows[r][column].is_zero), None)
            if pivot is None:
                raise ZeroDivisionError("the inverse of a singular matrix")
            rows[column], rows[pivot] = rows[pivot], rows[column]
            lead = rows[column][column].inverse()
            rows[column] = [self.normaliser.reduce(entry * lead) for entry in rows[column]]
            for r in range(size):
                if r != column and not rows[r][column].is_zero:
                    factor = rows[r][column]
                    rows[r] = [
                        self.normaliser.reduce(x - factor * y) for x, y in zip(rows[r], rows[column], strict=True)
                    ]
        return Grid(tuple(tuple(row[size:]) for row in rows))

    def determinant(self, a: Grid) -> Ratio:
        """By FLINT for a matrix of numbers, else by Laplace expansion: sizes are small then."""
        numbers = numbers_of(a) if a.size[0] == a.size[1] else None
        if numbers is not None:
            return self.normaliser.constant(fraction(numbers.det()))
        if a.size[0] != a.size[1] or a.size[0] > 6:
            raise TooLarge("a symbolic determinant larger than 6 x 6")
        return self._laplace([list(row) for row in a.rows])

    def _laplace(self, rows: list[list[Ratio]]) -> Ratio:
        if len(rows) == 1:
            return rows[0][0]
        total = self.normaliser.constant(0)
        for j, entry in enumerate(rows[0]):
            if not entry.is_zero:
                minor = self._laplace([row[:j] + row[j + 1 :] for row in rows[1:]])
                total += entry * minor * self.normaliser.constant((-1) ** j)
        return self.normaliser.reduce(total)


def _all_numerals(rows: tuple[Term, ...]) -> bool:
    return all(rational_value(entry) is not None for row in rows for entry in row.args)


def numbers_of(grid: Grid) -> fmpq_mat | None:
    """The matrix, if all its entries are rational numbers."""
    if grid.scalar is not None:
        return None
    found = []
    for row in grid.rows:
        values = [entry.constant() for entry in row]
        if any(value is None for value in values):
            return None
        found.append([rational(value) for value in values if value is not None])
    return fmpq_mat(found)


def _fit_for_spectrum(numbers: fmpq_mat) -> bool:
    return bool(numbers.nrows() <= SPECTRUM_LIMIT and entry_bits(numbers) <= 512)


def explicit_scalar(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """A scalar head applied to explicit matrices. Raises NotExplicit."""
    grids = Grids(normaliser, facts)
    if term.head == "mul":
        product = grids._product(term.args)
        if product.scalar is None and product.size == (1, 1):
            return product.rows[0][0]
        raise NotExplicit("not a number")
    if term.head in ("symbol", "transpose"):
        raise NotExplicit("a matrix where a number is expected")
    if term.head == "condition_number":
        raise NotExplicit("split into two norms first")
    value = grids.grid(term.args[0])
    if value.scalar is not None:
        raise NotExplicit("a multiple of the identity of no fixed size")
    if term.head == "entry":
        return _entry(value, term)
    if term.head == "det":
        return grids.determinant(value)
    if term.head == "trace":
        return grids._total(value.rows[i][i] for i in range(value.size[0]))
    return _size_atom(normaliser, term, value, facts)


def _entry(value: Grid, term: Term) -> Ratio:
    i, j = (rational_value(arg) for arg in term.args[1:])
    rows, columns = value.size
    if i is None or j is None or not (1 <= i <= rows and 1 <= j <= columns):
        raise NoNormalForm("an entry outside the matrix")
    return value.rows[int(i) - 1][int(j) - 1]


def _entry_norm(normaliser: Normaliser, term: Term, entries: list[Ratio], facts: Facts) -> Ratio:
    """Frobenius norm and p-norms of written entries, p a small whole number."""
    if not all(normaliser.is_real(e.num) and normaliser.is_real(e.den) for e in entries):
        raise NoNormalForm("the norm of complex entries")
    p = Fraction(2) if term.head == "frobenius" else rational_value(term.args[1])
    if p is None or p.denominator != 1 or not 1 <= p <= 8:
        if term.args[-1] != INFINITY:
            raise NoNormalForm("a p-norm whose order is no small whole number")
        return _largest_modulus(normaliser, entries, facts)
    total = normaliser.constant(0)
    for entry in entries:
        total += (entry if p % 2 == 0 else absolute_value(normaliser, entry, facts)) ** int(p)
    return total if p == 1 else radical(normaliser, normaliser.reduce(total), int(p), facts)


def _largest_modulus(normaliser: Normaliser, entries: list[Ratio], facts: Facts) -> Ratio:
    moduli = tuple(normaliser.ratio_term(absolute_value(normaliser, entry, facts)) for entry in entries)
    return normaliser.value(Term("max", moduli), facts) if len(moduli) > 1 else normaliser.value(moduli[0], facts)


def _size_atom(normaliser: Normaliser, term: Term, value: Grid, facts: Facts) -> Ratio:
    """Norm of an explicit real vector by Pythagoras; other norms, radii and eigenvalues are atoms named by the entries."""
    entries = [entry for row in value.rows for entry in row]
    if term.head == "norm" and 1 in value.size:
        if not all(normaliser.is_real(e.num) and normaliser.is_real(e.den) for e in entries):
            raise NoNormalForm("the norm of a complex vector")
        total = normaliser.constant(0)
        for entry in entries:
            total += entry * entry
        return radical(normaliser, normaliser.reduce(total), 2, facts)
    if term.head in ("frobenius", "norm_p"):
        return _entry_norm(normaliser, term, entries, facts)
    name = ";".join(",".join(normaliser.key(entry) for entry in row) for row in value.rows)
    rest = [normaliser.key(normaliser.value(arg, facts)) for arg in term.args[1:]]
    return normaliser.generator((term.head, name, *rest), term.head, term, term.head != "eigenvalue")
