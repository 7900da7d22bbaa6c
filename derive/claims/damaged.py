"""Section 0: formulas that were lost before they reached us. Greek letters, transposes, exponents and radicals are gone."""

from __future__ import annotations

from derive.entry import reading, unreadable

ENTRIES = (
    unreadable(
        "0.4",
        "10.7, the variance of the product",
        "A bound for the variance of a product of $n$ random weights.",
        "the exponent: what is left of it stands on the line, $v\\,n$ instead of $v^n$",
        reading(
            "a sum",
            r"v^n = v n",
            "v in R; 0 < v < 1; n in N",
            "As it stands it speaks of the variance of a sum.",
        ),
    ),
)
