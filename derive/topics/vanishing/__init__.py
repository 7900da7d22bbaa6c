"""When powers of a matrix, and products of random weights, vanish or explode.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.5 and 10.7; Pascanu, Mikolov, Bengio, On the
difficulty of training recurrent neural networks (2013); Horn and Johnson, Matrix Analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, Matrix

LARGEST_N = 10_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``matrix`` None means the default [[19/10, -7/10], [7/5, -1/5]]."""

    n: int = field(
        default=10,
        metadata={
            "help": "number of steps",
            "kind": "int",
            "low": 1,
            "high": LARGEST_N,
            "variants": (6, 8, 12, 15, 20, 25),
        },
    )
    matrix: Matrix | None = field(
        default=None,
        metadata={
            "help": "your own square matrix: a .npy, .csv or .json file, or [[1/2, 1], [0, 1/3]]",
            "kind": "matrix",
        },
    )
    convention: str = field(
        default="column",
        metadata={
            "help": "states are columns (h = W h) or rows (h = h W)",
            "kind": "choice",
            "choices": ("column", "row"),
        },
    )
    variance: Fraction = field(
        default=Fraction(1),
        metadata={"help": "variance of one random weight", "kind": "rational", "above": 0, "high": 10**6},
    )
    law: str = field(
        default="gaussian",
        metadata={
            "help": "law of the random weights",
            "kind": "choice",
            "choices": ("gaussian", "uniform", "signs", "laplace"),
        },
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.vanishing.handout import handout

    return handout(options, variant)
