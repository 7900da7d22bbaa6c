"""Sums and products whose ends are letters that differ by a small number are written out; false ones are not proved."""

from __future__ import annotations

import pytest

from derive.authoring import integer, real, scope, step
from derive.checkers import search
from derive.core import Status, Step
from derive.kernel import admit

LETTERS = scope(integer("t", r"t \ge 1"), real("J", family=True), real("p", family=True))
CARRIED = r"J_{t+1} \sum_{k=1}^{t} \left( \prod_{j=k+1}^{t} J_j \right) p_k"
WHOLE = r"\sum_{k=1}^{t+1} \left( \prod_{j=k+1}^{t+1} J_j \right) p_k"


def status(made: Step) -> Status:
    found = search(made.claims[0], made.hints)
    evidence = found.proof or found.refutation or found.support
    return admit(made.claims[0], evidence, found.witness).status if evidence else Status.UNDECIDED


@pytest.mark.parametrize(
    "formula",
    [
        r"\prod_{j=t+1}^{t} J_j = 1",
        r"\sum_{j=t+1}^{t} J_j = 0",
        r"\sum_{j=2 t}^{2 t - 1} J_j = 0",
        r"\sum_{j=t}^{t+1} J_j = J_t + J_{t+1}",
        r"\prod_{j=t}^{t+2} J_j = J_t J_{t+1} J_{t+2}",
        rf"{WHOLE} = {CARRIED} + p_{{t+1}}",
    ],
)
def test_true(formula: str) -> None:
    assert status(step(formula, "", LETTERS)) == Status.PROVED


@pytest.mark.parametrize(
    "formula",
    [
        r"\prod_{j=t+1}^{t} J_j = 0",
        r"\sum_{j=t+1}^{t} J_j = 1",
        r"\sum_{j=t}^{t+1} J_j = J_t",
        r"\sum_{j=t}^{t+1} J_j = J_{t+1} + J_{t+2}",
        r"\prod_{j=t}^{t+1} J_j = J_t J_{t+1} J_{t+2}",
        rf"{WHOLE} = {CARRIED}",
        rf"{WHOLE} = {CARRIED} + p_t",
    ],
)
def test_false(formula: str) -> None:
    assert status(step(formula, "", LETTERS)) == Status.REFUTED


def test_backpropagation_through_time() -> None:
    """The recurrence of the total derivative is solved by the sum over time, and by no other sum."""
    chain = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        *(real(name, family=True) for name in ("D", "J", "p")),
        given=(r"D_0 = 0", r"D_s = J_s D_{s-1} + p_s"),
    )
    true = step(r"D_t = \sum_{k=1}^{t} \left( \prod_{j=k+1}^{t} J_j \right) p_k", "", chain, induction=("t", 0))
    assert status(true) == Status.PROVED
    for wrong in (
        r"D_t = \sum_{k=1}^{t} \left( \prod_{j=k}^{t} J_j \right) p_k",
        r"D_t = \sum_{k=0}^{t} \left( \prod_{j=k+1}^{t} J_j \right) p_k",
    ):
        assert status(step(wrong, "", chain, induction=("t", 0))) != Status.PROVED
