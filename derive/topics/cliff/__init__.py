"""The cliff of the one-unit recurrent network: how high, how thin, and why a grid cannot see it.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.4 and 10.11.1; Pascanu, Mikolov, Bengio, On the
difficulty of training recurrent neural networks (2013), section 2 and figure 6; Doya, Bifurcations of recurrent neural
networks in gradient descent learning (1993).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation

LARGEST_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``b`` None means a start 10^-9 beside the ray on which the closed form holds."""

    w: Fraction = field(
        default=Fraction(6), metadata={"help": "recurrent weight, not 0", "kind": "rational", "low": -20, "high": 20}
    )
    b: Fraction | None = field(
        default=None,
        metadata={
            "help": "bias of the start point; default: 10^-9 beside the cliff",
            "kind": "rational",
            "low": -100,
            "high": 100,
        },
    )
    depth: int = field(
        default=50,
        metadata={
            "help": "number of time steps",
            "kind": "int",
            "low": 2,
            "high": LARGEST_DEPTH,
            "variants": (20, 25, 30, 40, 60),
        },
    )
    learning_rate: Fraction = field(
        default=Fraction(1, 100),
        metadata={"help": "learning rate of the single step", "kind": "rational", "above": 0, "high": 100},
    )
    threshold: Fraction = field(
        default=Fraction(1),
        metadata={"help": "threshold at which its gradient is clipped", "kind": "rational", "above": 0, "high": 10**6},
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.cliff.handout import handout

    return handout(options, variant)
