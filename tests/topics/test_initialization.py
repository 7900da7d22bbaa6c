"""The topic `initialization` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import clean_tables, prose, reads_back, sound_page, tables, three_exercises

from derive.authoring import approximate, scope
from derive.core import Derivation, InputError
from derive.topics.initialization import Options, derivation
from derive.topics.initialization.layers import recipes

CASES: dict[str, Options] = {
    "default": Options(),
    "relu": Options(activation="relu"),
    "equal widths": Options(n_in=64, n_out=64),
    "widening": Options(n_in=3, n_out=1000, activation="relu"),
    "one unit": Options(n_in=1, n_out=1, depth=3, width=2, activation="relu"),
    "deep": Options(depth=1000, variance=Fraction(1000), width=1000),
    "large start": Options(start=Fraction(1, 2), depth=16),
    "small start": Options(start=Fraction(1, 10**6), depth=50),
    "digits": Options(digits=12),
}

JUDGED = ("one unit", "deep")
"""Judging costs a second or two; the default page is judged in its audit."""

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", JUDGED)
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 3


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
    assert "narrows: under the compromise forward the signal grows" in prose(made("default"))
    assert "widens: under the compromise forward the signal shrinks" in prose(made("widening"))
    assert "the three recipes are one" in prose(made("equal widths"))
    assert "slower with ten layers" in prose(made("default")) and "faster with ten layers" in prose(made("large start"))


@every_case
def test_recipes(name: str) -> None:
    """Each keeps what it promises; the compromise gains less than 2 in any direction and at most 1 in both together."""
    forward, backward, compromise = recipes(CASES[name])
    assert forward.forward == backward.backward == 1
    assert compromise.forward < 2 and compromise.backward < 2
    assert compromise.forward + compromise.backward == 2
    equal = CASES[name].n_in == CASES[name].n_out
    assert (compromise.forward * compromise.backward == 1) == equal


def test_the_table_of_times_has_the_depth() -> None:
    for name, options in CASES.items():
        assert str(options.depth) in [row[0] for row in tables(made(name))[-1].rows]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(n_in=0), "n_in = 0"),
        (Options(n_out=10**6), "n_out = 1000000"),
        (Options(depth=2), "depth = 2"),
        (Options(width=1), "width = 1"),
        (Options(variance=Fraction(0)), "variance"),
        (Options(start=Fraction(3, 4)), "start = 3/4"),
        (Options(digits=13), "digits"),
        (Options(activation="gelu"), "linear or relu"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)


def test_a_number_that_is_enclosed_too_widely_is_refused() -> None:
    """The time as one integral: its integrand is so steep that the ball is wide, and its middle is not the value."""
    ends = r"\int_{\left( \frac{1}{10000} \right)^{1/10}}^{\left( \frac{9}{10} \right)^{1/10}}"
    with pytest.raises(InputError, match="not enclosed to 4 digits"):
        approximate(rf"{ends} \frac{{1}}{{w^{{9}} (1 - w^{{10}})}} \, dw", "", scope(), 4)
