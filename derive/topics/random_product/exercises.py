"""Section: three exercises with judged solutions."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import Letter, approximate, exercise, exercises, fixed, integer, random_family, real, scope, step
from derive.core import Block, Declaration, FiniteLaw, Law, Section
from derive.kernel import laws
from derive.kernel.terms import ZERO, number, symbol
from derive.topics.random_product.exact import product_law
from derive.topics.random_product.product import PRODUCT

DECEPTIVE = FiniteLaw(
    (
        (Fraction(-2), Fraction(1, 8)),
        (Fraction(-1, 4), Fraction(3, 8)),
        (Fraction(1, 4), Fraction(3, 8)),
        (Fraction(2), Fraction(1, 8)),
    )
)
"""Variance above 1, and products that vanish."""


def practice() -> Section:
    """Relative spread with a mean; a variance that grows while the product vanishes; a budget of draws."""
    return exercises(_spread(), _deceptive(), _budget())


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


def _deceptive() -> tuple[Block, ...]:
    parameters = tuple(number(q) for atom in DECEPTIVE.atoms for q in atom)
    law = Law("finite", ZERO, number(laws.raw_moment(DECEPTIVE, 2)), parameters)
    plain = Letter(Declaration("w", "real", law=law, family=True))
    declared = scope(integer("n", r"n \ge 1"), plain)
    return exercise(
        (
            "A weight is $\\pm 2$ with probability $1/8$ each and $\\pm \\frac{1}{4}$ with probability $3/8$ each. Does the variance of $P_n$ "
            "grow? Does $P_n$?"
        ),
        step(
            r"\operatorname{E}[w_1^{2}] = \frac{67}{64}",
            "Above 1, so the variance $(67/64)^n$ grows without bound.",
            declared,
        ),
        step(
            r"\operatorname{E}[\ln \lvert w_1 \rvert] = -\frac{5}{4} \ln 2",
            "But the drift is negative,",
            declared,
        ),
        step(
            r"\Pr\left[ \lim_{n \to \infty} \frac{1}{n} \sum_{i=1}^{n} \ln \lvert w_i \rvert = -\frac{5}{4} \ln 2 \right] = 1",
            "so with probability 1 the product vanishes, a factor of $2^{-5/4}$ a layer. The variance grows on events that hardly ever happen.",
            declared,
            axiom="strong_law",
        ),
        step(
            rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{10}} w_i \right\rvert < 1 \right] \approx {fixed(_below_one(), 4)}",
            "After ten layers it is smaller than 1 nearly always.",
            scope(plain),
        ),
    )


def _below_one() -> Fraction:
    """P(|P_10| < 1), from the exact law."""
    law = product_law(DECEPTIVE, 10)
    assert law is not None
    return sum((p for x, p in law.items() if abs(x) < 1), Fraction(0))


def _budget() -> tuple[Block, ...]:
    uniform = scope(
        integer("n", r"n \ge 1"),
        Letter(Declaration("w", "real", law=Law("uniform", ZERO, number(1)), family=True)),
    )
    return exercise(
        (
            "The variance of a product of 20 uniform weights of variance 1 is to be checked by drawing, to 10 per cent. How many numbers does the "
            "plain average need, how many the full grid?"
        ),
        step(r"\operatorname{E}[w_1^{4}] = \frac{9}{5}", "So $\\kappa = 9/5$.", uniform),
        approximate(
            r"20 \cdot 100 \left( \left( \frac{9}{5} \right)^{20} - 1 \right)",
            "The plain average: 20 numbers for each product.",
            scope(),
            2,
        ),
        step(
            r"20 \cdot \frac{20 \left( \frac{9}{5} - 1 \right)}{\left( \frac{1}{10} \right)^{2}} = 32000",
            "The full grid: $M = n (\\kappa - 1)/0.1^2 = 1600$ draws of each weight.",
            scope(),
        ),
    )
