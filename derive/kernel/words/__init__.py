"""The exact zero test for symbolic matrices: sums of words in non-commuting letters, with scalar coefficients.

A word is a product of letters ``A^e`` (e an integer, possibly symbolic). Used always: associativity, distributivity,
``A^s A^t = A^{s+t}`` (s, t >= 0, or A invertible), ``(AB)^T = B^T A^T``, ``(AB)^{-1} = B^{-1} A^{-1}`` (square), ``Q^T = Q^{-1}`` for
declared orthogonal Q, ``S^T = S`` for declared symmetric or diagonal S, ``diag(a)^s diag(b)^t = diag(a^s b^t)``. Equations among
the hypotheses are rewriting rules, left side to right side; a definition ``W = ...`` of a letter is unfolded when that is
needed. Reaching zero is a proof whatever the order of rewriting; getting stuck proves nothing.
"""

from derive.kernel.words.clearing import cleared_away
from derive.kernel.words.learning import is_zero_matrix, words
from derive.kernel.words.letters import Polynomial
from derive.kernel.words.powers import inverse_letter
from derive.kernel.words.scalars import scalar_value
from derive.kernel.words.shapes import ANY, ShapeError, is_matrix, shape
from derive.kernel.words.sums import resummed
from derive.kernel.words.terms import polynomial_of

__all__ = [
    "ANY",
    "Polynomial",
    "ShapeError",
    "cleared_away",
    "inverse_letter",
    "is_matrix",
    "is_zero_matrix",
    "polynomial_of",
    "resummed",
    "scalar_value",
    "shape",
    "words",
]
