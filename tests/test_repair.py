"""Repairs: the weakest simple condition, proved sufficient; conditional where the text says nothing of the letter."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import Counterexample, Normal, Relation, Repair, Status
from derive.formula import show_relation
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, symbol

X = symbol("x")


def judged(latex: str, given: str = "") -> tuple[Status, list[str]]:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None
    assert found.refutation is not None
    verdict = admit(claim, found.refutation, found.witness)
    return verdict.status, [show_relation(relation) for relation in verdict.repair]


REPAIRED = [
    (r"\sqrt{x^2} = x", "", ["x \\ge 0"]),
    (r"\sqrt{x^2} = -x", "", ["x \\le 0"]),
    (r"\sqrt{x^2 - 2 x + 1} = x - 1", "", ["x \\ge 1"]),
    (r"\sqrt{\frac{x^2}{y}} = \frac{x}{\sqrt{y}}", "", ["x \\ge 0"]),
    (r"|x|^3 = x^3", "", ["x \\ge 0"]),
    (r"x^2 \le y^2", "x, y in R; x < y", ["x + y \\ge 0"]),
    (r"\sum_{k=0}^{n} 2^k = 2^{n + 1} - 1", "", ["n \\ge -1"]),
    (r"(-a)^n = -a^n", "a in R; a != 0; n in Z", ["(-1)^{n} = -1"]),
    (r"(A + B) (A - B) = A^2 - B^2", "A, B in R^{n x n}", ["A B = B A"]),
    (r"\nabla_x (x^\top A x) = 2 A x", "A in R^{n x n}; x in R^n", ["A^\\top = A"]),
    (r"B = C", "A, B, C in R^{n x n}; A B = A C", ["\\det A \\ne 0"]),
    (r"\lim_{x \to \infty} \frac{\sqrt{a^2 x^2 + x}}{x} = a", "", ["a \\ge 0"]),
    (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "", ["\\lvert r \\rvert < 1"]),
    (
        r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)",
        "m in R; v > 0; X ~ moments(mean=m, var=v); Y ~ moments(mean=0, var=1)",
        ["\\operatorname{Cov}(X, Y) = 0"],
    ),
]


@pytest.mark.parametrize(("latex", "given", "repair"), REPAIRED, ids=[entry[0] for entry in REPAIRED])
def test_the_weakest_simple_condition(latex: str, given: str, repair: list[str]) -> None:
    assert judged(latex, given)[1] == repair


def test_conditional_only_where_the_text_is_silent() -> None:
    assert judged(r"\sqrt{x^2} = x")[0] == Status.CONDITIONAL
    assert judged(r"\sqrt{x^2} = x", "x in R")[0] == Status.REFUTED


@pytest.mark.parametrize("latex", [r"(a + b)^2 = a^2 + b^2 + 1", r"x + 1 = x", r"\sin x = 2"])
def test_what_is_false_everywhere_has_no_repair(latex: str) -> None:
    assert judged(latex) == (Status.REFUTED, [])


def _forged(*condition: Relation) -> Repair:
    refutation = Counterexample((("x", -ONE.value),))  # type: ignore[operator]
    return Repair(refutation, condition, Normal(), (("x", ONE.value),))  # type: ignore[arg-type]


def test_a_condition_that_does_not_suffice_is_refused() -> None:
    claim = read_claim(r"\sqrt{x^2} = x")
    with pytest.raises(NotAdmitted):
        admit(claim, _forged(Relation(X, "<=", ONE)))
    assert admit(claim, _forged(Relation(X, ">=", ZERO))).status == Status.CONDITIONAL


def test_a_condition_that_nothing_satisfies_is_refused() -> None:
    claim = read_claim(r"\sqrt{x^2} = x")
    with pytest.raises(NotAdmitted):
        admit(claim, _forged(Relation(X, ">=", ZERO), Relation(X, "<", ZERO)))


def test_a_true_claim_is_not_repaired() -> None:
    claim = read_claim(r"\sqrt{x^2} = |x|")
    with pytest.raises(NotAdmitted):
        admit(claim, _forged(Relation(X, ">=", ZERO)))


def test_a_condition_on_letters_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(r"\sqrt{x^2} = x"), _forged(Relation(symbol("q"), ">=", ZERO)))


def test_a_second_derivative_is_not_zero() -> None:
    """The letter of a derivative is free in it: the derivative of the derivative once came out as 0."""
    claim = read_claim(r"\frac{d^2}{dx^2} x^2 = 0")
    found = search(claim, audit=True)
    assert found.proof is None and found.refutation is not None
    assert search(read_claim(r"\frac{d^2}{dx^2} x^3 = 6 x"), audit=True).proof is not None


def test_uncorrelated_is_not_independent() -> None:
    """``Cov(X, Y) = 0`` may stand among the hypotheses; it says nothing of higher moments, and nothing of X alone."""
    laws = "m, n in R; v > 0; X ~ moments(mean=m, var=v); Y ~ moments(mean=n, var=1)"
    uncorrelated = laws + r"; \operatorname{Cov}(X, Y) = 0"
    assert search(read_claim(r"\operatorname{E}[X Y] = m n", uncorrelated)).proof is not None
    assert search(read_claim(r"\operatorname{E}[X^2 Y] = \operatorname{E}[X^2] n", uncorrelated)).proof is None
    alone = laws + r"; \operatorname{Cov}(X, X) = 0"
    assert search(read_claim(r"\operatorname{E}[X] = 7", alone)).proof is None
