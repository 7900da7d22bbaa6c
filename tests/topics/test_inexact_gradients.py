"""The topic `inexact-gradients` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import sound_page, steps, tables

from derive.core import Derivation, InputError, Matrix
from derive.topics.inexact_gradients import Options, derivation


def column(*cells: str) -> Matrix:
    return Matrix(tuple((Fraction(cell),) for cell in cells))


CASES: dict[str, Options] = {
    "default": Options(),
    "two examples, one a batch": Options(population=2, batch=1, digits=2),
    "twelve examples": Options(population=12, batch=10**6),
    "own": Options(gradients=column("3", "-1", "1/2", "-1")),
    "all the same": Options(gradients=column("-2", "-2", "-2"), learning_rate=Fraction(1, 1000)),
    "fast": Options(learning_rate=Fraction(19, 10), noise=Fraction(1, 3)),
    "window 1": Options(window=1, steps=1, decay=Fraction(99, 100)),
    "far": Options(window=400, steps=400, feedback=Fraction(999, 1000), digits=12),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if name != "default"])
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 6


def test_default_audited() -> None:
    """Sound, and with prover and refuter both run on every claim."""
    report = sound_page(made("default"), audit=True)
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 6


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["default"]) == made("default")


def test_the_whole_data_set_has_no_noise() -> None:
    """The last row of the enumeration: all examples in one minibatch."""
    for name in ("default", "twelve examples"):
        counted = next(table for table in tables(made(name)) if "enumerated" in table.caption)
        assert len(counted.rows) == CASES[name].population
        assert counted.rows[-1][1] == "1"
        assert counted.rows[-1][3] == "$0$"


def test_the_readers_gradients_are_counted() -> None:
    counted = next(table for table in tables(made("own")) if "enumerated" in table.caption)
    assert [row[1] for row in counted.rows] == ["4", "6", "4", "1"]
    assert {row[2] for row in counted.rows} == {r"$\frac{3}{8}$"}


def test_the_floor_is_shown_for_the_reader_s_minibatch() -> None:
    floors = next(table for table in tables(made("two examples, one a batch")) if "noise floor" in table.caption)
    assert [row[0] for row in floors.rows] == ["1 (yours)", "4", "16", "64"]


@every_case
def test_the_experiment_agrees(name: str) -> None:
    """With a false alarm in at most one of a thousand million seeds: a disagreement is a bug."""
    measured = next(table for table in tables(made(name)) if "measured" in table.caption)
    assert measured.rows[-1] == ("outcome", "supported")


def test_the_naive_norm_underflows() -> None:
    reasons = [step.reason for step in steps(made("default"))]
    assert any("root of a sum of squares is 0," in reason for reason in reasons)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(population=1), "population = 1"),
        (Options(gradients=column("1")), "gradients has 1 entries"),
        (Options(batch=0), "batch = 0"),
        (Options(steps=401), "steps = 401"),
        (Options(decay=Fraction(1)), "decay = 1"),
        (Options(feedback=Fraction(0)), "feedback = 0"),
        (Options(noise=Fraction(0)), "noise = 0"),
        (Options(learning_rate=Fraction(2)), "choose a learning rate below 2"),
        (Options(learning_rate=Fraction(1), curvature=Fraction(3)), "choose a learning rate below 2/3"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
