"""Section: wide random layers (claim B9)."""

from __future__ import annotations

from flint import arb

from derive.authoring import Letter, approximate, decimal, integer, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Section, Table, Term
from derive.kernel.terms import ONE, ZERO, number, symbol
from derive.topics.random_product import Options
from derive.topics.random_product.chi_square import closed_forms, drift_step, log_mean_value, spread_step

SHOWN = ((1, 50), (100, 50), (100, 400))
"""(width, depth)."""


def wide(options: Options) -> Section:
    """One layer is a chi-square factor; n of them are a random walk with a drift of about -n/(2 N)."""
    return Section(
        "wide", "Wide layers: why width helps", (*_one_layer(), *_layers(options), *closed_forms(), *_walk(options))
    )


def _one_layer() -> tuple[Block, ...]:
    letters = (integer("N", r"N \ge 1"), real("s"), Letter(Declaration("x", "real", family=True)))
    row = scope(*letters, _gaussian("z"))
    rows = scope(integer("N", r"N \ge 1"), _gaussian("z"))
    return (
        Prose(
            "Now the layers get wide: $x_{t} = W_t x_{t-1}$ with $N \\times N$ matrices $W_t$ whose entries are independent and Gaussian with "
            "mean 0 and variance $1/N$. Entry $i$ of $W x$ is $N^{-1/2}$ times a sum $\\sum_j x_j z_j$ with standard Gaussian $z_j$."
        ),
        step(
            r"\operatorname{Var}\left[ \sum_{j=1}^{N} x_j z_j \right] = \sum_{j=1}^{N} x_j^{2}",
            "Its variance is the squared length of $x$; the direction does not matter.",
            row,
            ledger=("B9",),
        ),
        step(
            r"\operatorname{E}\left[ \prod_{j=1}^{N} e^{s x_j z_j} \right] = \prod_{j=1}^{N} e^{s^{2} x_j^{2}/2}",
            "It is Gaussian again, as its exponential moments show.",
            row,
            ledger=("B9",),
        ),
        Prose(
            "The rows of $W$ are independent, so $\\lVert W x \\rVert^2 = \\lVert x \\rVert^2 c$ with $c = \\frac{1}{N} \\sum_{i=1}^{N} z_i^2$: the "
            "squared length is multiplied by a *chi-square* variable with $N$ degrees of freedom, divided by $N$. Many squares are "
            "averaged, and that is the whole effect of width:"
        ),
        step(
            r"\operatorname{E}\left[ \frac{1}{N} \sum_{i=1}^{N} z_i^{2} \right] = 1",
            "The factor has mean 1.",
            rows,
            ledger=("B9",),
        ),
        step(
            r"\operatorname{Var}\left[ \frac{1}{N} \sum_{i=1}^{N} z_i^{2} \right] = \frac{2}{N}",
            "Its variance is small when the layer is wide.",
            rows,
            ledger=("B9",),
        ),
    )


def _gaussian(name: str) -> Letter:
    return Letter(Declaration(name, "real", law=Law("gaussian", ZERO, ONE), family=True))


def _layers(options: Options) -> tuple[Block, ...]:
    N, n = options.width, options.n
    factors = Law("moments", ONE, Term("div", (number(2), symbol("N"))))
    many = scope(
        integer("n", r"n \ge 1"),
        integer("N", r"N \ge 1"),
        Letter(Declaration("c", "real", law=factors, family=True)),
    )
    limit = scope(integer("N", r"N \ge 1"), real("d", r"d > 0"))
    return (
        Prose(
            "The law of the factor does not depend on $x$, so the factor of a layer is independent of all layers before it. After $n$ layers "
            "the squared length has been multiplied by $c_1 c_2 \\cdots c_n$ with independent factors, and sections 2 and 3 apply."
        ),
        step(
            r"\operatorname{E}\left[ \prod_{k=1}^{n} c_k \right] = 1",
            "On average the squared length stays, exactly.",
            many,
            ledger=("B9",),
        ),
        step(
            r"\operatorname{Var}\left[ \prod_{k=1}^{n} c_k \right] = \left( 1 + \frac{2}{N} \right)^{n} - 1",
            "Its variance depends on depth and width; for $N = 1$ it is $3^n - 1$, the variance of a squared Gaussian chain.",
            many,
            ledger=("B9",),
        ),
        step(
            r"\lim_{N \to \infty} \left( 1 + \frac{2}{N} \right)^{d N} = e^{2 d}",
            "What counts is the ratio $d = n/N$ of depth to width.",
            limit,
            ledger=("B9",),
        ),
        approximate(
            rf"\left( 1 + \frac{{2}}{{{N}}} \right)^{{{n}}} - 1",
            f"For $n = {n}$ and $N = {N}$ the variance is",
            scope(),
            options.digits,
            ledger=("B9",),
        ),
    )


def _walk(options: Options) -> tuple[Block, ...]:
    N, n = options.width, options.n
    return (
        Prose(
            "So the log length $\\ln \\lVert x_n \\rVert$ is a random walk with mean step $\\frac{1}{2} (L_N - \\ln N)$ and variance $\\frac{1}{4} "
            "S_N$ a step."
        ),
        drift_step(N, n, options.digits),
        spread_step(N, n, options.digits),
        Table(
            r"Log length after $n$ layers of width $N$: mean and standard deviation, and the rule of thumb $-n/(2N)$",
            ("$N$", "$n$", "mean", "standard deviation", "$-n/(2N)$"),
            tuple(_row(width, depth, options.digits) for width, depth in dict.fromkeys((*SHOWN, (N, n)))),
        ),
        Prose(
            "Width 1 is the chain of section 6. Wide layers lose almost nothing as long as the depth is much smaller than the width. "
            "“Very deep networks can avoid the problem” is true in this sense: $n \\ll N$."
        ),
    )


def _row(N: int, n: int, digits: int) -> tuple[str, ...]:
    mean = (log_mean_value(N) - arb(N).log()) * n / 2
    spread = _spread(N, n)
    rule = -arb(n) / (2 * N)
    return (str(N), str(n), *(f"${decimal(value, min(digits, 3))}$" for value in (mean, spread, rule)))


def _spread(N: int, n: int) -> arb:
    """sqrt(n/4 trigamma(N/2)) by the closed form."""
    start = arb.pi() ** 2 / (2 if N % 2 else 6)
    steps = range(1, N, 2) if N % 2 else range(2, N, 2)
    total = start
    for j in steps:
        total -= arb(4) / j**2
    return (total * n / 4).sqrt()
