"""The theorems on means, tried on random finite laws; and with a hypothesis dropped, where they fail at times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Generator = np.random.Generator
Array = NDArray[np.float64]
Trial = Callable[[Generator], bool]
SLACK = 1e-9


def law(random: Generator) -> tuple[Array, Array, Array]:
    """Values of two dependent letters, and the probabilities."""
    size = int(random.integers(2, 6))
    scale = 10.0 ** random.uniform(-2, 2)
    return scale * random.normal(size=size) + random.normal(), random.normal(size=size), random.dirichlet(np.ones(size))


def below(left: float, right: float) -> bool:
    return bool(left <= right + SLACK * (1 + abs(left) + abs(right)))


def chebyshev(random: Generator) -> bool:
    x, _, p = law(random)
    c = abs(random.normal()) * np.abs(x).max() + 1e-3
    return below(p[np.abs(x) >= c].sum(), (p @ x**2) / c**2)


def chebyshev_with_the_mean(random: Generator) -> bool:
    x, _, p = law(random)
    c = abs(random.normal()) * np.abs(x).max() + 1e-3
    return below(p[np.abs(x) >= c].sum(), (p @ x) ** 2 / c**2)


def chebyshev_with_a_negative_level(random: Generator) -> bool:
    x, _, p = law(random)
    c = -3 * abs(random.normal()) * np.abs(x).max() - 1e-3
    return below(p[np.abs(x) >= c].sum(), (p @ x**2) / c**2)


CONVEX: tuple[Callable[[Array], Array], ...] = (
    lambda u: np.exp(np.clip(u, -50, 50)),
    np.abs,
    lambda u: u**2,
    lambda u: u**4,
    lambda u: np.maximum(u, 1.0) + u**2,
)


def jensen(random: Generator) -> bool:
    x, _, p = law(random)
    x = np.clip(x, -50, 50)
    f = CONVEX[int(random.integers(len(CONVEX)))]
    positive = np.abs(x) + 0.1
    inverse = below(1 / (p @ positive), p @ (1 / positive))
    root = below(p @ np.sqrt(positive), np.sqrt(p @ positive))
    half = max(1, len(x) // 2)  # two blocks: the average in each
    blocks = [(p[:half].sum(), p[:half] @ x[:half]), (p[half:].sum(), p[half:] @ x[half:])]
    conditional = below(sum(m * m / w for w, m in blocks if w > 0), p @ x**2)
    return below(float(f(np.array(p @ x))), p @ f(x)) and inverse and root and conditional


def jensen_for_an_odd_power(random: Generator) -> bool:
    x, _, p = law(random)
    return below((p @ x) ** 3, p @ x**3)


def jensen_for_the_inverse_of_signs(random: Generator) -> bool:
    x, _, p = law(random)
    return below(1 / (p @ x), p @ (1 / x))


def cauchy_schwarz_mean(random: Generator) -> bool:
    x, y, p = law(random)
    means = below((p @ (x * y)) ** 2, (p @ x**2) * (p @ y**2)) and below(p @ np.abs(x), np.sqrt(p @ x**2))
    u, w = x - p @ x, y - p @ y
    return means and below((p @ (u * w)) ** 2, (p @ u**2) * (p @ w**2))


def cauchy_schwarz_with_variances(random: Generator) -> bool:
    x, y, p = law(random)
    u, w = x - p @ x, y - p @ y
    return below((p @ (x * y)) ** 2, (p @ u**2) * (p @ w**2))


def cauchy_schwarz_of_means(random: Generator) -> bool:
    x, y, p = law(random)
    return below((p @ (x * y)) ** 2, (p @ x) ** 2 * (p @ y**2))


def mean_order(random: Generator) -> bool:
    x, y, p = law(random)
    larger = x + np.abs(y)
    a = random.normal()
    events = below(p[x > a].sum(), p[larger >= a].sum()) and below(0, p[x > a].sum()) and below(p[x > a].sum(), 1)
    return events and below(p @ x, p @ larger) and below(0, p @ (x - p @ x) ** 2)


def mean_order_of_some_values(random: Generator) -> bool:
    x, y, p = law(random)
    return below(p @ x, p @ (x + y))


def mean_order_from_weak_to_strict(random: Generator) -> bool:
    values = random.integers(0, 3, size=3).astype(float)
    p = random.dirichlet(np.ones(3))
    return below(p[values >= 1].sum(), p[values > 1].sum())


MEAN_TRIALS: dict[str, tuple[Trial, tuple[Trial, ...]]] = {
    "chebyshev": (chebyshev, (chebyshev_with_the_mean, chebyshev_with_a_negative_level)),
    "jensen": (jensen, (jensen_for_an_odd_power, jensen_for_the_inverse_of_signs)),
    "cauchy_schwarz_mean": (cauchy_schwarz_mean, (cauchy_schwarz_with_variances, cauchy_schwarz_of_means)),
    "mean_order": (mean_order, (mean_order_of_some_values, mean_order_from_weak_to_strict)),
}
