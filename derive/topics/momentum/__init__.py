"""Classical and Nesterov momentum on a quadratic: stability, best parameters, and the Jordan block inside them.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), section 10.11; Sutskever, Martens, Dahl, Hinton, On the importance
of initialization and momentum in deep learning (2013), section 2.1; Polyak, Some methods of speeding up the convergence of
iteration methods (1964); Nesterov, Introductory Lectures on Convex Optimization (2004), section 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

LARGEST_CONDITION = 10**5


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``learning_rate`` None means 3/2 divided by the largest eigenvalue."""

    smallest: Fraction = field(
        default=Fraction(1),
        metadata={"help": "smallest eigenvalue of the Hessian", "kind": "rational", "above": 0, "high": 10**9},
    )
    largest: Fraction = field(
        default=Fraction(10_000),
        metadata={
            "help": f"largest eigenvalue, above the smallest and at most {LARGEST_CONDITION} times as large",
            "kind": "rational",
            "above": 0,
            "high": 10**9,
        },
    )
    momentum: Fraction = field(
        default=Fraction(9, 10),
        metadata={
            "help": "momentum mu of the worked step",
            "kind": "rational",
            "low": 0,
            "below": 1,
            "variants": tuple(map(Fraction, ("1/2", "3/5", "3/4", "4/5", "19/20"))),
        },
    )
    learning_rate: Fraction | None = field(
        default=None,
        metadata={
            "help": "learning rate of the worked step; default: 3/2 divided by the largest eigenvalue",
            "kind": "rational",
            "above": 0,
            "high": 10**9,
        },
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.momentum.handout import handout

    return handout(options, variant)
