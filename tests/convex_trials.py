"""The classical inequalities, tried on random numbers; and with a hypothesis dropped, where they fail at times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Generator = np.random.Generator
Array = NDArray[np.float64]
Trial = Callable[[Generator], bool]
SLACK = 1e-9

CONVEX = (
    (np.exp, np.exp, np.exp),
    (lambda u: u**2, lambda u: 2 * u, lambda u: 2 + 0 * u),
    (lambda u: u**4 - u, lambda u: 4 * u**3 - 1, lambda u: 12 * u**2),
    (lambda u: np.logaddexp(0, u), lambda u: 1 / (1 + np.exp(-u)), lambda u: 1 / (2 + np.exp(u) + np.exp(-u))),
)
NOT_CONVEX = (np.sin, np.cos, lambda u: -np.sin(u))


def below(left: float, right: float) -> bool:
    return bool(left <= right + SLACK * (1 + abs(left) + abs(right)))


def _numbers(random: Generator) -> tuple[Array, Array]:
    size = int(random.integers(2, 6))
    return 3 * random.normal(size=size), random.dirichlet(np.ones(size))


def jensen(random: Generator) -> bool:
    x, w = _numbers(random)
    f = CONVEX[int(random.integers(len(CONVEX)))][0]
    return below(f(w @ x), w @ f(x))


def jensen_without_convexity(random: Generator) -> bool:
    x, w = _numbers(random)
    f = NOT_CONVEX[int(random.integers(3))]
    return below(f(w @ x), w @ f(x))


def jensen_with_signed_weights(random: Generator) -> bool:
    x, _ = _numbers(random)
    w = random.normal(size=len(x))
    w[0] += 1 - w.sum()
    return below((w @ x) ** 2, w @ x**2)


def jensen_with_another_sum(random: Generator) -> bool:
    x, w = _numbers(random)
    return below((2 * w @ x) ** 2, 2 * w @ x**2)


def tangent(random: Generator) -> bool:
    x, y = 2 * random.normal(size=2)
    f, slope, _ = CONVEX[int(random.integers(len(CONVEX)))]
    return below(f(x) + slope(x) * (y - x), f(y))


def tangent_without_convexity(random: Generator) -> bool:
    x, y = 2 * random.normal(size=2)
    return below(np.sin(x) + np.cos(x) * (y - x), np.sin(y))


def rising_slope(random: Generator) -> bool:
    x, y = np.sort(2 * random.normal(size=2))
    _, slope, bend = CONVEX[int(random.integers(len(CONVEX)))]
    return below(slope(x), slope(y)) and below(0, bend(x))


def slope_without_order(random: Generator) -> bool:
    x, y = 2 * random.normal(size=2)
    return below(2 * x, 2 * y)


def slope_without_convexity(random: Generator) -> bool:
    x, y = np.sort(2 * random.normal(size=2))
    return below(np.cos(x), np.cos(y)) and below(0, -np.sin(x))


def cauchy_schwarz(random: Generator) -> bool:
    x, _ = _numbers(random)
    y = random.normal(size=len(x))
    p = np.exp(random.normal(size=len(x)))
    many = below(x.sum() ** 2, len(x) * (x**2).sum())
    return many and below((x @ y) ** 2, (x @ x) * (y @ y)) and below(x.sum() ** 2, p.sum() * (x**2 / p).sum())


def cauchy_schwarz_of_other_terms(random: Generator) -> bool:
    x, _ = _numbers(random)
    return below(x.sum() ** 2, (x**2).sum())


def cauchy_schwarz_with_signs(random: Generator) -> bool:
    x, _ = _numbers(random)
    p = random.normal(size=len(x))
    return below(x.sum() ** 2, p.sum() * (x**2 / p).sum())


def weighted_means(random: Generator) -> bool:
    x, w = _numbers(random)
    return below(float(np.prod(np.exp(x) ** w)), w @ np.exp(x))


def weighted_means_with_another_sum(random: Generator) -> bool:
    x, w = _numbers(random)
    return below(float(np.prod(np.exp(x) ** (2 * w))), 2 * w @ np.exp(x))


def weighted_means_with_signed_weights(random: Generator) -> bool:
    a, b = np.exp(2 * random.normal(size=2))
    t = 3 * random.normal()
    return below(a**t * b ** (1 - t), t * a + (1 - t) * b)


def means_of_many(random: Generator) -> bool:
    x = np.exp(random.normal(size=int(random.integers(1, 7))))
    return below(float(np.prod(x)) ** (1 / len(x)), x.mean())


def means_of_many_with_another_root(random: Generator) -> bool:
    x = np.exp(random.normal(size=int(random.integers(1, 7))))
    return below(float(np.prod(x)), x.mean())


def means_of_signed_numbers(random: Generator) -> bool:
    x = random.normal(size=2)
    return below(float(np.sqrt(abs(np.prod(x)))), x.mean())


def _exponents(random: Generator) -> tuple[float, float]:
    p = 1 + float(np.exp(random.normal()))
    return p, p / (p - 1)


def young(random: Generator) -> bool:
    a, b = np.exp(random.normal(size=2))
    p, q = _exponents(random)
    return below(a * b, a**p / p + b**q / q)


def young_with_other_exponents(random: Generator) -> bool:
    a, b = np.exp(random.normal(size=2))
    p, q = 1 + np.exp(random.normal(size=2))
    return below(a * b, a**p / p + b**q / q)


def young_with_a_negative_exponent(random: Generator) -> bool:
    a, b = np.exp(random.normal(size=2))
    p = float(random.uniform(0.2, 0.9))
    q = p / (p - 1)
    return below(a * b, a**p / p + b**q / q)


def _some_positive(random: Generator) -> Array:
    return np.exp(random.normal(size=int(random.integers(2, 6))))


def powers_of_sums(random: Generator) -> bool:
    x, p = _some_positive(random), float(random.uniform(0.05, 1))
    q = 1 / p
    return below(x.sum() ** p, (x**p).sum()) and below((x**q).sum(), x.sum() ** q)


def powers_of_sums_above_one(random: Generator) -> bool:
    x, p = _some_positive(random), float(random.uniform(1.05, 3))
    return below(x.sum() ** p, (x**p).sum())


def powers_of_sums_below_one(random: Generator) -> bool:
    x, p = _some_positive(random), float(random.uniform(0.05, 0.95))
    return below((x**p).sum(), x.sum() ** p)


def powers_of_sums_of_signed_numbers(random: Generator) -> bool:
    x = random.normal(size=3)
    return below((x**2).sum(), x.sum() ** 2)


CONVEX_TRIALS: dict[str, tuple[Trial, tuple[Trial, ...]]] = {
    "convex_jensen": (jensen, (jensen_without_convexity, jensen_with_signed_weights, jensen_with_another_sum)),
    "convex_tangent": (tangent, (tangent_without_convexity,)),
    "convex_slope": (rising_slope, (slope_without_order, slope_without_convexity)),
    "cauchy_schwarz_sum": (cauchy_schwarz, (cauchy_schwarz_of_other_terms, cauchy_schwarz_with_signs)),
    "weighted_means": (weighted_means, (weighted_means_with_another_sum, weighted_means_with_signed_weights)),
    "means_of_many": (means_of_many, (means_of_many_with_another_root, means_of_signed_numbers)),
    "powers_of_sums": (
        powers_of_sums,
        (powers_of_sums_above_one, powers_of_sums_below_one, powers_of_sums_of_signed_numbers),
    ),
    "young": (young, (young_with_other_exponents, young_with_a_negative_exponent)),
}
"""For each theorem: the statement at one random instance, and the same with a hypothesis dropped."""
