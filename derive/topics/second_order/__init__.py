"""What dividing by the second derivative does to a vanishing gradient: the ratio, the wrong way, the saddle, the price.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.3 and 10.11; Martens and Sutskever, Training deep and
recurrent networks with Hessian-free optimization (2012); Nocedal and Wright, Numerical Optimization, 2nd ed., chapters 3 and 10.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, Term

DEFAULT = r"\frac{x^{4}}{4} - \frac{x^{2}}{2}"


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``f`` None means x^4/4 - x^2/2."""

    f: Term | None = field(
        default=None,
        metadata={
            "help": "your own loss, a function of x in LaTeX [default: \\frac{x^{4}}{4} - \\frac{x^{2}}{2}]",
            "kind": "function",
        },
    )
    depth: int = field(
        default=10, metadata={"help": "number n of layers that share the weight", "kind": "int", "low": 3, "high": 60}
    )
    target: Fraction = field(
        default=Fraction(1),
        metadata={"help": "what the product of the weights should be", "kind": "rational", "above": 0, "high": 100},
    )
    start: Fraction = field(
        default=Fraction(1, 2),
        metadata={"help": "the weight at the start", "kind": "rational", "above": 0, "high": 10},
    )
    damping: Fraction = field(
        default=Fraction(1, 100),
        metadata={"help": "damping of Gauss-Newton", "kind": "rational", "above": 0, "high": 1000},
    )
    window: Fraction = field(
        default=Fraction(10),
        metadata={
            "help": "a loss that is not rational is searched from minus this number to it",
            "kind": "rational",
            "above": 0,
            "high": 100,
        },
    )
    digits: int = field(
        default=6, metadata={"help": "significant digits of decimals", "kind": "int", "low": 3, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.second_order.handout import handout

    return handout(options, variant)
