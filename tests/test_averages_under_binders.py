"""An average under a limit, an integral or a derivative speaks of the bound letter, not of the value of a letter of that name at the
point: nothing true is refuted at a point that puts a number there.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Claim, Counterexample
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

P_N = r"\prod_{i=1}^{n} w_i"
GAUSSIAN = "n in N; w_i ~ iid N(0, 1/2)"
TRUE = (
    (rf"\lim_{{n \to \infty}} \operatorname{{Var}}[{P_N}] = 0", GAUSSIAN),
    (rf"\lim_{{n \to \infty}} \operatorname{{E}}[\lvert {P_N} \rvert] = 0", "n in N; w_i ~ iid N(0, 1)"),
    (rf"\lim_{{n \to \infty}} \operatorname{{E}}[({P_N})^2] = 0", "n in N; w_i ~ iid Uniform(-1, 1)"),
    (r"\int_0^1 \operatorname{Var}[a X] \, da = \frac{1}{3}", "a > 0; X ~ N(0, 1)"),
    (r"\frac{d}{da} \operatorname{Var}[a X] = 2 a", "a > 0; X ~ N(0, 1)"),
)
FALSE = (
    (rf"\lim_{{n \to \infty}} \operatorname{{Var}}[{P_N}] = \frac{{1}}{{2}}", GAUSSIAN),
    (rf"\lim_{{n \to \infty}} \operatorname{{Var}}[{P_N}] = \frac{{1}}{{4}}", GAUSSIAN),
    (r"\int_0^1 \operatorname{Var}[a X] \, da = 1", "a > 0; X ~ N(0, 1)"),
    (r"\frac{d}{da} \operatorname{Var}[a X] = 0", "a > 0; X ~ N(0, 1)"),
)


def refuted_somewhere(claim: Claim) -> bool:
    """At one of the points that give the bound letter a value."""
    for value in (1, 2, 3):
        for name in ("n", "a"):
            try:
                admit(claim, Counterexample(((name, Fraction(value)),)))
            except NotAdmitted:
                continue
            return True
    return False


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_what_is_true_is_not_refuted(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.refutation is None and not refuted_somewhere(claim)


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_what_is_false_is_not_proved(latex: str, given: str) -> None:
    assert search(read_claim(latex, given), audit=True).proof is None


def test_the_limit_is_proved_and_a_wrong_one_refuted() -> None:
    assert search(read_claim(*TRUE[0])).proof is not None
    assert search(read_claim(*FALSE[0])).refutation is not None
