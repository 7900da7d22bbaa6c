"""Exact points of a declared domain, simple ones first: both signs, zero, boundaries, halves, large and tiny.

The points are suggestions; the kernel decides whether one is admissible. The same scope always gives the same points.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random

from derive.checkers.coupling import coupled, linked
from derive.checkers.special_matrices import special_matrix
from derive.checkers.tied_matrices import settle_ties
from derive.checkers.tied_numbers import settle_numbers, settle_orders
from derive.core import (
    Claim,
    Complex,
    Declaration,
    Family,
    FiniteLaw,
    Function,
    Law,
    Matrix,
    Point,
    Relation,
    Scope,
    Term,
    Value,
)
from derive.kernel import NotAdmitted
from derive.kernel.admissible_laws import declared_atoms
from derive.kernel.balls import Undefined, evaluate, exact
from derive.kernel.budget import POINT, costing, remembered, spend
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.points import check_witness, unfolded
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import BINDERS, ONE, ZERO, add, heads, mul, number, rational_value

MEMBERS = 6
ENOUGH = 4
SEED = 20
HALF = Fraction(1, 2)

REALS = tuple(
    Fraction(text)
    for text in "1 2 -1 1/2 0 3 -2 -1/2 3/2 1/3 -3 10 9/10 -3/2 1/10 7/3 -1/10 5 100 1/100 -7/3 999/1000 1000 1/1000".split()  # noqa: SIM905  readable
)
COMPLEX = (
    Fraction(1),
    Complex(Fraction(0), Fraction(1)),
    Fraction(2),
    Complex(Fraction(1), Fraction(1)),
    Fraction(-1),
    Complex(Fraction(1, 2), Fraction(-1, 3)),
    Fraction(1, 2),
    Complex(Fraction(0), Fraction(-1, 2)),
    Complex(Fraction(3, 5), Fraction(4, 5)),
    Complex(Fraction(-2), Fraction(3)),
    Fraction(-1, 2),
    Complex(Fraction(-1), Fraction(0)),
    Complex(Fraction(1), Fraction(7)),
    Complex(Fraction(-1, 2), Fraction(-5)),
    Complex(Fraction(-3), Fraction(-1)),
    Complex(Fraction(-1), Fraction(2)),
    Complex(Fraction(3, 2), Fraction(-13)),
)
"""Also in the left half plane, beyond pi from the real axis, and -1 on the cut (a plain -1 is a real number, of which there is
no root): there the principal branches tell."""
INTEGERS = (0, 1, 2, 3, -1, -2, 4, 5, 7, 10, -5)
_X = Term("symbol", (), "x")


def _polynomial(*coefficients: int) -> Function:
    """c_0 + c_1 x + c_2 x^2 + ..."""
    powers = [ONE, _X, *(Term("pow", (_X, number(k))) for k in range(2, len(coefficients)))]
    kept = [p if c == 1 else mul(number(c), p) for c, p in zip(coefficients, powers, strict=True) if c]
    return Function("x", add(*kept))


FUNCTIONS = (
    _polynomial(0, 0, 1),
    Function("x", _X),
    _polynomial(1, 1),
    Function("x", Term("exp", (_X,))),
    _polynomial(1, -1, 0, 1),
    _polynomial(2, 3, 1),
    Function("x", Term("sin", (_X,))),
)
"""For unknown functions; the kernel checks that one is admissible."""
OFFSETS = (0, 1, 2, 3, 5, 4, 7, 10, 12)


def sample(scope: Scope, count: int, seed: int = SEED) -> Iterator[Point]:
    """At most ``count`` points: first the simplest value of every letter at once, then random combinations."""
    draws = _draws(scope, seed)
    met: set[Point] = set()
    for turn in range(count):
        point = draws.point(turn)
        before = len(met)
        if point is not None:
            met.add(point)  # hashed once, which is dear
        if point is not None and len(met) > before:
            yield point
            if not point and all(declaration.law is None for declaration in scope.declarations):
                return


class _Draws:
    """The points of one scope, drawn as far as anybody asked; each time they cost what they cost when they were drawn."""

    def __init__(self, scope: Scope, seed: int) -> None:
        self.scope, self.seed = scope, seed
        self.random = Random(seed)
        self.drawn: list[tuple[Point | None, int]] = []

    def point(self, turn: int) -> Point | None:
        while len(self.drawn) <= turn:
            try:
                self.drawn.append(costing(lambda: _point(self.scope, len(self.drawn), self.random)))
            except BaseException:  # a draw that was broken off: from the start, so that the points stay the same
                self.random, self.drawn = Random(self.seed), []
                raise
        point, cost = self.drawn[turn]
        spend(POINT + cost)
        return point


@lru_cache(maxsize=64)
def _draws(scope: Scope, seed: int) -> _Draws:
    return _Draws(scope, seed)


def _point(scope: Scope, turn: int, random: Random) -> Point | None:
    facts = facts_of(scope)
    made = {name for name, _ in scope.realisation}
    sequences = {str(h.lhs.args[0].value) for h in scope.hypotheses if h.lhs.head == "index" and h.relation == "="}
    names = dict.fromkeys(size for d in scope.declarations for size in d.shape if isinstance(size, str))
    sizes = {size: 2 + (turn + position) % (2 + position) for position, size in enumerate(names)}
    env: dict[str, Value] = {name: Fraction(size) for name, size in sizes.items()}
    later = []
    for declaration in scope.declarations:
        name = declaration.name
        if name in env or name in made or name in sequences or facts.definition(name) is not None:
            continue
        if declaration.law is not None:
            later.append(declaration)
        elif declaration.function:
            env[name] = FUNCTIONS[(turn + 2 * len(env)) % len(FUNCTIONS)]
        else:
            env[name] = _value(declaration, sizes, turn, random)
    if not (scope.hypotheses or scope.realisation or later):
        return tuple(sorted(env.items()))
    settle_orders(scope, env, turn)
    settle_numbers(scope, facts, env, turn)
    settle_ties(scope, facts, env, turn, random)
    for name, term in scope.realisation:
        value = _exact(unfolded(term, facts), env)
        if value is None:
            return None
        env[name] = value
    laws = {declaration.name: _law(declaration, env, turn) for declaration in later}
    env.update({name: law for name, law in laws.items() if law is not None})
    missing = [declaration.name for declaration in later if declaration.name not in env]
    env.update(linked(scope, missing, lambda term: _exact(term, env), turn))
    env.update(coupled(scope, {name: law for name, law in env.items() if isinstance(law, FiniteLaw)}, turn))
    return tuple(sorted(env.items()))


def _exact(term: Term, env: dict[str, Value]) -> Value | None:
    try:
        return exact(term, env)
    except (Undefined, ZeroDivisionError):
        return None


def _value(declaration: Declaration, sizes: dict[str, int], turn: int, random: Random) -> Value:
    if declaration.family:
        members = tuple(_member(declaration, sizes, turn + i, random) for i in range(MEMBERS))
        return Family(members)
    return _member(declaration, sizes, turn, random)


def _member(declaration: Declaration, sizes: dict[str, int], turn: int, random: Random) -> Fraction | Complex | Matrix:
    if declaration.shape:
        rows, columns = (size if isinstance(size, int) else sizes[size] for size in (*declaration.shape, 1)[:2])
        drawn = _matrix(declaration, sizes, random)
        real = special_matrix(rows, columns, declaration.properties, turn, sum(map(ord, declaration.name))) or drawn
        return real if declaration.domain != "complex" else _with_imaginary_part(real, declaration.properties, random)
    values = _scalars(declaration)
    return values[turn % len(values)] if turn < 3 else random.choice(values)


def _scalars(declaration: Declaration) -> tuple[Fraction | Complex, ...]:
    """The standard values that satisfy the numeral bounds of the declaration, moved into them where few do."""
    return _standard(declaration.domain, *_numeral_bounds(declaration.where))


@lru_cache(maxsize=512)
def _standard(domain: str, lower: Fraction | None, upper: Fraction | None) -> tuple[Fraction | Complex, ...]:
    if domain == "integer":
        start = int(lower) if lower is not None else None
        values = INTEGERS if start is None else tuple(start + offset for offset in OFFSETS)
        return tuple(Fraction(v) for v in values if upper is None or v <= upper) or (Fraction(start or 0),)
    if domain == "complex":
        return COMPLEX
    if lower is not None and upper is not None:
        shares = [Fraction(k, 10) for k in (5, 9, 1, 3, 7, 2, 8)] + [
            Fraction(1, 1000),
            Fraction(999, 1000),
            Fraction(0),
            Fraction(1),
        ]
        return _distinct([v for v in REALS if lower < v < upper], [lower + share * (upper - lower) for share in shares])
    if lower is not None:
        return _distinct([v for v in REALS if v > lower], [lower + v for v in REALS if v >= 0])
    if upper is not None:
        return _distinct([v for v in REALS if v < upper], [upper - v for v in REALS if v >= 0])
    return REALS


def _distinct(*runs: list[Fraction]) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(value for run in runs for value in run))


def _numeral_bounds(where: tuple[Relation, ...]) -> tuple[Fraction | None, Fraction | None]:
    lower: Fraction | None = None
    upper: Fraction | None = None
    for relation in where:
        value = rational_value(relation.rhs)
        general = relation.lhs.head != "index" or relation.lhs.args[1].head == "symbol"  # w_k > 0, not w_1 > 0
        if value is None or relation.lhs.head not in ("symbol", "index") or not general:
            continue
        if relation.relation in (">", ">="):
            lower = value if lower is None else max(lower, value)
        elif relation.relation in ("<", "<="):
            upper = value if upper is None else min(upper, value)
    return lower, upper


# ------------------------------------------------------------------------------------------------------------ matrices


def _matrix(declaration: Declaration, sizes: dict[str, int], random: Random) -> Matrix:
    """Small generic integer matrices with the declared properties."""
    shape = [size if isinstance(size, int) else sizes[size] for size in (*declaration.shape, 1)[:2]]
    rows, columns = shape
    properties = declaration.properties
    if "orthogonal" in properties:
        return _orthogonal(rows, random)
    entries = [[Fraction(random.randint(-3, 3)) for _ in range(columns)] for _ in range(rows)]
    if properties == ("invertible",):
        return _invertible(rows, random)
    for i in range(rows):
        for j in range(columns):
            if "diagonal" in properties and i != j:
                entries[i][j] = Fraction(0)
            if {"symmetric", "positive_definite", "positive_semidefinite"} & set(properties) and j < i:
                entries[i][j] = entries[j][i]
    if "diagonal" in properties:
        for i in range(rows):
            entries[i][i] = Fraction(random.choice((-2, -1, 1, 2, 3)), random.choice((1, 2)))
    if "positive_semidefinite" in properties and "positive_definite" not in properties:
        rank = random.randint(1, rows)
        entries = _gram([row[:rank] for row in entries])
    if "positive_definite" in properties:
        for i in range(rows):
            entries[i][i] = Fraction(3 * rows + abs(int(entries[i][i])))
    return Matrix(tuple(tuple(row) for row in entries))


def _gram(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """R R^T, of the rank of R at most."""
    return [[sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0)) for b in rows] for a in rows]


def _with_imaginary_part(real: Matrix, properties: tuple[str, ...], random: Random) -> Matrix:
    """A complex matrix, where the declared properties leave it easy: none, or symmetric, or diagonal."""
    if set(properties) - {"symmetric", "diagonal"}:
        return real
    rows = [[Complex(Fraction(str(entry)), Fraction(random.randint(-2, 2))) for entry in row] for row in real.rows]
    for i, row in enumerate(rows):
        for j in range(len(row)):
            if "symmetric" in properties and j < i:
                row[j] = rows[j][i]
            if "diagonal" in properties and i != j:
                row[j] = Complex(Fraction(0), Fraction(0))
    return Matrix(tuple(tuple(row) for row in rows))


def _invertible(size: int, random: Random) -> Matrix:
    """Unit lower times unit upper triangular: determinant 1, not normal."""
    low = [[Fraction(random.randint(-2, 2)) if j < i else Fraction(i == j) for j in range(size)] for i in range(size)]
    up = [[Fraction(random.randint(-2, 2)) if j > i else Fraction(i == j) for j in range(size)] for i in range(size)]
    return Matrix(
        tuple(
            tuple(sum((low[i][k] * up[k][j] for k in range(size)), Fraction(0)) for j in range(size))
            for i in range(size)
        )
    )


def _orthogonal(size: int, random: Random) -> Matrix:
    """A product of rational plane rotations (3/5, 4/5) and (5/13, 12/13)."""
    rows = [[Fraction(i == j) for j in range(size)] for i in range(size)]
    for i in range(size - 1):
        c, s = random.choice(((Fraction(3, 5), Fraction(4, 5)), (Fraction(5, 13), Fraction(-12, 13))))
        for row in rows:
            row[i], row[i + 1] = c * row[i] - s * row[i + 1], s * row[i] + c * row[i + 1]
    return Matrix(tuple(tuple(row) for row in rows))


def _law(declaration: Declaration, env: dict[str, Value], turn: int) -> FiniteLaw | None:
    """A law with the declared mean and variance: atoms m - a and m + v/a, or an even mixture of two such laws."""
    law = declaration.law
    assert law is not None
    mean, variance = _exact(law.mean, env), _exact(law.variance, env)
    if not isinstance(mean, Fraction) or not isinstance(variance, Fraction) or variance < 0:
        return None
    if law.name != "moments":
        return _declared_law(law, env)
    if variance == 0:
        return FiniteLaw(((mean, Fraction(1)),))
    shapes = (Fraction(1), Fraction(2), Fraction(1, 2))
    if turn % 4 == 3:  # two atoms alone satisfy relations among their moments that other laws do not
        return FiniteLaw(_two_atoms(mean, variance, shapes[0], HALF) + _two_atoms(mean, variance, shapes[1], HALF))
    return FiniteLaw(_two_atoms(mean, variance, shapes[turn % 3], Fraction(1)))


def _two_atoms(
    mean: Fraction, variance: Fraction, a: Fraction, share: Fraction
) -> tuple[tuple[Fraction, Fraction], ...]:
    b = variance / a
    return ((mean - a, share * b / (a + b)), (mean + b, share * a / (a + b)))


def _declared_law(law: Law, env: dict[str, Value]) -> FiniteLaw | None:
    """The declared law itself, where it is finite."""
    try:
        atoms = declared_atoms(law, lambda term: _exact(term, env))
    except NotAdmitted:
        return None
    return None if atoms is None else FiniteLaw(tuple(atoms.items()))


# ----------------------------------------------------------------------------------------------------------- witnesses


def witness_for(claim: Claim, tries: int = 64) -> Point | None:
    """An admissible point for a proof of ``claim``, or None."""
    try:
        visible = visible_conditions(claim)
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return None
    if not visible and not claim.scope.hypotheses and not any(d.where or d.law for d in claim.scope.declarations):
        return ()  # nothing is assumed, so nothing has to be shown to exist
    return _witness(claim, visible, tries)


@remembered(maxsize=256)
def _admissible(scope: Scope, visible: tuple[Relation, ...], tries: int, enough: int) -> tuple[Point, ...]:
    """The first few sampled points that satisfy the hypotheses and ``visible``."""
    good: list[Point] = []
    claim = Claim(ZERO, "=", ZERO, scope)
    for point in sample(scope, tries):
        try:
            check_witness(claim, visible, point)
        except (NotAdmitted, Undefined, NoNormalForm, TooLarge):
            continue
        good.append(point)
        if len(good) == enough:
            break
    return tuple(good)


DEFINED_WHERE_VISIBLE = frozenset(
    "number decimal symbol add neg mul div pow sqrt root exp log abs sin cos transpose identity matrix row trace det inner".split()  # noqa: SIM905  readable
)
"""Formulas of these heads are defined wherever their visible conditions hold."""
UNCHECKED = frozenset((*BINDERS, "probability", "expect", "variance", "limit", "apply"))


def _witness(claim: Claim, visible: tuple[Relation, ...], tries: int) -> Point | None:
    met = heads(claim.lhs, claim.rhs)
    checkable = not met <= DEFINED_WHERE_VISIBLE and met.isdisjoint(UNCHECKED)
    first = _admissible(claim.scope, visible, tries, 1)
    if not first or not checkable or _defined(claim, first[0]):
        return first[0] if first else None
    points = _admissible(claim.scope, visible, tries, ENOUGH)
    return next((point for point in points if _defined(claim, point)), first[0])


def _defined(claim: Claim, point: Point) -> bool:
    facts = facts_of(claim.scope)
    env = dict(point)
    try:
        for side in (claim.lhs, claim.rhs):
            evaluate(unfolded(side, facts), env, 64)
    except (Undefined, NotAdmitted):
        return False
    return True
