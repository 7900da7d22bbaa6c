"""The topic `momentum` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError
from derive.topics.momentum import Options, derivation

CASES: dict[str, Options] = {
    "default": Options(),
    "double root": Options(
        smallest=Fraction(1, 4), largest=Fraction(1), momentum=Fraction(1, 4), learning_rate=Fraction(9, 4)
    ),
    "no momentum": Options(smallest=Fraction(3), largest=Fraction(150), momentum=Fraction(0), digits=12),
    "worst conditioned": Options(
        largest=Fraction(10**5), momentum=Fraction(999, 1000), learning_rate=Fraction(1, 10**6)
    ),
    "hardly conditioned": Options(smallest=Fraction(999), largest=Fraction(1000), learning_rate=Fraction(10**9)),
}
every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@every_case
def test_the_page_is_sound(name: str) -> None:
    sound_page(made(name), audit=name == "default")


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["default"]) == made("default")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("default", "the first converges, the second does not converge"),
        ("no momentum", "the first converges, the second converges"),
        ("worst conditioned", "the first converges, the second converges"),
        ("hardly conditioned", "the first does not converge, the second does not converge"),
    ],
)
def test_words_follow_the_limits(name: str, words: str) -> None:
    assert words in prose(made(name))


def test_a_double_root_is_told_without_a_spectral_radius() -> None:
    reasons = [step.reason for step in steps(made("double root"))]
    assert any("the two roots coincide at" in reason for reason in reasons)


def test_an_irrational_root_stays_a_root() -> None:
    assert any(r"\sqrt{50}" in step.formula for step in steps(made("no momentum")))
    assert any("2143" in step.formula for step in steps(made("default")))


def test_the_table_counts_to_a_hundred() -> None:
    (table,) = tables(made("default"))
    assert all(0 <= int(cell.split()[0]) <= 100 for row in table.rows for cell in row[1:])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(smallest=Fraction(0)), "eigenvalues"),
        (Options(smallest=Fraction(2), largest=Fraction(2)), "eigenvalues"),
        (Options(largest=Fraction(10**6)), "condition number"),
        (Options(momentum=Fraction(1)), "momentum"),
        (Options(momentum=Fraction(-1, 2)), "momentum"),
        (Options(learning_rate=Fraction(0)), "learning rate"),
        (Options(digits=1), "digits"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
