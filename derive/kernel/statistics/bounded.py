"""The mean of a bounded quantity in independent random numbers, or the probability of an event: plain sampling, with an interval that
holds for every number of draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isfinite, log, sqrt
from random import Random
from statistics import NormalDist

from derive.core import Declaration, Law, Term
from derive.kernel.budget import spend
from derive.kernel.expectation.randomness import apart, law_of, require_free_laws
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.statistics.looks import DRAWS_OF_AN_OPERATION, generator, require_admissible
from derive.kernel.statistics.plain import UNIT, Key, compiled, coordinates, range_of, written_out
from derive.kernel.statistics.radii import binomial_like
from derive.kernel.terms import ZERO, rational_value
from derive.kernel.verdict import NotAdmitted

EVENTS: dict[str, Callable[[float], bool]] = {
    "<": lambda gap: gap < 0,
    "<=": lambda gap: gap <= 0,
    ">": lambda gap: gap > 0,
    ">=": lambda gap: gap >= 0,
}
SHAPES: dict[str, Callable[[float], float]] = {
    "gaussian": NormalDist().inv_cdf,
    "uniform": lambda u: sqrt(3) * (2 * u - 1),
    "signs": lambda u: 1.0 if u > 0.5 else -1.0,
    "laplace": lambda u: (log(2 * u) if u < 0.5 else -log(2 - 2 * u)) / sqrt(2),
}
"""A number uniform on (0, 1) to one of mean 0 and variance 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """The law of a coordinate, which is ``mean + spread x`` for an x of the named shape; ``exact``: no value of it is rounded."""

    name: str
    mean: float
    spread: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is averaged, its range, and the law of each coordinate."""

    quantity: Term
    event: str
    low: float
    high: float
    keys: tuple[Key, ...]
    laws: tuple[Line, ...]


def experiment(average: Term, facts: Facts) -> Experiment:
    """For ``expect`` of a bounded quantity and ``probability`` of an event. Raises NotAdmitted."""
    event = str(average.value) if average.head == "probability" else ""
    if average.head not in ("expect", "probability") or (event and event not in EVENTS):
        raise NotAdmitted("only expectations and probabilities of inequalities are sampled")
    parts = tuple(map(written_out, average.args))
    quantity = Term("add", (parts[0], Term("neg", (parts[1],)))) if event else parts[0]
    low, high = (0.0, 1.0) if event else range_of(quantity)
    keys = coordinates(quantity)
    if not keys or not isfinite(low) or not isfinite(high) or not low < high:
        raise NotAdmitted("a quantity for which no bounds are seen")
    return Experiment(quantity, event, low, high, keys, _laws(keys, facts))


def _laws(keys: tuple[Key, ...], facts: Facts) -> tuple[Line, ...]:
    """Independent coordinates with named laws and numbers for mean and variance."""
    found = {}
    try:
        require_free_laws(facts)
        for name in {name for name, _ in keys}:
            declaration, law = law_of(name, facts)
            if _as_declared(name, keys) != declaration.family or not unrestricted(declaration):
                raise NotAdmitted("a random letter that is no plain real number, or is bounded")
            found[name] = _numbers(law)
    except NoNormalForm as refusal:
        raise NotAdmitted(str(refusal)) from None
    if not apart(frozenset(found), facts.scope):
        raise NotAdmitted("random letters that are not declared independent")
    return tuple(found[name] for name, _ in keys)


def _as_declared(name: str, keys: tuple[Key, ...]) -> bool | None:
    """Whether the letter occurs with members; None where it occurs with and without."""
    found = {place is not None for other, place in keys if other == name}
    return found.pop() if len(found) == 1 else None


def unrestricted(declaration: Declaration) -> bool:
    """A real number of which no more is said than its law, and perhaps that it is not 0."""
    only_not_zero = all(bound.relation == "!=" and bound.rhs == ZERO for bound in declaration.where)
    return declaration.domain == "real" and not declaration.shape and only_not_zero


def _numbers(law: Law) -> Line:
    mean, variance = rational_value(law.mean), rational_value(law.variance)
    if law.name not in SHAPES or mean is None or variance is None or variance <= 0:
        raise NotAdmitted("a law that is not sampled, or whose mean and variance are no numbers")
    m, s = float(mean), sqrt(variance)
    exact = (
        law.name == "signs"
        and Fraction(s) ** 2 == variance
        and all(Fraction(m + x) == mean + Fraction(x) for x in (s, -s))
    )
    return Line(law.name, m, s, exact)


@lru_cache(maxsize=256)
def _average(what: Experiment, draws: int, seed: int) -> tuple[float, float]:
    """Between which numbers the mean lies, brought to [0, 1]: it is not known better for the rounding of each draw."""
    value = compiled(what.quantity, {key: i for i, key in enumerate(what.keys)})
    lines = [(SHAPES[line.name], line) for line in what.laws]
    happens = EVENTS.get(what.event)
    random, least, most = generator("bounded_mean", seed, draws), 0.0, 0.0
    for _ in range(draws):
        found, error = value([_drawn(shape, line, _inside(random)) for shape, line in lines])
        ends = found - error, found + error
        if happens is not None:
            either = happens(ends[0]), happens(ends[1])
            ends = float(min(either)), float(max(either))
        least, most = least + max(what.low, ends[0]), most + min(what.high, ends[1])
    width = what.high - what.low
    return max(0.0, (least / draws - what.low) / width), min(1.0, (most / draws - what.low) / width)


def _drawn(shape: Callable[[float], float], line: Line, u: float) -> tuple[float, float]:
    """A value and how far it may be from that of a number u in the same cell of the grid of 2^52."""
    x = shape(u)
    if line.exact:
        return line.mean + line.spread * x, 0.0
    cell = 0.0 if line.name == "signs" else 4 * UNIT / min(u, 1 - u)
    return line.mean + line.spread * x, 16 * UNIT * (abs(line.mean) + line.spread * abs(x)) + line.spread * cell


def _inside(random: Random) -> float:
    return (random.getrandbits(52) + 0.5) * 2.0**-52


def interval(what: Experiment, draws: int, seed: int, nats: float) -> tuple[float, float]:
    """Where the expectation lies, except with probability exp(-nats)."""
    require_admissible(seed, draws, draws * len(what.keys))
    spend(draws * (len(what.keys) + 2) // DRAWS_OF_AN_OPERATION)
    try:
        least, most = _average(what, draws, seed)
    except (OverflowError, ValueError):
        raise NotAdmitted("a draw at which the quantity is too large") from None
    if not least <= most:
        raise NotAdmitted("rounding errors that are not bounded")
    low, high = binomial_like(least, draws, nats)[0], binomial_like(most, draws, nats)[1]
    width = what.high - what.low
    return what.low + width * low, what.low + width * high
