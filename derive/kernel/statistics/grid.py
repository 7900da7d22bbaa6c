"""The mean square of a product of independent factors, estimated factor by factor.

The product over the factors of the mean of M squares is, by the distributive law, the mean of P^2 over all M^n combinations of
the draws (the *full grid*). Its relative variance is about n (kappa - 1)/M, where plain sampling of P^2 has kappa^n/M. With a *tilt*
the draws come from a wider law of the same shape, at 3 times the variance (Gaussian) or 3 times the scale (Laplace), weighted back:
that is best among such scales, and makes the weighted squares bounded.

Each draw below is w^2/v, times the weight, where v is the variance: its mean is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import exp, fsum, log, sqrt
from random import Random
from statistics import NormalDist

from derive.kernel.budget import spend
from derive.kernel.statistics.looks import DRAWS_OF_AN_OPERATION, generator
from derive.kernel.statistics.radii import Spread

SPREADS: dict[tuple[str, str], Spread] = {
    ("full_grid", "gaussian"): Spread(3.0, None),
    ("full_grid", "uniform"): Spread(9 / 5, 3.0),
    ("tilt", "gaussian"): Spread(3 * sqrt(3) / (4 * sqrt(2)) * (5 / 6) ** -2.5, 3 * sqrt(3) / exp(1)),
    ("tilt", "laplace"): Spread(18 * (3 / 5) ** 5, 13.5 * exp(-2)),
}
"""E X^2 and the largest value of a draw X, in closed form (the topic ``random-product`` derives them; the tests integrate)."""


@lru_cache(maxsize=256)
def _estimated(estimator: str, law: str, factors: int, draws: int, seed: int) -> float:
    random, mean = generator(estimator, seed, draws), _MEANS[estimator, law]
    return fsum(log(mean(random, draws)) for _ in range(factors))


def log_estimate(estimator: str, law: str, factors: int, draws: int, seed: int) -> float:
    """ln of the estimate of E P^2 / v^n."""
    spend(factors * draws // DRAWS_OF_AN_OPERATION)
    return _estimated(estimator, law, factors, draws, seed)


def _uniforms(random: Random, draws: int) -> Iterator[float]:
    """On (0, 1]: 1 comes once in 2^53."""
    uniform = random.random
    return (1 - uniform() for _ in range(draws))


def _gaussian(random: Random, draws: int) -> float:
    quantile = NormalDist().inv_cdf
    return fsum([quantile(u / 2) ** 2 for u in _uniforms(random, draws)]) / draws


def _uniform(random: Random, draws: int) -> float:
    return 3 * fsum([u * u for u in _uniforms(random, draws)]) / draws


def _tilted_gaussian(random: Random, draws: int) -> float:
    """w = sqrt(3 v) z: the weighted square is 3 z^2 times sqrt(3) exp(-z^2)."""
    quantile = NormalDist().inv_cdf
    squares = [quantile(u / 2) ** 2 for u in _uniforms(random, draws)]
    return 3 * sqrt(3) * fsum([x * exp(-x) for x in squares]) / draws


def _tilted_laplace(random: Random, draws: int) -> float:
    """sqrt(2/v) |w| = 3 t with t exponential: the weighted square is 9 t^2/2 times 3 exp(-2 t), and exp(-2 t) = u^2."""
    return 13.5 * fsum([(log(u) * u) ** 2 for u in _uniforms(random, draws)]) / draws


_MEANS: dict[tuple[str, str], Callable[[Random, int], float]] = {
    ("full_grid", "gaussian"): _gaussian,
    ("full_grid", "uniform"): _uniform,
    ("tilt", "gaussian"): _tilted_gaussian,
    ("tilt", "laplace"): _tilted_laplace,
}
"""The mean of so many draws."""
