"""How far the mean of independent draws lies from its expectation: exponential bounds that hold for every number of draws.

``nats`` L always means: except with probability at most exp(-L).

Sources: S. Boucheron, G. Lugosi, P. Massart, *Concentration Inequalities* (2013), corollary 2.11 (Bernstein) and section 2.6
(Hoeffding); B. Laurent, P. Massart, Adaptive estimation of a quadratic functional, Ann. Statist. 28 (2000), lemma 1 (chi-square).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt


@dataclass(frozen=True, slots=True)
class Spread:
    """What is known beforehand of a draw X >= 0 with mean 1: ``kappa`` = E X^2 and the largest value, None for the square of a
    standard Gaussian variable (kappa is 3 then, and there is no largest value)."""

    kappa: float
    largest: float | None


def above(spread: Spread, draws: int, nats: float) -> float:
    """The mean of so many draws is at most 1 + this."""
    if spread.largest is None:
        return 2 * sqrt(nats / draws) + 2 * nats / draws
    return _bernstein(spread.kappa - 1, spread.largest - 1, draws, nats)


def below(spread: Spread, draws: int, nats: float) -> float:
    """The mean of so many draws is at least 1 - this."""
    if spread.largest is None:
        return 2 * sqrt(nats / draws)
    return _bernstein(spread.kappa - 1, 1.0, draws, nats)


def _bernstein(variance: float, excess: float, draws: int, nats: float) -> float:
    """P(mean >= t) <= exp(-draws t^2 / (2 variance + 2 excess t / 3)) for centred variables that are at most ``excess``."""
    linear = excess * nats / (3 * draws)
    return linear + sqrt(linear**2 + 2 * variance * nats / draws)


def product_of_means(spread: Spread, factors: int, draws: int, nats: float) -> tuple[float, float] | None:
    """Between which numbers the product of ``factors`` independent means lies; None where there are too few draws to say.

    Above, it is at most the power of the mean of all draws together (arithmetic and geometric mean). Below, ln(1 + y) >= y - y^2
    for y >= -1/2, the sum of the y is known from the mean of all draws, and no y is larger than it is for one factor.
    """
    one_of_two, one_of_all = nats + log(3), nats + log(6 * factors)
    single = max(above(spread, draws, one_of_all), below(spread, draws, one_of_all))
    if single > 0.5:
        return None
    high = (1 + above(spread, factors * draws, one_of_two)) ** factors
    low = exp(-factors * (below(spread, factors * draws, one_of_two) + single**2))
    return low, high


def binomial_like(mean: float, draws: int, nats: float) -> tuple[float, float]:
    """The expectations of a variable in [0, 1] that do not make ``mean`` of so many draws too unlikely: those p with
    draws KL(mean | p) <= nats (Hoeffding's first inequality, on either side; the sharp form of Chernoff's for events)."""
    wanted = (nats + log(2)) / draws
    return _end(mean, 0.0, wanted), _end(mean, 1.0, wanted)


def _end(mean: float, end: float, wanted: float) -> float:
    """The p between the mean and ``end`` at which the divergence reaches ``wanted``, rounded outwards."""
    inner, outer = mean, end
    for _ in range(60):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if _divergence(mean, middle) <= wanted else (inner, middle)
    return outer


def _divergence(a: float, p: float) -> float:
    """Kullback and Leibler's between coins."""
    if p in (0.0, 1.0):
        return 0.0 if a == p else float("inf")
    return (a * log(a / p) if a > 0 else 0.0) + ((1 - a) * log((1 - a) / (1 - p)) if a < 1 else 0.0)
