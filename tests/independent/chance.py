"""Expectations: finite laws atom by atom, named laws by Gauss nodes (exact for polynomials) or by quadrature with the density."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mpmath import mp

from derive.core import Term
from independent.values import Unsuited, added, difference, is_matrix, scalar, times
from independent.world import Key, World

MOST_ATOMS = 40_000


@dataclass(frozen=True, slots=True)
class Finite:
    """(value, weight) pairs; ``left_out``: the size of what a cut tail may add to an expectation."""

    atoms: tuple[tuple[Any, Any], ...]
    left_out: Any = 0


@dataclass(frozen=True, slots=True)
class Joint:
    """A letter whose law is tied to that of others: atoms of all of them, and their weights."""

    names: tuple[str, ...]
    atoms: tuple[tuple[tuple[Any, ...], Any], ...]


@dataclass(frozen=True, slots=True)
class Continuous:
    """Density, support and distribution function, and Gauss nodes for polynomials."""

    density: Callable[[Any], Any]
    support: tuple[Any, Any]
    below: Callable[[Any], Any]
    nodes: Callable[[int], tuple[tuple[Any, Any], ...]]
    cuts: tuple[Any, ...]
    """Where quadrature starts anew; they cover what matters."""


LAWS = (Finite, Joint, Continuous)
Law = Finite | Joint | Continuous


class Undrawn(Exception):
    """A random letter that has no value yet."""

    def __init__(self, key: Key, law: Law) -> None:
        super().__init__(f"the random letter {key[0]} stands outside an expectation")
        self.key, self.law = key, law


def drawn(key: Key, law: Law, w: World) -> Any:
    if w.draws is not None and key in w.draws:
        return w.draws[key]
    raise Undrawn(key, law)


def _value(term: Term, w: World) -> Any:
    from independent.evaluate import value

    return value(term, w)


def average(body: Callable[[World], Any], w: World) -> Any:
    """Total probability over the random letters that ``body`` asks for, one after the other."""
    try:
        return body(w)
    except Undrawn as undrawn:
        key, law = undrawn.key, undrawn.law
    w.accuracy.steps += 50
    if isinstance(law, Continuous) and w.nodes is None:
        return _integrated(body, key, law, w)
    total: Any = mp.mpf(0)
    for atom, weight in _atoms(key, law, w):
        if weight:
            total = added(total, times(weight, average(body, w.draw(atom))))
    return total


def _atoms(key: Key, law: Law, w: World) -> list[tuple[dict[Key, Any], Any]]:
    if isinstance(law, Joint):
        return [({(n, key[1]): x for n, x in zip(law.names, xs, strict=True)}, p) for xs, p in law.atoms]
    if isinstance(law, Finite):
        w.accuracy.allow(law.left_out)
        return [({key: x}, p) for x, p in law.atoms]
    pairs = law.nodes(w.nodes or 9)
    return [({key: x}, p) for x, p in pairs]


def _integrated(body: Callable[[World], Any], key: Key, law: Continuous, w: World) -> Any:
    w.accuracy.allow(mp.mpf(10) ** -10)
    with mp.workdps(22):

        def at(x: Any) -> Any:
            return law.density(x) * scalar(average(body, w.draw({key: x})))

        found, error = mp.quad(at, law.cuts, error=True)
        ends = [
            abs(at(x)) for x, end in zip((law.cuts[0], law.cuts[-1]), law.support, strict=True) if abs(end) == mp.inf
        ]
        if error > mp.mpf(10) ** -11 * (1 + abs(found)) or any(x > mp.mpf(10) ** -14 * (1 + abs(found)) for x in ends):
            raise Unsuited("the quadrature of an expectation does not settle")
        return found


def _settled(body: Callable[[World], Any], w: World) -> Any:
    """Two numbers of Gauss nodes agree for a polynomial; else by quadrature."""
    first = average(body, replace(w, nodes=4))
    if not any(isinstance(law, Continuous) for law in w.letters.values()):
        return first
    for nodes in (5, 9):
        second = average(body, replace(w, nodes=nodes))
        gap, size = difference(first, second), analysis_size(first)
        if analysis_size(gap) <= mp.mpf(10) ** -(mp.dps // 2) * (1 + size):
            w.accuracy.allow(mp.mpf(10) ** -(mp.dps // 2))
            return second
        first = average(body, replace(w, nodes=7)) if nodes == 5 else first
    return average(body, replace(w, nodes=None))


def analysis_size(x: Any) -> Any:
    from independent.values import size

    return size(x)


def _inside(w: World) -> World:
    return replace(w, draws={}, known={})


def expectation(term: Term, w: World) -> Any:
    return _settled(lambda inner: _value(term.args[0], inner), _inside(w))


def variance(term: Term, w: World) -> Any:
    return covariance(Term("covariance", (term.args[0], term.args[0])), w)


def covariance(term: Term, w: World) -> Any:
    means = [expectation(Term("expect", (arg,)), w) for arg in term.args]

    def body(inner: World) -> Any:
        left, right = (difference(_value(arg, inner), mean) for arg, mean in zip(term.args, means, strict=True))
        return times(left, right.T if is_matrix(right) else right)

    return _settled(body, _inside(w))


def conditional_expectation(term: Term, w: World) -> Any:
    """Of the first given the others at their present values: the average over all atoms at which those values recur."""
    body, *given = term.args
    present = [_value(arg, w) for arg in given]
    if any(isinstance(law, Continuous) for law in w.letters.values()) and any(g.head != "symbol" for g in given):
        raise Unsuited("a conditional expectation under a law that is not finite")
    fixed = {key: x for key, x in (w.draws or {}).items() if key[0] in {str(g.value) for g in given}}
    joint = any(isinstance(law, Joint) for law in w.letters.values())
    start = replace(w, draws={} if joint or any(g.head != "symbol" for g in given) else fixed, known={})

    def matches(inner: World) -> Any:
        same = all(
            analysis_size(difference(_value(arg, inner), x)) <= w.eps for arg, x in zip(given, present, strict=True)
        )
        return mp.mpf(same)

    weight = average(matches, start)
    total = average(lambda inner: times(matches(inner), _value(body, inner)), start)
    return times(total, 1 / weight)


def probability(term: Term, w: World) -> Any:
    from independent.evaluate import compare, real

    def indicator(inner: World) -> Any:
        a, b = (real(arg, inner) for arg in term.args)
        return mp.mpf(compare(str(term.value), a, b, w.eps))

    start = _inside(w)
    try:
        indicator(start)
    except Undrawn as undrawn:
        key, law = undrawn.key, undrawn.law
        if isinstance(law, Continuous):
            return _measure(lambda x: indicator(start.draw({key: x})), law, w)
    return average(indicator, replace(start, nodes=-1))


def _measure(inside: Callable[[Any], Any], law: Continuous, w: World) -> Any:
    """The probability of the union of intervals on which the event holds, found on a grid and by bisection."""
    w.accuracy.allow(mp.mpf(10) ** -10)
    with mp.workdps(30):
        grid = _grid(law)
        try:
            marks = [bool(inside(x)) for x in grid]
        except Undrawn:
            raise Unsuited("an event of two letters with continuous laws") from None
        total = law.below(grid[0]) * marks[0] + (1 - law.below(grid[-1])) * marks[-1]
        for left, right, first, second in zip(grid, grid[1:], marks, marks[1:], strict=False):
            if first and second:
                total += law.below(right) - law.below(left)
            elif first or second:
                edge = _edge(inside, left, right, first)
                total += law.below(edge) - law.below(left) if first else law.below(right) - law.below(edge)
        return total


def _grid(law: Continuous) -> list[Any]:
    left, right = law.cuts[0], law.cuts[-1]
    return [left + (right - left) * k / 400 for k in range(401)]


def _edge(inside: Callable[[Any], Any], left: Any, right: Any, first: bool) -> Any:
    for _ in range(90):
        middle = (left + right) / 2
        left, right = (middle, right) if bool(inside(middle)) == first else (left, middle)
    return left


# ------------------------------------------------------------------------------------------------------- the named laws


@lru_cache(maxsize=64)
def _gauss(kind: str, m: int, digits: int) -> tuple[tuple[Any, Any], ...]:
    """Gauss nodes and weights for the standard normal, uniform on [-1, 1] and exponential law, by Golub and Welsch."""
    with mp.workdps(digits + 15):
        jacobi = mp.matrix(m, m)
        for k in range(m):
            diagonal = {"normal": 0, "uniform": 0, "exponential": 2 * k + 1}[kind]
            jacobi[k, k] = mp.mpf(diagonal)
            if k + 1 < m:
                n = mp.mpf(k + 1)
                square = {"normal": n, "uniform": n * n / (4 * n * n - 1), "exponential": n * n}[kind]
                jacobi[k, k + 1] = jacobi[k + 1, k] = mp.sqrt(square)
        values, vectors = mp.eigsy(jacobi)
        return tuple((values[i], vectors[0, i] ** 2) for i in range(m))


def normal(mean: Any, sd: Any) -> Continuous:
    return Continuous(
        lambda x: mp.npdf(x, mean, sd),
        (-mp.inf, mp.inf),
        lambda x: mp.ncdf(x, mean, sd),
        lambda m: tuple((mean + sd * x, p) for x, p in _gauss("normal", _order(m), mp.dps)),
        tuple(mean + sd * k for k in range(-60, 61, 5)),
    )


def uniform(a: Any, b: Any) -> Continuous:
    return Continuous(
        lambda x: 1 / (b - a),
        (a, b),
        lambda x: min(max((x - a) / (b - a), mp.mpf(0)), mp.mpf(1)),
        lambda m: tuple(((a + b) / 2 + (b - a) / 2 * x, p) for x, p in _gauss("uniform", _order(m), mp.dps)),
        (a, b),
    )


def exponential(rate: Any) -> Continuous:
    return Continuous(
        lambda x: rate * mp.exp(-rate * x),
        (mp.mpf(0), mp.inf),
        lambda x: 1 - mp.exp(-rate * max(x, mp.mpf(0))),
        lambda m: tuple((x / rate, p) for x, p in _gauss("exponential", _order(m), mp.dps)),
        tuple(mp.mpf(k) / rate for k in (0, 1, 3, 7, 15, 30, 60, 120, 240)),
    )


def _order(m: int) -> int:
    if m < 0:
        raise Unsuited("an event of two letters with continuous laws")
    return m


def binomial(n: int, p: Any) -> Finite:
    return Finite(tuple((mp.mpf(k), mp.binomial(n, k) * p**k * (1 - p) ** (n - k)) for k in range(n + 1)))


def poisson(rate: Any) -> Finite:
    atoms, weight, k = [], mp.exp(-rate), 0
    while k <= rate or weight > mp.mpf(10) ** -70:
        atoms.append((mp.mpf(k), weight))
        k += 1
        weight *= rate / k
    return Finite(tuple(atoms), mp.mpf(10) ** -25)


def geometric(p: Any) -> Finite:
    atoms, weight, k = [], p, 1
    while weight > mp.mpf(10) ** -50 and k < 2000:
        atoms.append((mp.mpf(k), weight))
        k, weight = k + 1, weight * (1 - p)
    return Finite(tuple(atoms), mp.mpf(10) ** -25)
