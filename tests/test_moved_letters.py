"""A letter that is moved by a rule (an induction, a case, values apart) moves nothing else: what is said of other letters by it would be
said of others then."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Evidence, FirstValues, Growth, Induction, Matrix, Normal, Point, Status, WhereVisible
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ZERO

TWO: Point = (("n", Fraction(2)),)
UNIT = Matrix(((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))))
WITH_UNIT: Point = (*TWO, ("A", UNIT))
APART = FirstValues("n", 1, (Normal(),), Normal())

FORGED: list[tuple[str, str, Evidence, Point]] = [
    ("(n - 1) (n - a_1 - 1) = 0", "n in N; a_k in R; a_1 = n", Induction("n", 1), TWO),
    ("(n - 1) (n - a_0 - 1) = 0", "n in N; a_k = a_{k-1}; a_0 = n", Induction("n", 1), TWO),
    (r"(n - 1) (n - a_0 - 1) \ge 0", "n in N; a_k = a_{k-1}; a_0 = n", Induction("n", 1), TWO),
    ("(n - 1) (n - a_0 - 1) = 0", "n in N; a_k = a_{k-1}; a_0 = n", APART, TWO),
    (r"(n - 1) (n - \operatorname{tr}(A A^{-1}) - 1) = 0", "n in N; A in R^{n x n} invertible", Induction("n", 1), WITH_UNIT),
    (r"(n - 1) (n - \operatorname{tr}(A A^{-1}) - 1) = 0", "n in N; A in R^{n x n} invertible", APART, WITH_UNIT),
    (
        r"(n - 1) (n - \operatorname{tr}(A A^{-1}) - 1) \ge 0",
        "n in N; A in R^{n x n} invertible",
        Growth("n", 1, ZERO, Normal(), Normal()),
        WITH_UNIT,
    ),
    (r"\frac{|x - 1|}{x - 1} + \frac{n}{n} = 2", "x > 0; n in N_0", WhereVisible(Normal()), (("x", Fraction(2)), *TWO)),
    (r"\frac{|x - 1|}{x - 1} + \frac{n}{n} = 2", r"x \ge 1/2; n in N_0", WhereVisible(Normal()), (("x", Fraction(2)), *TWO)),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "given", "evidence", "witness"), FORGED)
def test_false_claims_with_forged_evidence(latex: str, given: str, evidence: Evidence, witness: Point) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex, given), evidence, witness)


@pytest.mark.parametrize(("latex", "given"), [(latex, given) for latex, given, _, _ in FORGED])
def test_the_search_refutes_them(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None
    assert found.support is None


@pytest.mark.parametrize(
    ("latex", "given", "evidence", "witness"),
    [
        (r"a_n = 2^n", "n in N_0; a_0 = 1; a_n = 2 a_{n-1}", Induction("n", 0), TWO),
        (r"a_n = c^n", "n in N_0; c in R; a_0 = 1; a_n = c a_{n-1}", Induction("n", 0), (("c", Fraction(3)), *TWO)),
        (r"\frac{|n - 1|}{n - 1} = 1", "n in N", WhereVisible(Normal()), TWO),
    ],
)
def test_true_claims(latex: str, given: str, evidence: Evidence, witness: Point) -> None:
    assert admit(read_claim(latex, given), evidence, witness).status == Status.PROVED


def test_a_size_gets_no_value_in_an_instance() -> None:
    from derive.core import NoSuchLimit, RefutedInstance

    claim = read_claim(
        r"\lim_{t \to \infty} t (n - \operatorname{tr}(A A^{-1})) = 0", "n in N; A in R^{n x n} invertible; t in N"
    )
    with pytest.raises(NotAdmitted, match="declared by one that has a value"):
        admit(claim, RefutedInstance((("n", Fraction(3)),), NoSuchLimit()), WITH_UNIT)
