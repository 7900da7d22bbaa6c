"""What makes a step of Newton's method explode: small derivatives, poles with their order, cycles and basins of your own function.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.4 and 10.11; Ortega, Rheinboldt, Iterative Solution of
Nonlinear Equations in Several Variables (1970), chapter 10; Kantorovich, Functional analysis and applied mathematics (1948).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, Term

DEFAULT = r"\arctan x"


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``f`` None means arctan x."""

    f: Term | None = field(
        default=None,
        metadata={
            "help": "your own function of x in LaTeX, such as 'x^3 - 2x + 2' [default: \\arctan x]",
            "kind": "function",
        },
    )
    start: Fraction = field(
        default=Fraction(3, 2),
        metadata={"help": "where the iteration starts", "kind": "rational", "low": -1000, "high": 1000},
    )
    steps: int = field(
        default=8, metadata={"help": "number of steps in the tables", "kind": "int", "low": 1, "high": 20}
    )
    rate: Fraction = field(
        default=Fraction(1, 20),
        metadata={"help": "learning rate of gradient descent", "kind": "rational", "above": 0, "high": 1000},
    )
    window: Fraction = field(
        default=Fraction(10),
        metadata={
            "help": "a function that is not rational is searched from minus this number to it",
            "kind": "rational",
            "above": 0,
            "high": 100,
        },
    )
    digits: int = field(
        default=7, metadata={"help": "significant digits of decimals", "kind": "int", "low": 3, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.newton.handout import handout

    return handout(options, variant)
