"""How large numbers, sums and matrices may get, and how a part that has no value says so.

FLINT and GMP abort the process when a number does not fit into memory, so sizes are bounded before each operation.
"""

from __future__ import annotations

EXACT_BITS = 200_000
FREE_BITS = 1024
WORK_BITS = 30_000_000
MATRIX_BITS = 4_000_000
LARGEST_EXPONENT = 10**6
LARGEST_ARGUMENT = 10**5
LARGEST_EXACT_FACTORIAL = 10**4
LARGEST_SUM = 10**5
LARGEST_SIZE = 128
LARGEST_ORDER = 8
LARGEST_GRID = 300
LONGEST_DECIMAL = 10_000
MOST_BITS = 2048


class Undefined(Exception):
    """A part of the term is not defined at the point, or too large to be looked at."""


class Unclear(Undefined):
    """It is not certain, at this precision, that a part of the term is defined."""
