"""What floating point does to numbers that vanish and explode, stated exactly.

A floating-point number is a rational number, and rounding is a function from the rationals to the rationals; so every statement
about it can be proved in exact arithmetic: when a power becomes 0 or stands still, when an update is absorbed, where infinity
and NaN come from, which formula keeps a tiny slope.

Sources: IEEE 754-2019; Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 2; Goodfellow, Bengio, Courville, Deep
Learning (2016), section 8.2.5; LessWrong post on vanishing and exploding gradients.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

FORMATS = ("double", "single", "half", "bfloat16")


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose."""

    precision: str = field(
        default="double",
        metadata={"help": "the format that the machine computes in", "kind": "choice", "choices": FORMATS},
    )
    weight: Fraction = field(
        default=Fraction(9, 10),
        metadata={"help": "the weight of the chain w w w ...", "kind": "rational", "above": 0, "high": 16},
    )
    start: Fraction = field(
        default=Fraction(3),
        metadata={"help": "where gradient descent on w^4 - w^2 starts", "kind": "rational", "above": 0, "high": 100},
    )
    rate: Fraction = field(
        default=Fraction(1, 1000),
        metadata={
            "help": "the learning rate of the chain with a squared loss",
            "kind": "rational",
            "above": 0,
            "high": 100,
        },
    )
    digits: int = field(
        default=3, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.floating_point.handout import handout

    return handout(options, variant)
