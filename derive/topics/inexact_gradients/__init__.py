"""What a noisy or biased gradient does: minibatches, the noise floor, and the direction that noise hides.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.5 and 8.2.6; Cochran, Sampling Techniques, 3rd ed.,
chapter 2 (sampling without replacement); Bottou, Curtis, Nocedal, Optimization methods for large-scale machine learning (2018),
section 4.2 (the noise floor).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, Matrix

RATIONAL = "rational"


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. The learning rate times the curvature stays below 2, beyond which every run diverges."""

    population: int = field(
        default=5, metadata={"help": "training examples in the worked average", "kind": "int", "low": 2, "high": 12}
    )
    gradients: Matrix | None = field(
        default=None,
        metadata={"help": "your own gradients of 2 to 12 examples: [3, -1, 1/2] (default: squares)", "kind": "vector"},
    )
    batch: int = field(default=16, metadata={"help": "size of a minibatch", "kind": "int", "low": 1, "high": 10**6})
    learning_rate: Fraction = field(
        default=Fraction(1, 10), metadata={"help": "step size eta", "kind": RATIONAL, "above": 0, "high": 1000}
    )
    curvature: Fraction = field(
        default=Fraction(1),
        metadata={"help": "second derivative h of the loss", "kind": RATIONAL, "above": 0, "high": 1000},
    )
    noise: Fraction = field(
        default=Fraction(1),
        metadata={
            "help": "standard deviation of one example's gradient",
            "kind": RATIONAL,
            "above": 0,
            "high": 1000,
        },
    )
    decay: Fraction = field(
        default=Fraction(4, 5),
        metadata={
            "help": "factor q below 1 by which the gradient shrinks a step",
            "kind": RATIONAL,
            "above": 0,
            "below": 1,
        },
    )
    steps: int = field(
        default=20, metadata={"help": "steps that the gradient travels back", "kind": "int", "low": 1, "high": 400}
    )
    window: int = field(
        default=20, metadata={"help": "steps kept by truncated backpropagation", "kind": "int", "low": 1, "high": 400}
    )
    feedback: Fraction = field(
        default=Fraction(9, 10),
        metadata={"help": "weight a below 1 of the truncated recurrence", "kind": RATIONAL, "above": 0, "below": 1},
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.inexact_gradients.handout import handout

    return handout(options, variant)
