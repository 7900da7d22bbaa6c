"""The language of declarations."""

from __future__ import annotations

import pytest

from derive.core import Declaration, Relation, Term
from derive.formula import Unread, show_relation
from derive.formula.claims import read_claim
from derive.formula.given import read_given


def declared(given: str) -> dict[str, Declaration]:
    return {declaration.name: declaration for declaration in read_given(given).declarations}


def test_sets_and_bounds() -> None:
    letters = declared("x, y in R; z in C; n in N; n >= 3; k in N_0; 0 < r < 1; m in Z")
    assert [letters[name].domain for name in "xzmk"] == ["real", "complex", "integer", "integer"]
    assert [show_relation(r) for r in letters["n"].where] == ["n \\ge 3"]
    assert [show_relation(r) for r in letters["k"].where] == ["k \\ge 0"]
    assert [show_relation(r) for r in letters["r"].where] == ["r > 0", "r < 1"]


def test_shapes_and_properties() -> None:
    letters = declared("A in R^{n x n} symmetric positive definite; x in R^n; B in R^{2x3}; Q in C^{n \\times n}")
    assert letters["A"].shape == ("n", "n") and letters["A"].properties == ("symmetric", "positive_definite")
    assert letters["x"].shape == ("n",) and letters["B"].shape == (2, 3) and letters["Q"].domain == "complex"


def test_laws() -> None:
    letters = declared("X ~ N(mu, sigma^2); Y ~ Bernoulli(1/3); Z ~ finite(0: 1/2, 2: 1/2); W_i ~ iid(mean=0, var=v)")
    assert [letters[name].law.name for name in "YZW"] == ["bernoulli", "finite", "moments"]  # type: ignore[union-attr]
    assert letters["W"].family and not letters["Y"].family


def test_hypotheses_and_independence() -> None:
    scope = read_given("X ~ N(0, 1); Y ~ N(0, 1); X, Y independent; |r| < 1; a <= b; A in R^{n x n}; A^2 = A")
    assert scope.independent == (("X", "Y"),)
    assert [show_relation(h) for h in scope.hypotheses] == ["\\lvert r \\rvert < 1", "a \\le b", "A^{2} = A"]


def test_a_start_value_by_name_is_a_member() -> None:
    claim = read_claim("x_t = a^t x_0", "x_0 in R; x_t = a x_{t-1}")
    tie = Relation(
        Term("index", (Term("symbol", (), "x"), claim.scope.hypotheses[0].lhs.args[1])), "=", Term("symbol", (), "x_0")
    )
    assert claim.scope.hypotheses[0] == tie


def test_a_letter_defined_as_a_matrix_is_one() -> None:
    claim = read_claim("Q^T Q = I", r"Q = \begin{pmatrix} 3/5 & -4/5 \\ 4/5 & 3/5 \end{pmatrix}")
    assert claim.lhs.args[0].head == "transpose"


def test_undeclared_letters_are_marked() -> None:
    claim = read_claim(r"\sum_{k=1}^{n} a_k = x", "x > 0")
    letters = {d.name: d for d in claim.scope.declarations}
    assert letters["n"].domain == "integer" and letters["a"].family
    assert not letters["n"].declared and not letters["a"].declared and letters["x"].declared


@pytest.mark.parametrize("given", ["x in Q", "A in R^{n x n} happy", "X ~ Cauchy(0)", "X ~ N(0)", "x >", "1 in R"])
def test_refused(given: str) -> None:
    with pytest.raises(Unread):
        read_given(given)
