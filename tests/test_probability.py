"""Random letters: what is proved of them, what fails under a joint law, and what must never be said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from derive.checkers import search
from derive.checkers.sampling import sample, witness_for
from derive.core import Claim, Counterexample, FiniteLaw, Joint, Overlap, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
TWO = "mu, nu in R; v > 0; w > 0; X ~ moments(mean=mu, var=v); Y ~ moments(mean=nu, var=w)"
APART = f"{TWO}; X, Y independent"


def statuses(claim: Claim) -> set[Status]:
    """What prover, refuter and support all say."""
    found = search(claim, audit=True)
    said = set()
    for evidence in (found.proof, found.refutation, found.support):
        if evidence is not None:
            said.add(admit(claim, evidence, found.witness).status)
    return said


def status(latex: str, given: str = "") -> Status:
    said = statuses(read_claim(latex, given))
    assert not {Status.PROVED, Status.REFUTED} <= said
    order = (Status.PROVED, Status.REFUTED, Status.CONDITIONAL, Status.SUPPORTED)
    return next((s for s in order if s in said), Status.UNDECIDED)


# ------------------------------------------------------------------------------------------------------- joint laws

ADDED = r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)"
FACTORED = r"\operatorname{E}[X Y] = \operatorname{E}[X] \operatorname{E}[Y]"


@pytest.mark.parametrize("latex", [ADDED, FACTORED, r"\operatorname{Cov}(X, Y) = 0"])
def test_what_only_independence_makes_true_is_refuted_by_a_joint_law(latex: str) -> None:
    assert status(latex, TWO) == Status.REFUTED
    assert status(latex, APART) != Status.REFUTED


def joint(atoms: dict[tuple[int, int], Fraction]) -> Joint:
    return Joint(("X", "Y"), tuple(((Fraction(x), Fraction(y)), p) for (x, y), p in atoms.items()))


TOGETHER = joint({(1, 1): HALF, (-1, -1): HALF})
MOMENTS = (("mu", Fraction(0)), ("nu", Fraction(0)), ("v", Fraction(1)), ("w", Fraction(1)))


def test_a_joint_law_stands_for_all_its_letters_and_has_the_declared_moments() -> None:
    claim = read_claim(FACTORED, TWO)
    good = (*MOMENTS, ("X", TOGETHER), ("Y", TOGETHER))
    assert admit(claim, Counterexample(good)).status == Status.REFUTED
    single = FiniteLaw(((Fraction(1), HALF), (Fraction(-1), HALF)))
    skew = joint({(1, 1): QUARTER, (-1, -1): 3 * QUARTER})
    forged = (
        (*MOMENTS, ("X", TOGETHER), ("Y", single)),
        (*MOMENTS, ("X", TOGETHER)),
        (*MOMENTS, ("X", skew), ("Y", skew)),
        (*MOMENTS, ("X", replace(TOGETHER, names=("X", "X"))), ("Y", TOGETHER)),
        (*MOMENTS, *(2 * (("X", joint({(1, 1): HALF})),))),
        (*MOMENTS, *((n, joint({(1, 1): 3 * HALF, (-1, -1): -HALF})) for n in "XY")),
    )
    for point in forged:
        with pytest.raises(NotAdmitted):
            admit(claim, Counterexample(point))


def test_letters_declared_independent_have_no_dependent_joint_law() -> None:
    claim = read_claim(FACTORED, APART)
    with pytest.raises(NotAdmitted):
        admit(claim, Counterexample((*MOMENTS, ("X", TOGETHER), ("Y", TOGETHER))))


def test_a_law_declared_by_name_is_that_law() -> None:
    claim = read_claim(r"\operatorname{E}[X Y] = p q", "0 < p < 1; 0 < q < 1; X ~ Bernoulli(p); Y ~ Bernoulli(q)")
    assert statuses(claim) == {Status.REFUTED}
    wrong = joint({(2, 2): QUARTER, (0, 0): 3 * QUARTER})
    with pytest.raises(NotAdmitted):
        admit(claim, Counterexample((("p", HALF), ("q", HALF), ("X", wrong), ("Y", wrong))))


def test_agreement_where_letters_are_independent_supports_nothing_of_dependent_ones() -> None:
    for latex in (ADDED, FACTORED):
        claim = read_claim(latex, TWO)
        points = [p for p in sample(claim.scope, 200) if not any(isinstance(value, Joint) for _, value in p)]
        with pytest.raises(NotAdmitted, match="may depend on each other"):
            admit(claim, Overlap(tuple(dict.fromkeys(points))))


def test_agreement_for_laws_of_two_values_supports_nothing() -> None:
    """The fourth moment of a centred law of two values follows from the third; of other laws it does not."""
    latex = r"\operatorname{E}[X^4] \operatorname{E}[X^2] = \operatorname{E}[X^3]^2 + \operatorname{E}[X^2]^3"
    claim = read_claim(latex, "v > 0; X ~ moments(mean=0, var=v)")
    assert statuses(claim) == {Status.REFUTED}
    two = [p for p in sample(claim.scope, 400) if all(len(x.atoms) == 2 for _, x in p if isinstance(x, FiniteLaw))]
    with pytest.raises(NotAdmitted, match="no more than two values"):
        admit(claim, Overlap(tuple(dict.fromkeys(two))))


def test_the_regression_of_two_values_is_linear_but_not_of_more() -> None:
    latex = r"\operatorname{E}[\operatorname{E}[Y \mid X]^2] = \nu^2 + \frac{(\operatorname{Cov}(X, Y))^2}{v}"
    assert status(latex, TWO) not in (Status.PROVED, Status.SUPPORTED)


def test_a_conditional_expectation_is_that_of_the_outcomes_which_agree() -> None:
    squared = r"\operatorname{E}[\operatorname{E}[Y \mid X]^2] = \operatorname{E}[Y^2]"
    assert status(squared, TWO) == Status.REFUTED
    claim = read_claim(r"\operatorname{E}[\operatorname{E}[Y \mid X]^2] = \frac{1}{4}", TWO)
    law = joint({(1, 1): QUARTER, (1, -1): QUARTER, (-1, 1): QUARTER, (-1, -1): QUARTER})
    found = admit(claim, Counterexample((*MOMENTS, ("X", law), ("Y", law))))
    assert found.values == ("0", "1/4")
    assert witness_for(claim) is not None
