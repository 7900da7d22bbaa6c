"""How a sigmoid or a tanh lets gradients vanish, layer by layer.

The slope of a sigmoid is at most 1/4 and falls exponentially on both sides, so a chain of n of them multiplies the gradient by at
most the product of |w_k|/4. Whether that is the sigmoid's fault, and what a small gradient says, is answered exactly.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 6.3.2 and 10.7; Hochreiter, Untersuchungen zu dynamischen
neuronalen Netzen (1991); Bengio, Simard, Frasconi, Learning long-term dependencies with gradient descent is difficult (1994);
Nesterov, Introductory Lectures on Convex Optimization (2004), section 1.2; a LessWrong post on vanishing and exploding gradients.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

DEEPEST = 30
LARGEST = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. The chain is h_k = f(w h_{k-1} + b), all weights equal."""

    activation: str = field(
        default="sigmoid",
        metadata={"help": "the activation function f", "kind": "choice", "choices": ("sigmoid", "tanh")},
    )
    weight: Fraction = field(
        default=Fraction(2),
        metadata={"help": "the weight w of every layer, not 0", "kind": "rational", "low": -LARGEST, "high": LARGEST},
    )
    bias: Fraction = field(
        default=Fraction(0),
        metadata={"help": "the bias b of every layer", "kind": "rational", "low": -LARGEST, "high": LARGEST},
    )
    depth: int = field(default=20, metadata={"help": "number of layers", "kind": "int", "low": 1, "high": DEEPEST})
    start: Fraction = field(
        default=Fraction(3, 10),
        metadata={"help": "the first state h_0", "kind": "rational", "low": -LARGEST, "high": LARGEST},
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.saturation.handout import handout

    return handout(options, variant)
