"""Storing a bit against noise, and what that does to the gradient.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), section 10.7; Bengio, Simard, Frasconi, Learning long-term
dependencies with gradient descent is difficult (1994), sections III and IV; Horn and Johnson, Matrix Analysis, 2nd ed.,
lemma 5.6.10 (adapted norms); Devaney, An Introduction to Chaotic Dynamical Systems, section 1.8 (the logistic map).
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
    """What a lecturer may choose. ``basin`` None means 4/5 where that serves, else a left end that does."""

    weight: Fraction = field(
        default=Fraction(2),
        metadata={"help": "recurrent weight w of the tanh unit", "kind": "rational", "above": 1, "high": 20},
    )
    inputs: Fraction = field(
        default=Fraction(1, 5), metadata={"help": "bound v on the inputs", "kind": "rational", "above": 0, "high": 20}
    )
    basin: Fraction | None = field(
        default=None,
        metadata={
            "help": "left end b of the stored interval [b, 1] (default: found)",
            "kind": "rational",
            "above": 0,
            "below": 1,
        },
    )
    horizon: int = field(
        default=50,
        metadata={
            "help": "steps for which the bit is kept",
            "kind": "int",
            "low": 1,
            "high": 1000,
            "variants": (20, 30, 40, 60, 80),
        },
    )
    rate: Fraction = field(
        default=Fraction(37, 10),
        metadata={"help": "rate r of the chaotic latch", "kind": "rational", "above": 2, "high": 4},
    )
    noise: Fraction = field(
        default=Fraction(1, 100),
        metadata={"help": "bound on the noise of the chaotic latch", "kind": "rational", "above": 0, "below": 1},
    )
    start: Fraction = field(
        default=Fraction(1, 2),
        metadata={
            "help": "where the slow unit x - x^3 starts",
            "kind": "rational",
            "above": 0,
            "below": 1,
        },
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.latching.handout import handout

    return handout(options, variant)
