"""Section: three exercises with judged solutions."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import (
    Letter,
    approximate,
    exercise,
    exercises,
    fixed,
    integer,
    random_family,
    rational,
    real,
    scope,
    step,
)
from derive.core import Block, Declaration, FiniteLaw, Law, Section
from derive.kernel import laws
from derive.kernel.terms import ZERO, number, symbol
from derive.topics.random_product.exact import product_law
from derive.topics.random_product.product import PRODUCT
from derive.variant import Variant, pick

DECEPTIVE = ((1, 2, 8), (2, 1, 16), (1, 3, 8), (2, 2, 16), (2, 3, 16), (3, 1, 32), (3, 2, 32))
"""Variance above 1, and products that vanish: 2^i with probability 1/q, 2^-j with the rest, and both signs alike."""


def practice(variant: Variant) -> Section:
    """Relative spread with a mean; a variance that grows while the product vanishes; a budget of draws."""
    return exercises(_spread(), _deceptive(variant), _budget(variant))


def _spread() -> tuple[Block, ...]:
    letters = (integer("n", r"n \ge 1"), real("v", r"v > 0"), real("m", r"m > 0"))
    declared = scope(*letters, random_family("w", "moments", symbol("m"), symbol("v")))
    return exercise(
        "Independent weights have mean $m > 0$ and variance $v$. How does the spread of $P_n$, relative to its mean, grow with depth?",
        step(
            rf"\frac{{\operatorname{{Var}}[{PRODUCT}]}}{{\operatorname{{E}}[{PRODUCT}]^{{2}}}} = \left( 1 + \frac{{v}}{{m^{{2}}}} \right)^{{n}} - 1",
            "Divide the formula of section 3 by $m^{2n}$. Only the ratio $v/m^2$ counts, and however small it is, it is compounded.",
            declared,
        ),
    )


def _deceptive(variant: Variant) -> tuple[Block, ...]:
    i, j, q = pick(variant, "deceptive", *DECEPTIVE)
    deceptive = _symmetric(i, j, q)
    parameters = tuple(number(q) for atom in deceptive.atoms for q in atom)
    square = laws.raw_moment(deceptive, 2)
    drift = Fraction(2 * i, q) - (1 - Fraction(2, q)) * j
    loss = rf"-{rational(-drift)} \ln 2"
    law = Law("finite", ZERO, number(square), parameters)
    plain = Letter(Declaration("w", "real", law=law, family=True))
    declared = scope(integer("n", r"n \ge 1"), plain)
    return exercise(
        (
            f"A weight is $\\pm {2**i}$ with probability $1/{q}$ each and $\\pm \\frac{{1}}{{{2**j}}}$ with probability ${(1 - Fraction(2, q)) / 2}$ each. Does the variance of $P_n$ "
            "grow? Does $P_n$?"
        ),
        step(
            rf"\operatorname{{E}}[w_1^{{2}}] = {rational(square)}",
            f"Above 1, so the variance $({square})^n$ grows without bound.",
            declared,
        ),
        step(
            rf"\operatorname{{E}}[\ln \lvert w_1 \rvert] = {loss}",
            "But the drift is negative,",
            declared,
        ),
        step(
            rf"\Pr\left[ \lim_{{n \to \infty}} \frac{{1}}{{n}} \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert = {loss} \right] = 1",
            f"so with probability 1 the product vanishes, a factor of $2^{{{drift}}}$ a layer. The variance grows on events that hardly ever happen.",
            declared,
            axiom="strong_law",
        ),
        step(
            rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{10}} w_i \right\rvert < 1 \right] \approx {fixed(_below_one(deceptive), 4)}",
            "After ten layers it is smaller than 1 nearly always.",
            scope(plain),
        ),
    )


def _symmetric(i: int, j: int, q: int) -> FiniteLaw:
    large, small, often = Fraction(2**i), Fraction(1, 2**j), (1 - Fraction(2, q)) / 2
    return FiniteLaw(((-large, Fraction(1, q)), (-small, often), (small, often), (large, Fraction(1, q))))


def _below_one(deceptive: FiniteLaw) -> Fraction:
    """P(|P_10| < 1), from the exact law."""
    law = product_law(deceptive, 10)
    assert law is not None
    return sum((p for x, p in law.items() if abs(x) < 1), Fraction(0))


def _budget(variant: Variant) -> tuple[Block, ...]:
    n = pick(variant, "weights", 20, 5, 10, 15, 25, 30)
    uniform = scope(
        integer("n", r"n \ge 1"),
        Letter(Declaration("w", "real", law=Law("uniform", ZERO, number(1)), family=True)),
    )
    return exercise(
        (
            f"The variance of a product of {n} uniform weights of variance 1 is to be checked by drawing, to 10 per cent. How many numbers does the "
            "plain average need, how many the full grid?"
        ),
        step(r"\operatorname{E}[w_1^{4}] = \frac{9}{5}", "So $\\kappa = 9/5$.", uniform),
        approximate(
            rf"{n} \cdot 100 \left( \left( \frac{{9}}{{5}} \right)^{{{n}}} - 1 \right)",
            f"The plain average: {n} numbers for each product.",
            scope(),
            2,
        ),
        step(
            rf"{n} \cdot \frac{{{n} \left( \frac{{9}}{{5}} - 1 \right)}}{{\left( \frac{{1}}{{10}} \right)^{{2}}}} = {80 * n * n}",
            f"The full grid: $M = n (\\kappa - 1)/0.1^2 = {80 * n}$ draws of each weight.",
            scope(),
        ),
    )
