"""Why long-term dependencies are hard to learn: the sum over time, its small terms, and how many samples they cost.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 10.7, 10.8 and 10.11; Bengio, Simard, Frasconi, Learning
long-term dependencies with gradient descent is difficult (1994); Pascanu, Mikolov, Bengio, On the difficulty of training
recurrent neural networks (2013), section 2; Hochreiter and Schmidhuber, Long short-term memory (1997).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. The experiments train ``seeds`` runs for ``updates`` updates each."""

    weight: Fraction = field(
        default=Fraction(4, 5),
        metadata={"help": "recurrent weight w of the tanh unit", "kind": "rational", "above": 0, "below": 1},
    )
    horizon: int = field(
        default=60, metadata={"help": "length T of the sequence", "kind": "int", "low": 3, "high": 300}
    )
    lag: int = field(
        default=20,
        metadata={
            "help": "steps between cause and effect",
            "kind": "int",
            "low": 1,
            "high": 300,
            "variants": (10, 15, 25, 30),
        },
    )
    signal: Fraction = field(
        default=Fraction(1),
        metadata={"help": "gradient s of a dependency of lag 0", "kind": "rational", "above": 0, "high": 1000},
    )
    noise: Fraction = field(
        default=Fraction(1),
        metadata={"help": "standard deviation of one sample's gradient", "kind": "rational", "above": 0, "high": 1000},
    )
    forget: Fraction = field(
        default=Fraction(9, 10),
        metadata={"help": "forget gate f of the LSTM cell, below 1", "kind": "rational", "above": 0, "below": 1},
    )
    seeds: int = field(default=40, metadata={"help": "runs of the experiments", "kind": "int", "low": 10, "high": 200})
    updates: int = field(
        default=1200, metadata={"help": "updates of each run", "kind": "int", "low": 100, "high": 20_000}
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.long_term.handout import handout

    return handout(options, variant)
