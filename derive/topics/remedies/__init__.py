"""Leaky units, skip connections, LSTM, residual layers, echo state and orthogonal networks, as equations.

What each does to a product of Jacobians, exactly; which of them cure, which only slow down, and where each can still fail.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 10.8 to 10.10; Hochreiter, Schmidhuber, Long short-term memory
(1997); Jaeger, The "echo state" approach (2001); He, Zhang, Ren, Sun, Deep residual learning (2016); a LessWrong post on vanishing
and exploding gradients.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

LONGEST = 1000
LONGEST_DELAY = 100
LARGEST_BIAS = 50


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. The horizon is the number of steps that a gradient has to travel."""

    horizon: int = field(
        default=100, metadata={"help": "steps that a gradient travels", "kind": "int", "low": 1, "high": LONGEST}
    )
    leak: Fraction = field(
        default=Fraction(1, 10),
        metadata={"help": "leak of a leaky unit", "kind": "rational", "above": 0, "below": 1},
    )
    weight: Fraction = field(
        default=Fraction(9, 10),
        metadata={"help": "weight of a connection on its own", "kind": "rational", "above": 0, "below": 1},
    )
    delay: int = field(
        default=2, metadata={"help": "delay of a skip connection", "kind": "int", "low": 2, "high": LONGEST_DELAY}
    )
    direct: Fraction = field(
        default=Fraction(3, 5),
        metadata={"help": "weight of the direct connection beside a skip", "kind": "rational", "above": 0, "high": 2},
    )
    skip: Fraction = field(
        default=Fraction(3, 5),
        metadata={"help": "weight of the skip connection beside it", "kind": "rational", "above": 0, "high": 2},
    )
    forget_bias: Fraction = field(
        default=Fraction(1),
        metadata={
            "help": "bias of the forget gate of an LSTM",
            "kind": "rational",
            "low": -LARGEST_BIAS,
            "high": LARGEST_BIAS,
        },
    )
    layers: int = field(
        default=10,
        metadata={
            "help": "number of residual layers",
            "kind": "int",
            "low": 1,
            "high": LONGEST,
            "variants": (5, 8, 12, 15, 20),
        },
    )
    variance: Fraction = field(
        default=Fraction(1, 10),
        metadata={"help": "variance of a weight in a residual layer", "kind": "rational", "above": 0, "below": 1},
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.remedies.handout import handout

    return handout(options, variant)
