"""Where nothing is free, rigorous balls decide inequalities, ``≠`` and comparisons with a decimal numeral."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Enclosure, Evidence, Hints

PROVES = (r"\sqrt{2} \approx 1.414", r"\ln 2 < 0.7")
DECLINES = (r"\sqrt{2} \approx 1.415", r"\ln 2 > 0.7")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation != "=":
        yield Enclosure()
