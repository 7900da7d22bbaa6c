"""Section: three exercises with judged solutions (claims C11, X16)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import (
    approximate,
    assume,
    exercise,
    exercises,
    explicit,
    matrix,
    quoted,
    rational,
    real,
    scope,
    step,
)
from derive.core import Block, Prose, Section
from derive.topics.momentum import Options
from derive.variant import Variant, pick

BEYOND = tuple(
    (Fraction(mu), Fraction(rate))
    for mu, rate in (
        ("9/10", "3/2"),
        ("9/10", "7/5"),
        ("9/10", "8/5"),
        ("4/5", "3/2"),
        ("4/5", "8/5"),
        ("3/4", "3/2"),
        ("3/4", "7/4"),
        ("1/2", "7/4"),
    )
)
"""Momentum and eta lambda between Nesterov's limit (2 + 2 mu)/(1 + 2 mu) and 2."""


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_hundred(options, variant), _no_momentum(), _below_two(options, variant))


def _hundred(options: Options, variant: Variant) -> tuple[Block, ...]:
    s = pick(variant, "root", 10, 4, 5, 6, 7, 8, 9, 11, 12, 15, 20)
    steps = pick(variant, "steps", 10, 5, 8, 12, 15, 20, 25)
    rate = rational(Fraction(s - 1, s + 1))
    given = (f"s = {s}", r"\mu = \left( \frac{s - 1}{s + 1} \right)^{2}")
    letters = scope(real("s"), real("mu"), given=given)
    return exercise(
        f"The eigenvalues run from 1 to {s * s}. Give Polyak's momentum and learning rate, and the rate of convergence. By which factor does the error shrink in {steps} steps, up to a factor that grows like the number of steps?",
        Prose(f"Here $s = \\sqrt{{{s * s}}} = {s}$ and $\\eta = 4/(s + 1)^2$, since $m = 1$."),
        assume(given[0], "the root of the condition number.", letters),
        assume(given[1], "Polyak's momentum.", letters),
        approximate(r"\mu", "The momentum.", letters, options.digits, ledger=("C11",)),
        approximate(r"\frac{4}{(s + 1)^{2}}", "The learning rate.", letters, options.digits, ledger=("C11",)),
        step(rf"\sqrt{{\mu}} = {rate}", "The rate.", letters, ledger=("C11",)),
        approximate(
            rf"\left( {rate} \right)^{{{steps}}}", f"In {steps} steps.", letters, options.digits, ledger=("C11",)
        ),
    )


def _no_momentum() -> tuple[Block, ...]:
    letters = scope(real("mu"), given=(r"\mu = 0",))
    return exercise(
        "What do the two stability limits become without momentum, and what does that say of the three methods?",
        assume(r"\mu = 0", "no momentum.", letters),
        step(r"2 (1 + \mu) = 2", "The classical limit.", letters, ledger=("X16",)),
        step(
            r"\frac{2 + 2 \mu}{1 + 2 \mu} = 2",
            "Nesterov's: both methods are gradient descent then, which converges for $\\eta \\lambda < 2$.",
            letters,
            ledger=("X16",),
        ),
    )


def _below_two(options: Options, variant: Variant) -> tuple[Block, ...]:
    mu, rate = pick(variant, "beyond", *BEYOND)
    c = 1 - rate
    block = f"N = {explicit([[(1 + mu) * c, -mu * c], [Fraction(1), Fraction(0)]])}"
    letters = scope(matrix("N", size=2), given=(block,))
    return exercise(
        f"True or false: Nesterov's momentum converges wherever gradient descent does, for $0 < \\eta \\lambda < 2$. Try $\\mu = {mu}$ and $\\eta \\lambda = {rate}$.",
        Prose(f"False. Here $c = {c}$, $p = (1 + \\mu) c = {(1 + mu) * c}$ and $q = \\mu c = {mu * c}$."),
        assume(block, "the iteration.", letters),
        quoted(
            r"\rho(N) < 1",
            "It would have to contract.",
            letters,
            "the sentence of the exercise",
            "converges wherever gradient descent does",
            ledger=("X16",),
        ),
        approximate(r"\rho(N)", "Its spectral radius.", letters, options.digits, ledger=("X16",)),
    )
