"""Claims of known truth, made at random: none may be judged wrong. bench/generated.py runs as many as one likes."""

from __future__ import annotations

import pytest
from generated import CARELESS, KINDS, generated
from labelled_bank import is_wrong

from derive.formula import show
from derive.judge import judge_claims

SAMPLE = 50
"""Claims of each kind."""


def test_the_same_seed_gives_the_same_claims() -> None:
    assert list(generated(24, seed=5)) == list(generated(24, seed=5))
    assert list(generated(24, seed=5)) != list(generated(24, seed=6))


def test_true_and_false_ones_of_every_kind() -> None:
    made = list(generated(20 * len(KINDS), seed=3))
    true_or_not = {(kind, truth) for kind in KINDS for truth in (True, False)} - {(kind, True) for kind in CARELESS}
    assert {(one.kind, one.truth) for one in made} == true_or_not


@pytest.mark.parametrize("kind", KINDS)
def test_none_is_judged_wrong(kind: str) -> None:
    made = list(generated(SAMPLE, seed=1, kinds=(kind,)))
    wrong = [
        f"{finding.status}: {show(one.claim.lhs)} {one.claim.relation} {show(one.claim.rhs)} [{one.truth}, {one.how}]"
        for one, finding in zip(made, judge_claims([one.claim for one in made]), strict=True)
        if is_wrong("true" if one.truth else "false", finding.status) or finding.contradiction is not None
    ]
    assert not wrong, "\n".join(wrong)
