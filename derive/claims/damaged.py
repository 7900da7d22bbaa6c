"""Section 0: formulas that were lost before they reached us. Greek letters, transposes, exponents and radicals are gone.

A verdict on what is left would be one on the extraction of the text, not on the book.
"""

from __future__ import annotations

from derive.entry import reading, unreadable

ENTRIES = (
    unreadable(
        "0.1",
        "8.2.5, the eigendecomposition",
        "A matrix is written through its eigenvectors and a diagonal matrix of eigenvalues.",
        "every Greek letter is lost: the brackets of the diagonal matrix are empty, and the eigenvalues have an index but no name",
    ),
    unreadable(
        "0.2",
        "8.2.5, equation 8.11",
        "A power of a matrix, written through its eigenvectors.",
        "exponents stand on the line: “W t” and “V -1” for $W^t$ and $V^{-1}$",
        reading(
            "a product",
            r"w^t = w t",
            "w > 1; t in N; t >= 2",
            "Taken literally, with a matrix of one entry, the power is a multiple.",
        ),
    ),
    unreadable(
        "0.3",
        "10.7, equation 10.39",
        "The state after $t$ steps, for a matrix with an orthogonal eigendecomposition.",
        "the diagonal matrix and all transposes: which of the two orthogonal factors is transposed cannot be told from what is left",
        reading(
            "no transposes",
            r"Q \Lambda^t Q^\top = Q \Lambda^t Q",
            r"Q in R^{n x n} orthogonal; \Lambda in R^{n x n} diagonal; t in N",
            "Taken literally, nothing is transposed.",
        ),
    ),
    unreadable(
        "0.4",
        "10.7, the variance of the product",
        "A bound for the variance of a product of $n$ random weights.",
        "the exponent: what is left of it stands on the line, $v\\,n$ for $v^n$",
        reading(
            "a sum",
            r"v^n = v n",
            "n in N; 0 < v < 1",
            "Taken literally, it is the variance of a sum of $n$ weights.",
        ),
    ),
    unreadable(
        "0.5",
        "10.7, the choice of the variance",
        "How large the variance of a single weight must be for a wanted variance $v$ of the product.",
        "the root and the star: “$v = n\\,v$” for $v = \\sqrt[n]{v^*}$",
        reading(
            "a multiple",
            r"(n v)^n = v",
            "n in N; n >= 2; v > 0",
            "Taken literally, weights with $n$ times the wanted variance give a product with the variance wanted.",
        ),
    ),
    unreadable(
        "0.6",
        "10.7, the weights that are not shared",
        "The state is given by a product of different weights.",
        "two lines of print are interleaved letter by letter, the product sign among them",
    ),
    unreadable(
        "0.7",
        "LW, the recurrence",
        "A sequence of states, and its closed form through eigenvectors.",
        "every formula of the post, so that its sentences speak of nothing",
    ),
)
