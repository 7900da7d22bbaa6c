"""A false formula does not pass: one-symbol mutants of what a handout displays are no longer proved or supported.

A sample, chosen by SHA-256, of all mutants of each topic's default handout; `python bench/mutation.py TOPIC` judges every one.
Those that live must be true: they stand with the reason in true_mutants/, and independent checks do not contradict them.
"""

from __future__ import annotations

from functools import cache

import pytest
from mutations import Mutant, cut, judged, mutable, mutants, plain, rank, true_mutants

from derive.authoring import integer, matrix, real, scope
from derive.core import Step
from derive.listing import names, topic

SAMPLE = 320
"""Mutants of the longest handout that are judged; of the others a part by their length."""
SHARES = 8
"""The sample is judged in that many tests, so that they can run side by side."""
SHARES_OF_A_TOPIC = [(name, share) for name in names() for share in range(SHARES if name == "vanishing" else 2)]


@cache
def every(name: str) -> tuple[tuple[Step, Mutant], ...]:
    """All mutants of the default handout, in the order of their SHA-256."""
    blocks = (block for section in topic(name).derivation().sections for block in section.blocks)
    steps = dict.fromkeys(block for block in blocks if isinstance(block, Step) and mutable(block))
    found = [(step, mutant) for step in steps for mutant in mutants(step.formula, step.claims[0].scope, None)]
    return tuple(sorted(found, key=lambda pair: rank(f"{pair[0].formula}\n{pair[1].formula}")))


@pytest.mark.parametrize(("name", "share"), SHARES_OF_A_TOPIC)
def test_false_mutants_do_not_pass(name: str, share: int) -> None:
    listed = true_mutants(name)
    shares = sum(name == other for other, _ in SHARES_OF_A_TOPIC)
    wrong = []
    for step, mutant in every(name)[: SAMPLE * shares // SHARES][share::shares]:
        one = judged(step, mutant)
        if one.doubts:
            wrong.append(f"{mutant.formula}: {one.outcome}, but {'; '.join(one.doubts)}")
        elif one.lives and (plain(step.formula), mutant.formula) not in listed:
            wrong.append(f"{mutant.formula} is held true; it is a mutant of {step.formula} ({mutant.change})")
    assert wrong == []


def test_there_is_enough_to_judge() -> None:
    assert len(every("vanishing")) > 1500
    assert len({step.formula for step, _ in every("vanishing")}) > 90


@pytest.mark.parametrize("name", names())
def test_every_listed_mutant_has_a_reason(name: str) -> None:
    assert all(formula and mutant and reason for (formula, mutant), reason in true_mutants(name).items())


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (r"a + b = c", r"a - b = c"),
        (r"-a = c", r"a = c"),
        (r"a = c", r"a = - c"),
        (r"a^2 = c", r"a ^{3} = c"),
        (r"a^{t} = c", r"a^{t + 1} = c"),
        (r"a^{t-1} = c", r"a^{t + 1} = c"),
        (r"19/10 = c", r"18/10 = c"),
        (r"2 a b = c", r"2 b = c"),
        (r"2 a = c", r"2 a a = c"),
        (r"W V = V", r"V W = V"),
        (r"W^\top = V", r"W = V"),
        (r"W = V", r"W^\top = V"),
        (r"W^{2} = V", r"(W^{2})^\top = V"),
        (r"a \le b", r"a \ge b"),
        (r"a < b", r"a > b"),
        (r"\sum_{k=0}^{t-1} a = c", r"\sum_{k= 1}^{t-1} a = c"),
        (r"\sum_{k=0}^{t-1} a = c", r"\sum_{k=0}^{t + 1} a = c"),
        (r"\rho(W) = a", r"\kappa (W) = a"),
        (r"(a + b)^{2} = c", r"a + b^{2} = c"),
        (r"W a = a", r"V a = a"),
    ],
)
def test_the_slips_that_are_made(formula: str, wanted: str) -> None:
    letters = scope(real("a"), real("b"), real("c"), integer("t", r"t \ge 0"), matrix("W"), matrix("V"))
    made = {"".join(cut(mutant.formula).pieces) for mutant in mutants(formula, letters, None)}
    assert "".join(cut(wanted).pieces) in made


def test_the_same_mutants_every_time() -> None:
    step, _ = every("vanishing")[0]
    where = step.claims[0].scope
    assert mutants(step.formula, where) == mutants(step.formula, where)
    assert len(mutants(step.formula, where)) <= 12
