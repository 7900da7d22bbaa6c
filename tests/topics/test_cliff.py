"""The topic `cliff` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import clean_tables, prose, reads_back, sound_page, steps, tables, three_exercises

from derive.core import Derivation, InputError, Table
from derive.topics.cliff import Options, derivation

CASES: dict[str, Options] = {
    "default": Options(),
    "negative": Options(w=Fraction(-20), b=Fraction(3, 2), depth=200, digits=12, learning_rate=Fraction(100)),
    "shallow": Options(w=Fraction(3), depth=2, digits=2, threshold=Fraction(1, 1000)),
    "far away": Options(w=Fraction(43, 10), b=Fraction(-100), depth=101, threshold=Fraction(10**6)),
}
every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


def table(name: str, word: str) -> Table:
    (found,) = (table for table in tables(made(name)) if word in table.caption)
    return found


@pytest.mark.parametrize("name", ["default", "negative"])
def test_the_page_is_sound(name: str) -> None:
    sound_page(made(name), audit=name == "default")


@every_case
def test_the_page_is_well_made(name: str) -> None:
    reads_back(made(name))
    clean_tables(made(name))
    three_exercises(made(name))


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["default"]) == made("default")


def test_words_follow_the_numbers() -> None:
    reasons = {name: " ".join(step.reason for step in steps(made(name))) for name in CASES}
    assert "Its modulus is above 1." in reasons["default"] and "it has exploded" in reasons["default"]
    assert "Its modulus is below 1." in reasons["shallow"] and "it stays moderate" in reasons["shallow"]
    assert "Its modulus is above 1." in reasons["negative"]
    assert "the loss rises as well, for clipping promises no decrease" in prose(made("default"))
    assert "clipping changes nothing" in prose(made("far away"))


def test_a_weight_without_folds_is_replaced() -> None:
    assert "w = 6" in table("shallow", "Derivative of").caption
    assert r"w = \frac{43}{10}" in table("far away", "Derivative of").caption


def test_only_a_deep_network_has_a_thin_cliff() -> None:
    assert all("10^{-" not in row[1] for row in table("shallow", "Across the cliff").rows)
    assert all("10^{-" in row[1] for row in table("default", "Across the cliff").rows)


def test_all_runs_are_accounted_for() -> None:
    for row in table("default", "Ends of 500 runs").rows:
        assert all(cell.split()[2] == "500" for cell in row[1:])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(w=Fraction(0)), "w = 0"),
        (Options(w=Fraction(21)), "w = 21"),
        (Options(b=Fraction(101)), "b = 101"),
        (Options(depth=1), "depth"),
        (Options(depth=201), "depth"),
        (Options(learning_rate=Fraction(0)), "learning rate"),
        (Options(threshold=Fraction(-1)), "threshold"),
        (Options(digits=13), "digits"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
