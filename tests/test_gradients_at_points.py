"""A gradient is looked at where its function is defined: ``log det X`` has no gradient where det X < 0, though ``X^-T`` has a value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Counterexample, Matrix, Point, Value
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

TURNED: Value = Matrix(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0))))
LEFT: Value = Matrix(((Fraction(-1),),))
ONE: Value = Matrix(((Fraction(1),),))

TRUE = [
    (r"\nabla_X \ln \det(X) = \frac{|\det(X)|}{\det(X)} X^{-\top}", "X in R^{n x n} invertible"),
    (r"\nabla_X \ln \det(X) = \frac{|\det(X)|}{\det(X)} X^{-\top}", "X in R^{n x n}"),
    (r"\nabla_w \ln(a^\top w) = \frac{a}{|a^\top w|}", "a, w in R^n"),
    (r"\nabla_w \sum_{i=1}^n \ln(a_i^\top w) = \sum_{i=1}^n \frac{a_i}{|a_i^\top w|}", "a_i, w in R^d; n in N"),
    (r"\nabla_w \sum_{i=1}^3 \ln(a^\top w + i) = \sum_{i=1}^3 \frac{a}{|a^\top w + i|}", "a, w in R^d"),
]


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_where_the_function_is_defined(latex: str, given: str) -> None:
    assert search(read_claim(latex, given), audit=True).refutation is None


@pytest.mark.parametrize(
    ("latex", "given", "point"),
    [
        (*TRUE[0], (("n", Fraction(2)), ("X", TURNED))),
        (*TRUE[1], (("n", Fraction(2)), ("X", TURNED))),
        (*TRUE[2], (("n", Fraction(1)), ("a", ONE), ("w", LEFT))),
        (r"c = 1", r"X in R^{n x n}; \nabla_X \ln \det(X) = X^{-\top}; c in R", (("n", Fraction(2)), ("X", TURNED), ("c", Fraction(0)))),
    ],
)  # fmt: skip
def test_a_point_where_the_function_is_undefined_shows_nothing(latex: str, given: str, point: Point) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex, given), Counterexample(point))


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\nabla_X \ln \det(X) = 2 X^{-\top}", "X in R^{n x n}"),
        (r"\nabla_X \ln \det(X) = X^{-1}", "X in R^{n x n} invertible"),
        (r"\nabla_w \sum_{i=1}^n \ln(a_i^\top w) = \sum_{i=1}^n \frac{2 a_i}{a_i^\top w}", "a_i, w in R^d; n in N"),
        (r"\nabla_x \|x\| = \frac{x}{\|x\|^2}", "x in R^n"),
    ],
)
def test_false_ones_are_refuted_where_it_is(latex: str, given: str) -> None:
    assert search(read_claim(latex, given), audit=True).refutation is not None
