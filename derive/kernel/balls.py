"""Rigorous evaluation of a term at an exact point: exact rational numbers as long as they last, Arb balls from there on.

One rule a head. A value stays an exact rational (or Gaussian rational, or a matrix of them) while every operation allows
it and the numbers stay small; then it becomes a ball, which always contains the exact value. Balls that are disjoint prove
``different``; equality is proved by exact values only. A part that is not certainly defined raises ``Undefined``, so
whoever gets a value knows that every subterm is defined, with a finite ball.

Real or complex is a matter of type: ``fmpq`` and ``arb`` are real, ``Gauss`` and ``acb`` come from a complex letter or from i, and
never turn back. Real: ``log u`` needs u > 0, ``sqrt u`` needs u >= 0, an odd root takes all u, ``u^a`` needs u > 0, or u = 0 < a,
or an integer a. Complex: principal branches.

FLINT and GMP abort the process when a number does not fit into memory, so sizes are bounded before each operation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import factorial
from typing import cast

from flint import acb, acb_mat, arb, arb_mat, ctx, fmpq, fmpq_mat, fmpz

from derive.core import Complex, Family, FiniteLaw, Function, Matrix, Relation, Term, Value
from derive.kernel import spectrum
from derive.kernel.laws import is_law

EXACT_BITS = 200_000
FREE_BITS = 1024
WORK_BITS = 30_000_000
MATRIX_BITS = 4_000_000
LARGEST_EXPONENT = 10**6
LARGEST_ARGUMENT = 10**5
LARGEST_EXACT_FACTORIAL = 10**4
LARGEST_SUM = 10**5
LARGEST_SIZE = 128
LARGEST_GRID = 300
LONGEST_DECIMAL = 10_000
MOST_BITS = 2048

Env = Mapping[str, Value]


class Undefined(Exception):
    """A part of the term is not defined at the point, or too large to be looked at."""


class Unclear(Undefined):
    """It is not certain, at this precision, that a part of the term is defined."""


# ------------------------------------------------------------------------------------------------------------ values


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


@dataclass(frozen=True, slots=True)
class BallMatrix:
    """A matrix of complex balls. Where ``factor`` is given there are no rows: that multiple of the identity, of any size."""

    rows: tuple[tuple[acb, ...], ...]
    factor: acb | None = None


Ball = acb | BallMatrix
"""Real numbers have an imaginary part that is exactly 0."""


@dataclass(slots=True)
class Budget:
    """What one evaluation may still spend: terms of sums and products, atoms of expectations, bits of exact numbers."""

    terms: int = LARGEST_SUM
    atoms: int = LARGEST_GRID
    work: int = WORK_BITS

    def spend_terms(self, count: int) -> None:
        self.terms -= count
        if self.terms < 0:
            raise Undefined(f"sums and products of more than {LARGEST_SUM} terms")

    def spend_atom(self) -> None:
        self.atoms -= 1
        if self.atoms < 0:
            raise Undefined(f"an expectation over more than {LARGEST_GRID} points")


Key = tuple[str, int | None]
"""A random letter, or a member of a random family."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term is evaluated: the letters, the bound ones, and inside an expectation the atoms drawn so far."""

    letters: Env
    budget: Budget
    bits: int
    bound: dict[str, Quantity] = field(default_factory=dict)
    draws: dict[Key, fmpq] | None = None
    known: dict[str, Quantity] = field(default_factory=dict)

    def bind(self, name: str, value: Quantity) -> Place:
        bound = {**self.bound, name: value}
        return Place(self.letters, self.budget, self.bits, bound, self.draws, self.known)

    def draw(self, key: Key, atom: fmpq) -> Place:
        draws = {**(self.draws or {}), key: atom}
        return Place(self.letters, self.budget, self.bits, self.bound, draws, self.known)


class Undrawn(Exception):
    """An expectation met a random coordinate that has no atom yet."""

    def __init__(self, key: Key, law: FiniteLaw) -> None:
        super().__init__(key)
        self.key, self.law = key, law


# -------------------------------------------------------------------------------------------------------- what is asked


def compute(term: Term, env: Env, bits: int) -> Quantity:
    """The value at the point, exact where possible, else a ball computed with ``bits`` bits. Raises Undefined."""
    with ctx.workprec(bits):
        return _computed(term, Place(env, Budget(), bits))


def _computed(term: Term, place: Place) -> Quantity:
    try:
        return _value(term, place)
    except RecursionError:
        raise Undefined("a formula nested too deeply") from None
    except Undrawn as undrawn:
        raise Undefined(f"the random letter {undrawn.key[0]} outside an expectation") from None


def evaluate(term: Term, env: Env, bits: int) -> Ball:
    """A ball that contains the value at the point. Raises Undefined where some part is not certainly defined."""
    with ctx.workprec(bits):
        return _public(_computed(term, Place(env, Budget(), bits)))


def exact(term: Term, env: Env) -> Fraction | Complex | Matrix | None:
    """The exact value, if every operation met gives a rational number at the point (and none is too large); else None."""
    try:
        value = compute(term, env, 64)
    except Undefined:
        return None
    if isinstance(value, fmpq | Gauss):
        return _plain(value)
    if isinstance(value, fmpq_mat | GaussMatrix):
        return Matrix(tuple(tuple(_plain(cast(fmpq | Gauss, x)) for x in row) for row in _rows(value)))
    return None


def separated(a: Ball, b: Ball) -> bool:
    """The values are certainly different: the balls are disjoint, for matrices in some entry. Raises Undefined where the
    shapes do not fit."""
    return any(_equal(x, y) is False for x, y in _pairs(_quantity(a), _quantity(b)))


def certainly_less(a: Ball, b: Ball) -> bool:
    """a < b for all values in the balls; False for anything not certainly real."""
    x, y = (_real(_quantity(ball)) for ball in (a, b))
    return x is not None and y is not None and bool(x < y)


def certainly_at_most(a: Ball, b: Ball) -> bool:
    """a <= b for all values in the balls (upper(a) <= lower(b)); False for anything not certainly real."""
    x, y = (_real(_quantity(ball)) for ball in (a, b))
    return x is not None and y is not None and bool(x <= y)


def holds(relation: Relation, env: Env, max_bits: int = MOST_BITS) -> bool | None:
    """Whether the relation holds at the point: certified True, certified False, or None. The precision doubles from 64 bits
    until balls decide. Equality is certified by exact values only. None also where a side is not certainly defined."""
    if relation.relation == "~~":
        return approximates(relation.lhs, relation.rhs, env, max_bits)
    return _doubling(lambda bits: _holds_at(relation, env, bits), max_bits)


def approximates(lhs: Term, rhs: Term, env: Env, max_bits: int = MOST_BITS) -> bool | None:
    """Whether ``lhs`` lies within half a unit of the last digit of the numeral ``rhs`` (of each entry, for a matrix of
    numerals); None where that is not decided, or ``rhs`` is no numeral."""
    numerals = _numerals(rhs)
    if numerals is None:
        return None
    centre, reach = _grid_of(numerals, 0), _grid_of(numerals, 1)

    def within(bits: int) -> bool | None:
        with ctx.workprec(bits):
            pairs = list(_pairs(_add(compute(lhs, env, bits), _neg(centre)), reach))
            return _all(_at_most(_absolute(difference), room) for difference, room in pairs)

    return _doubling(within, max_bits)


def _doubling(decide: Callable[[int], bool | None], max_bits: int) -> bool | None:
    bits = 64
    while bits <= max_bits:
        try:
            answer = decide(bits)
        except Unclear:
            answer = None
        except Undefined:
            return None
        if answer is not None:
            return answer
        bits *= 2
    return None


def _holds_at(relation: Relation, env: Env, bits: int) -> bool | None:
    with ctx.workprec(bits):
        left, right = (_computed(side, Place(env, Budget(), bits)) for side in (relation.lhs, relation.rhs))
        return _decide(relation.relation, left, right)


# ----------------------------------------------------------------------------------------------------------- comparing


def _decide(relation: str, a: Quantity, b: Quantity) -> bool | None:
    """The truth of ``a relation b`` where the values settle it. Raises Undefined where the shapes do not fit."""
    if relation in ("=", "!="):
        same = _all(_equal(x, y) for x, y in _pairs(a, b))
        return same if same is None or relation == "=" else not same
    x, y = _real(a), _real(b)
    if x is None or y is None:
        return None
    if relation in (">", ">="):
        x, y = y, x
    if relation in ("<", ">"):
        return True if x < y else False if x >= y else None
    return _at_most(x, y) if relation in ("<=", ">=") else None


def _all(answers: Iterator[bool | None]) -> bool | None:
    """Conjunction with three values."""
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def _equal(x: Scalar, y: Scalar) -> bool | None:
    """True by exact values only, False by disjoint balls or exact values."""
    if isinstance(x, fmpq | Gauss) and isinstance(y, fmpq | Gauss):
        return _parts(x) == _parts(y)
    a, b = _ball(x), _ball(y)
    return False if a.is_finite() and b.is_finite() and not a.overlaps(b) else None


def _at_most(x: Scalar, y: Scalar) -> bool | None:
    if isinstance(x, Gauss | acb) or isinstance(y, Gauss | acb):
        return None
    return True if x <= y else False if x > y else None


def _real(value: Quantity) -> fmpq | arb | None:
    """The value as a real number, if it is certainly one."""
    if isinstance(value, Grid) and _size(value) == (1, 1):
        value = _entry_at(value, 0, 0)
    if isinstance(value, Gauss) and value.im == 0:
        return value.re
    if isinstance(value, acb) and value.imag.is_zero():
        return value.real
    return value if isinstance(value, fmpq | arb) else None


def _pairs(a: Quantity, b: Quantity) -> Iterator[tuple[Scalar, Scalar]]:
    """The numbers to be compared: entries of matrices, with identities and the number 0 written out."""
    a, b = _aligned(a, b)
    if isinstance(a, Multiple) and isinstance(b, Multiple):
        yield a.factor, b.factor
    elif isinstance(a, Grid) and isinstance(b, Grid):
        for row, other in zip(_rows(a), _rows(b), strict=True):
            yield from zip(row, other, strict=True)
    else:
        yield cast(Scalar, a), cast(Scalar, b)


def _aligned(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both as numbers, as matrices of one size, or as multiples of the identity. Raises Undefined if that is not possible."""
    for x, y, swapped in ((a, b, False), (b, a, True)):
        if isinstance(x, Grid) and not isinstance(y, Grid):
            filled = _filled(y, _size(x))
            if filled is not None:
                return (filled, x) if swapped else (x, filled)
            x = _scalar(x)
            return (cast(Quantity, y), x) if swapped else (x, y)
        if isinstance(x, Multiple) and isinstance(y, Scalar):
            if not _is_zero(y):
                raise Undefined("a number is set against a matrix")
            return (Multiple(y), x) if swapped else (x, Multiple(y))
    if isinstance(a, Grid) and isinstance(b, Grid) and _size(a) != _size(b):
        raise Undefined(f"shapes do not fit: {_shown(a)} and {_shown(b)}")
    return a, b


def _filled(value: Scalar | Multiple, size: tuple[int, int]) -> Grid | None:
    """A multiple of the identity, or 0, as a matrix of that size."""
    if isinstance(value, Multiple):
        if size[0] != size[1]:
            raise Undefined("an identity matrix that is not square")
        return _diagonal_of([value.factor] * size[0])
    return fmpq_mat(*size) if size != (1, 1) and _is_zero(value) else None


def _is_zero(x: Scalar) -> bool:
    """Certainly 0: exactly."""
    return not any(_parts(x)) if isinstance(x, fmpq | Gauss) else bool(x == 0)


# ---------------------------------------------------------------------------------------------- from and to the outside


def _rational(x: Fraction | int) -> fmpq:
    q = Fraction(x)
    if max(q.numerator.bit_length(), q.denominator.bit_length()) > EXACT_BITS:
        raise Undefined("a number of too many digits")
    return fmpq(q.numerator, q.denominator)


def _taken(value: Value) -> Quantity:
    """A value of the point."""
    if isinstance(value, Fraction | int):
        return _rational(value)
    if isinstance(value, Complex):
        return Gauss(_rational(value.re), _rational(value.im))
    if isinstance(value, Matrix):
        return _assembled([[cast(Scalar, _taken(entry)) for entry in row] for row in value.rows])
    raise Undefined(f"a {type(value).__name__} stands where a value is needed")


def _fraction(x: fmpq) -> Fraction:
    return Fraction(int(x.numerator), int(x.denominator))


def _plain(x: fmpq | Gauss) -> Fraction | Complex:
    return _fraction(x) if isinstance(x, fmpq) else Complex(_fraction(x.re), _fraction(x.im))


def _public(value: Quantity) -> Ball:
    if isinstance(value, Multiple):
        return BallMatrix((), _ball(value.factor))
    if isinstance(value, Scalar):
        return _ball(value)
    return BallMatrix(tuple(tuple(_ball(x) for x in row) for row in _rows(value)))


def _quantity(ball: Ball) -> Quantity:
    if isinstance(ball, acb):
        return ball
    return Multiple(ball.factor) if ball.factor is not None else acb_mat([list(row) for row in ball.rows])


# ------------------------------------------------------------------------------------------------------------- numbers


def _parts(x: fmpq | Gauss) -> tuple[fmpq, fmpq]:
    return (x, fmpq(0)) if isinstance(x, fmpq) else (x.re, x.im)


def _ball(x: Scalar) -> acb:
    return x.ball() if isinstance(x, Gauss) else acb(x)


def _rounded(x: Scalar) -> arb | acb:
    """An exact number as a ball."""
    return arb(x) if isinstance(x, fmpq) else x.ball() if isinstance(x, Gauss) else x


def _bits(x: fmpq) -> int:
    return max(int(x.numerator.bit_length()), int(x.denominator.bit_length()))


def _settled(x: Quantity, place: Place) -> Quantity:
    """A result that may be passed on: a finite ball, or an exact value that is not too large (else its ball)."""
    if isinstance(x, fmpq):
        return x if _affordable(_bits(x), place) else arb(x)
    if isinstance(x, arb | acb):
        if not x.is_finite():
            raise Unclear("a value that is not certainly finite")
        return x
    if isinstance(x, Gauss):
        return x if _affordable(max(_bits(x.re), _bits(x.im)), place) else x.ball()
    if isinstance(x, Multiple):
        return Multiple(cast(Scalar, _settled(x.factor, place)))
    return _settled_matrix(x, place)


def _affordable(bits: int, place: Place) -> bool:
    if bits > FREE_BITS:
        place.budget.work -= bits
    return bits <= FREE_BITS or (bits <= EXACT_BITS and place.budget.work >= 0)


def _settled_matrix(x: Grid, place: Place) -> Grid:
    if isinstance(x, arb_mat | acb_mat):
        if not all(entry.is_finite() for entry in x.entries()):
            raise Unclear("a matrix with an entry that is not certainly finite")
        return x
    bits = _matrix_bits(x)
    rows, columns = _size(x)
    small = bits <= EXACT_BITS and bits * rows * columns <= MATRIX_BITS
    return x if small and _affordable(bits, place) else _matrix_ball(x)


def _scalar(x: Quantity) -> Scalar:
    """A number, or the entry of a 1 by 1 matrix. Raises Undefined for other matrices."""
    if isinstance(x, Grid) and _size(x) == (1, 1):
        return _entry_at(x, 0, 0)
    if isinstance(x, Grid | Multiple):
        raise Undefined("a matrix stands where a number is needed")
    return x


def _add(a: Quantity, b: Quantity) -> Quantity:
    a, b = _aligned(a, b)
    if isinstance(a, Multiple) and isinstance(b, Multiple):
        return Multiple(a.factor + b.factor)
    if isinstance(a, Grid) and isinstance(b, Grid):
        return _matrix_sum(a, b)
    return cast(Scalar, a) + cast(Scalar, b)


def _neg(a: Quantity) -> Quantity:
    if isinstance(a, Multiple):
        return Multiple(-a.factor)
    return GaussMatrix(-a.re, -a.im) if isinstance(a, GaussMatrix) else cast(Quantity, -a)


def _multiply(a: Quantity, b: Quantity) -> Quantity:
    """``a b`` in this order; a 1 by 1 matrix acts as a number where the sizes ask for it."""
    if isinstance(a, Grid) and isinstance(b, Grid):
        if _size(a)[1] == _size(b)[0]:
            return _matrix_product(a, b)
        if (1, 1) not in (_size(a), _size(b)):
            raise Undefined(f"shapes do not fit: {_shown(a)} times {_shown(b)}")
        a, b = (a, _scalar(b)) if _size(b) == (1, 1) else (_scalar(a), b)
    if isinstance(a, Grid | Multiple) and not isinstance(b, Grid):
        a, b = b, a
    factor = a.factor if isinstance(a, Multiple) else cast(Scalar, a)
    if isinstance(b, Multiple):
        return Multiple(factor * b.factor)
    if isinstance(b, Grid):
        return _scaled(b, factor)
    return factor * b


def _divide(a: Quantity, b: Quantity) -> Quantity:
    divisor = _scalar(b)
    if _is_zero(divisor):
        raise Undefined("a division by 0")
    if isinstance(a, Scalar) and not isinstance(divisor, Gauss) and not isinstance(a, Gauss):
        return cast(Scalar, a / divisor)
    return _multiply(a, _reciprocal(divisor))


def _reciprocal(x: Scalar) -> Scalar:
    return x.inverse() if isinstance(x, Gauss) else cast(Scalar, 1 / x)


def _absolute(x: Scalar) -> fmpq | arb:
    if isinstance(x, Gauss):
        square = x.re * x.re + x.im * x.im
        return cast(fmpq | arb, _sqrt(square))
    return cast(fmpq | arb, abs(x))


def _square(x: Scalar) -> fmpq | arb:
    """|x|^2."""
    if isinstance(x, Gauss):
        return x.re * x.re + x.im * x.im
    return x * x if isinstance(x, fmpq) else abs(x) ** 2


def _sqrt(x: Scalar) -> Scalar:
    if isinstance(x, fmpq):
        if x < 0:
            raise Undefined("the square root of a negative number")
        root = _exact_root(x, 2)
        return arb(x).sqrt() if root is None else root
    if isinstance(x, arb):
        _require_sign(x >= 0, x < 0, "a square root")
        return x.sqrt()
    return _rounded(x).sqrt()


def _exact_root(x: fmpq, k: int) -> fmpq | None:
    """The k-th root of x >= 0 if it is rational."""
    parts = [part.root(k) for part in (x.numerator, x.denominator)]
    exact_ones = all(root**k == part for root, part in zip(parts, (x.numerator, x.denominator), strict=True))
    return fmpq(*parts) if exact_ones else None


def _require_sign(certain: bool, contrary: bool, what: str) -> None:
    if contrary:
        raise Undefined(f"{what} outside its domain")
    if not certain:
        raise Unclear(f"{what} of a number whose sign is not certain")


def _root(x: Scalar, k: int) -> Scalar:
    """The k-th root, k >= 1. Real: even k needs x >= 0, odd k takes all x. Complex: the principal one."""
    if not 1 <= k <= LARGEST_EXPONENT:
        raise Undefined(f"a root of order {k}")
    if isinstance(x, Gauss | acb):
        return cast(acb, _rounded(x)).root(k)
    if k % 2 == 0:
        _require_sign(bool(x >= 0), bool(x < 0), "an even root")
    elif x < 0:
        return -_root(-x, k)
    if isinstance(x, fmpq):
        root = _exact_root(x, k) if k <= FREE_BITS else None
        return arb(x).root(k) if root is None else root
    # An odd root is increasing: between 0 balls reach to the root of the largest modulus on either side.
    return x.root(k) if x >= 0 else arb(0, x.abs_upper().root(k).abs_upper())


def _log(x: Scalar) -> Scalar:
    if isinstance(x, fmpq | arb):
        _require_sign(bool(x > 0), bool(x <= 0), "a logarithm")
        return fmpq(0) if isinstance(x, fmpq) and x == 1 else _rounded(x).log()
    if _is_zero(x):
        raise Undefined("the logarithm of 0")
    return _rounded(x).log()


def _power(base: Scalar, exponent: Scalar) -> Scalar:
    if isinstance(exponent, fmpq) and exponent.denominator == 1:
        return _integer_power(base, int(exponent.numerator))
    if isinstance(base, fmpq | arb):
        if _is_zero(base) and isinstance(exponent, fmpq | arb):
            _require_sign(bool(exponent > 0), bool(exponent <= 0), "a power of 0")
            return fmpq(0)
        _require_sign(bool(base > 0), bool(base < 0), "a power that is not an integer")
        if isinstance(base, fmpq) and isinstance(exponent, fmpq):
            return _rational_power(base, exponent)
    if _is_zero(base):
        raise Undefined("a complex power of 0")
    return cast(Scalar, _rounded(base) ** _rounded(exponent))


def _rational_power(base: fmpq, exponent: fmpq) -> Scalar:
    """u^(p/q) for u > 0: exact if the q-th root is."""
    root = _exact_root(base, int(exponent.denominator)) if exponent.denominator <= 64 else None
    return cast(Scalar, arb(base) ** exponent) if root is None else _integer_power(root, int(exponent.numerator))


def _integer_power(base: Scalar, m: int) -> Scalar:
    if m == 0:
        return fmpq(1)
    if m < 0 and _is_zero(base):
        raise Undefined("a negative power of 0")
    if isinstance(base, fmpq):
        if base in (0, 1, -1):
            return base if m % 2 else base * base
        if _bits(base) * abs(m) <= EXACT_BITS:
            return base**m
    if abs(m) > LARGEST_EXPONENT:
        raise Undefined(f"an exponent beyond {LARGEST_EXPONENT}")
    if isinstance(base, Gauss) and max(_bits(base.re), _bits(base.im)) * abs(m) <= EXACT_BITS // 4:
        return cast(Scalar, _repeated(_multiply, base if m > 0 else base.inverse(), abs(m)))
    ball = _rounded(base)
    result = ball**m
    if m > 0 and not result.is_finite():
        # Arb gives up on balls centred at 0.
        return cast(Scalar, _repeated(_multiply, ball, m))
    return result


def _repeated(product: Callable[[Quantity, Quantity], Quantity], base: Quantity, m: int) -> Quantity:
    """The m-th power, m >= 1, by repeated squaring."""
    result: Quantity | None = None
    while True:
        if m & 1:
            result = base if result is None else product(result, base)
        m >>= 1
        if not m:
            return cast(Quantity, result)
        base = product(base, base)


# ------------------------------------------------------------------------------------------------------------ matrices


def _size(x: Grid) -> tuple[int, int]:
    part = x.re if isinstance(x, GaussMatrix) else x
    return part.nrows(), part.ncols()


def _shown(x: Grid) -> str:
    return "{} by {}".format(*_size(x))


def _entry_at(x: Grid, i: int, j: int) -> Scalar:
    return Gauss(x.re[i, j], x.im[i, j]) if isinstance(x, GaussMatrix) else x[i, j]


def _rows(x: Grid) -> list[list[Scalar]]:
    rows, columns = _size(x)
    return [[_entry_at(x, i, j) for j in range(columns)] for i in range(rows)]


def _matrix_bits(x: fmpq_mat | GaussMatrix) -> int:
    if isinstance(x, GaussMatrix):
        return max(spectrum.entry_bits(x.re), spectrum.entry_bits(x.im))
    return spectrum.entry_bits(x)


def _matrix_ball(x: Grid) -> arb_mat | acb_mat:
    return arb_mat(x) if isinstance(x, fmpq_mat) else x.ball() if isinstance(x, GaussMatrix) else x


def _assembled(rows: list[list[Scalar]]) -> Grid:
    """A matrix from its entries, of the narrowest type."""
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise Undefined("a matrix whose rows are empty or differ in length")
    if max(len(rows), len(rows[0])) > LARGEST_SIZE:
        raise Undefined(f"a matrix of more than {LARGEST_SIZE} rows or columns")
    entries = [x for row in rows for x in row]
    if all(isinstance(x, fmpq) for x in entries):
        return fmpq_mat(cast(list[list[fmpq]], rows))
    if all(isinstance(x, fmpq | Gauss) for x in entries):
        parts = [[_parts(cast(fmpq | Gauss, x)) for x in row] for row in rows]
        return GaussMatrix(*(fmpq_mat([[pair[k] for pair in row] for row in parts]) for k in (0, 1)))
    balls = [[_rounded(x) for x in row] for row in rows]
    if any(isinstance(x, acb) for row in balls for x in row):
        return acb_mat(cast(list[list[acb]], balls))
    return arb_mat(cast(list[list[arb]], balls))


def _diagonal_of(entries: list[Scalar]) -> Grid:
    zero: Scalar = fmpq(0)
    return _assembled([[x if i == j else zero for j in range(len(entries))] for i, x in enumerate(entries)])


def _one_type(a: Grid, b: Grid) -> tuple[Grid, Grid]:
    if isinstance(a, arb_mat | acb_mat) or isinstance(b, arb_mat | acb_mat):
        return _matrix_ball(a), _matrix_ball(b)
    if isinstance(a, GaussMatrix) or isinstance(b, GaussMatrix):
        return _gauss_matrix(a), _gauss_matrix(b)
    return a, b


def _gauss_matrix(x: Grid) -> GaussMatrix:
    return x if isinstance(x, GaussMatrix) else GaussMatrix(cast(fmpq_mat, x), fmpq_mat(*_size(x)))


def _matrix_sum(a: Grid, b: Grid) -> Grid:
    a, b = _one_type(a, b)
    if isinstance(a, GaussMatrix) and isinstance(b, GaussMatrix):
        return GaussMatrix(a.re + b.re, a.im + b.im)
    return cast(Grid, cast(fmpq_mat, a) + cast(fmpq_mat, b))


def _matrix_product(a: Grid, b: Grid) -> Grid:
    a, b = _one_type(a, b)
    if isinstance(a, GaussMatrix) and isinstance(b, GaussMatrix):
        return GaussMatrix(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
    return cast(Grid, cast(fmpq_mat, a) * cast(fmpq_mat, b))


def _scaled(a: Grid, c: Scalar) -> Grid:
    if isinstance(a, fmpq_mat) and isinstance(c, fmpq):
        return a * c
    if isinstance(a, fmpq_mat | GaussMatrix) and isinstance(c, fmpq | Gauss):
        (x, y), exact_a = _parts(c), _gauss_matrix(a)
        return GaussMatrix(exact_a.re * x - exact_a.im * y, exact_a.re * y + exact_a.im * x)
    return cast(Grid, cast(arb_mat, _matrix_ball(a)) * cast(arb, _rounded(c)))


def _transposed(a: Quantity) -> Quantity:
    if isinstance(a, GaussMatrix):
        return GaussMatrix(a.re.transpose(), a.im.transpose())
    return a.transpose() if isinstance(a, Grid) else a


def _square_size(a: Grid, what: str) -> int:
    rows, columns = _size(a)
    if rows != columns:
        raise Undefined(f"{what} of a matrix that is {_shown(a)}")
    return rows


def _exactly_workable(a: Grid) -> bool:
    """Determinant and inverse of an exact matrix stay within the bounds for exact numbers."""
    if not isinstance(a, fmpq_mat | GaussMatrix):
        return False
    return _matrix_bits(a) * _size(a)[0] <= EXACT_BITS


def _inverse(a: Grid) -> Grid:
    d = _square_size(a, "the inverse")
    a = a if _exactly_workable(a) else _matrix_ball(a)
    try:
        if isinstance(a, GaussMatrix):
            whole = _embedded(a).inv()
            part = [[whole[i, j] for j in range(d)] for i in range(2 * d)]
            return GaussMatrix(fmpq_mat(part[:d]), fmpq_mat(part[d:]))
        return a.inv()
    except ZeroDivisionError:
        if isinstance(a, arb_mat | acb_mat):
            raise Unclear("the inverse of a matrix that is not certainly invertible") from None
        raise Undefined("the inverse of a singular matrix") from None


def _embedded(a: GaussMatrix) -> fmpq_mat:
    """[[Re, -Im], [Im, Re]]: the same map on real coordinates, with the same singular values and spectral radius."""
    d, e = _size(a)
    top = [[*(a.re[i, j] for j in range(e)), *(-a.im[i, j] for j in range(e))] for i in range(d)]
    low = [[*(a.im[i, j] for j in range(e)), *(a.re[i, j] for j in range(e))] for i in range(d)]
    return fmpq_mat(top + low)


def _matrix_power(a: Grid, m: int, place: Place) -> Quantity:
    d = _square_size(a, "a power")
    if abs(m) > LARGEST_EXPONENT:
        raise Undefined(f"an exponent beyond {LARGEST_EXPONENT}")
    if m == 0:
        return _diagonal_of([fmpq(1)] * d)
    base: Quantity = _settled(_inverse(a), place) if m < 0 else a
    return _repeated(lambda x, y: _settled(_multiply(x, y), place), base, abs(m))


def _determinant(a: Quantity) -> Scalar:
    if isinstance(a, Scalar):
        return a
    if isinstance(a, Multiple):
        if isinstance(a.factor, fmpq) and a.factor in (0, 1):
            return a.factor
        raise Undefined("the determinant of a multiple of an identity without size")
    _square_size(a, "the determinant")
    if isinstance(a, fmpq_mat) and _exactly_workable(a):
        return a.det()
    return cast(arb | acb, cast(arb_mat, _matrix_ball(a)).det())


def _trace(a: Quantity) -> Scalar:
    if isinstance(a, Multiple):
        raise Undefined("the trace of an identity without size")
    if isinstance(a, Scalar):
        return a
    total: Scalar = fmpq(0)
    for k in range(_square_size(a, "the trace")):
        total = total + _entry_at(a, k, k)
    return total


def _entry(a: Quantity, i: int, j: int) -> Scalar:
    """Entry (i, j), from 1."""
    if isinstance(a, Multiple):
        if min(i, j) < 1:
            raise Undefined("an entry outside the matrix")
        return a.factor if i == j else fmpq(0)
    rows, columns = _size(a) if isinstance(a, Grid) else (1, 1)
    if not (1 <= i <= rows and 1 <= j <= columns):
        raise Undefined("an entry outside the matrix")
    return _entry_at(a, i - 1, j - 1) if isinstance(a, Grid) else a


# ---------------------------------------------------------------------------------------------------- norms and spectra


def _norm(a: Quantity, place: Place) -> Scalar:
    """Euclidean norm of a row or column, spectral norm of a matrix."""
    if isinstance(a, Multiple):
        return _absolute(a.factor)
    if isinstance(a, Scalar):
        return _absolute(a)
    if 1 in _size(a):
        total: Scalar = fmpq(0)
        for row in _rows(a):
            for x in row:
                total = total + _square(x)
        # A sum of squares: a ball that reaches below 0 does so by rounding only.
        return _sqrt(total) if isinstance(total, fmpq) else cast(arb, total).nonnegative_part().sqrt()
    return _spectral_norm(a, place)


def _spectral_norm(a: Grid, place: Place) -> Scalar:
    a = _embedded(a) if isinstance(a, GaussMatrix) else a
    with _bounded():
        if isinstance(a, fmpq_mat) and spectrum.entry_bits(a) * a.ncols() <= 4 * spectrum.LARGEST_ENTRY_BITS:
            square = spectrum.gram_radius(a, place.bits)
            return _sqrt(square) if isinstance(square, fmpq) else square.nonnegative_part().sqrt()
        ball = _matrix_ball(a)
        real = spectrum.real_embedding(ball) if isinstance(ball, acb_mat) else ball
        return spectrum.ball_norm(real, place.bits)


def _spectral_radius(a: Quantity, place: Place) -> Scalar:
    if not isinstance(a, Grid):
        return _absolute(a.factor if isinstance(a, Multiple) else a)
    _square_size(a, "the spectral radius")
    exact_a = _embedded(a) if isinstance(a, GaussMatrix) else a
    if not isinstance(exact_a, fmpq_mat):
        raise Undefined("the spectral radius of a matrix that is not exact")
    with _bounded():
        square = spectrum.exact_squared_radius(exact_a, place.bits)
        return _sqrt(square) if square is not None else spectrum.spectral_radius(exact_a, place.bits)


def _eigenvalue(a: Quantity, k: int, place: Place) -> Scalar:
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


def _condition_number(a: Quantity, place: Place) -> Scalar:
    if isinstance(a, Grid):
        inverse = _settled(_inverse(a), place)
        return cast(Scalar, _multiply(_norm(a, place), _norm(inverse, place)))
    factor = a.factor if isinstance(a, Multiple) else a
    _divide(fmpq(1), factor)
    if not _absolute(factor) > 0:
        raise Unclear("the condition of a number that is not certainly different from 0")
    return fmpq(1)


@contextmanager
def _bounded() -> Iterator[None]:
    """What the spectrum refuses (size, bits, an order that is not certain) is undefined here."""
    try:
        yield
    except ValueError as refusal:
        raise Unclear(str(refusal)) from None


# ------------------------------------------------------------------------------------------------------ rules: walking

Rule = Callable[[Term, Place], Quantity]


def _value(term: Term, place: Place) -> Quantity:
    rule = BALLS.get(term.head)
    if rule is None:
        raise Undefined(f"the head {term.head} is not known")
    return _settled(rule(term, place), place)


def _scalar_value(term: Term, place: Place) -> Scalar:
    return _scalar(_value(term, place))


def _integer(term: Term, place: Place) -> int:
    """An index, a bound or an order: certainly an integer."""
    value = _scalar_value(term, place)
    if not isinstance(value, fmpq) or value.denominator != 1:
        raise Undefined("an index or a bound that is not an exact integer")
    return int(value.numerator)


def _number(term: Term, place: Place) -> Quantity:
    return _rational(Fraction(term.value or 0))


def _decimal(term: Term, place: Place) -> Quantity:
    return _rational(_decimal_value(str(term.value)))


def _decimal_value(text: str) -> Fraction:
    if len(text) > LONGEST_DECIMAL or not re.fullmatch(r"[0-9]+(\.[0-9]*)?|\.[0-9]+", text, re.ASCII):
        raise Undefined("a numeral that cannot be read")
    return Fraction(text)


def _constant(term: Term, place: Place) -> Quantity:
    values: dict[str, Callable[[], Quantity]] = {
        "pi": arb.pi,
        "e": arb.const_e,
        "gamma": arb.const_euler,
        "i": lambda: Gauss(fmpq(0), fmpq(1)),
    }
    if term.value not in values:
        raise Undefined(f"{term.value} is not a number")
    return values[str(term.value)]()


def _letter(term: Term, place: Place) -> Quantity:
    return _of_name(str(term.value), None, place)


def _of_name(name: str, member: int | None, place: Place) -> Quantity:
    """The value of a letter: bound, drawn, or given at the point."""
    if name in place.bound:
        return place.bound[name]
    if name in place.known:
        return place.known[name]
    if name not in place.letters:
        raise Undefined(f"the letter {name} has no value")
    value = place.letters[name]
    if isinstance(value, FiniteLaw):
        return _drawn((name, member), value, place)
    place.known[name] = taken = _taken(value)
    return taken


def _drawn(key: Key, law: FiniteLaw, place: Place) -> Quantity:
    if place.draws is not None and key in place.draws:
        return place.draws[key]
    if not is_law(law):
        raise Undefined(f"the weights of {key[0]} are no probabilities")
    raise Undrawn(key, law)


def _index(term: Term, place: Place) -> Quantity:
    """A member of a family; the component of a vector."""
    family, position = term.args
    if family.head != "symbol":
        return _component(_value(family, place), _integer(position, place))
    name, k = str(family.value), _integer(position, place)
    if f"{name}@{k}" in place.letters:
        return _of_name(f"{name}@{k}", None, place)
    value = place.letters.get(name)
    if name in place.bound or not isinstance(value, Family | FiniteLaw):
        return _component(_of_name(name, None, place), k)
    if isinstance(value, FiniteLaw):
        return _of_name(name, k, place)
    if not 1 <= k <= len(value.members):
        raise Undefined(f"the family {name} has no member {k}")
    return _taken(value.members[k - 1])


def _component(value: Quantity, k: int) -> Quantity:
    if not isinstance(value, Grid) or 1 not in _size(value):
        raise Undefined("an index on something that is neither a family nor a vector")
    return _entry(value, k, 1) if _size(value)[1] == 1 else _entry(value, 1, k)


def _fold(operation: Callable[[Quantity, Quantity], Quantity]) -> Rule:
    def rule(term: Term, place: Place) -> Quantity:
        if not term.args:
            raise Undefined(f"{term.head} of nothing")
        total = _value(term.args[0], place)
        for arg in term.args[1:]:
            total = _settled(operation(total, _value(arg, place)), place)
        return total

    return rule


def _of_matrix(operation: Callable[[Quantity], Quantity]) -> Rule:
    return lambda term, place: operation(_value(term.args[0], place))


def _of_number(operation: Callable[[Scalar], Scalar]) -> Rule:
    return lambda term, place: operation(_scalar_value(term.args[0], place))


def _measured(operation: Callable[[Quantity, Place], Scalar]) -> Rule:
    return lambda term, place: operation(_value(term.args[0], place), place)


def _function(name: str, at_zero: int) -> Rule:
    """A function that Arb knows; its value at 0 is the one exact value."""

    def rule(term: Term, place: Place) -> Quantity:
        x = _scalar_value(term.args[0], place)
        if isinstance(x, fmpq) and x == 0:
            return fmpq(at_zero)
        return cast(arb | acb, getattr(_rounded(x), name)())

    return rule


def _quotient(term: Term, place: Place) -> Quantity:
    return _divide(_value(term.args[0], place), _value(term.args[1], place))


def _pow(term: Term, place: Place) -> Quantity:
    base, exponent = _value(term.args[0], place), _scalar_value(term.args[1], place)
    if isinstance(base, Scalar):
        return _power(base, exponent)
    if not isinstance(exponent, fmpq) or exponent.denominator != 1:
        raise Undefined("a power of a matrix that is not an integer")
    m = int(exponent.numerator)
    return Multiple(_integer_power(base.factor, m)) if isinstance(base, Multiple) else _matrix_power(base, m, place)


def _root_rule(term: Term, place: Place) -> Quantity:
    return _root(_scalar_value(term.args[0], place), _integer(term.args[1], place))


def _factorial(term: Term, place: Place) -> Quantity:
    n = _natural(term.args[0], place)
    return fmpq(factorial(n)) if n <= LARGEST_EXACT_FACTORIAL else arb(n).fac()


def _binomial(term: Term, place: Place) -> Quantity:
    n, k = (_natural(arg, place) for arg in term.args)
    return fmpq(fmpz.bin_uiui(n, k)) if k <= n else fmpq(0)


def _natural(term: Term, place: Place) -> int:
    n = _integer(term, place)
    if not 0 <= n <= LARGEST_ARGUMENT:
        raise Undefined(f"the argument {n} of a factorial or binomial")
    return n


def _apply(term: Term, place: Place) -> Quantity:
    name, *values = term.args
    found = place.letters.get(str(name.value)) if name.head == "symbol" else None
    if not isinstance(found, Function) or len(values) != 1:
        raise Undefined("a function that is not known")
    place.budget.spend_terms(1)
    # The body knows its variable and the letters of the point, never the letters bound where it is called.
    return _value(found.body, replace(place, bound={found.variable: _value(values[0], place)}))


# ----------------------------------------------------------------------------------------------------- rules: binders


def _members(term: Term, place: Place) -> Iterator[Quantity]:
    """The body at each value of the bound letter; none where the upper bound lies below the lower one."""
    body, letter, lower, upper = term.args
    first, last = _integer(lower, place), _integer(upper, place)
    place.budget.spend_terms(max(0, last - first + 1))
    for k in range(first, last + 1):
        yield _value(body, place.bind(str(letter.value), fmpq(k)))


def _sum(term: Term, place: Place) -> Quantity:
    total: Quantity = fmpq(0)
    for value in _members(term, place):
        total = _settled(_add(total, value), place)
    return total


def _prod(term: Term, place: Place) -> Quantity:
    total: Quantity | None = None
    for value in _members(term, place):
        total = value if total is None else _settled(_multiply(total, value), place)
    if total is None:
        return Multiple(fmpq(1)) if _is_matrix(term.args[0], place) else fmpq(1)
    return total


def _is_matrix(term: Term, place: Place) -> bool:
    """By its looks, for a product without factors, whose value is then the identity."""
    if term.head in ("symbol", "index"):
        value = place.letters.get(str((term.args[0] if term.args else term).value))
        member = value.members[0] if isinstance(value, Family) and value.members else value
        return isinstance(member, Matrix) and (term.head == "symbol" or isinstance(value, Family))
    if term.head in ("add", "neg", "mul", "pow", "div"):
        return any(_is_matrix(arg, place) for arg in (term.args if term.head in ("add", "mul") else term.args[:1]))
    if term.head in ("expect", "sum", "prod"):
        return _is_matrix(term.args[0], place)
    return term.head in ("matrix", "row", "identity", "diagonal", "diagonal_family", "transpose")


def _derivative(term: Term, place: Place) -> Quantity:
    """By the rules of calculus, where the body itself is defined."""
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    body, letter = term.args
    _scalar_value(body, place)
    try:
        slope = differentiate(body, str(letter.value))
    except NoNormalForm as refusal:
        raise Undefined(str(refusal)) from None
    return _value(slope, place)


def _refused(reason: str) -> Rule:
    def rule(term: Term, place: Place) -> Quantity:
        raise Undefined(reason)

    return rule


# ---------------------------------------------------------------------------------------------------- rules: matrices


def _matrix(term: Term, place: Place) -> Quantity:
    if any(row.head != "row" for row in term.args):
        raise Undefined("a matrix is made of rows")
    return _assembled([[_scalar_value(entry, place) for entry in row.args] for row in term.args])


def _row(term: Term, place: Place) -> Quantity:
    return _assembled([[_scalar_value(entry, place) for entry in term.args]])


def _identity(term: Term, place: Place) -> Quantity:
    return Multiple(fmpq(1))


def _diagonal(term: Term, place: Place) -> Quantity:
    return _diagonal_of([_scalar_value(entry, place) for entry in term.args])


def _diagonal_family(term: Term, place: Place) -> Quantity:
    return _diagonal_of([_scalar(value) for value in _members(term, place)])


def _entry_rule(term: Term, place: Place) -> Quantity:
    a, i, j = term.args
    return _entry(_value(a, place), _integer(i, place), _integer(j, place))


def _eigenvalue_rule(term: Term, place: Place) -> Quantity:
    return _eigenvalue(_value(term.args[0], place), _integer(term.args[1], place), place)


# ------------------------------------------------------------------------------------------------- rules: probability


def _average(body: Callable[[Place], Quantity], place: Place) -> Quantity:
    """The expectation by total probability: the first random coordinate that ``body`` asks for splits it into one
    expectation for each atom. Members of a random family are independent coordinates with the same law."""
    try:
        value = body(place)
    except Undrawn as undrawn:
        key, law = undrawn.key, undrawn.law
    else:
        place.budget.spend_atom()
        return value
    total: Quantity = fmpq(0)
    for atom, weight in law.atoms:
        if weight:
            part = _multiply(_rational(weight), _average(body, place.draw(key, _rational(atom))))
            total = _settled(_add(total, part), place)
    return total


def _expect(term: Term, place: Place) -> Quantity:
    return _average(lambda inner: _value(term.args[0], inner), replace(place, draws={}))


def _variance(term: Term, place: Place) -> Quantity:
    mean = _scalar(_expect(term, place))

    def squared(inner: Place) -> Quantity:
        return _square(_scalar(_add(_value(term.args[0], inner), _neg(mean))))

    return _average(squared, replace(place, draws={}))


def _probability(term: Term, place: Place) -> Quantity:
    def indicator(inner: Place) -> Quantity:
        truth = _decide(str(term.value), *(_value(arg, inner) for arg in term.args))
        if truth is None:
            raise Unclear("an event that is not decided at an atom")
        return fmpq(int(truth))

    return _average(indicator, replace(place, draws={}))


# ------------------------------------------------------------------------------------------------------------ the table

BALLS: dict[str, Rule] = {
    "number": _number,
    "decimal": _decimal,
    "symbol": _letter,
    "constant": _constant,
    "add": _fold(_add),
    "neg": _of_matrix(_neg),
    "mul": _fold(_multiply),
    "div": _quotient,
    "pow": _pow,
    "sqrt": _of_number(_sqrt),
    "root": _root_rule,
    "exp": _function("exp", 1),
    "log": _of_number(_log),
    "abs": _of_number(_absolute),
    "sin": _function("sin", 0),
    "cos": _function("cos", 1),
    "tan": _function("tan", 0),
    "sinh": _function("sinh", 0),
    "cosh": _function("cosh", 1),
    "tanh": _function("tanh", 0),
    "arctan": _function("atan", 0),
    "factorial": _factorial,
    "binomial": _binomial,
    "apply": _apply,
    "sum": _sum,
    "prod": _prod,
    "limit": _refused("a limit has no value by evaluation"),
    "derivative": _derivative,
    "index": _index,
    "matrix": _matrix,
    "row": _row,
    "identity": _identity,
    "diagonal": _diagonal,
    "diagonal_family": _diagonal_family,
    "transpose": _of_matrix(_transposed),
    "det": _of_matrix(_determinant),
    "trace": _of_matrix(_trace),
    "entry": _entry_rule,
    "norm": _measured(_norm),
    "spectral_radius": _measured(_spectral_radius),
    "eigenvalue": _eigenvalue_rule,
    "condition_number": _measured(_condition_number),
    "expect": _expect,
    "variance": _variance,
    "probability": _probability,
}


# ---------------------------------------------------------------------------------------------------- decimal numerals


def decimal_tolerance(term: Term) -> tuple[Fraction, Fraction] | None:
    """Value and half a unit of the last digit of a decimal or integer numeral, its negative, or such a numeral times a power
    of ten written as one; None for anything else."""
    if term.head == "decimal":
        return _of_digits(str(term.value))
    if term.head == "number" and term.value is not None and Fraction(term.value).denominator == 1:
        return Fraction(term.value), Fraction(1, 2)
    if term.head == "neg":
        inner = decimal_tolerance(term.args[0])
        return None if inner is None else (-inner[0], inner[1])
    if term.head == "mul" and len(term.args) == 2:
        inner, scale = decimal_tolerance(term.args[0]), _power_of_ten(term.args[1])
        return None if inner is None or scale is None else (inner[0] * scale, inner[1] * scale)
    return None


def _of_digits(text: str) -> tuple[Fraction, Fraction] | None:
    try:
        value = _decimal_value(text)
    except Undefined:
        return None
    return value, Fraction(1, 2) / 10 ** len(text.partition(".")[2])


def _power_of_ten(term: Term) -> Fraction | None:
    if term.head != "pow" or term.args[0] != Term("number", (), Fraction(10)):
        return None
    exponent, negative = term.args[1], False
    if exponent.head == "neg":
        exponent, negative = exponent.args[0], True
    if exponent.head != "number" or exponent.value is None or Fraction(exponent.value).denominator != 1:
        return None
    k = int(Fraction(exponent.value))
    if abs(k) > LONGEST_DECIMAL:
        return None
    return Fraction(10) ** (-k if negative else k)


def _numerals(term: Term) -> list[list[tuple[Fraction, Fraction]]] | None:
    """The numeral, or the rows of numerals of a matrix."""
    rows = [row.args for row in term.args] if term.head == "matrix" else [(term,)]
    found = [[decimal_tolerance(entry) for entry in row] for row in rows]
    if any(entry is None for row in found for entry in row):
        return None
    return cast(list[list[tuple[Fraction, Fraction]]], found)


def _grid_of(numerals: list[list[tuple[Fraction, Fraction]]], part: int) -> Grid:
    return _assembled([[_rational(pair[part]) for pair in row] for row in numerals])
