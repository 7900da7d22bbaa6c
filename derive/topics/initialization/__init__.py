"""How large random weights should be at the start, and how a deep linear chain learns from there.

The n-th root rule for one unit a layer, the two conditions of a layer and the compromise between them, the factor 2 of a ReLU,
and the exact course of learning in a chain of equal weights.

Sources: Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks (2010); He, Zhang, Ren, Sun,
Delving deep into rectifiers (2015); Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of learning in deep
linear neural networks (2013); Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.4 and 10.7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

WIDEST = 100_000
DEEPEST = 1000
WIDEST_DRAWN = 1000


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose."""

    n_in: int = field(default=400, metadata={"help": "inputs of a layer", "kind": "int", "low": 1, "high": WIDEST})
    n_out: int = field(default=200, metadata={"help": "outputs of a layer", "kind": "int", "low": 1, "high": WIDEST})
    depth: int = field(default=10, metadata={"help": "number of layers", "kind": "int", "low": 3, "high": DEEPEST})
    activation: str = field(
        default="linear",
        metadata={
            "help": "linear (also tanh near 0) or relu behind each layer",
            "kind": "choice",
            "choices": ("linear", "relu"),
        },
    )
    variance: Fraction = field(
        default=Fraction(1, 4),
        metadata={
            "help": "wanted variance of the product of one weight a layer",
            "kind": "rational",
            "above": 0,
            "high": 10**6,
        },
    )
    start: Fraction = field(
        default=Fraction(1, 10_000),
        metadata={
            "help": "strength of the chain at the start, when the target is 1",
            "kind": "rational",
            "low": Fraction(1, 10**6),
            "high": Fraction(1, 2),
        },
    )
    width: int = field(
        default=50, metadata={"help": "units a layer in the experiment", "kind": "int", "low": 2, "high": WIDEST_DRAWN}
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.initialization.handout import handout

    return handout(options, variant)
