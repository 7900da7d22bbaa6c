"""The topic `remedies` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import clean_tables, prose, reads_back, sound_page, steps, tables, three_exercises

from derive.core import Derivation, InputError
from derive.topics.remedies import Options, derivation
from derive.topics.remedies.skip import growth_rate

CASES: dict[str, Options] = {
    "default": Options(),
    "one step": Options(horizon=1, layers=1, digits=2),
    "long": Options(
        horizon=1000, delay=7, direct=Fraction(1, 2), skip=Fraction(1, 3), forget_bias=Fraction(13, 2), layers=1000
    ),
    "on the edge": Options(delay=3, direct=Fraction(1, 2), skip=Fraction(1, 2), forget_bias=Fraction(-3, 2)),
    "long delay": Options(horizon=99, delay=100),
    "digits": Options(digits=12, leak=Fraction(99, 100), weight=Fraction(1, 1000), variance=Fraction(9, 10)),
}
JUDGED = ("long", "on the edge")
"""Judging costs a second or two; the default page is judged in its audit."""

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", JUDGED)
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 4


def test_default_audited() -> None:
    sound_page(made("default"), audit=True)


@every_case
def test_the_page_reads_back(name: str) -> None:
    reads_back(made(name))
    clean_tables(made(name))
    three_exercises(made(name))
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


def test_the_sum_of_the_weights_decides() -> None:
    reasons = {name: " ".join(step.reason for step in steps(made(name))) for name in CASES}
    assert "above 1, so it grows" in reasons["default"]
    assert "below 1, so it vanishes" in reasons["long"]
    assert "it neither grows nor vanishes" in reasons["on the edge"]


@every_case
def test_the_rate_is_the_zero(name: str) -> None:
    options = CASES[name]
    a, b, d = float(options.direct), float(options.skip), options.delay
    r = float(growth_rate(options.direct, options.skip, d))
    assert abs(r**d - a * r ** (d - 1) - b) < 1e-9 * max(1, r**d)
    assert (r > 1 + 1e-9) == (options.direct + options.skip > 1)


def test_the_overview_has_one_row_a_remedy() -> None:
    overview = tables(made("default"))[0]
    assert len(overview.rows) == 6 and overview.rows[-1][-1] == "$1.000$"
    assert "10^{-1}" in prose(made("default")) and "10^{-8}" in prose(made("default"))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(horizon=0), "horizon = 0"),
        (Options(leak=Fraction(1)), "leak = 1"),
        (Options(weight=Fraction(0)), "weight = 0"),
        (Options(delay=1), "delay = 1"),
        (Options(direct=Fraction(0)), "direct = 0"),
        (Options(skip=Fraction(5, 2)), "skip = 5/2"),
        (Options(forget_bias=Fraction(51)), "forget_bias = 51"),
        (Options(layers=0), "layers = 0"),
        (Options(variance=Fraction(1)), "variance = 1"),
        (Options(digits=1), "digits"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
