"""What clipping a gradient keeps, what it changes and what it cannot do.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), section 10.11.1; Pascanu, Mikolov, Bengio, On the difficulty of
training recurrent neural networks (2013), Algorithm 1 and section 3.3; Nesterov, Introductory Lectures on Convex Optimization
(2004), section 1.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import FiniteLaw, Matrix
from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

LEAST = Fraction(1, 10**6)
"""Below this even the vanished gradients of the handout would be clipped."""
TWO_POINTS = FiniteLaw(((Fraction(10), Fraction(1, 10)), (Fraction(-1), Fraction(9, 10))))

TEN_AND_ONE = Matrix(((Fraction(10),), (Fraction(1),)))


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose: where to clip, how far to step, a gradient to look at, the law of one example's gradient."""

    threshold: Fraction = field(
        default=Fraction(1),
        metadata={
            "help": "threshold v at which gradients are clipped",
            "kind": "rational",
            "low": LEAST,
            "high": 10**6,
        },
    )
    learning_rate: Fraction = field(
        default=Fraction(1, 100),
        metadata={
            "help": "learning rate of the worked steps",
            "kind": "rational",
            "above": 0,
            "high": 100,
            "variants": tuple(map(Fraction, ("1/50", "1/20", "1/10", "1/200"))),
        },
    )
    gradient: Matrix = field(
        default=TEN_AND_ONE,
        metadata={"help": "a gradient to clip, such as [10, 1]: 2 to 6 numbers, not all 0", "kind": "vector"},
    )
    law: FiniteLaw = field(
        default=TWO_POINTS,
        metadata={
            "help": "law of one example's gradient, such as '10: 1/10, -1: 9/10': 2 or 3 values with probabilities",
            "kind": "law",
        },
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.clipping.handout import handout

    return handout(options, variant)
