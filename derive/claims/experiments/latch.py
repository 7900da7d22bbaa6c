"""One tanh unit learns to keep a sign for ``length`` steps (in the spirit of the latch task of Bengio et al., 1994).

``x_t = tanh(w x_{t-1} + u_t)``: the first three inputs are learned, one set for each of two classes, then comes noise of standard
deviation 0.2; the target at the end is +0.8 or -0.8. Plain stochastic gradient descent on the squared error, one
sequence an update, step 0.1, from w = 0.5 and inputs 0. A run succeeds at the first look (every 500 updates) at which at least
95 % of the last 500 sequences ended with the right sign.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

LEARNED = 3
NOISE = 0.2
TARGET = 0.8
RATE = 0.1
LOOK = 500
ENOUGH = 0.95


def updates_needed(length: int, budget: int, runs: int, seed: int) -> Array:
    """For each run the updates after which it first succeeded; infinite where the budget was too small."""
    import numpy as np

    random = np.random.Generator(np.random.PCG64(seed))
    w, inputs = np.full(runs, 0.5), np.zeros((LEARNED, 2, runs))
    needed, right = np.full(runs, np.inf), np.zeros(runs)
    everyone = np.arange(runs)
    for update in range(1, budget + 1):
        kind = random.integers(0, 2, runs)
        noise = (random.random((length - LEARNED, runs)) - 0.5) * (NOISE * sqrt(12))
        target = (2 * kind - 1) * TARGET
        states = _forward(w, [*inputs[:, kind, everyone], *noise])
        right += states[-1] * target > 0
        slope, by_inputs = _backward(w, states, states[-1] - target)
        w = w - RATE * slope
        inputs[:, kind, everyone] -= RATE * by_inputs
        if update % LOOK == 0:
            needed = np.where((right >= ENOUGH * LOOK) & np.isinf(needed), update, needed)
            right = np.zeros(runs)
    return needed


def _forward(w: Array, inputs: list[Array]) -> list[Array]:
    """The states, the first of which is 0."""
    states = [0 * w]
    for u in inputs:
        states.append(tanh(w * states[-1] + u))
    return states


def _backward(w: Array, states: list[Array], error: Array) -> tuple[Array, Array]:
    """The gradients of the squared error by the weight and by the learned inputs."""
    import numpy as np

    back, slope, by_inputs = 2 * error, 0 * w, np.zeros((LEARNED, len(w)))
    for step in range(len(states) - 1, 0, -1):
        back = back * (1 - states[step] * states[step])
        slope = slope + back * states[step - 1]
        if step <= LEARNED:
            by_inputs[step - 1] = back
        back = back * w
    return slope, by_inputs


def tanh(x: Array) -> Array:
    """The hyperbolic tangent to ten digits, from operations that round correctly: a continued fraction at x/16, then four times
    tanh 2y = 2 tanh y / (1 + tanh² y). NumPy's own differs between processors in the last bit."""
    y = x * 0.0625
    square = y * y
    t = y * (945 + square * (105 + square)) / (945 + square * (420 + 15 * square))
    for _ in range(4):
        t = 2 * t / (1 + t * t)
    return t
