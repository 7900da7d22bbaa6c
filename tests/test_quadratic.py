"""Signs of quadratic forms, traces and determinants; inequalities that leave squared norms."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import SquaredNorms, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import number, sub, symbol

TWO = "A, B in R^{n x n} positive semidefinite; x in R^n"
ANY = "A, B in R^{n x n}; x, y in R^n"
FIT = r"X in R^{n x d}; v, w in R^d; y in R^n; X^\top X w = X^\top y"

TRUE = [
    (r"x^\top A x \ge 0", TWO),
    (r"x^\top (A + B) x \ge 0", TWO),
    (r"x^\top (A + 2 I) x > 0", TWO + "; x != 0"),
    (r"\operatorname{tr}(A) \ge 0", TWO),
    (r"\operatorname{tr}(A B) \ge 0", TWO),
    (r"\det(A) \ge 0", TWO),
    (r"x^\top A x > 0", "A in R^{n x n} positive definite; x in R^n; x != 0"),
    (r"x^\top A^{-1} x \ge 0", "A in R^{n x n} positive definite; x in R^n"),
    (r"\det(A) > 0", "A in R^{n x n} positive definite"),
    (r"x^\top A^\top A x \ge 0", "A in R^{m x n}; x in R^n"),
    (r"x^\top (A^\top A + \lambda I) x \ge 0", "A in R^{m x n}; x in R^n; lambda > 0"),
    (r"x^\top A^2 x \ge 0", "A in R^{n x n} symmetric; x in R^n"),
    (r"\operatorname{tr}(A A^\top) \ge 0", ANY),
    (r"\det(I + X^\top X) > 0", "X in R^{n x d}"),
    (r"\|x + y\|^2 \le 2 \|x\|^2 + 2 \|y\|^2", ANY),
    (r"2 x^\top y \le \|x\|^2 + \|y\|^2", ANY),
    (r"\operatorname{tr}(A^\top B) \le \frac{1}{2} (\|A\|_F^2 + \|B\|_F^2)", ANY),
    (r"\|X v - y\|^2 \ge \|X w - y\|^2", FIT),
    (
        r"\|X v - y\|^2 + \lambda \|v\|^2 \ge \|X w - y\|^2 + \lambda \|w\|^2",
        r"X in R^{n x d}; v, w in R^d; y in R^n; lambda > 0; w = (X^\top X + \lambda I)^{-1} X^\top y",
    ),
    (r"\|P x\| \le \|x\|", "P in R^{n x n} symmetric; P^2 = P; x in R^n"),
]

FALSE = [
    (r"x^\top A x > 0", TWO),
    (r"x^\top A x > 0", TWO + "; x != 0"),
    (r"x^\top A x > 0", "A in R^{n x n} positive definite; x in R^n"),
    (r"x^\top (A - B) x \ge 0", TWO),
    (r"\det(A) > 0", TWO),
    (r"x^\top A x \ge 0", "A in R^{n x n} symmetric; x in R^n"),
    (r"x^\top A^2 x \ge 0", ANY),
    (r"x^\top A B x \ge 0", TWO),
    (r"x^\top A^3 x \ge 0", "A in R^{n x n} symmetric; x in R^n"),
    (r"\operatorname{tr}(A B) \ge 0", "A, B in R^{n x n} symmetric"),
    (r"\operatorname{tr}(A^2) \ge 0", ANY),
    (r"x^\top (A^\top A - \lambda I) x \ge 0", "A in R^{m x n}; x in R^n; lambda > 0"),
    (r"x^\top (A^\top A + \lambda I) x \ge 0", "A in R^{m x n}; x in R^n; lambda in R"),
    (r"x^\top y \ge 0", ANY),
    (r"\|x + y\|^2 \le \|x\|^2 + \|y\|^2", ANY),
    (r"\|X v - y\|^2 > \|X w - y\|^2", FIT + "; v != w"),
    (r"\|X v - y\|^2 \ge \|X w - y\|^2", r"X in R^{n x d}; v, w in R^d; y in R^n; X w = X v + y"),
    (r"\|P x\| \le \|x\|", "P in R^{n x n}; P^2 = P; x in R^n"),
]


def statuses(latex: str, given: str) -> set[Status]:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    evidence = [e for e in (found.proof, found.refutation, found.support) if e is not None]
    return {admit(claim, e, found.witness).status for e in evidence}


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_inequalities_are_proved(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.PROVED}


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_near_misses_are_refuted(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.REFUTED}


def test_complex_letters_have_no_sign() -> None:
    assert Status.PROVED not in statuses(r"x^\top x \ge 0", "x in C^n")
    assert Status.PROVED not in statuses(r"\operatorname{tr}(A^\top A) \ge 0", "A in C^{n x n}")


def test_forged_squares_are_refused() -> None:
    claim = read_claim(r"\|x + y\|^2 \le 2 \|x\|^2 + 2 \|y\|^2", ANY)
    x, y, difference = symbol("x"), symbol("y"), sub(symbol("x"), symbol("y"))
    witness = witness_for(claim)
    assert admit(claim, SquaredNorms(((number(1), difference),)), witness).status == Status.PROVED
    forged = (
        (),
        ((number(2), difference),),
        ((number(1), x),),
        ((number(-1), x), (number(1), y)),
        ((number(1), number(3)),),
    )
    for parts in forged:
        with pytest.raises(NotAdmitted):
            admit(claim, SquaredNorms(parts), witness)
    strict = read_claim(r"\|x + y\|^2 < 2 \|x\|^2 + 2 \|y\|^2", ANY)
    with pytest.raises(NotAdmitted):
        admit(strict, SquaredNorms(((number(1), difference),)), witness)
