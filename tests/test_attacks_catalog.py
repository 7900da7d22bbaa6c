"""Claims and forged evidence that once slipped through what the catalog of topics asked for: laws under bound letters, sequences
given by a formula, bounds of general members, samples."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Claim, Law, Sampled, Status
from derive.formula.claims import read_claim
from derive.formula.tokens import Unread
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import number


def statuses(latex: str, given: str = "") -> set[str]:
    """What prover and refuter both say."""
    found = search(read_claim(latex, given), audit=True)
    said = {"proved": found.proof, "refuted": found.refutation, "supported": found.support}
    return {status for status, evidence in said.items() if evidence is not None}


# ---------------------------------------------------------------------------------------------------------------- laws


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{n=1}^{3} \operatorname{E}[X] = 6", "n in N; X ~ N(n, 1)"),
        (r"\prod_{n=1}^{3} \operatorname{E}[X] = 6", "n in N; X ~ N(n, 1)"),
        (r"\sum_{n=1}^{3} \Pr(X > 0) = 3 \Pr(X > 0)", "n in N; X ~ N(n, 1)"),
        (r"\lim_{n \to \infty} \frac{\operatorname{E}[X]}{n} = 0", "n in N; X ~ N(n, 1)"),
        (r"\lim_{n \to \infty} \Pr(X = 0) = \Pr(X = 0)", "n in N; X ~ Binomial(n, 1/2)"),
        (r"\frac{d}{dt} \operatorname{E}[X^2] = 0", "t in R; X ~ N(t, 1)"),
        (r"\frac{\partial}{\partial p} \operatorname{E}[X] = 0", "p in R; 0 < p < 1; X ~ Bernoulli(p)"),
        (r"\frac{\partial}{\partial s} \operatorname{Var}(X) = 0", "s > 0; X ~ N(0, s^2)"),
        (r"\lim_{t \to \infty} \|A^t\| = 0", r"t in N; A in R^{t x t}; \rho(A) < 1"),
        (r"\sum_{n=1}^{3} \operatorname{tr}(A A^{-1}) = 3 n", "n in N; A in R^{n x n} invertible"),
        (r"\sum_{n=1}^{3} y = 3 y", "n in N; y = n^2"),
        (r"\sum_{n=1}^{3} y = 14", "n in N; y = n^2"),
        (r"\lim_{n \to \infty} \frac{x}{n} = 0", "n in N; x > n"),
    ],
)
def test_nothing_is_decided_where_a_law_a_size_or_a_definition_depends_on_a_bound_letter(
    latex: str, given: str
) -> None:
    assert statuses(latex, given) == set()


@pytest.mark.parametrize("law", ["N(0, 1)", "moments(mean=0, var=1)", "finite(-1: 1/2, 1: 1/2)", "iid N(i, 1)"])
def test_a_random_family_is_said_to_be_iid(law: str) -> None:
    with pytest.raises(Unread):
        read_claim(r"\operatorname{E}[w_1 w_2] = 0", f"w_i ~ {law}")


def test_letters_that_are_iid_are_independent() -> None:
    assert statuses(r"\operatorname{E}[X Y] = 0", "X, Y ~ iid N(0, 1)") == {"proved"}
    assert statuses(r"\operatorname{E}[X Y] = 0", "X, Y ~ N(0, 1)") == {"refuted"}


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\operatorname{E}[\cos(2 \pi X)] = 1", "X in Z; X ~ N(0, 1)"),
        (r"\operatorname{E}[\cos(2 \pi X)] = 1", "X in Z; X ~ moments(mean=1/2, var=0)"),
        (r"\operatorname{E}[X] = 1/2", "X in Z; X ~ finite(1/2: 1)"),
        (r"\operatorname{E}[X] = i", "X ~ N(i, 1)"),
        (r"\operatorname{E}[X^2] = |z|^2 + 1", "z in C; X ~ N(z, 1)"),
    ],
)
def test_a_law_that_no_such_letter_has_decides_nothing(latex: str, given: str) -> None:
    assert statuses(latex, given) == set()


# ----------------------------------------------------------------------------------------------------------- sequences


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\lim_{n \to \infty} \frac{a_n}{n} = 1", "k in N; k <= 10; a_k = k"),
        (r"a_n = n", "k in N; a_k = k; n in N_0"),
        (r"a_n = n", "k in N; k >= 2; a_k = k; n in N"),
        (r"a_2 = 5", "a_k in Z; k in N; a_k = k/2 + 4"),
        (r"a_2 + |a_1| = 0", "a_k in R; k in N; a_k = i^k"),
        (r"\sqrt{a_1^2} = i", "a_k in R; k in N; a_k = i^k"),
        (r"a_2 = 2", "a_k > 5; k in N; a_k = k"),
        (r"a_2 = 2", "k in N; a_k = k; a_k > 5"),
        (r"\sum_{k=0}^{\infty} a_k = 2", "a_k = 2^{-k}; k in N"),
        (r"\sum_{k=1}^{\infty} a_k = 1", "a_k = 2^{-k}; k in N; k <= 20"),
        (r"h_n = 2^n", "h_0 = 1; h_t = 2 h_{t-1}; n in Z"),
        (r"h_n = 2^n", "h_1 = 2; h_t = 2 h_{t-1}; n in N_0"),
    ],
)
def test_a_formula_holds_for_the_members_of_which_it_speaks(latex: str, given: str) -> None:
    assert not statuses(latex, given) & {"proved", "supported"}


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"a_0 \le 1", "0 < a_k < 1; k in N"),
        (r"a_n \le 1", "0 < a_k < 1; k in N; k >= 5; n in N"),
        (r"a_x \le 1", "0 < a_k < 1; k in N; x in R"),
        (r"a_n \le n", "a_k <= k; k in N; n in Z"),
        (r"\sum_{j=0}^{n} a_j \le n + 1", "a_k <= 1; k in N; n in N"),
        (r"\sum_{k=0}^{n} a_k \ge 0", "a_k >= 0; k in N; n in N"),
        (r"\prod_{k=0}^{n} a_k \ge 0", "a_k >= 0; k in N; n in N"),
    ],
)
def test_a_bound_holds_for_the_members_of_which_it_speaks(latex: str, given: str) -> None:
    assert "proved" not in statuses(latex, given)


def test_a_bound_without_a_set_for_its_letter_holds_for_all_members() -> None:
    assert statuses(r"\sum_{k=0}^{n} a_k \ge 0", "a_k >= 0; n in N") == {"proved"}


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"a_2 \le 1", "|a_k| <= 1"),
        (r"a_3 + b_3 = 1", "a_k + b_k = 1; k in N"),
        (r"a_3 b_3 > 0", "a_k b_k > 0; k in N"),
        (r"\sum_{k=1}^{n} a_k \le n", "a_k^2 <= 1; n in N"),
        (r"|\prod_{j=1}^{n} a_j| \le 1", "|a_k| <= 1; k, n in N"),
    ],
)
def test_a_hypothesis_on_a_general_member_is_no_hypothesis_on_one(latex: str, given: str) -> None:
    assert "refuted" not in statuses(latex, given)


# ------------------------------------------------------------------------------------------------------------- samples


def of_signs(latex: str, given: str, mean: Fraction, variance: Fraction) -> Claim:
    """The claim for a letter that is mean + s or mean - s, s^2 the variance, each with probability 1/2."""
    claim = read_claim(latex, given)
    law = Law("signs", number(mean), number(variance))
    told = tuple(replace(d, law=law) if d.law is not None else d for d in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=told))


def supported(claim: Claim, evidence: Sampled) -> bool:
    try:
        return admit(claim, evidence).status == Status.SUPPORTED
    except NotAdmitted:
        return False


PLAIN = Sampled("bounded_mean", 0, 2**15)


def test_no_event_happens_by_rounding_alone() -> None:
    """In floating point the square of sqrt 2 is above 2, and a sum of thirds of ten is not on the number that it is."""
    assert not supported(of_signs(r"\Pr(X^2 > 2) > 1/2", "X ~ N(0, 1)", Fraction(0), Fraction(2)), PLAIN)
    sums = r"\Pr(\sum_{i=1}^{40} w_i > 4) > 1/2"
    assert not supported(of_signs(sums, "w_i ~ iid N(0, 1)", Fraction(1, 10), Fraction(1, 25)), PLAIN)
    whole = r"\Pr(\sum_{i=1}^{40} w_i \ge 0) > 1/2"
    assert supported(of_signs(whole, "w_i ~ iid N(0, 1)", Fraction(0), Fraction(1)), PLAIN)


@pytest.mark.parametrize(
    "latex",
    [
        r"\operatorname{E}[\max(6 \cdot 10^{15} + \cos X, 0) - 6 \cdot 10^{15}] > 0.62",  # is 0.607
        r"\operatorname{E}[\max(6 \cdot 10^{15} + 1.4 \cos X, 0) - 6 \cdot 10^{15}] < 1.1",
    ],
)
def test_what_rounding_spoils_is_not_supported(latex: str) -> None:
    assert not supported(read_claim(latex, "X ~ N(0, 1/1000)" if "1.1" in latex else "X ~ N(0, 1)"), PLAIN)


@pytest.mark.parametrize("estimator", ["full_grid", "tilt"])
def test_the_variance_of_a_fourth_power_is_no_mean_square(estimator: str) -> None:
    claim = read_claim(r"\operatorname{Var}((\prod_{i=1}^{3} w_i^2)^2) < 2", "w_i ~ iid N(0, 1)")
    assert not supported(claim, Sampled(estimator, 0, 2**15))


# -------------------------------------------------------------------------------------------------------------- orders


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"z < z + 1", "z in C"),
        (r"i \le i", ""),
        (r"\operatorname{tr}(A) < \operatorname{tr}(A) + 1", "A in C^{n x n}"),
        (r"x^T y \le x^T y", "x, y in C^n"),
        (r"\sum_{k=1}^{n} z \le \sum_{k=1}^{n} (z + 1)", "z in C; n in N"),
    ],
)
def test_complex_numbers_are_not_ordered(latex: str, given: str) -> None:
    assert "proved" not in statuses(latex, given)


@pytest.mark.parametrize("given", ["z in C", ""])
def test_a_bar_over_a_complex_letter_is_no_letter_of_its_own(given: str) -> None:
    with pytest.raises(Unread):
        read_claim(r"|z|^2 = z \bar{z}", given)
