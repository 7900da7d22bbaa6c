"""Section: what a ReLU takes, and what mean squares do not show (claim X14)."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

from derive.authoring import Letter, approximate, integer, quoted, random_family, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Section
from derive.kernel.terms import ZERO, number, symbol
from derive.topics.initialization import Options

BOOK_107 = "Deep Learning (2016), section 10.7"
DRAWS = 2_000_000
"""Gaussian numbers drawn in the experiment."""
SEED = 0
DEVIATIONS = 6
POSITIVE_PART = r"\left( \max(z, 0) \right)^{2}"
NEGATIVE_PART = r"\left( \max(-z, 0) \right)^{2}"


def relu(options: Options) -> Section:
    return Section(
        "relu",
        "A ReLU takes half",
        (*_half(), *_rule(options), *_typical(options), *_one_unit()),
    )


def _half() -> tuple[Block, ...]:
    z = Letter(Declaration("z", "real", law=Law("moments", ZERO, symbol("v"))))
    random = scope(z, real("v", "v > 0"))
    shares = scope(real("p"), real("q"), real("v"), given=("v = p + q", "q = p"))
    return (
        Prose(
            "A rectifier (ReLU) replaces a number by $\\max(z, 0)$. Let $z$ be random with mean 0 and variance $v$, and *symmetric*: $-z$ has the same law as $z$. "
            "That holds for a sum $\\sum_i w_i x_i$ if the weights are symmetric, whatever the inputs."
        ),
        step(
            rf"{POSITIVE_PART} + {NEGATIVE_PART} = z^{{2}}",
            "Every square is the square of a positive or of a negative part.",
            scope(real("z")),
            ledger=("X14",),
        ),
        step(
            rf"\operatorname{{E}}\left[ {POSITIVE_PART} + {NEGATIVE_PART} \right] = v",
            "So both parts share the mean square.",
            random,
            ledger=("X14",),
        ),
        step(
            r"p = \frac{v}{2}",
            "By symmetry the shares $p$ and $q$ of the two parts are equal: the ReLU keeps half of the mean square.",
            shares,
            ledger=("X14",),
        ),
    )


def _rule(options: Options) -> tuple[Block, ...]:
    n = scope(integer("n", r"n \ge 1"))
    return (
        step(
            r"n \cdot \frac{2}{n} \cdot \frac{1}{2} = 1",
            "He and others therefore double the variance of the forward rule: with $v = 2/n_{\\mathrm{in}}$ a layer and its ReLU keep the mean square exactly.",
            n,
            ledger=("X14",),
        ),
        approximate(
            rf"\left( \frac{{1}}{{2}} \right)^{{{options.depth}}}",
            f"Without the 2, ${options.depth}$ layers would leave this share of it:",
            scope(),
            options.digits,
            ledger=("X14",),
        ),
    )


def _typical(options: Options) -> tuple[Block, ...]:
    N = integer("N", r"N \ge 1")
    line = scope(real("z"))
    squares = scope(N, random_family("r", "moments", number(Fraction(1, 2)), number(Fraction(5, 4))))
    return (
        Prose(
            "**Exact in the mean is not exact in practice.** Take layers of $N$ units with Gaussian weights, $v = 2/N$. Given its inputs, a layer multiplies the squared "
            "length by $R = \\frac{2}{N} \\sum_{i=1}^{N} r_i$, where the $r_i$ are independent and distributed like $\\max(z, 0)^2$ for a standard Gaussian $z$."
        ),
        step(
            r"\int_{0}^{\infty} z^{2} \frac{1}{\sqrt{2 \pi}} e^{-z^{2}/2} \, dz = \frac{1}{2}",
            "The mean of $r_i$: half of the second moment.",
            line,
            ledger=("X14",),
        ),
        step(
            r"\int_{0}^{\infty} z^{4} \frac{1}{\sqrt{2 \pi}} e^{-z^{2}/2} \, dz = \frac{3}{2}",
            "The mean of $r_i^2$: half of the fourth moment.",
            line,
            ledger=("X14",),
        ),
        step(
            r"\frac{3}{2} - \left( \frac{1}{2} \right)^{2} = \frac{5}{4}",
            "So the variance of $r_i$ is 5/4.",
            scope(),
            ledger=("X14",),
        ),
        step(
            r"\operatorname{E}\left[ \frac{2}{N} \sum_{i=1}^{N} r_i \right] = 1",
            "The mean of $R$ is 1, as wanted.",
            squares,
            ledger=("X14",),
        ),
        step(
            r"\operatorname{Var}\left[ \frac{2}{N} \sum_{i=1}^{N} r_i \right] = \frac{5}{N}",
            "It fluctuates.",
            squares,
            ledger=("X14",),
        ),
        step(
            r"\lim_{x \to 0} \frac{\ln(1 + x) - x}{x^{2}} = -\frac{1}{2}",
            "The logarithm is bent downward: for small fluctuations $x = R - 1$, $\\ln R \\approx x - \\frac{1}{2} x^2$.",
            scope(real("x")),
            ledger=("X14",),
        ),
        step(
            r"\frac{1}{2} \left( -\frac{1}{2} \cdot \frac{5}{N} \right) = -\frac{5}{4 N}",
            "So in the mean the logarithm of the *length*, half of $\\ln R$, falls by about this much at each layer (an approximation for large $N$).",
            scope(N),
            ledger=("X14",),
        ),
        Prose(_experiment(options)),
    )


def _experiment(options: Options) -> str:
    """The drift of the log-length, measured."""
    mean, error, layers = measured(options.width)
    low, high = mean - DEVIATIONS * error, mean + DEVIATIONS * error
    return (
        f"*Measured* (supported, not proved): {layers} independent layers of ${options.width}$ units, seed {SEED}; the mean of $\\frac{{1}}{{2}} \\ln R$ plus and minus {DEVIATIONS} standard "
        f"errors is the interval from ${low:.3f}$ to ${high:.3f}$. The approximation is $-5/(4 \\cdot {options.width}) \\approx {-1.25 / options.width:.3f}$. "
        f"After {options.depth} layers the typical length has changed by the factor $e^{{{options.depth} \\cdot ({mean:.3f})}} \\approx {2.718281828459045 ** (options.depth * round(mean, 3)):.2f}$."
    )


def measured(width: int) -> tuple[float, float, int]:
    """(mean of ln R / 2, its standard error, number of layers). The number of draws is fixed beforehand."""
    import numpy as np

    layers = DRAWS // width
    draws = np.maximum(np.random.default_rng(SEED).standard_normal((layers, width)), 0)
    ratios = 2 / width * np.square(draws).sum(axis=1)
    logs = np.log(ratios[ratios > 0]) / 2
    return float(logs.mean()), float(logs.std(ddof=1)) / sqrt(len(logs)), layers


def _one_unit() -> tuple[Block, ...]:
    n = integer("n", r"n \ge 1")
    alive = scope(n, random_family("b", "moments", number(Fraction(1, 2)), number(Fraction(1, 4))))
    return (
        Prose(
            "The extreme case is a chain with one unit a layer. A positive signal survives a layer only if the weight is positive. Let $b_k$ be 1 then and 0 otherwise; both are equally likely."
        ),
        step(
            r"\operatorname{E}\left[ \prod_{k=1}^{n} b_k \right] = \left( \frac{1}{2} \right)^{n}",
            "The probability that all of $n$ layers let it through. With probability $1 - 2^{-n}$ the chain is dead: output and gradient are exactly 0, though the mean square is kept.",
            alive,
            ledger=("X14",),
        ),
        quoted(
            r"\left( \frac{1}{2} \right)^{n} \ge \frac{99}{100}",
            "Read for this chain: carefully scaled ($v = 2$), it should nearly always avoid vanishing. Its *width* is too small, not its scale.",
            scope(n),
            BOOK_107,
            "Very deep feedforward networks with carefully chosen scaling can thus avoid the vanishing and exploding gradient problem",
            ledger=("X14",),
        ),
    )
