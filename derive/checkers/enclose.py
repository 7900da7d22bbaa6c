"""Where nothing is free, rigorous balls decide: inequalities, ``≠``, comparisons with a decimal numeral, and
equations between exact values."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Enclosure, Evidence, Hints
from derive.kernel.terms import heads

PROVES = (r"\sqrt{2} \approx 1.414", r"\ln 2 < 0.7")
DECLINES = (r"\sqrt{2} \approx 1.415", r"\ln 2 > 0.7")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Balls around integrals never certify that they are equal."""
    if claim.relation != "=" or "integral" not in heads(claim.lhs, claim.rhs):
        yield Enclosure()
