"""Four methods on a product of weights, from two kinds of start, with the same number of gradients.

Loss (w_1 ... w_n - 1)^2 / 2. Only sums, products and quotients, so that counts are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

FACTORS, RUNS, UPDATES, SEED = 10, 100, 200, 0
RATE, MOMENTUM, DAMPING = 0.01, 0.9, 0.01
GOAL = 6
"""A run succeeds with a loss below 10^-GOAL."""
STARTS = ((0.8, 1.2), (0.5, 1.0), (0.3, 0.7))
METHODS = ("gradient descent", "classical momentum", "Nesterov's momentum", "damped Gauss-Newton")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of the runs reach the goal, one count for each method."""

    low: float
    high: float
    reached: tuple[int, ...]


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(Outcome(low, high, tuple(_reached(method, low, high) for method in METHODS)) for low, high in STARTS)


def _reached(method: str, low: float, high: float) -> int:
    import numpy as np

    random = np.random.Generator(np.random.PCG64(SEED))
    w = low + (high - low) * random.random((FACTORS, RUNS))
    v = 0 * w
    for _ in range(UPDATES):
        if method == "damped Gauss-Newton":
            slopes, error = _slopes(w)
            w = w - slopes * (error / ((slopes * slopes).sum(0) + DAMPING))
            continue
        slopes, error = _slopes(w + MOMENTUM * v if method == "Nesterov's momentum" else w)
        v = (0 if method == "gradient descent" else MOMENTUM) * v - RATE * (slopes * error)
        w = w + v
    error = _slopes(w)[1]
    return int((error * error < 2 / 10**GOAL).sum())


def _slopes(w: Array) -> tuple[Array, Array]:
    """The derivatives of the product by each factor (what stands before it times what stands behind), and the error."""
    import numpy as np

    before, behind = np.ones((FACTORS + 1, w.shape[1])), np.ones((FACTORS + 1, w.shape[1]))
    for i in range(FACTORS):
        before[i + 1] = before[i] * w[i]
        behind[FACTORS - 1 - i] = behind[FACTORS - i] * w[FACTORS - 1 - i]
    return before[:-1] * behind[1:], before[-1] - 1
