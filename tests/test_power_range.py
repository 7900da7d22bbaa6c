"""Powers of numbers with natural exponents, as numbers of their range."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Boxes, Normal, Point, Polynomial, PowerInRange, Status, Term
from derive.evidence_json import from_json, to_json
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import number, subterms, symbol

GOLDEN = r"k in N_0; b_k = \frac{1}{\sqrt{5}} \left(\frac{1 - \sqrt{5}}{2}\right)^k"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"-\frac{1}{2} < b_k", GOLDEN),
        (r"-\frac{1}{3} < b_k", GOLDEN),
        (r"-\frac{1}{3} < b_{k + 1}", GOLDEN),
        (r"\left(-\frac{2}{3}\right)^n > -\frac{7}{10}", "n in N_0"),
        (r"\left(-\frac{2}{3}\right)^n \le \frac{4}{9}", "n in N"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.refutation is None
    assert found.proof is not None
    assert from_json(to_json(found.proof), type(found.proof)) == found.proof
    assert admit(claim, found.proof, found.witness).status == Status.PROVED


NEAR_MISSES = [
    (r"-\frac{1}{4} < b_k", GOLDEN),
    (r"\left(-\frac{2}{3}\right)^n > -\frac{2}{3}", "n in N_0"),
    (r"\left(-\frac{2}{3}\right)^n > -\frac{7}{10}", "n in Z"),
    (r"\left(-\frac{2}{3}\right)^n \le \frac{4}{9}", "n in N_0"),
    (r"\left(\frac{2}{3}\right)^n \le 1", "n in Z"),
    (r"\left(\frac{2}{3}\right)^x \le 1", "x in R"),
    (r"\left(-\frac{3}{2}\right)^n \ge -\frac{3}{2}", "n in N"),
    (r"(-1)^n > -1", "n in N"),
    (r"2^n \ge 2", "n in N_0"),
    (r"n \left(\frac{1}{2}\right)^n < \frac{1}{2}", "n in N"),
    (r"\sum_{k=0}^{n} \left(-\frac{1}{2}\right)^k \le \frac{1}{2}", "n in N_0"),
    (r"|(1 + i)^n| \le 2", "n in N"),
]


@pytest.mark.parametrize(("latex", "given"), NEAR_MISSES)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    assert search(claim, audit=True).proof is None
    point: Point = (("n", Fraction(1)), ("k", Fraction(1)), ("x", Fraction(1)))
    powers = [p for side in (claim.lhs, claim.rhs) for p in subterms(side) if p.head == "pow"]
    for power in (*powers, symbol("n"), Term("pow", (number(1), symbol("n")))):
        for then in (Normal(), Polynomial(), Boxes((("y_1", number(-1), number(1)),)), Boxes(())):
            with pytest.raises(NotAdmitted):
                admit(claim, PowerInRange(power, then), tuple(one for one in point if one[0] in given))


def test_what_a_power_may_not_be_is_not_assumed_of_it() -> None:
    claim = read_claim(r"\frac{1}{2^n - 1} > 0", "n in N_0")
    with pytest.raises(NotAdmitted):
        admit(claim, PowerInRange(claim.lhs.args[1].args[0], Normal()), (("n", Fraction(1)),))
