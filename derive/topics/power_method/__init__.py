"""What the power method finds, how fast, and what a recurrence forgets.

The theorem: if one eigenvalue of W is simple and larger in modulus than the others, then W^t x / lambda^t tends to (u^T x) v,
where v is its right and u its left eigenvector with u^T v = 1, at the rate of the second largest modulus.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 8.2.5 and 10.7; Golub and Van Loan, Matrix Computations,
section 7.3; Horn and Johnson, Matrix Analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derive.variant import PRINTED, Variant

if TYPE_CHECKING:
    from derive.core import Derivation, Matrix

LARGEST_N = 1_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may choose. ``matrix`` None means the default [[3, 1, 1], [1, 3, 2], [1, 1, 2]], ``start`` None the first
    unit vector."""

    n: int = field(default=10, metadata={"help": "number of steps", "kind": "int", "low": 1, "high": LARGEST_N})
    matrix: Matrix | None = field(
        default=None,
        metadata={
            "help": "your own square matrix: a .npy, .csv or .json file, or [[4, 1], [2, 3]]",
            "kind": "matrix",
        },
    )
    start: Matrix | None = field(
        default=None,
        metadata={"help": "the start vector, as many numbers as the matrix has rows: [1, 0, 1/2]", "kind": "vector"},
    )
    digits: int = field(
        default=4, metadata={"help": "significant digits of decimals", "kind": "int", "low": 2, "high": 12}
    )


def derivation(options: Options = Options(), variant: Variant = PRINTED) -> Derivation:
    """The whole handout, its exercises with the numbers of a variant. Raises InputError where an option is outside its domain."""
    from derive.topics.power_method.handout import handout

    return handout(options, variant)
