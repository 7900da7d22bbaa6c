"""Section: where gradients neither vanish nor explode (claim E7)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import fixed, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section, Table
from derive.topics.latching import Options

PLACE = "Deep Learning (2016), section 10.7"
SEED = 77
UNITS = 400
BURN, STEPS = 200, 1000


def middle(options: Options) -> Section:
    """Orthogonal matrices; why one monotone unit cannot have both; exponents of random units."""
    return Section("middle", "The hope for a middle way", (*_orthogonal(), *_monotone(), *_measured(), *_closing()))


def _orthogonal() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), vector("x"), vector("y"))
    return (
        Prose(
            "The book goes on: “One may hope that the problem can be avoided simply by staying in a region of parameter space where the gradients do not vanish or explode.” Such regions exist:"
        ),
        step(
            r"\lVert Q^{t} x \rVert_2 = \lVert x \rVert_2",
            "An orthogonal matrix keeps the length of every state and of every gradient, for ever.",
            letters,
            ledger=("E7",),
        ),
        step(
            r"\lVert Q^{t} (x - y) \rVert_2 = \lVert x - y \rVert_2",
            "For the same reason it keeps every disturbance $x - y$ for ever: it pulls nothing back.",
            letters,
            ledger=("E7",),
        ),
    )


def _monotone() -> tuple[Block, ...]:
    zero = scope(integer("t", r"t \ge 0"), real("w"))
    rest = scope(real("w", r"w > 1"), real("c", r"0 < c < 1"), real("x"), given=(r"w (1 - c^{2}) = 1", r"x > c"))
    return (
        Prose(
            "One unit with an increasing activation and a constant input has no middle way, but for exceptions. Its states rise or fall for ever, and being bounded they "
            "approach a resting place; there the slope is at most 1, since the graph of the map crosses the diagonal from above. If the slope is below 1, the gradient vanishes. For $\\tanh(w x)$ with $w > 1$ the resting place lies "
            "above $c = \\sqrt{1 - 1/w}$ of section 1, and"
        ),
        step(
            r"w (1 - x^{2}) < w (1 - c^{2}) = 1",
            "the slope at a resting place $x > c$ is below 1.",
            rest,
            ledger=("E7",),
        ),
        step(
            r"\frac{d}{dx} \tanh(w x) = w (1 - (\tanh(w x))^{2})",
            "The exceptions start exactly at 0: with $w = 1$ the slope stays 1, with $w > 1$ the state never leaves and the gradient is $w^t$.",
            scope(real("x"), real("w")),
            ledger=("E7",),
        ),
        step(
            r"w^{t} (1 - (\tanh 0)^{2})^{t} = w^{t}",
            "The gradient after $t$ steps of resting at 0.",
            zero,
            ledger=("E7",),
        ),
        quoted(
            r"w^{t} (1 - (\tanh 0)^{2})^{t} \le 1",
            "So “vanishes for every start” would be false, for a start that no noise would keep.",
            scope(integer("t", r"t \ge 0"), real("w", r"w > 1")),
            "a frequent overstatement",
            "the gradient of a saturating unit always vanishes",
            ledger=("E7",),
        ),
    )


def _measured() -> tuple[Block, ...]:
    exponents = _exponents()
    negative = sum(value < 0 for value in exponents)
    rows = (
        (
            "units",
            f"{UNITS}: $w$ uniform in $[0, 4]$, bias uniform in $[-1, 1]$, start uniform in $[-1, 1]$, seed {SEED}",
        ),
        (
            "measured",
            f"$\\frac{{1}}{{t}} \\ln \\lvert \\partial x_{{s+t}} / \\partial x_s \\rvert$ with $s = {BURN}$, $t = {STEPS}$",
        ),
        ("exponents below 0", f"{negative} of {UNITS}"),
        ("largest exponent", f"${fixed(Fraction(max(exponents)).limit_denominator(10**9), 3)}$"),
        ("median exponent", f"${fixed(Fraction(sorted(exponents)[UNITS // 2]).limit_denominator(10**9), 2)}$"),
    )
    return (Table("How fast the gradient of a tanh unit vanishes", ("what", "value"), rows),)


def _exponents() -> list[float]:
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(SEED))
    w, bias = 4 * draw.random(UNITS), 2 * draw.random(UNITS) - 1
    x = 2 * draw.random(UNITS) - 1
    logs = np.zeros(UNITS)
    for step_number in range(BURN + STEPS):
        x = np.tanh(w * x + bias)
        if step_number >= BURN:
            logs += np.log(np.maximum(w * (1 - x * x), 1e-300))
    return [float(value) / STEPS for value in logs]


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** Held by contraction: robust, and the gradient vanishes at the rate of the contraction. Held by a wall: robust, and the gradient may do anything. "
            "Kept by an isometry: the gradient is perfect, and so is the memory for noise. Ask of a claimed memory which of the three it is."
        ),
    )
