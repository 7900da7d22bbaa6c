"""Section: the scale that keeps the typical size, and what it costs (claim B6, correction c)."""

from __future__ import annotations

from derive.authoring import approximate, integer, real, scope, step
from derive.core import Block, Prose, Section
from derive.formula import show
from derive.kernel import laws
from derive.topics.random_product import Options
from derive.topics.random_product.weights import WORDS, Weights, standard


def scale(options: Options, weights: Weights) -> Section:
    """sigma = e^{-mu}: no drift, and a variance that explodes. For the signs and for finite laws the Gaussian law is shown."""
    law = weights.named if weights.named in ("gaussian", "uniform", "laplace") else "gaussian"
    return Section(
        "scale", "One cannot keep both the variance and the typical size", (*_neutral(options, law), *_both())
    )


def _neutral(options: Options, law: str) -> tuple[Block, ...]:
    n, rate = options.n, show(laws.log_moment(law))
    declared = scope(standard(law, r"w_k \ne 0"))
    factor = rf"e^{{-\left( {rate} \right)}}"
    return (
        Prose(
            f"Take weights $\\sigma w_i$ with $w_i$ {WORDS[law]}, of mean 0 and variance 1. Which $\\sigma$ keeps the *typical* size? The one "
            "that cancels the drift, $\\sigma = e^{-\\mu}$."
        ),
        step(
            rf"\operatorname{{E}}\left[ \ln \left\lvert {factor} w_1 \right\rvert \right] = 0",
            "No drift any more.",
            declared,
            ledger=("B6",),
        ),
        approximate(factor, "As a number, that scale is", scope(), max(options.digits, 4), ledger=("B6",)),
        step(
            rf"\operatorname{{Var}}\left[ {factor} w_1 \right] = \exp(-2 \left( {rate} \right))",
            "But the variance of one weight is now",
            declared,
            ledger=("B6",),
        ),
        approximate(
            rf"\exp(-2 \left( {rate} \right))", "As a number:", scope(), max(options.digits, 5), ledger=("B6",)
        ),
        approximate(
            rf"\exp(-2 \cdot {n} \left( {rate} \right))",
            f"So the variance of the product explodes; for $n = {n}$ it is",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
    )


def _both() -> tuple[Block, ...]:
    declared = scope(integer("n", r"n \ge 1"), real("mu", r"\mu < 0"))
    return (
        Prose(
            "This is no accident of a law. Unit variance means $\\operatorname{E} w^2 = 1$, no drift means $\\operatorname{E} \\ln w^2 = 0$. By "
            "Jensen's inequality both hold only if $w^2$ is constant. For any other law, keeping the typical size costs a variance that "
            "grows without bound:"
        ),
        step(
            r"\lim_{n \to \infty} e^{-2 n \mu} = \infty",
            "Whatever the negative drift $\\mu$ at unit variance.",
            declared,
            ledger=("B6",),
        ),
    )
