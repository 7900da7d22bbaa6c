"""Limits: prove the claimed value, or another one, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Asymptotic, Claim, Evidence, Hints, NoSuchLimit

PROVES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 0",)
REFUTES = (r"\lim_{x \to 0} \frac{|x|}{x} = 1", r"\lim_{x \to 0} \frac{\sin x}{x} = 0")
DECLINES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 1",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Equations one side of which is a limit, and comparisons of growth."""
    if claim.relation in ("~", "O"):
        yield Asymptotic()
        yield NoSuchLimit()
    if claim.relation != "=" or "limit" not in (claim.lhs.head, claim.rhs.head):
        return
    yield Asymptotic()
    yield NoSuchLimit()
