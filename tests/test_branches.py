"""Claims that friendly points would pass: principal branches beyond pi and on the cut, and powers whose exponent is real by
declaration though it may be an integer by value. No claim is both proved and refuted."""

from __future__ import annotations

import pytest

from derive.authoring import complex_number, integer, real, scope, step
from derive.core import Scope, Status
from derive.judge import judge_claim
from derive.report import Finding

X, A, Z, W = real("x"), real("a"), complex_number("z"), complex_number("w")


def judged(formula: str, where: Scope) -> Finding:
    return judge_claim(step(formula, "", where).claims[0])


@pytest.mark.parametrize(
    "formula",
    [
        r"(e^{z})^{a} = e^{z a}",
        r"z^{a} w^{a} = (z w)^{a}",
        r"(z^{a})^{w} = z^{a w}",
        r"(\frac{1}{z})^{a} = z^{-a}",
        r"\ln(\exp(z)) = z",
        r"\ln(\frac{1}{z}) = -\ln(z)",
        r"\ln(z w) = \ln(z) + \ln(w)",
        r"\ln(z^{2}) = 2 \ln(z)",
        r"\sqrt{\exp(z)} = \exp(z / 2)",
        r"\sqrt{\frac{1}{z}} = \frac{1}{\sqrt{z}}",
        r"\sqrt{z w} = \sqrt{z} \sqrt{w}",
    ],
)
def test_an_identity_that_a_branch_breaks_is_refuted(formula: str) -> None:
    assert judged(formula, scope(Z, W, A)).status == Status.REFUTED


@pytest.mark.parametrize(
    "formula",
    [r"(x^{2})^{a} = x^{2 a}", r"x^{a} > 0", r"x^{a} \ge 0", r"\ln(x^{a}) = a \ln(x)", r"\frac{x^{a}}{x^{a}} = 1"],
)
def test_a_power_with_a_real_exponent_speaks_of_a_positive_base(formula: str) -> None:
    """At a = 1 and x = -1, or x = 0, arithmetic finds a value; the claim is not about such points."""
    finding = judged(formula, scope(X, A))
    assert finding.status in (Status.PROVED, Status.SUPPORTED)
    assert finding.contradiction is None


def test_zero_counts_where_the_exponent_is_declared_positive() -> None:
    positive = real("a", "a > 0")
    assert judged(r"x^{a} > 0", scope(real("x", r"x \ge 0"), positive)).status == Status.REFUTED
    assert judged(r"x^{a} \ge 0", scope(X, positive)).status != Status.REFUTED


def test_a_declared_integer_exponent_asks_for_no_sign() -> None:
    assert judged(r"x^{m} > 0", scope(X, integer("m"))).status == Status.REFUTED
    assert (
        judged(r"x^{m} x^{n} = x^{m + n}", scope(X, integer("m", r"m \ge 0"), integer("n", r"n \ge 0"))).status
        == Status.PROVED
    )
