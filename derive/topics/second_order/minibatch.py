"""Section: what it costs: the dense Hessian, and the bias of a ratio of averages (claim C6)."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from derive.authoring import Letter, decimal, integer, matrix, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Section, Table, Term
from derive.functions.taylor import point
from derive.topics.second_order import Options

HALF = Fraction(1, 2)
SIZES = (1, 2, 4, 16, 64, 256)


def minibatch(options: Options) -> Section:
    """Cost, then the bias: exact for a fair coin, the expansion, an infinite mean, noise amplified by the inverse."""
    return Section("minibatch", "What it costs", (*_cost(), *_bias(options), *_expansion(), *_infinite(), *_noise()))


def _cost() -> tuple[Block, ...]:
    n = scope(integer("n", r"n \ge 1"))
    return (
        Prose("A dense Hessian of $n$ parameters has $n^2$ entries; half of them, and the diagonal, are different:"),
        step(r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "So many are to be stored.", n, ledger=("C6",)),
        step(
            r"\sum_{k=1}^{n} k^{2} = \frac{n (n + 1) (2 n + 1)}{6}",
            "To solve with it, a Cholesky factorisation does about $k^2$ additions and multiplications at each size $k$ on the way down.",
            n,
            ledger=("C6",),
        ),
        step(
            r"\frac{n (n + 1) (2 n + 1)}{6} \sim \frac{n^{3}}{3}",
            "That is about $n^3/3$ in all. A product $H v$ costs as much as a few gradients, and storage of $n$ numbers.",
            n,
            ledger=("C6",),
        ),
    )


def _bias(options: Options) -> tuple[Block, ...]:
    h = Letter(Declaration("h", "real", law=_coin()))
    two = Letter(Declaration("h", "real", law=_mean_of_two()))
    return (
        Prose(
            "The need for large minibatches is a matter of *bias*. The average gradient of a minibatch is right on average. The ratio of two "
            "averages is not. Let the true gradient and curvature be $1$, and let the curvature seen on one example be $\\frac12$ or "
            "$\\frac32$, with probability one half each:"
        ),
        step(r"\operatorname{E}[h] = 1", "The curvature is right on average.", scope(h), ledger=("C6",)),
        step(
            r"\operatorname{E}\left[ \frac{1}{h} \right] = \frac{4}{3}",
            "But the step $1/h$ is too long by a third, on average.",
            scope(h),
            ledger=("C6",),
        ),
        step(
            r"\operatorname{E}\left[ \frac{1}{h} \right] - \frac{1}{\operatorname{E}[h]} = \frac{1}{3}",
            "A mean of ratios is not the ratio of means: this is why batches that do for gradient descent do not do here.",
            scope(h),
            ledger=("C6",),
        ),
        step(
            r"\frac{1}{h} - \frac{1}{c} + \frac{h - c}{c^{2}} = \frac{(h - c)^{2}}{c^{2} h}",
            "In general, with $c = \\operatorname{E}[h]$: the mean of $h - c$ is 0, and what is left is positive for $h > 0$. So the mean of "
            "$1/h$ exceeds $1/c$ (Jensen's inequality for $1/h$).",
            scope(real("h", r"h > 0"), real("c", r"c > 0")),
            ledger=("C6",),
        ),
        step(
            r"\operatorname{E}\left[ \frac{1}{h} \right] = \frac{7}{6}",
            "A batch of two sees $\\frac12$, $1$, $1$ or $\\frac32$: the bias is half as large.",
            scope(two),
            ledger=("C6",),
        ),
        Table(
            "Bias of the step $1/\\hat h$ for the mean $\\hat h$ of $m$ examples, by exact summation over the binomial law",
            ("$m$", "bias", "$m$ times the bias"),
            tuple(
                (
                    str(m),
                    f"${decimal(point(bias(m)), options.digits)}$",
                    f"${decimal(point(m * bias(m)), options.digits)}$",
                )
                for m in SIZES
            ),
        ),
    )


def bias(m: int) -> Fraction:
    """E[1 / mean of m] - 1, exactly."""
    total = sum((comb(m, k) / (HALF + Fraction(k, m)) for k in range(m + 1)), Fraction(0))
    return total / Fraction(2**m) - 1


def _number(q: Fraction) -> Term:
    from derive.kernel.terms import number

    return number(q)


def _coin() -> Law:
    values = (HALF, HALF, 3 * HALF, HALF)
    return Law("finite", _number(Fraction(1)), _number(Fraction(1, 4)), tuple(_number(q) for q in values))


def _mean_of_two() -> Law:
    values = (HALF, HALF / 2, Fraction(1), HALF, 3 * HALF, HALF / 2)
    return Law("finite", _number(Fraction(1)), _number(Fraction(1, 8)), tuple(_number(q) for q in values))


def _expansion() -> tuple[Block, ...]:
    letters = scope(real("h", r"h > 0"), real("c", r"c > 0"))
    return (
        Prose("The bias falls like $1/m$. Expand once more:"),
        step(
            r"\frac{1}{h} - \left( \frac{1}{c} - \frac{h - c}{c^{2}} + \frac{(h - c)^{2}}{c^{3}} \right) = -\frac{(h - c)^{3}}{c^{3} h}",
            "The mean of the square of $h - c$ for a batch of $m$ is the variance of one example over $m$; the rest is of higher order. So "
            "the bias is about $\\operatorname{Var}(h) / (m c^3)$, here $\\frac{1}{4 m}$: the table tends to $\\frac14$.",
            letters,
            ledger=("C6",),
        ),
    )


def _infinite() -> tuple[Block, ...]:
    delta = scope(real("delta", r"0 < \delta", r"\delta < 1"))
    return (
        Prose(
            "All this needs $h > 0$. If the curvature seen by a minibatch has a density that is positive around 0, the mean of $\\lvert 1/h \\rvert$ "
            "is infinite, since already the part near 0 is:"
        ),
        step(
            r"\int_{\delta}^{1} \frac{1}{h} \, dh = \ln\left( \frac{1}{\delta} \right)",
            "The integral of $1/h$, cut off at $\\delta$.",
            delta,
            ledger=("C6",),
        ),
        step(
            r"\lim_{\delta \to 0^+} \ln\left( \frac{1}{\delta} \right) = \infty",
            "It exceeds every bound.",
            delta,
            ledger=("C6",),
        ),
    )


def _noise() -> tuple[Block, ...]:
    g = Letter(
        Declaration("g", "real", ("n",), law=Law("moments", Term("symbol", (), "mu"), Term("symbol", (), "Sigma")))
    )
    from derive.authoring import vector

    letters = scope(
        matrix("H", "symmetric", "invertible", size="n"),
        vector("mu", size="n"),
        matrix("Sigma", "positive_semidefinite", size="n"),
        g,
    )
    return (
        Prose(
            "And even with the exact Hessian, dividing by it amplifies the noise of the gradient. Let $g$ have mean $\\mu$ and covariance $\\Sigma$:"
        ),
        step(
            r"\operatorname{Var}(H^{-1} g) = H^{-1} \Sigma H^{-1}",
            "The covariance of the step. Along an eigenvector of $H$ with eigenvalue $\\lambda$ the noise is divided by $\\lambda$, its variance "
            "by $\\lambda^2$: flat directions, where the signal is small already, get the most of it.",
            letters,
            ledger=("C6",),
        ),
        Prose("With $\\Sigma = I$, two directions differ by the square of the condition number of $H$."),
    )
