"""Train a small tanh recurrent network to remember a sign, and save its recurrent matrix.

    python outputs/weights/train_rnn.py

The task: twelve noisy numbers come in, one a step; at the end the network says whether the first one was positive. It has
to carry one bit through eleven steps of h_t = tanh(W h_{t-1} + U x_t), and the gradient has to come back the same way.
Plain NumPy: backpropagation through time, gradient descent with the norm of the gradient clipped, a fixed seed.

``recurrent.npy`` holds W in float64, rounded to multiples of 2**-16. The rounding is there for the bytes: the last bits of a
matrix product differ between processors, and so would the file. Moving every tanh by its last bit moves W by 1.5e-13, while
the entry nearest to a rounding boundary is 6e-8 away from it: such bits do not reach the file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HIDDEN, STEPS, BATCH = 8, 12, 64
UPDATES, RATE, LARGEST_NORM = 1500, 0.2, 1.0
NOISE = 0.3
GRID = 2.0**16
TARGET = Path(__file__).with_name("recurrent.npy")


def examples(random: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Inputs of shape (steps, count), noise but for a first +-1; the signs to remember, 0 or 1, of shape (count,)."""
    signs = random.choice([-1.0, 1.0], size=count)
    inputs = NOISE * random.standard_normal((STEPS, count))
    inputs[0] += signs
    return inputs, (inputs[0] > 0).astype(np.float64)


def forward(parameters: list[Array], inputs: Array) -> tuple[list[Array], Array]:
    """All states h_0, ..., h_T of shape (hidden, count), and the probability that the sign is positive."""
    W, U, out = parameters
    states = [np.zeros((HIDDEN, inputs.shape[1]))]
    for x in inputs:
        states.append(np.tanh(W @ states[-1] + np.outer(U, x)))
    return states, 1 / (1 + np.exp(-(out @ states[-1])))


def loss(probability: Array, target: Array) -> float:
    """The mean cross entropy."""
    right = np.where(target == 1, probability, 1 - probability)
    return float(-np.log(right + 1e-12).mean())


def gradients(parameters: list[Array], inputs: Array, target: Array) -> list[Array]:
    """Backpropagation through time: each step multiplies by W transposed and by the slope of tanh."""
    W, U, out = parameters
    states, probability = forward(parameters, inputs)
    error = (probability - target) / target.size
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    back = np.outer(out, error)
    for t in range(STEPS, 0, -1):
        before_tanh = back * (1 - states[t] ** 2)
        dW += before_tanh @ states[t - 1].T
        dU += before_tanh @ inputs[t - 1]
        back = W.T @ before_tanh
    return [dW, dU, states[-1] @ error]


def clipped(gradient: list[Array]) -> list[Array]:
    """Scaled down to norm ``LARGEST_NORM`` where it is longer: one exploding gradient must not undo the training."""
    norm = np.sqrt(sum(float((part**2).sum()) for part in gradient))
    return [part * min(1.0, LARGEST_NORM / norm) for part in gradient]


def train(seed: int = 0) -> tuple[Array, float, float, float]:
    """The recurrent matrix; loss before and after training, and the share of right answers after, on unseen examples."""
    random = np.random.default_rng(seed)
    W = random.standard_normal((HIDDEN, HIDDEN)) * 0.5 / np.sqrt(HIDDEN)
    parameters = [W, random.standard_normal(HIDDEN), random.standard_normal(HIDDEN) * 0.1]
    inputs, target = examples(random, 2000)
    before = loss(forward(parameters, inputs)[1], target)
    for _ in range(UPDATES):
        step = clipped(gradients(parameters, *examples(random, BATCH)))
        parameters = [part - RATE * change for part, change in zip(parameters, step, strict=True)]
    probability = forward(parameters, inputs)[1]
    right = float(((probability > 0.5) == (target == 1)).mean())
    return parameters[0], before, loss(probability, target), right


def main() -> None:
    W, before, after, right = train()
    np.save(TARGET, np.round(W * GRID) / GRID, allow_pickle=False)
    print(f"loss before {before:.4f}, after {after:.4f}; {100 * right:.1f} % of 2000 unseen signs remembered")
    print(f"W is {HIDDEN} by {HIDDEN}; saved to {TARGET.name}")


if __name__ == "__main__":
    main()
