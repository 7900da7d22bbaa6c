"""Claims that fail only at the end of a domain that hypotheses give, or in a corner of it."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.kernel import admit


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("|x + y| = |x| + |y|", r"x, y in R; x y \ge -10^{-9}"),
        ("|x| = x", "x, y in R; x y > 0; x + y > -1"),
        (r"x y \ge 0", "x, y in R; x + y > -10^{-6}; x y > -10^{-12}"),
        (r"x^2 \le 1", r"x in R; x^4 \le 1.0000001"),
        (r"\max(x, y) = x", r"x, y in R; x - y \ge -10^{-8}"),
        (r"\lfloor x + y \rfloor = 0", r"0 \le x; x < \frac{1}{2}; 0 \le y; y < 0.500001"),
        (r"x y < 0.99999999", "0 < x < 1; 0 < y < 1"),
        (r"\sqrt{(x - y)^2} = x - y", r"x, y in R; x^3 - y \ge -10^{-9}; x > 0; x < \frac{1}{10}"),
    ],
)
def test_refuted(latex: str, given: str) -> None:
    assert status(latex, given) == "refuted"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("|x + y| = |x| + |y|", r"x, y in R; x y \ge 0"),
        ("|x| = x", "x, y in R; x y > 0; x + y > 0"),
        (r"\max(x, y) = x", r"x, y in R; x - y \ge 0"),
        ("x y < 1", "0 < x < 1; 0 < y < 1"),
    ],
)
def test_what_holds_up_to_the_end_is_not_refuted(latex: str, given: str) -> None:
    assert status(latex, given) in ("proved", "supported")
