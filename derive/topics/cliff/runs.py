"""Floating-point experiments on the one-unit network: what a grid sees, and where gradient descent ends.

Only operations that round correctly are used where the outcome is chaotic, so that counts are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

DEPTH = 50
TARGET = 0.7
SIDE = 800
WINDOW = ((4.5, 7.0), (-4.5, -1.5))
RUNS, UPDATES, RATE, THRESHOLD = 500, 400, 0.1, 0.2
CENTRE, SPREAD, SEED = (5.5, -2.9), 1e-6, 0
PLATEAU, NEAR, FOUND = 0.09, 1e-4, 0.01
"""Lost: the loss is as near as that to (1 - 0.7)^2, its value where the sigmoid is saturated. Found: the loss is below."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a grid shows of the length of the gradient."""

    largest: float
    median: float
    most: float  # 99 per cent are below


@cache
def on_a_grid() -> Seen:
    """The gradient's length at SIDE x SIDE points of the window."""
    import numpy as np

    lengths = []
    biases = np.linspace(*WINDOW[1], SIDE)[None, :]
    for weights in np.array_split(np.linspace(*WINDOW[0], SIDE)[:, None], 16):
        loss_by_w, loss_by_b = _gradient(weights + 0 * biases, biases + 0 * weights, lambda x: 1 / (1 + np.exp(-x)))[1:]
        lengths.append(np.hypot(loss_by_w, loss_by_b))
    found = np.concatenate(lengths)
    return Seen(float(found.max()), float(np.median(found)), float(np.quantile(found, 0.99)))


@dataclass(frozen=True, slots=True)
class Ends:
    """Of so many runs: how many end on the plateau, and how many near the minimum."""

    runs: int
    lost: int
    found: int


@cache
def descents() -> tuple[Ends, Ends]:
    """Gradient descent from RUNS starts around CENTRE without clipping, and with clipping by the norm."""
    import numpy as np

    random = np.random.Generator(np.random.PCG64(SEED))
    starts = (random.random((2, RUNS)) - 0.5) * (2 * SPREAD)
    w, b = (np.tile(CENTRE[i] + starts[i], 2) for i in (0, 1))
    limit = np.repeat([np.inf, THRESHOLD], RUNS)
    for _ in range(UPDATES):
        _, by_w, by_b = _gradient(w, b, logistic)
        length = np.sqrt(by_w * by_w + by_b * by_b)
        factor = RATE * np.where(length > limit, limit / np.where(length > 0, length, 1), 1)
        w, b = w - factor * by_w, b - factor * by_b
    loss = _gradient(w, b, logistic)[0]
    plain, clipped = (
        Ends(RUNS, int((abs(part - PLATEAU) < NEAR).sum()), int((part < FOUND).sum())) for part in np.split(loss, 2)
    )
    return plain, clipped


def _gradient(w: Array, b: Array, sigma: Any) -> tuple[Array, Array, Array]:
    """The loss after DEPTH steps and its two partial derivatives, forward."""
    x, by_w, by_b = 0.5 + 0 * w, 0 * w, 0 * w
    for _ in range(DEPTH):
        s = sigma(x)
        slope = w * (s * (1 - s))
        by_w, by_b, x = s + slope * by_w, 1 + slope * by_b, w * s + b
    s = sigma(x)
    outer = 2 * (s - TARGET) * (s * (1 - s))
    return (s - TARGET) * (s - TARGET), outer * by_w, outer * by_b


def logistic(x: Array) -> Array:
    """1/2 + tanh(x/2)/2, tanh by a continued fraction at x/32 and four times tanh 2y = 2 tanh y / (1 + tanh² y)."""
    import numpy as np

    y = np.minimum(np.maximum(x, -40.0), 40.0) * 0.03125
    square = y * y
    t = y * (945 + square * (105 + square)) / (945 + square * (420 + 15 * square))
    for _ in range(4):
        t = (t + t) / (1 + t * t)
    return 0.5 + 0.5 * t
