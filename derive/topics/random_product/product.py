"""Section: a chain of single units multiplies its weights (claim B1)."""

from __future__ import annotations

from derive.authoring import Letter, assume, integer, real, scope, step
from derive.core import Declaration, Prose, Scope, Section

PRODUCT = r"\prod_{i=1}^{n} w_i"


def chain() -> Scope:
    """h_0 = x, h_t = w_t h_{t-1}, with any real weights."""
    letters = (
        integer("n", r"n \ge 0"),
        integer("t"),
        real("x"),
        Letter(Declaration("w", "real", family=True)),
        Letter(Declaration("h", "real", family=True)),
    )
    return scope(*letters, given=(r"h_0 = x", r"h_{t} = w_t h_{t-1}"))


def product() -> Section:
    """The state is the product of the weights, and so is the gradient."""
    declared = chain()
    numbers = scope(integer("n", r"n \ge 0"), real("x"), Letter(Declaration("w", "real", family=True)))
    return Section(
        "product",
        "A chain of single units is a product",
        (
            Prose(
                "Take the smallest deep network there is: one unit a layer, no nonlinearity, no bias. Layer $t$ multiplies the state by "
                "its own weight $w_t$."
            ),
            assume("h_0 = x", "the input of the chain.", declared),
            assume("h_{t} = w_t h_{t-1}", "one layer.", declared),
            step(
                rf"h_{{n}} = x {PRODUCT}",
                "By induction: each layer puts one more factor in front. With $x = 1$ the state *is* the product of the weights.",
                declared,
                induction=("n", 0),
                ledger=("B1",),
            ),
            step(
                rf"\frac{{d}}{{dx}} \left( x {PRODUCT} \right) = {PRODUCT}",
                "The gradient that travels back to the input is the same product: what is said below of $P_n$ is said of both.",
                numbers,
                ledger=("B1",),
            ),
            Prose(f"We write $P_n = {PRODUCT}$, and from here on the weights are random."),
        ),
    )
