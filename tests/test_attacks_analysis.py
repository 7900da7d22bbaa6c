"""Claims and forged evidence that once slipped through the rules of analysis: limits, integrals, series, inequalities."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from derive.checkers import search
from derive.checkers.sampling import sample
from derive.core import Claim, Evidence, Integrated, Overlap, Point, Relation, Term
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.balls import Undefined, holds
from derive.kernel.path import covered
from derive.kernel.points import OVERLAPS_NEEDED, check_overlap, distinct
from derive.kernel.terms import number, rational_value


def statuses(latex: str, given: str = "") -> set[str]:
    """What prover and refuter both say."""
    found = search(read_claim(latex, given), audit=True)
    said = {"proved": found.proof, "refuted": found.refutation, "supported": found.support}
    return {status for status, evidence in said.items() if evidence is not None}


def rejected(claim: Claim, evidence: Evidence) -> bool:
    try:
        admit(claim, evidence)
    except NotAdmitted:
        return True
    return False


def agreeing(claim: Claim, points: Iterable[Point]) -> tuple[Point, ...]:
    """Those of the points at which both sides have values that agree: as many as support asks for."""
    good: list[Point] = []
    for point in points:
        try:
            check_overlap(claim, point)
        except (NotAdmitted, Undefined):
            continue
        good.append(point)
    assert distinct(claim, good) >= OVERLAPS_NEEDED
    return tuple(good)


# ------------------------------------------------------------------------------------------------------------ integrals


@pytest.mark.parametrize("frequency", [6000, 9000, 12000, 18000, 25500])
def test_a_range_that_needs_too_many_pieces_is_not_covered(frequency: int) -> None:
    """The divisor vanishes near 1/10000, which is only seen after thousands of pieces on its right."""
    divisor = read_claim(rf"x (1.001 + \sin({frequency} x)) - 0.0001 = 1", "x in R").lhs
    assert not covered(Relation(divisor, "!=", number(0)), "x", number(0), number(1))


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=1}^{2} \int_0^1 f(k x) \, dx = 2 \int_0^1 f(k x) \, dx", "f: R -> R; k in N"),
        (r"\sum_{k=1}^{n} \int_0^1 f(k x) \, dx = n \int_0^1 f(k x) \, dx", "f: R -> R; n in N; k in N"),
    ],
)
def test_an_antiderivative_belongs_to_one_value_of_a_bound_letter(latex: str, given: str) -> None:
    assert "proved" not in statuses(latex, given)


def test_an_antiderivative_does_not_hide_the_letter_of_an_outer_integral() -> None:
    claim = read_claim(r"\int_0^1 \int_0^1 f(x y) \, dx \, dy = \int_0^1 f(x y) \, dx", "f: R -> R; y in R")
    x = Term("symbol", (), "~x")
    f = Term("apply", (Term("symbol", (), "f"), Term("mul", (x, Term("symbol", (), "y")))))
    name = Term("symbol", (), f"~F {f}")
    at = [Term("apply", (name, number(end))) for end in (1, 0)]
    inner = Term("add", (at[0], Term("neg", (at[1],))))
    outer = Term("integral", (inner, Term("symbol", (), "y"), number(0), number(1)))
    assert rejected(claim, Integrated(((outer, Term("mul", (Term("symbol", (), "y"), inner))),)))


def test_integrals_of_unknown_functions_still_add_up() -> None:
    assert "proved" in statuses(
        r"\int_a^b f(x) \, dx + \int_b^c f(x) \, dx = \int_a^c f(x) \, dx", "f: R -> R; a, b, c in R"
    )


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_{0}^{1} \frac{1}{x + a} \, dx = \ln|1+a| - \ln|a|", "a in R"),
        (r"\int_{a}^{b} \frac{1}{x} \, dx = \ln|b| - \ln a", "a > 0; b in R"),
    ],
)
def test_agreement_where_an_integral_exists_supports_nothing(latex: str, given: str) -> None:
    """They diverge for -1 < a < 0, and for b < 0, where no point is evaluated."""
    claim = read_claim(latex, given)
    assert not statuses(latex, given) & {"proved", "supported"}
    assert rejected(claim, Overlap(agreeing(claim, sample(claim.scope, 96))))


def test_agreement_where_a_series_converges_supports_nothing() -> None:
    claim = read_claim(r"\sum_{k=0}^{\infty} r^k = \frac{1}{1-r}", "r in R")
    assert rejected(claim, Overlap(agreeing(claim, [(("r", Fraction(1, k)),) for k in range(2, 20)])))


# --------------------------------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize("radicand", [r"\sin 4", r"\tan(-1)", r"\ln(\cos^2 4)", r"\arctan(\sin 4)"])
def test_an_odd_root_of_a_negative_number_written_with_i_is_negative(radicand: str) -> None:
    """In normal forms sin 4 is (exp(4i) - exp(-4i)) / 2i, whose principal root has a positive real part."""
    assert "proved" not in statuses(rf"\lim_{{n \to \infty}} n \sqrt[3]{{{radicand}}} = \infty")
    assert "refuted" not in statuses(rf"\lim_{{n \to \infty}} n \sqrt[3]{{{radicand}}} = -\infty")
    assert "refuted" not in statuses(rf"\lim_{{x \to 0}} (x^2 + \sqrt[3]{{{radicand}}}) = \sqrt[3]{{{radicand}}}")


def test_the_root_of_a_sine_keeps_its_sign_in_limits() -> None:
    assert statuses(r"\lim_{n \to \infty} n \sqrt[3]{\sin 4} = -\infty") == {"proved"}


# -------------------------------------------------------------------------------------------------------------- repairs


@pytest.mark.parametrize(
    ("latex", "given", "holds_at"),
    [
        (r"\frac{x}{2} + \frac{1}{3} \le 2 x", "x in R; x > -1", Fraction(23, 100)),
        (r"2 x^2 - \frac{x}{3} \le \exp(x)", "x in R; x <= 2", Fraction(-1, 10)),
        (r"1 \le x^2 - \frac{2}{x}", "x > 0", Fraction(19, 10)),
        (r"x^2 \le \frac{1}{x} + x", "x >= 0", Fraction(11, 10)),
    ],
)
def test_a_repair_does_not_exclude_where_the_claim_holds(latex: str, given: str, holds_at: Fraction) -> None:
    """The claims turn at 2/9, and at numbers that are not rational: x >= 1/4, x >= 0, x >= 2, x <= 1 are too strong."""
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.refutation is not None
    condition = admit(claim, found.refutation, found.witness).repair
    assert all(holds(relation, {"x": holds_at}) is True for relation in condition)


def test_a_repair_that_is_the_weakest_is_still_found() -> None:
    claim = read_claim(r"\frac{x}{2} + \frac{1}{3} \le 2 x", "x in R; x > -1")
    found = search(claim, audit=True)
    assert found.refutation is not None
    (relation,) = admit(claim, found.refutation, found.witness).repair
    assert (relation.relation, rational_value(relation.rhs)) == (">=", Fraction(2, 9))
