"""The topic `long-term` under many options, and the runs that it shows."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError
from derive.topics.long_term import Options, derivation
from derive.topics.long_term.experiments import gated_cell, plain_unit, tanh
from derive.topics.long_term.training import _judgement

CASES: dict[str, Options] = {
    "default": Options(),
    "short, few runs": Options(horizon=3, lag=1, seeds=10, updates=100, digits=2),
    "nearly no contraction": Options(
        weight=Fraction(99, 100), forget=Fraction(999, 1000), horizon=300, lag=300, seeds=10, updates=100
    ),
    "strong contraction": Options(
        weight=Fraction(1, 100), noise=Fraction(1000), signal=Fraction(1, 10), seeds=10, updates=100, digits=12
    ),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if name != "default"])
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 7


def test_default_audited() -> None:
    """Sound, and with prover and refuter both run on every claim."""
    report = sound_page(made("default"), audit=True)
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 7


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["short, few runs"]) == made("short, few runs")


@every_case
def test_the_sum_is_the_derivative(name: str) -> None:
    assert "The sum of the terms equals the derivative" in prose(made(name))


def test_long_sequences_succeed_less_often() -> None:
    counts = next(table for table in tables(made("default")) if "Successful runs" in table.caption)
    five, ten, twenty = (int(row[1].split()[0]) for row in counts.rows)
    assert five > ten > twenty


def test_the_interval_is_judged() -> None:
    judged = [step.formula for step in steps(made("default")) if r"\binom{40}{i}" in step.formula]
    assert len(judged) == 2


def test_the_tanh_of_the_experiments_is_close() -> None:
    x = np.linspace(-9, 9, 10_001)
    assert abs(tanh(x) - np.tanh(x)).max() < 2e-4
    assert abs(tanh(x)).max() <= 1


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(weight=Fraction(1)), "weight = 1"),
        (Options(forget=Fraction(1)), "forget = 1"),
        (Options(horizon=2), "horizon = 2"),
        (Options(lag=0), "lag = 0"),
        (Options(seeds=9), "seeds = 9"),
        (Options(updates=99), "updates = 99"),
        (Options(signal=Fraction(0)), "signal = 0"),
        (Options(noise=Fraction(1001)), "noise = 1001"),
        (Options(digits=1), "digits = 1"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)


def test_the_words_follow_the_counts() -> None:
    """Better only where the interval of the cell lies above that of the plain unit, worse where it lies below."""
    assert "after 9 updates the intervals overlap" in _judgement(9, 4, [4, 6], 40).lower()
    assert "better from both starts" in _judgement(9, 4, [40, 39], 40)
    assert "better from one start" in _judgement(9, 4, [40, 4], 40)
    assert "worse from both starts" in _judgement(9, 40, [4, 0], 40)
    assert "better from one start and worse from the other" in _judgement(9, 20, [40, 0], 40)


def test_budgets_are_counted_apart() -> None:
    """A run with two budgets counts for each what a run of that budget alone counts."""
    together = plain_unit((5, 10), 10, (600, 1100), 3)
    assert together == [plain_unit((5, 10), 10, (600,), 3)[0], plain_unit((5, 10), 10, (1100,), 3)[0]]
    cells = gated_cell(5, 10, (150, 300), 3, (1.0, 3.0))
    assert cells == [gated_cell(5, 10, (150,), 3, (1.0, 3.0))[0], gated_cell(5, 10, (300,), 3, (1.0, 3.0))[0]]
