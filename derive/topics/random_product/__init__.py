"""When products of independent random weights, and of wide random layers, vanish or explode.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.5 and 10.7; Sussillo, Abbott, Random walk initialization
for training very deep feedforward networks (2014); Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of
learning in deep linear neural networks (2014); Grimmett and Stirzaker, Probability and Random Processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, FiniteLaw

LARGEST_N = 1000
LARGEST_WIDTH = 4096
NAMES = ("gaussian", "uniform", "signs", "laplace")


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose."""

    n: int = field(
        default=10, metadata={"help": "depth: how many weights or layers", "kind": "int", "low": 1, "high": LARGEST_N}
    )
    law: FiniteLaw | str = field(
        default="gaussian",
        metadata={
            "help": "law of one weight: gaussian, uniform, signs, laplace, or your own, 'finite: -1 1/2, 1 1/2'",
            "kind": "law",
            "names": NAMES,
        },
    )
    variance: Fraction = field(
        default=Fraction(1),
        metadata={"help": "variance of one weight with a named law", "kind": "rational", "above": 0, "high": 100},
    )
    target: Fraction = field(
        default=Fraction(1, 4),
        metadata={"help": "variance wanted for the product", "kind": "rational", "above": 0, "high": 10**6},
    )
    width: int = field(
        default=100, metadata={"help": "units in a layer", "kind": "int", "low": 1, "high": LARGEST_WIDTH}
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 10}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.random_product.handout import handout

    return handout(options, variant)
