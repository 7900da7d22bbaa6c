"""A recurrence that is declared only from a later t on says nothing of the members between it and the start values."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import Induction
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

DOUBLING = "h_t = 2 h_{t-1}; n in N; t in N"


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("h_n = 2^n", f"h_0 = 1; {DOUBLING}; t >= 5"),
        ("h_n = 2^n", f"h_0 = 1; {DOUBLING}; t >= 2"),
        ("h_6 = 64", f"h_0 = 1; {DOUBLING}; t >= 5"),
        ("h_1 = 2", f"h_0 = 1; {DOUBLING}; t >= 2"),
        (r"\sum_{k=0}^{n} h_k = 2^{n+1} - 1", f"h_0 = 1; {DOUBLING}; t >= 3"),
        ("F_4 = 3", "F_0 = 0; F_1 = 1; F_t = F_{t-1} + F_{t-2}; t in N; t >= 3"),
    ],
)
def test_not_before_what_is_declared(latex: str, given: str) -> None:
    assert status(latex, given) == "undecided"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("h_n = 2^n", f"h_0 = 1; {DOUBLING}"),
        ("h_n = 2^n", "h_0 = 1; h_{t+1} = 2 h_t; n in N; t in N"),  # N alone says that t counts
        ("h_t = 2^t", "h_0 = 1; h_t = 2 h_{t-1}; t in N; t >= 5"),  # the bound is the claim's
        ("h_6 = 4 h_4", f"h_0 = 1; {DOUBLING}; t >= 5"),
        ("h_6 = 64", f"h_4 = 16; {DOUBLING}; t >= 5"),
        ("h_n = 2^n", f"h_4 = 16; {DOUBLING}; t >= 5; n >= 4"),
    ],
)
def test_from_there_on(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


def test_what_fails_for_every_continuation_is_still_refuted() -> None:
    assert status("h_n = 3^n", f"h_0 = 1; {DOUBLING}; t >= 5") == "refuted"


def test_evidence_under_the_wider_reading_is_rejected() -> None:
    narrow = read_claim("h_n = 2^n", f"h_0 = 1; {DOUBLING}; t >= 5")
    wide = search(read_claim("h_n = 2^n", f"h_0 = 1; {DOUBLING}"))
    assert isinstance(wide.proof, Induction)
    with pytest.raises(NotAdmitted):
        admit(narrow, wide.proof, wide.witness)
