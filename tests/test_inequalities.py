"""Inequalities between numbers: what is proved, near misses that lose one hypothesis, and forged evidence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Boxes, Concave, Evidence, Normal, Polynomial, Scaled, Slope, Split, Square, Squares
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, number, symbol

X = symbol("x")

PROVED = (
    (r"e^x \ge 1 + x", ""),
    (r"\ln(1+x) < x", "x > 0"),
    (r"\ln(1 + x) \ge \frac{x}{1 + x}", ""),
    (r"\sin x < x", "x > 0"),
    (r"\sin x > x - \frac{x^3}{6}", "x > 0"),
    (r"\cosh x \ge 1 + \frac{x^2}{2}", ""),
    (r"x e^{-x} \le \frac{1}{e}", ""),
    (r"\tanh x < x", "x > 0"),
    (r"(1+x)^r \le 1 + r x", "x > -1; 0 < r < 1"),
    (r"\sin x \ge \frac{2}{\pi} x", r"0 <= x <= \frac{\pi}{2}"),
    (r"\tan x > x", r"0 < x < \frac{\pi}{2}"),
    (r"e^x \ge 1 + x + \frac{x^2}{2}", "x >= 0"),
    (r"\sin x + \cos x \le 1.5", "0 <= x <= 1"),
    (r"x^4 + x + 1 > 0", ""),
    (r"x^3 - 3 x + 2 > 0", "x > 1"),
    (r"x^3 - 3 x + 2 \ge 0", "x >= -2"),
    (r"x^2 + 1 \ne 0", ""),
    (r"e^x \ne x", ""),
)

NOT_PROVED = (
    (r"e^x > 1 + x", ""),  # equality at 0
    (r"\ln(1+x) < x", "x >= 0"),
    (r"\sin x < x", "x >= 0"),
    (r"\sin x \le x", ""),  # negative x
    (r"\tan x > x", "x > 0"),  # beyond the pole
    (r"\sin x \ge \frac{2}{\pi} x", r"0 <= x <= \pi"),
    (r"e^x \ge 1 + x + \frac{x^2}{2}", ""),
    (r"(1+x)^r \le 1 + r x", "x > -1; 0 < r < 2"),
    (r"\frac{1}{x} \le 1", ""),  # the slope has one sign on each side of the pole
    (r"x^3 - 3 x + 2 > 0", "x >= 1"),
    (r"x^3 - 3 x + 2 \ge 0", "x >= -2.000000001"),
    (r"x^4 + x + 0.47 > 0", ""),
    (r"\sin x + \cos x \le 1.41421356", "0 <= x <= 1"),
    (r"x^2 \ne 0", ""),
    (r"e^x \ne 3 x", ""),
)


@pytest.mark.parametrize(("latex", "given"), PROVED)
def test_what_is_proved(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is not None
    assert found.refutation is None


@pytest.mark.parametrize(("latex", "given"), NOT_PROVED)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is None
    assert found.support is None


POLE = Slope("x", ZERO, right=Normal(), left=Normal())
FORGED: tuple[tuple[str, str, Evidence], ...] = (
    # the anchor is not where the difference is >= 0
    (r"e^x \ge 2 + x", "", Slope("x", ZERO, left=Normal(), right=Normal())),
    # a side is left out
    (r"x \ge 0", "", Slope("x", ZERO, right=Normal())),
    # the derivative has the wrong sign on the left
    (r"x \ge 0", "", Slope("x", ZERO, left=Normal(), right=Normal())),
    # not defined between the anchor and the point
    (r"1 - \frac{1}{x} \ge 0", "", Slope("x", ONE, left=Normal(), right=Normal())),
    (r"-\frac{1}{x} \ge -1", "", Slope("x", number(1), right=Normal(), left=Normal())),
    # a bound that the declarations do not give
    (r"1 - x^2 \ge 0", "x >= 0", Concave("x", ZERO, ONE, Normal())),
    (r"\sin x \ge 0", "x >= 0", Concave("x", ZERO, symbol("x"), Normal())),
    # strict, with a slope that is 0 somewhere and no point given
    (r"\sin x < x", "x > 0", Slope("x", ZERO, right=Normal())),
    # strict, at an anchor that belongs to the domain
    (r"\sin x < x", "x >= 0", Slope("x", ZERO, right=Normal(), inside=(None, Fraction(1)))),
    # the point lies outside
    (r"\sin x < x", "x > 0", Slope("x", ZERO, right=Normal(), inside=(None, Fraction(-1)))),
    # the slope is 0 there
    (r"0 x < x - x", "x > 0", Slope("x", ZERO, right=Normal(), inside=(None, Fraction(1)))),
    # changes its sign
    (r"x^3 \ge x", "x > 0", Polynomial()),
    (r"x^2 > 0", "", Polynomial()),
    # does not multiply out
    (r"x^2 + 1 \ge 2 x", "", Squares(ONE, (Square(Fraction(1), (), X),))),
    # a negative weight, a weight of unknown sign, a multiplier of unknown sign
    (r"-x^2 \ge 0", "", Squares(ONE, (Square(Fraction(-1), (), X),))),
    (r"x^3 \ge 0", "", Squares(ONE, (Square(Fraction(1), (X,), X),))),
    (r"x \ge 0", "", Squares(X, (Square(Fraction(1), (), X),))),
    # strict, where every square may vanish
    (r"x^2 > 0", "", Squares(ONE, (Square(Fraction(1), (), X),))),
    # a factor of unknown sign
    (r"x \ge 0", "", Scaled(X, ONE, Normal())),
    (r"x^2 > 0", "", Scaled(X, X, Normal())),
    # a case is left out
    (r"x^2 \ge x", "", Split(X, ZERO, Normal(), Normal(), None)),
    (r"x^2 \ge x", "", Split(X, ONE, None, Normal(), Normal())),
    # a box that does not cover the domain
    (r"x < 2", "0 <= x <= 3", Boxes((("x", ZERO, ONE),))),
    (r"x < 2", "", Boxes((("x", ZERO, ONE),))),
    (r"\frac{1}{x} > 0", "-1 <= x <= 1", Boxes((("x", number(-1), ONE),))),
)


@pytest.mark.parametrize(("latex", "given", "evidence"), FORGED)
def test_forged_evidence_is_refused(latex: str, given: str, evidence: Evidence) -> None:
    claim = read_claim(latex, given)
    found = search(claim)
    with pytest.raises(NotAdmitted):
        admit(claim, evidence, found.witness or (("x", Fraction(1, 2)),))
