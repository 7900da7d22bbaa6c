"""Section: what careful initialisation has to do with it: an experiment (claim C11)."""

from __future__ import annotations

from derive.authoring import integer, real, scope, step
from derive.binomial import clopper_pearson
from derive.core import Block, Prose, Section, Table
from derive.topics.momentum.chain import DAMPING, FACTORS, GOAL, METHODS, MOMENTUM, RATE, RUNS, SEED, UPDATES, outcomes


def initialisation() -> Section:
    """Why the rate is local, then counts."""
    return Section("initialisation", "Careful initialisation", (*_local(), *_experiment()))


def _local() -> tuple[Block, ...]:
    n = integer("n", r"n \ge 2")
    return (
        Prose(
            "All this holds for a quadratic, so for a network it holds *near* a minimum, with the eigenvalues there. Far away the eigenvalues are others. For a chain of $n$ equal weights with loss "
            "$\\frac{1}{2} (w^n - 1)^2$ the curvature is"
        ),
        step(
            r"\frac{d}{dw} n w^{n-1} (w^{n} - 1) = n w^{n-2} ((2 n - 1) w^{n} - (n - 1))",
            "the derivative of the slope $n w^{n-1} (w^n - 1)$.",
            scope(n, real("w", "w > 0")),
            ledger=("C11",),
        ),
        step(
            r"n 1^{n-2} ((2 n - 1) 1^{n} - (n - 1)) = n^{2}",
            "At the minimum $w = 1$ it is $n^2$,",
            scope(n),
            ledger=("C11",),
        ),
        step(
            r"n w^{n-2} ((2 n - 1) w^{n} - (n - 1)) < 0",
            "and further left it is negative: no choice of $\\eta$ and $\\mu$ that was made for the minimum means anything there.",
            scope(n, real("w", "0 < w"), given=(r"(2 n - 1) w^{n} < n - 1",)),
            ledger=("C11",),
        ),
    )


def _experiment() -> tuple[Block, ...]:
    rows = tuple((f"${one.low}$ to ${one.high}$", *(_share(count) for count in one.reached)) for one in outcomes())
    return (
        Prose(
            "“Simpler methods such as Nesterov momentum with careful initialization could achieve similar results” as second-order ones (section 10.11) is a statement about experiments. Here is a small one: "
            f"loss $\\frac{{1}}{{2}} (w_1 \\cdots w_{{{FACTORS}}} - 1)^2$, {RUNS} starts with weights uniform in the interval shown, seed {SEED}, {UPDATES} updates for every method. $\\eta = {RATE}$, $\\mu = {MOMENTUM}$; the second-order "
            f"method is Gauss-Newton, damped by {DAMPING}. Success: the loss is below $10^{{-{GOAL}}}$."
        ),
        Table(
            f"Successes of {RUNS}; in brackets the exact 95 % interval for the probability (Clopper and Pearson)",
            ("start", *METHODS),
            rows,
        ),
        Prose(
            "Started near the minimum, both kinds of momentum do as well as the second-order method. Started further out they do not, with these parameters. So the sentence is true of this toy problem as far as "
            "it goes, and “careful initialisation” is the larger part of it. The table says nothing about other losses, budgets or learning rates."
        ),
        Prose(
            "**To take home.** Momentum turns $\\kappa$ into $\\sqrt{\\kappa}$, near a minimum and with parameters that fit it. Nesterov's form brakes where the curvature is large, and for that very reason it diverges at smaller "
            "learning rates. At the best parameters two roots coincide, and an error formula without the factor $k$ is wrong."
        ),
    )


def _share(count: int) -> str:
    low, high = clopper_pearson(count, RUNS)
    return f"{count} [{float(100 * low):.0f} % to {float(100 * high):.0f} %]"
