"""Training one unit to keep a sign: runs side by side, in operations that round correctly on every processor.

The task (in the spirit of Bengio, Simard, Frasconi, 1994): a sequence belongs to one of two classes. Its first three inputs are learned, one
set for each class; then comes uniform noise. After ``length`` steps the state should be near +0.8 or -0.8. One sequence an update,
squared error, plain stochastic gradient descent. All lengths and seeds are trained at once, aligned at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

LEARNED = 3
NOISE = 0.2
TARGET = 0.8
RATE = 0.1
LAST = 500
"""A run succeeds if at least 95 % of its last so many sequences end with the right sign."""
ENOUGH = 0.95
EDGE = 4.97


def tanh(x: Array) -> Array:
    """The hyperbolic tangent to four digits, by a continued fraction (Lambert), cut off where it reaches 1."""
    import numpy as np

    x = np.minimum(np.maximum(x, -EDGE), EDGE)
    s = x * x
    return x * (135135 + s * (17325 + s * (378 + s))) / (135135 + s * (62370 + s * (3150 + 28 * s)))


def sigmoid(x: Array) -> Array:
    return 0.5 + 0.5 * tanh(0.5 * x)


def plain_unit(lengths: Sequence[int], runs: int, budgets: Sequence[int], seed: int) -> list[list[int]]:
    """For each budget of updates and each length how many of the runs succeed: ``x_t = tanh(w x_{t-1} + u_t)`` from w = 1/2 and learned inputs 0."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    longest, columns = max(lengths), len(lengths) * runs
    start = np.repeat([longest - length for length in lengths], runs)
    everyone = np.arange(columns)
    w, learned = np.full(columns, 0.5), np.zeros((2, LEARNED, columns))
    noisy = np.arange(longest)[:, None] >= start + LEARNED
    right = np.zeros((len(budgets), columns))
    states = np.zeros((longest + 1, columns))
    for update in range(max(budgets)):
        kind = draw.integers(0, 2, columns)
        target = (2 * kind - 1) * TARGET
        inputs = (draw.random((longest, columns)) - 0.5) * (NOISE * sqrt(12)) * noisy
        for j in range(LEARNED):
            inputs[start + j, everyone] = learned[kind, j, everyone]
        for t in range(longest):
            states[t + 1] = tanh(w * states[t] + inputs[t])
        back, slope = 2 * (states[-1] - target), 0 * w
        slopes = 1 - states * states
        backs = np.empty((longest, columns))
        for t in range(longest, 0, -1):
            back = back * slopes[t]
            backs[t - 1] = back
            back = back * w
        slope = (backs * states[:-1]).sum(axis=0)
        w = w - RATE * slope
        for j in range(LEARNED):
            learned[kind, j, everyone] -= RATE * backs[start + j, everyone]
        _look(right, states[-1] * target > 0, update, budgets)
    return _successes(right, budgets, len(lengths))


def _look(right: Array, now: Any, update: int, budgets: Sequence[int]) -> None:
    """Count the right signs among the last updates of each budget."""
    for row, budget in zip(right, budgets, strict=True):
        if budget - LAST <= update < budget:
            row += now


def _successes(right: Array, budgets: Sequence[int], groups: int) -> list[list[int]]:
    """For each budget and group of columns how many runs were right often enough."""
    found = []
    for row, budget in zip(right, budgets, strict=True):
        good = (row >= ENOUGH * min(LAST, budget)).reshape(groups, -1).sum(axis=1)
        found.append([int(count) for count in good])
    return found


def gated_cell(
    length: int, runs: int, budgets: Sequence[int], seed: int, forget_biases: Sequence[float]
) -> list[list[int]]:
    """For each budget of updates and each start of the forget bias how many of the runs succeed with one LSTM cell: gates i, f, o and the candidate g see the state and the input, output
    o tanh(c). All weights are learned; they start at 1 for the input, 1/2 for the state, the biases at 0 but for the forget gate."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    wanted, runs = runs, runs * len(forget_biases)
    everyone = np.arange(runs)
    half = np.array([[0.5], [0.5], [0.5], [1.0]])
    shift = 1 - half
    state_weight, input_weight, bias = np.full((4, runs), 0.5), np.ones((4, runs)), np.zeros((4, runs))
    bias[1] = np.repeat(forget_biases, wanted)
    learned, right = np.zeros((2, LEARNED, runs)), np.zeros((len(budgets), runs))
    for update in range(max(budgets)):
        kind = draw.integers(0, 2, runs)
        target = (2 * kind - 1) * TARGET
        inputs = (draw.random((length, runs)) - 0.5) * (NOISE * sqrt(12))
        inputs[:LEARNED] = learned[kind, :, everyone].T
        h, c, trace = np.zeros(runs), np.zeros(runs), []
        for t in range(length):
            inner = tanh(half * (state_weight * h + input_weight * inputs[t] + bias))
            gates = shift + half * inner
            before, earlier = c, h
            c = gates[1] * c + gates[0] * gates[3]
            out = tanh(c)
            h = gates[2] * out
            trace.append((inner, gates, before, earlier, out))
        dh, dc = 2 * (h - target), np.zeros(runs)
        d_state, d_input, d_bias = (np.zeros((4, runs)) for _ in range(3))
        d_learned = np.zeros((LEARNED, runs))
        for t in range(length - 1, -1, -1):
            inner, gates, before, earlier, out = trace[t]
            dc = dc + dh * gates[2] * (1 - out * out)
            by_gate = np.stack([dc * gates[3], dc * before, dh * out, dc * gates[0]])
            inside = by_gate * half * half * (1 - inner * inner)
            d_state += inside * earlier
            d_input += inside * inputs[t]
            d_bias += inside
            if t < LEARNED:
                d_learned[t] = (inside * input_weight).sum(axis=0)
            dh = (inside * state_weight).sum(axis=0)
            dc = dc * gates[1]
        state_weight -= RATE * d_state
        input_weight -= RATE * d_input
        bias -= RATE * d_bias
        learned[kind, :, everyone] -= RATE * d_learned.T
        _look(right, h * target > 0, update, budgets)
    return _successes(right, budgets, len(forget_biases))


def sigmoid_layers(depth: int, width: int, draws: int, seed: int) -> list[float]:
    """Norm of the gradient at the input over that at the output, for random vectors at both ends, Gaussian weights of variance 1/width."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    ratios = []
    for _ in range(draws):
        h, jacobian = draw.standard_normal(width), np.eye(width)
        for _ in range(depth):
            weights = draw.standard_normal((width, width)) / sqrt(width)
            h = sigmoid(weights @ h)
            jacobian = (h * (1 - h))[:, None] * (weights @ jacobian)
        back = draw.standard_normal(width)
        ratios.append(float(np.sqrt(((jacobian.T @ back) ** 2).sum() / (back**2).sum())))
    return sorted(ratios)
