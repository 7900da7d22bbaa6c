"""The triangle inequality for sums with sines and cosines as factors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Evidence, Normal, Point, Term, Triangle
from derive.evidence_json import from_json, to_json
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, number, symbol

X, Y, A = map(symbol, "xya")
SIN_X, SIN_Y, COS_X, COS_Y = (Term(head, (letter,)) for head in ("sin", "cos") for letter in (X, Y))


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"|\sin(n x)| \le n |\sin(x)|", "n in N; x in R"),
        (r"|\sin(n x)| \le n |\sin(x)|", "n in N_0; x in R"),
        (r"|\sin(x + y)| \le |\sin(x)| + |\sin(y)|", "x, y in R"),
        (r"|\cos(x + y)| \le |\cos(x)| + |\sin(y)|", "x, y in R"),
        (r"|a \sin(x) + b \cos(x)| \le |a| + |b|", "a, b, x in R"),
        (r"|a \sin(x) \cos(y)| < |a| + 1", "a, x, y in R"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.refutation is None
    assert found.proof is not None
    assert from_json(to_json(found.proof), Evidence) == found.proof


NEAR_MISSES = [
    (r"|\sin(n x)| \le (n - 1) |\sin(x)|", "n in N; x in R"),
    (r"|\sin(n x)| \le n |\sin(x)|", "n in Z; x in R"),
    (r"|\sin(n x)| \le n |\sin(x)|", "n >= 0; x in R"),
    (r"|\sin(n x)| < n |\sin(x)|", "n in N; x in R"),
    (r"|\cos(n x)| \le n |\cos(x)|", "n in N; x in R"),
    (r"|\sin(x + y)| \le |\sin(x)| + |\cos(y)|", "x, y in R"),
    (r"|\sin(x + y)| \le |\sin(x)| + |\sin(y)|", "x, y in C"),
    (r"|a \sin(x) + b \cos(x)| \le |a|", "a, b, x in R"),
    (r"|a \sinh(x)| \le |a|", "a, x in R"),
    (r"-|\sin(x + y)| \le -|\sin(x)| - |\sin(y)|", "x, y in R"),
]


@pytest.mark.parametrize(("latex", "given"), NEAR_MISSES)
def test_near_misses(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is None
    assert found.support is None


SUM = r"|\sin(x + y)| \le |\sin(x)| + |\cos(y)|"
POINT: Point = (("x", Fraction(1)), ("y", Fraction(1)), ("a", Fraction(1)))
FORGED = [
    (SUM, "x, y in R", ((SIN_X, (COS_Y,)), (COS_X, (COS_Y,)))),  # the parts do not add up
    (SUM, "x, y in R", ((SIN_X, ()), (SIN_Y, ()))),
    (SUM, "x, y in R", ()),
    (r"|a \sin(x)| \le |\sin(x)|", "a, x in R", ((SIN_X, (A,)),)),  # a is no sine
    (r"|2 \sin(x)| \le |\sin(x)|", "x in R", ((SIN_X, (number(2),)),)),
    (r"|\sin(x) \cos(y)| \le \frac{1}{2}", "x, y in C", ((Term("div", (ONE, number(2))), (SIN_X, COS_Y)),)),
]


@pytest.mark.parametrize(("latex", "given", "parts"), FORGED)
def test_forged_parts(latex: str, given: str, parts: tuple[tuple[Term, tuple[Term, ...]], ...]) -> None:
    claim = read_claim(latex, given)
    point = tuple(one for one in POINT if one[0] in given)
    for whole in (claim.lhs, claim.rhs, Term("abs", (ZERO,))):
        with pytest.raises(NotAdmitted):
            admit(claim, Triangle(whole, parts, Normal()), point)
