"""Sequences given by a recurrence, and inductions: what is proved, near misses, forged evidence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import Induction, Term
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, add, number, power, symbol

FIBONACCI = "F_0 = 0; F_1 = 1; F_{n+1} = F_n + F_{n-1}"
TWO_TERMS = "a_0 = 2; a_1 = 5; a_{n+2} = 5 a_{n+1} - 6 a_n"


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"a_n = 2^n + 3^n", f"n in N_0; {TWO_TERMS}"),
        (r"F_{n+1} F_{n-1} - F_n^2 = (-1)^n", f"n in N; {FIBONACCI}"),
        (r"\sum_{k=1}^{n} F_{2 k - 1} = F_{2 n}", f"n in N; {FIBONACCI}"),
        (r"x_t = (1 - \eta a)^t x_0", r"a > 0; eta > 0; t in N; x_0 in R; x_{t+1} = x_t - \eta a x_t"),
        (r"x_{30} = 2^{-30}", r"x_0 = 1; x_t = \frac{1}{2} x_{t-1}"),
        (r"T_n = 2^n - 1", "n in N_0; T_0 = 0; T_n = 2 T_{n-1} + 1"),
        (r"x_n = n", "n in Z; n >= 20; x_0 = 0; x_n = x_{n-1} + 1"),
        (r"(1 + x)^n \ge 1 + n x", "n in N_0; x >= -1"),
        (r"n! > 2^n", "n in N; n >= 4"),
        (r"\sum_{k=1}^{n} \frac{1}{k^2} \le 2 - \frac{1}{n}", "n in N"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"a_n = 2^n + 3^n", "n in N_0; a_0 = 2; a_1 = 6; a_{n+2} = 5 a_{n+1} - 6 a_n"),  # the second start value
        (r"a_n = 2^n + 3^n", "n in N_0; a_0 = 2; a_{n+2} = 5 a_{n+1} - 6 a_n"),  # a_1 is free
        (r"F_{n+1} F_{n-1} - F_n^2 = (-1)^{n+1}", f"n in N; {FIBONACCI}"),
        (r"h_t = 2^t + t", "t in N_0; h_0 = 1; h_t = 2 h_{t-1} + 1"),
        (r"x_t = (1 + \eta a)^t x_0", r"a > 0; eta > 0; t in N; x_0 = 1; x_{t+1} = x_t - \eta a x_t"),
        (r"x_{30} = 0", r"x_0 = 1; x_t = \frac{1}{2} x_{t-1}"),
        (r"n! > 2^n", "n in N; n >= 3"),
        (r"\sum_{k=1}^{n} F_k^2 = F_n F_{n+1} + (n - 1) (n - 2)", f"n in N; {FIBONACCI}"),
        (r"(1 + x)^n \ge 1 + n x", "n in N_0; x >= -3"),
        (r"\sum_{k=1}^{n} \frac{1}{k^2} < 2 - \frac{1}{n}", "n in N"),  # equal at n = 1
    ],
)
def test_near_misses(latex: str, given: str) -> None:
    assert status(latex, given) not in ("proved", "supported")


N = symbol("n")


@pytest.mark.parametrize(
    ("latex", "given", "evidence"),
    [
        (r"a_n = 2^n + 3^n", f"n in N_0; {TWO_TERMS}", Induction("n", 0)),
        (r"a_n = 2^n + 3^n", f"n in N_0; {TWO_TERMS}", Induction("n", 0, 0)),
        (r"a_n = 2^n + 3^n", f"n in N_0; {TWO_TERMS}", Induction("n", 2, 2)),
        (r"a_n = 2^n", "n in N_0; a_0 = 1; a_1 = 5; a_{n+2} = 5 a_{n+1} - 6 a_n", Induction("n", 0, 2)),
        (r"n! > 2^n", "n in N; n >= 3", Induction("n", 3, 1, add(N, ONE))),
        (r"2^n \ge n", "n in N", Induction("n", 1, 1, Term("neg", (ONE,)))),
        (r"n! > 2^{n - 1}", "n in N; n >= 3", Induction("n", 3, 1, ZERO)),
        (
            r"(1 + x)^n \ge 1 + n x",
            "n in N_0; x >= -1",
            Induction("n", 0, 1, Term("div", (ONE, power(symbol("x"), number(2))))),
        ),
    ],
)
def test_forged_inductions(latex: str, given: str, evidence: Induction) -> None:
    claim = read_claim(latex, given)
    with pytest.raises(NotAdmitted):
        admit(claim, evidence, witness_for(claim))


def test_long_recurrences_do_not_take_long() -> None:
    claim = read_claim(r"F_n = 2^n", f"n in N; n >= 50; {FIBONACCI}")
    found = search(claim)
    assert found.refutation is not None
    verdict = admit(claim, found.refutation)
    assert verdict.values is not None
    assert Fraction(str(verdict.values[0]).split(".")[0]) > 10**9
