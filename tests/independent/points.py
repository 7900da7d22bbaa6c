"""Points: those that the kernel found, taken over and checked again, and points of our own for a scope."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from random import Random
from typing import Any

from mpmath import mp

from derive.core import (
    Claim,
    Complex,
    Declaration,
    Family,
    FiniteLaw,
    Function,
    Joint,
    Matrix,
    Point,
    Relation,
    Scope,
    Term,
)
from independent import chance
from independent.evaluate import compare, eigenvalues, value, whole
from independent.values import (
    Eye,
    Mapping1,
    Members,
    Undefined,
    Unsuited,
    determinant,
    difference,
    is_matrix,
    scalar,
    size,
)
from independent.world import World, definitions_of, number_of, sequences_of, world_of

Letters = dict[str, Any]

REALS = [
    Fraction(q)
    for q in [
        "1",
        "2",
        "-1",
        "1/2",
        "3",
        "-2",
        "-1/2",
        "0",
        "3/2",
        "1/3",
        "-3",
        "7/3",
        "-7/4",
        "5",
        "1/10",
        "-5/3",
        "9/10",
        "11/7",
        "4",
        "-13/5",
        "1/7",
        "-1/10",
    ]
]


class Inadmissible(Exception):
    """The point is not one that the claim speaks of."""


# ------------------------------------------------------------------------------------------------- points of the kernel


def letters_of(claim: Claim, point: Point) -> Letters:
    """The values of a point in the terms of this evaluator; named laws are added from their parameters."""
    given: Letters = {}
    for name, x in point:
        given[name] = _converted(x, claim)
    return with_laws(claim, given)


def _converted(x: Any, claim: Claim) -> Any:
    if isinstance(x, Family):
        members, before = x.members, x.first - 1
        return Members(lambda k: _member(members, k - before))
    if isinstance(x, FiniteLaw):
        return chance.Finite(tuple((number_of(a), number_of(p)) for a, p in x.atoms))
    if isinstance(x, Joint):
        return chance.Joint(x.names, tuple((tuple(map(number_of, values)), number_of(p)) for values, p in x.atoms))
    if isinstance(x, Function):
        return _function(x, claim)
    if isinstance(x, Fraction | Complex | Matrix):
        return x
    raise Unsuited(f"a value of kind {type(x).__name__}")


def _member(members: tuple[Any, ...], k: int) -> Any:
    if not 1 <= k <= len(members):
        raise Unsuited("the point does not give that member of a family")
    return members[k - 1]


def _function(x: Function, claim: Claim) -> Mapping1:
    w = world_of(claim, {})
    return Mapping1(lambda t: scalar(value(x.body, w.bind(x.variable, t))))


def with_laws(claim: Claim, letters: Letters) -> Letters:
    """The laws that are named, at the values of their parameters."""
    result = dict(letters)
    for d in claim.scope.declarations:
        if d.law is not None and d.name not in result and d.law.name != "moments":
            law = _named(d, world_of(claim, letters))
            if law is not None:
                result[d.name] = law
    return result


def _named(d: Declaration, w: World) -> chance.Law | None:
    law = d.law
    assert law is not None
    parameters = [value(p, w) for p in law.parameters]
    if d.shape:
        return None
    mean, spread = scalar(value(law.mean, w)), scalar(value(law.variance, w))
    if law.name == "finite":
        return chance.Finite(tuple(zip(parameters[::2], parameters[1::2], strict=True)))
    if law.name == "bernoulli":
        return chance.Finite(((mp.mpf(0), 1 - parameters[0]), (mp.mpf(1), parameters[0])))
    if law.name == "signs":
        return chance.Finite(tuple((mean + s * mp.sqrt(spread), mp.mpf(1) / 2) for s in (1, -1)))
    if law.name == "gaussian":
        return chance.normal(mean, mp.sqrt(spread)) if spread > 0 else chance.Finite(((mean, mp.mpf(1)),))
    if law.name == "uniform":
        half = mp.sqrt(3 * spread)
        return chance.uniform(mean - half, mean + half)
    if law.name == "binomial":
        return chance.binomial(int(parameters[0]), parameters[1])
    return {"poisson": chance.poisson, "geometric": chance.geometric, "exponential": chance.exponential}.get(
        law.name, lambda p: None
    )(parameters[0] if parameters else None)


# ------------------------------------------------------------------------------------------------------- admissibility


def require_admissible(claim: Claim, w: World) -> None:
    """Every declaration and hypothesis holds. Raises Inadmissible."""
    sizes: dict[str, int] = {}
    for d in claim.scope.declarations:
        if d.name in w.letters or d.name in w.definitions:
            _require_declared(d, w, sizes)
    for name, n in sizes.items():
        given = w.letters.get(name)
        if given is not None and given != n:
            raise Inadmissible(f"the size {name} has two values")
    for h in claim.scope.hypotheses:
        if h.relation == "=" and h.lhs.head in ("symbol", "index") and _defines(h, w):
            continue
        if not _holds(h, w):
            raise Inadmissible("a hypothesis does not hold")


def _defines(h: Relation, w: World) -> bool:
    if h.lhs.head == "index":
        return h.lhs.args[0].head == "symbol" and str(h.lhs.args[0].value) in w.sequences
    return w.definitions.get(str(h.lhs.value)) == h.rhs


def _holds(relation: Relation, w: World) -> bool:
    a, b = value(relation.lhs, w), value(relation.rhs, w)
    return truth(relation.relation, a, b, w) is not False


def truth(relation: str, a: Any, b: Any, w: World) -> bool | None:
    """Whether ``a relation b``; None where the error of the evaluation leaves it open."""
    gap = difference(a, b)
    scale = 1 + size(a) + size(b)
    tolerance = scale * (w.eps + w.accuracy.error)
    if relation in ("=", "!="):
        apart = size(gap) > tolerance
        if not apart and w.accuracy.error > 0 and relation == "!=":
            return None
        return apart == (relation == "!=")
    a, b = scalar(a), scalar(b)
    for x in (a, b):
        if isinstance(x, mp.mpc) and abs(x.imag) > tolerance:
            raise Undefined("an order of numbers that are not real")
    close = abs(mp.re(a - b)) <= tolerance
    if close and w.accuracy.error > 0:
        return None
    return compare(relation, a, b, tolerance)


def _require_declared(d: Declaration, w: World, sizes: dict[str, int]) -> None:
    if d.law is not None:
        _require_law(d, w)
        return
    if d.function:
        return
    given = w.letters.get(d.name)
    if isinstance(given, Members):
        _require_members(d, w)
        return
    x = value(Term("symbol", (), d.name), w)
    if d.shape:
        _require_shape(d, x, sizes)
        for name in d.properties:
            if not _has_property(name, x, w):
                raise Inadmissible(f"{d.name} is not {name}")
    else:
        _require_number(d, x, w)
    for bound in d.where:
        if not _holds(bound, w):
            raise Inadmissible(f"a bound of {d.name} does not hold")


def _require_number(d: Declaration, x: Any, w: World) -> None:
    if is_matrix(x):
        if d.name in w.definitions:
            return  # what defines the letter says its shape
        raise Inadmissible(f"{d.name} is a number")
    if d.domain != "complex" and abs(mp.im(x)) > w.eps:
        raise Inadmissible(f"{d.name} is not real")
    if d.domain == "integer" and abs(x - mp.nint(mp.re(x))) > w.eps:
        raise Inadmissible(f"{d.name} is not an integer")


def _require_members(d: Declaration, w: World) -> None:
    for k in range(1, 5):
        try:
            x = value(Term("index", (Term("symbol", (), d.name), Term("number", (), Fraction(k)))), w)
        except Unsuited:
            return
        if not d.shape:
            _require_number(d, x, w)
        for bound in d.where:
            inner = w
            index = bound.lhs.args[1] if bound.lhs.head == "index" else None
            if index is not None and index.head == "symbol":
                inner = w.bind(str(index.value), mp.mpf(k))
            if not _holds(bound, inner):
                raise Inadmissible(f"a bound of {d.name} does not hold")


def _require_shape(d: Declaration, x: Any, sizes: dict[str, int]) -> None:
    rows, columns = (x.rows, x.cols) if is_matrix(x) else (1, 1)
    for named, found in zip((*d.shape, 1)[:2], (rows, columns), strict=True):
        if (named if isinstance(named, int) else sizes.setdefault(named, found)) != found:
            raise Inadmissible(f"{d.name} has the wrong shape")


def _has_property(name: str, x: Any, w: World) -> bool:
    if not is_matrix(x):
        return {"invertible": x != 0, "orthogonal": abs(abs(x) - 1) < w.eps, "positive_definite": mp.re(x) > 0}.get(
            name, name != "positive_semidefinite" or mp.re(x) >= 0
        )
    flat = size(difference(x, x.T)) <= w.eps
    if name == "symmetric":
        return flat
    if name == "orthogonal":
        return size(difference(x.T * x, Eye(mp.mpf(1)))) <= w.eps
    if name == "diagonal":
        return all(i == j or abs(x[i, j]) <= w.eps for i in range(x.rows) for j in range(x.cols))
    if name == "invertible":
        return abs(determinant(x)) > w.eps
    least = min(mp.re(z) for z in eigenvalues(x))
    loose = mp.sqrt(w.eps)
    return flat and (least > loose if name == "positive_definite" else least >= -loose)


def _require_law(d: Declaration, w: World) -> None:
    """A finite law has the declared mean and variance (a named one is made from its parameters)."""
    law = w.letters.get(d.name)
    assert d.law is not None
    if isinstance(law, chance.Joint):
        place = law.names.index(d.name)
        _require_allowed(law, w)
        law = chance.Finite(tuple((values[place], p) for values, p in law.atoms))
    if not isinstance(law, chance.Finite) or law.left_out or d.shape:
        return
    if d.law.name == "bernoulli" and any(p and x not in (0, 1) for x, p in law.atoms):
        raise Inadmissible(f"{d.name} takes a value other than 0 and 1")
    mean = mp.fsum(x * p for x, p in law.atoms)
    spread = mp.fsum(x * x * p for x, p in law.atoms) - mean**2
    if abs(mp.fsum(p for _, p in law.atoms) - 1) > w.eps or any(p < 0 for _, p in law.atoms):
        raise Inadmissible(f"the weights of {d.name} are no probabilities")
    for term, found in ((d.law.mean, mean), (d.law.variance, spread)):
        if abs(scalar(value(term, w)) - found) > w.eps * (1 + abs(found)) * 1000:
            raise Inadmissible(f"a moment of {d.name} is not the declared one")


def _require_allowed(law: chance.Joint, w: World) -> None:
    """Letters that are declared independent do not depend on each other."""
    for group in w.scope.independent:
        for a, b in combinations([name for name in law.names if name in group], 2):
            i, j = law.names.index(a), law.names.index(b)
            for x, y in {(values[i], values[j]) for values, _ in law.atoms}:
                both = mp.fsum(p for values, p in law.atoms if (values[i], values[j]) == (x, y))
                first = mp.fsum(p for values, p in law.atoms if values[i] == x)
                if abs(both - first * mp.fsum(p for values, p in law.atoms if values[j] == y)) > w.eps:
                    raise Inadmissible(f"{a} and {b} are declared independent")


# ------------------------------------------------------------------------------------------------------ points of our own


def sampled(claim: Claim, random: Random) -> Letters:
    """A random point of the scope; hypotheses that are not definitions may fail there."""
    scope = claim.scope
    taken = set(definitions_of(scope)) | set(sequences_of(scope))
    names = dict.fromkeys(s for d in scope.declarations for s in d.shape if isinstance(s, str))
    letters: Letters = {name: Fraction(random.choice((1, 2, 2, 3, 3))) for name in names}
    for d in scope.declarations:
        if d.function:
            letters[d.name] = _any_function(d, random)
        elif d.law is None and d.name not in letters and (d.name not in taken or d.family):
            letters[d.name] = _value(d, letters, random)
    if any(d.family and d.law is not None for d in scope.declarations):
        letters.update({k: min(x, Fraction(3)) for k, x in letters.items() if _is_large(k, x, scope)})
    letters.update(_moments(scope, world_of(claim, letters), random))
    return with_laws(claim, letters)


def _is_large(name: str, x: Any, scope: Scope) -> bool:
    """Too large for an expectation over so many members."""
    return (
        isinstance(x, Fraction) and x > 3 and any(d.name == name and d.domain == "integer" for d in scope.declarations)
    )


def _value(d: Declaration, letters: Letters, random: Random) -> Any:
    if d.family:
        seed, cache = random.random(), {}

        def member(k: int) -> Any:
            if k not in cache:
                cache[k] = _single(d, letters, Random(f"{seed} {k}"))
            return cache[k]

        return Members(member)
    return _single(d, letters, random)


def _single(d: Declaration, letters: Letters, random: Random) -> Any:
    if d.shape:
        return _matrix(d, letters, random)
    low, high = _bounds(d)
    if d.domain == "integer":
        start = -3 if low is None else int(low) + (low > int(low))
        end = start + 7 if high is None else int(high)
        return Fraction(random.randint(start, max(start, min(end, start + 8))))
    if d.domain == "complex":
        return Complex(random.choice(REALS), random.choice(REALS))
    return _real(low, high, random)


def _real(low: Fraction | None, high: Fraction | None, random: Random) -> Fraction:
    if low is not None and high is not None:
        return low + (high - low) * Fraction(random.randint(1, 99), 100)
    if low is None and high is None:
        return random.choice(REALS)
    step = Fraction(random.choice((1, 3, 10, 25, 40, 77, 130, 300)), random.choice((10, 10, 7, 100)))
    return low + step if low is not None else high - step  # type: ignore[operator]


def _bounds(d: Declaration) -> tuple[Fraction | None, Fraction | None]:
    low = high = None
    for bound in d.where:
        limit = _numeral(bound.rhs)
        if limit is None:
            continue
        if bound.relation in (">", ">="):
            low = limit if low is None else max(low, limit)
            low += bound.relation == ">" and d.domain == "integer"
        elif bound.relation in ("<", "<="):
            high = limit if high is None else min(high, limit)
    return low, high


def _numeral(term: Term) -> Fraction | None:
    if term.head == "number":
        return Fraction(term.value or 0)
    if term.head == "decimal":
        return Fraction(str(term.value))
    inner = [_numeral(arg) for arg in term.args]
    if None in inner:
        return None
    if term.head == "neg":
        return -inner[0]  # type: ignore[operator]
    return inner[0] / inner[1] if term.head == "div" and inner[1] else None  # type: ignore[operator]


def _matrix(d: Declaration, letters: Letters, random: Random) -> Matrix:
    rows, columns = (s if isinstance(s, int) else int(letters[s]) for s in (*d.shape, 1)[:2])
    cells = [[_cell(d, random) for _ in range(columns)] for _ in range(rows)]
    properties = d.properties
    if "orthogonal" in properties:
        cells = _rotation(rows, random)
    if "diagonal" in properties:
        cells = [[cells[i][j] if i == j else Fraction(0) for j in range(columns)] for i in range(rows)]
    if "symmetric" in properties:
        cells = [[cells[min(i, j)][max(i, j)] for j in range(columns)] for i in range(rows)]
    if {"positive_definite", "positive_semidefinite"} & set(properties):
        shift = Fraction(1 if "positive_definite" in properties else 0)
        cells = [
            [sum((cells[i][k] * cells[j][k] for k in range(rows)), shift * (i == j)) for j in range(rows)]
            for i in range(rows)
        ]
    return Matrix(tuple(tuple(row) for row in cells))


def _cell(d: Declaration, random: Random) -> Any:
    real = Fraction(random.randint(-7, 7), random.choice((1, 2, 3)))
    return real if d.domain != "complex" else Complex(real, Fraction(random.randint(-5, 5), 2))


def _rotation(n: int, random: Random) -> list[list[Fraction]]:
    rows = [[Fraction(i == j) for j in range(n)] for i in range(n)]
    for _ in range(2 * n):
        i, j = random.randrange(n), random.randrange(n)
        if i == j:
            rows[i] = [-x for x in rows[i]]
            continue
        c, s = random.choice(((Fraction(3, 5), Fraction(4, 5)), (Fraction(8, 17), Fraction(15, 17))))
        rows[i], rows[j] = (
            [c * x - s * y for x, y in zip(rows[i], rows[j], strict=True)],
            [s * x + c * y for x, y in zip(rows[i], rows[j], strict=True)],
        )
    return rows


CONVEX = (lambda x: x * x - x, lambda x: mp.exp(x / 2), lambda x: x**4 / 3 + x, lambda x: mp.log(mp.cosh(x)) - x)
ANY = (*CONVEX, lambda x: mp.sin(2 * x) + x * x, lambda x: x**3 - 2 * x + 1, lambda x: mp.atan(3 * x) - mp.exp(-x))


def _any_function(d: Declaration, random: Random) -> Mapping1:
    if "increasing" in d.properties:
        return Mapping1(random.choice((lambda x: mp.exp(x), lambda x: x**3 + x, lambda x: mp.atan(x))))
    return Mapping1(random.choice(CONVEX if "convex" in d.properties else ANY))


def _moments(scope: Scope, w: World, random: Random) -> Letters:
    """Finite laws with the declared mean and variance; those that are not declared independent hang together."""
    found: Letters = {}
    several = [d for d in scope.declarations if d.law is not None and d.law.name in ("moments", "bernoulli")]
    tied = [d for d in several if not d.shape and not d.family]
    if len(tied) > 1 and not any(set(g) & {d.name for d in tied} for g in scope.independent):
        return _tied(tied, w, random)
    for d in several:
        assert d.law is not None
        if d.law.name != "moments":
            continue
        mean, spread = value(d.law.mean, w), value(d.law.variance, w)
        found[d.name] = _vector_law(mean, spread) if d.shape else _scalar_law(mean, spread, random)
    return found


def _scalar_law(mean: Any, spread: Any, random: Random) -> chance.Finite:
    points = [(mp.mpf(random.randint(-9, 9)), mp.mpf(random.randint(1, 5))) for _ in range(2)] + [
        (mp.mpf(10), mp.mpf(1))
    ]
    return chance.Finite(tuple(_rescaled([x for x, _ in points], [p for _, p in points], mean, spread)))


def _rescaled(xs: list[Any], weights: list[Any], mean: Any, spread: Any) -> list[tuple[Any, Any]]:
    total = mp.fsum(weights)
    ps = [p / total for p in weights]
    centre = mp.fsum(x * p for x, p in zip(xs, ps, strict=True))
    deviation = mp.sqrt(mp.fsum((x - centre) ** 2 * p for x, p in zip(xs, ps, strict=True)))
    return [(mean + (x - centre) / deviation * mp.sqrt(spread), p) for x, p in zip(xs, ps, strict=True)]


def _tied(tied: list[Declaration], w: World, random: Random) -> Letters:
    """Four outcomes with weights; each letter takes values on them."""
    weights = [mp.mpf(random.randint(1, 5)) for _ in range(4)]
    columns = []
    if any(d.law is not None and d.law.name == "bernoulli" for d in tied):
        return _comonotone(tied, w)
    for d in tied:
        assert d.law is not None
        xs = [mp.mpf(x) for x in random.sample((0, 0, 1, 1, 3), 4)]  # two outcomes may look the same to one letter
        columns.append([x for x, _ in _rescaled(xs, weights, value(d.law.mean, w), value(d.law.variance, w))])
    total = mp.fsum(weights)
    atoms = tuple((tuple(column[k] for column in columns), weights[k] / total) for k in range(4))
    joint = chance.Joint(tuple(d.name for d in tied), atoms)
    return {d.name: joint for d in tied}


def _comonotone(tied: list[Declaration], w: World) -> Letters:
    if any(d.law is None or d.law.name != "bernoulli" for d in tied):
        return {}
    ps = [value(d.law.parameters[0], w) for d in tied if d.law is not None]
    cuts = sorted({mp.mpf(0), mp.mpf(1), *ps})
    atoms = tuple((tuple(mp.mpf(left < p) for p in ps), right - left) for left, right in pairwise(cuts))
    return {d.name: chance.Joint(tuple(d.name for d in tied), atoms) for d in tied}


def _vector_law(mean: Any, spread: Any) -> chance.Finite:
    """mean ± sqrt(n) times the columns of a Cholesky factor, all equally likely."""
    if not is_matrix(spread):
        return chance.Finite(tuple((mean + s * mp.sqrt(spread), mp.mpf(1) / 2) for s in (1, -1)))
    factor, n = mp.cholesky(spread), spread.rows
    atoms = [mean + s * mp.sqrt(n) * factor[:, i] for i in range(n) for s in (1, -1)]
    return chance.Finite(tuple((x, mp.mpf(1) / (2 * n)) for x in atoms))


__all__ = ["Inadmissible", "letters_of", "require_admissible", "sampled", "truth", "whole"]
