"""Sums whose terms depend on their length: what is proved, near misses, forged certificates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.checkers.zeilberger import find
from derive.core import Claim, CreativeTelescoping, Hints, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, add, mul, number, symbol


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=0}^{n} \binom{n}{k} x^k y^{n-k} = (x + y)^n", "n in N_0; x, y in R"),
        (r"\sum_{k=0}^{n} k \binom{n}{k} = n 2^{n - 1}", "n in N_0"),
        (r"\sum_{k=0}^{n} \binom{n}{k}^2 = \binom{2 n}{n}", "n in N_0"),
        (r"\sum_{k=0}^{n} (-1)^k \binom{n}{k} \binom{n + k}{k} = (-1)^n", "n in N_0"),
        (r"\sum_{k=1}^{n} \frac{(-1)^{k - 1}}{k} \binom{n}{k} = \sum_{k=1}^{n} \frac{1}{k}", "n in N"),
        (r"\sum_{k=-n}^{n} (-1)^k \binom{2 n}{n + k}^3 = \frac{(3 n)!}{(n!)^3}", "n in N_0"),
        (r"\sum_{k=0}^{n} (-1)^k \binom{n}{k} = 0", "n in N"),
        (r"\sum_{k=0}^{m} (-1)^k \binom{n}{k} = (-1)^m \binom{n - 1}{m}", "m in N_0; n in N; n >= m + 1"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=0}^{n} (-1)^k \binom{n}{k} = 0", "n in N_0"),  # 1 at n = 0
        (r"\sum_{k=0}^{n} k \binom{n}{k} = n 2^{n - 1} + n (n - 1) (n - 2)", "n in N_0"),  # right up to n = 2
        (r"\sum_{k=1}^{n} \binom{n}{k} = 2^n", "n in N_0"),
        (r"\sum_{k=0}^{n - 1} \binom{n}{k} = 2^n", "n in N"),
        (r"\sum_{k=0}^{n} \binom{n}{k} = 2^n", "n in Z"),
        (r"\sum_{k=0}^{n} \binom{n}{k}^2 = \binom{2 n}{n + 1}", "n in N_0"),
        (r"\sum_{k=0}^{n} \binom{n}{k} x^k y^{n-k} = (x + y)^{n + 1}", "n in N_0; x, y in R"),
    ],
)
def test_near_misses(latex: str, given: str) -> None:
    assert status(latex, given) not in ("proved", "supported")


TRUE = read_claim(r"\sum_{k=0}^{n} \binom{n}{k} = 2^n", "n in N_0")
LATE = read_claim(r"\sum_{k=0}^{n} \binom{n}{k} = 2^n + n (n - 1)", "n in N_0")


def good(claim: Claim = TRUE) -> CreativeTelescoping:
    for evidence in find(claim, Hints()):
        if isinstance(evidence, CreativeTelescoping):
            return evidence
    raise AssertionError("no certificate")


def test_the_certificate_is_good() -> None:
    assert admit(TRUE, good(), witness_for(TRUE)).status == Status.PROVED


@pytest.mark.parametrize(
    "forged",
    [
        replace(good(), certificate=ZERO),
        replace(good(), certificate=add(good().certificate, symbol("k'"))),
        replace(good(), coefficients=(number(2), ONE)),
        replace(good(), coefficients=(ZERO, ZERO)),
        replace(
            good(),
            coefficients=tuple(mul(symbol("n"), p) for p in good().coefficients),
            certificate=mul(symbol("n"), good().certificate),
        ),
        replace(good(), coefficients=(ONE,)),
        replace(good(), trim=(0, 0)),  # G has a pole at k = n + 1
        replace(good(), trim=(0, -1)),
        replace(good(), trim=(2, 2)),  # empty by more than one at n = 0
        replace(good(), start=1),
        replace(good(), letter="n"),
        replace(good(), late=-1),
    ],
)
def test_forged_certificates(forged: CreativeTelescoping) -> None:
    with pytest.raises(NotAdmitted):
        admit(TRUE, forged, witness_for(TRUE))


def test_a_constant_may_be_added() -> None:
    """G is determined up to a constant only."""
    shifted = replace(good(), certificate=add(good().certificate, ONE))
    assert admit(TRUE, shifted, witness_for(TRUE)).status == Status.PROVED


def test_base_cases_alone_do_not_carry() -> None:
    """2^n + n (n - 1) is right at n = 0 and n = 1."""
    with pytest.raises(NotAdmitted):
        admit(LATE, replace(good(LATE), late=1), witness_for(LATE))


# ------------------------------------------------------------------------------------------- one sum has one name everywhere

MEAN = r"n in N; x_i in R; m = \frac{1}{n} \sum_{i=1}^{n} x_i"


@pytest.mark.parametrize(
    ("latex", "given", "proved"),
    [
        (r"\sum_{i=1}^{n} (x_i - m) = 0", MEAN, True),
        (r"\sum_{i=1}^{n} (x_i - m)^2 = \sum_{i=1}^{n} x_i^2 - n m^2", MEAN, True),
        (r"\sum_{i=1}^{n} (x_i - m)^2 = \sum_{i=1}^{n} x_i^2 - m^2", MEAN, False),
        (r"\sum_{i=1}^{n} \sum_{j=1}^{n} x_i x_j = \left(\sum_{i=1}^{n} x_i\right)^2", "n in N; x_i in R", True),
        (r"\sum_{i=1}^{n} \sum_{j=1}^{n} x_i x_j = \sum_{i=1}^{n} \sum_{j=1}^{n} x_j x_j", "n in N; x_i in R", False),
        (r"\sum_{i=1}^{n} i \sum_{j=1}^{n} j = \sum_{i=1}^{n} \sum_{j=1}^{n} j^2", "n in N", False),
        # A turn of the recurrence has a sum in it, and the bound letter of the outer sum in that.
        (
            r"\sum_{k=1}^{n} h_k = \sum_{k=1}^{n} \sum_{j=1}^{k} j^2",
            r"n in N; h_0 = 0; h_t = \sum_{j=1}^{t} j t + 0 h_{t-1}",
            False,
        ),
        (
            r"\sum_{k=1}^{n} h_{k+1} = \sum_{k=1}^{n} \sum_{j=1}^{k+1} j (k + 1)",
            r"n in N; h_0 = 0; h_t = \sum_{j=1}^{t} j t + 0 h_{t-1}",
            True,
        ),
    ],
)
def test_names_of_bound_letters(latex: str, given: str, proved: bool) -> None:
    found = status(latex, given)
    assert found == "proved" if proved else found not in ("proved", "supported")
