"""The norm of a transpose is that of the matrix, also inside of bounds; and near misses."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.kernel import Verdict, admit

SQUARE = "A, B, C in R^{n x n}; x, y in R^n"


def verdict(latex: str, given: str) -> Verdict | None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return None if evidence is None else admit(claim, evidence, found.witness)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\|A^T B\| \le \|A\| \|B\|", SQUARE),
        (r"\|A^T x\| \le \|A\| \|x\|", SQUARE),
        (r"\|B^T A x\| \le \|B\| \|A\| \|x\|", SQUARE),
        (r"\|A^T A\| \le \|A\|^2", SQUARE),
        (r"\|x y^T\| \le \|x\| \|y\|", SQUARE),
        (r"\|A^T x\| \le c \|x\|", rf"{SQUARE}; \|A\| \le c"),
        (r"\left| \|x^T\| - \|y\| \right| \le \|x - y\|", SQUARE),
    ],
)
def test_proved(latex: str, given: str) -> None:
    found = verdict(latex, given)
    assert found is not None and found.status == "proved"


def test_what_is_relied_on_is_named() -> None:
    found = verdict(r"\left| \|x^T\| - \|y\| \right| \le \|x - y\|", SQUARE)
    assert found is not None and "axiom:norm_invariance" in found.trust


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\|A^T B\| \le \|A\| \|C\|", SQUARE),
        (r"\|A^T x\| \le \|A\|", SQUARE),
        (r"\|A^T A x\| \le \frac{1}{2} \|A\|^2 \|x\|", SQUARE),
        (r"\|A^T x\| \le c \|x\|", rf"{SQUARE}; \|B\| \le c"),
        (r"\|A^{-1} B\| \le \|A\| \|B\|", "A, B in R^{n x n} invertible"),
        (r"\left| \|x^T\| - \|y\| \right| \le \frac{1}{2} \|x - y\|", SQUARE),
    ],
)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    found = verdict(latex, given)
    assert found is None or found.status in ("refuted", "conditional")
