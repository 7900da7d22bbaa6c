"""Section: orthogonal recurrent weights, without and with a tanh (claim F6)."""

from __future__ import annotations

from math import floor, log10

from derive.authoring import approximate, assume, bounded, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.remedies import Options
from derive.topics.remedies.lstm import LESSWRONG

UNITS = 50
SEED = 0
NOISE = 0.3


def orthogonal(options: Options) -> Section:
    return Section(
        "orthogonal",
        "Orthogonal weights: no loss, until a tanh comes",
        (*_linear(), *_with_slopes(), *_one_unit(options), *_experiment()),
    )


def _linear() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    Q = scope(t, matrix("Q", "orthogonal"), vector("x"))
    later = scope(integer("t", r"t \ge 1"), matrix("Q", "orthogonal"))
    return (
        Prose("Let the recurrent matrix $Q$ be orthogonal, $Q^\\top Q = I$; the identity is the simplest case."),
        step(r"(Q^\top)^{t} Q^{t} = I", "The inner pairs cancel, one after the other.", Q, ledger=("F6",)),
        step(
            r"\lVert Q^{t} x \rVert_2 = \lVert x \rVert_2",
            "So a linear recurrence keeps every length for ever, forward and backward.",
            Q,
            ledger=("F6",),
        ),
        quoted(
            r"\lVert Q^{t} \rVert_2 < 1",
            "Read as a necessity: without re-designed backpropagation every shared matrix loses (or blows up) the gradient. An orthogonal one does neither, with plain backpropagation.",
            later,
            LESSWRONG,
            "we need to fundamentally re-design the way that the gradients are backpropagated through time",
            ledger=("F6",),
        ),
    )


def _with_slopes() -> tuple[Block, ...]:
    D = bounded(matrix("D", "diagonal", family=True), r"\lVert D_k \rVert_2 \le c")
    jacobian = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("c", r"c \ge 0"),
        matrix("Q", "orthogonal"),
        matrix("G", family=True),
        D,
        given=("G_0 = I", r"G_s = D_s Q G_{s-1}"),
    )
    return (
        Prose(
            "Put a tanh behind it, $h_t = \\tanh(Q h_{t-1} + \\dots)$. The Jacobian is now a product of $D_k Q$ with the slopes in $D_k$, all of them at most $c \\le 1$."
        ),
        assume("G_0 = I", "no step.", jacobian),
        assume(r"G_s = D_s Q G_{s-1}", "one more step.", jacobian),
        step(
            r"\lVert G_t \rVert_2 \le c^{t}",
            "By induction: whatever the slopes take is lost, and $Q$ gives nothing back.",
            jacobian,
            induction=("t", 0),
            ledger=("F6",),
        ),
        step(
            r"0 < 1 - (\tanh x)^{2} < 1",
            "A slope of tanh is below 1 everywhere but at 0 (shown for $x > 0$; it is even).",
            scope(real("x", "x > 0")),
            ledger=("F6",),
        ),
    )


def _one_unit(options: Options) -> tuple[Block, ...]:
    rules = ("h_0 = 1", "g_0 = 1", r"h_k = \tanh(h_{k-1})", r"g_k = (1 - h_k^{2}) g_{k-1}")
    run = scope(integer("k", r"k \ge 1"), real("h", family=True), real("g", family=True), given=rules)
    return (
        Prose("Already with one unit and $Q = 1$, no noise, and a state that is on its way to 0:"),
        assume("h_0 = 1", "the start.", run),
        assume(r"h_k = \tanh(h_{k-1})", "the state.", run),
        assume(r"g_k = (1 - h_k^{2}) g_{k-1}", "the derivative of $h_k$ with respect to $h_0$, with $g_0 = 1$.", run),
        *(approximate(f"g_{{{t}}}", f"After {t} steps:", run, options.digits, ledger=("F6",)) for t in (10, 20)),
    )


def _experiment() -> tuple[Block, ...]:
    after = decay((10, 100))
    return (
        Prose(
            f"*Measured* (a seeded run in floating point, not proved): {UNITS} units, a random orthogonal $Q$, start 0, Gaussian noise of standard deviation {NOISE} added at each step before the tanh, "
            f"seed {SEED}. The norm of the Jacobian has the order $10^{{{after[0]}}}$ after 10 steps and $10^{{{after[1]}}}$ after 100: noise keeps the units away from 0, and the slopes take their share at each step."
        ),
        Prose(
            "**To take home.** A product of numbers below 1 vanishes. A remedy that leaves it a product of numbers below 1 can only slow it down: leaks, skips and constant gates do. Two change the "
            "numbers: gates that learn to be 1, and orthogonal weights without saturation. And one changes the question: do not send gradients that far."
        ),
    )


def decay(times: tuple[int, ...]) -> tuple[int, ...]:
    """The decimal exponents of the norm of the Jacobian after so many steps."""
    import numpy as np

    draw = np.random.default_rng(SEED)
    Q = np.linalg.qr(draw.normal(size=(UNITS, UNITS)))[0]
    state, jacobian, found = np.zeros(UNITS), np.eye(UNITS), []
    for t in range(1, max(times) + 1):
        state = np.tanh(Q @ state + NOISE * draw.normal(size=UNITS))
        jacobian = (1 - state**2)[:, None] * (Q @ jacobian)
        if t in times:
            found.append(floor(log10(float(np.linalg.norm(jacobian, 2)))))
    return tuple(found)
