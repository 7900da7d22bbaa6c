"""The topic `saturation` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import clean_tables, prose, reads_back, sound_page, steps, tables, three_exercises

from derive.core import Derivation, InputError
from derive.topics.saturation import Options, derivation

CASES: dict[str, Options] = {
    "default": Options(),
    "tanh": Options(activation="tanh"),
    "one layer": Options(depth=1),
    "deepest": Options(depth=30),
    "deepest tanh": Options(activation="tanh", depth=30, weight=Fraction(-3), start=Fraction(2)),
    "attained": Options(weight=Fraction(4), bias=Fraction(-2), start=Fraction(1, 2)),
    "explodes": Options(weight=Fraction(6), bias=Fraction(-3), start=Fraction(1, 2), depth=10),
    "tanh at rest": Options(activation="tanh", start=Fraction(0)),
    "negative": Options(weight=Fraction(-7, 2), bias=Fraction(1, 3)),
    "far out": Options(weight=Fraction(10), bias=Fraction(10), start=Fraction(-10), depth=5),
    "digits": Options(digits=12),
}

JUDGED = ("deepest tanh", "attained")
"""Judging costs a second or two; the default page is judged in its audit."""

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", JUDGED)
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 6
    assert all(
        finding.trust == ("flint",) for judged in report.steps if not judged.step.assumed for finding in judged.findings
    )


def test_default_audited() -> None:
    sound_page(made("default"), audit=True)


@every_case
def test_the_page_reads_back(name: str) -> None:
    reads_back(made(name))
    clean_tables(made(name))
    three_exercises(made(name))
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


def test_words_follow_the_numbers() -> None:
    assert "the gradient is small" in prose(made("default")) and "The bound vanishes" in prose(made("default"))
    assert "the gradient is about as large as 1" in prose(made("attained"))
    assert "The bound is 1 for ever" in prose(made("attained"))
    assert "the gradient is large" in prose(made("explodes")) and "the last layer multiplies" in prose(made("explodes"))


def test_the_window_is_shown_for_the_sigmoid_alone() -> None:
    windows = {name: any("1 < w" in str(step) for step in steps(made(name))) for name in ("default", "tanh")}
    thresholds = {name: any("w^{n} = \\infty" in step.formula for step in steps(made(name))) for name in windows}
    assert thresholds == {"default": True, "tanh": False}


def test_the_table_has_a_row_for_the_last_layer() -> None:
    for name, options in CASES.items():
        (table,) = tables(made(name))
        assert table.rows[-1][0] == str(options.depth)


def test_the_attained_bound_is_exact() -> None:
    assert any(step.formula == "g_{20} = 1" for step in steps(made("attained")))
    assert any(step.formula == "g_{20} = 1048576" or "1.049" in step.formula for step in steps(made("tanh at rest")))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(weight=Fraction(0)), "weight = 0"),
        (Options(weight=Fraction(11)), "weight = 11"),
        (Options(bias=Fraction(-11)), "bias = -11"),
        (Options(start=Fraction(21, 2)), "start = 21/2"),
        (Options(depth=0), "depth = 0"),
        (Options(depth=31), "depth = 31"),
        (Options(digits=1), "digits"),
        (Options(activation="relu"), "sigmoid, tanh"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
