"""Ten weights in a row are to multiply to 1: three methods with the same number of steps, from careless and from careful starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derive.entry import Count

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

WEIGHTS = 10
RUNS = 100
STEPS = 200
RATE = 0.01
MOMENTUM = 0.9
DAMPING = 0.1
CLOSE = 0.001


STARTS = {"careless start": (0.3, 0.7), "careful start": (0.6, 0.4)}
"""The lower end and the width of the interval that the weights are drawn from."""


def solved(seed: int) -> tuple[Count, ...]:
    """How many runs each method brings to the target, from each kind of start."""
    import numpy as np

    random = np.random.Generator(np.random.PCG64(seed))
    return tuple(
        Count(f"{method}, {kind}", int((np.abs(_product(end) - 1) < CLOSE).sum()), RUNS)
        for kind, (low, width) in STARTS.items()
        for method, end in _ends(low + width * random.random((WEIGHTS, RUNS)))
    )


def _ends(start: Array) -> Iterator[tuple[str, Array]]:
    yield "gradient descent", _momentum(start, 0.0)
    yield "Nesterov momentum", _momentum(start, MOMENTUM)
    yield "damped Gauss-Newton", _gauss_newton(start)


def _product(w: Array) -> Array:
    """Factor by factor, so that every machine rounds alike."""
    result: Array = w[0]
    for factor in w[1:]:
        result = result * factor
    return result


def _slope(w: Array) -> Array:
    """The derivative of the product by each weight, without a division."""
    import numpy as np

    return np.stack([_product(np.concatenate([w[:i], w[i + 1 :]])) for i in range(len(w))])


def _momentum(w: Array, factor: float) -> Array:
    """Nesterov's: the gradient is taken where the momentum leads; with ``factor`` 0 it is gradient descent."""
    velocity = 0 * w
    for _ in range(STEPS):
        ahead = w + factor * velocity
        velocity = factor * velocity - RATE * _slope(ahead) * (_product(ahead) - 1)
        w = w + velocity
    return w


def _gauss_newton(w: Array) -> Array:
    """(J^T J + damping)^{-1} J^T r for one residual: J^T r / (|J|^2 + damping)."""
    for _ in range(STEPS):
        slope = _slope(w)
        square = sum(part * part for part in slope)
        w = w - slope * (_product(w) - 1) / (square + DAMPING)
    return w
