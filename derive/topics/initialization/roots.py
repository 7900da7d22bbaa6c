"""Section: one unit a layer, and the n-th root of the wanted variance (claim B5)."""

from __future__ import annotations

from derive.authoring import approximate, integer, random_family, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.kernel.terms import ZERO, symbol
from derive.topics.initialization import Options


def roots(options: Options) -> Section:
    return Section("roots", "One unit a layer: the n-th root", (*_rule(), *_own(options), *_precision()))


def _rule() -> tuple[Block, ...]:
    n = integer("n", r"n \ge 1")
    weights = scope(n, real("v", "v > 0"), random_family("w", "moments", ZERO, symbol("v")))
    target = scope(n, real("v_star", r"v_\star > 0"))
    two = scope(n, real("x", "x > 0"), real("y", "y > x"))
    return (
        Prose(
            "Start with the smallest network: one unit a layer, no activation function, an independent random weight with mean 0 and variance $v$ in each of $n$ layers. "
            "What arrives at the end is multiplied by the product of the weights."
        ),
        step(
            r"\operatorname{Var}\left[ \prod_{i=1}^{n} w_i \right] = v^{n}",
            "Squares of independent weights are independent, so their means multiply.",
            weights,
            ledger=("B5",),
        ),
        step(
            r"\left( v_\star^{1/n} \right)^{n} = v_\star",
            "So the variance $v_\\star$ is reached with $v = v_\\star^{1/n}$.",
            target,
            ledger=("B5",),
        ),
        step(r"x^{n} < y^{n}", "And with no other: larger variances have larger powers.", two, ledger=("B5",)),
    )


def _own(options: Options) -> tuple[Block, ...]:
    n, target = options.depth, rational(options.variance)
    return (
        approximate(
            rf"\left( {target} \right)^{{1/{n}}}",
            f"For $v_\\star = {target}$ and ${n}$ layers the variance of one weight is",
            scope(),
            options.digits,
            ledger=("B5",),
        ),
    )


def _precision() -> tuple[Block, ...]:
    n = integer("n", r"n \ge 1")
    target = scope(n, real("v_star", r"v_\star > 0"))
    off = scope(n, real("v_star", r"v_\star > 0"), real("delta", r"\delta > 0"))
    return (
        step(
            r"\ln(v_\star^{1/n}) = \frac{\ln v_\star}{n}",
            "The logarithm of $v$ is a share of that of the target.",
            target,
            ledger=("B5",),
        ),
        step(
            r"\lim_{n \to \infty} \frac{\ln v_\star}{n} = 0",
            "So in deep networks every target needs a $v$ close to 1, and targets differ in late digits of $v$ only.",
            target,
            ledger=("B5",),
        ),
        step(
            r"\left( v_\star^{1/n} (1 + \delta) \right)^{n} = v_\star (1 + \delta)^{n}",
            "Those digits matter: a relative error $\\delta$ in $v$ is compounded.",
            off,
            ledger=("B5",),
        ),
        approximate(
            r"\left( 1 + \frac{1}{100} \right)^{100}",
            "One per cent too much in each of a hundred layers makes the factor",
            scope(),
            3,
            ledger=("B5",),
        ),
        Prose(
            "One warning before layers become wider: the variance of a product says little about its *typical* size. The handouts `random-product` and `vanishing` show that with $v = 1$ the "
            "product of Gaussian weights tends to 0 with probability 1."
        ),
    )
