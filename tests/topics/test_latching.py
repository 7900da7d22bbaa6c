"""The topic `latching` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import prose, sound_page, tables

from derive.core import Derivation, InputError
from derive.topics.latching import Options, derivation

CASES: dict[str, Options] = {
    "default": Options(),
    "barely holding": Options(weight=Fraction(21, 20), inputs=Fraction(1, 1000), digits=2),
    "steep": Options(weight=Fraction(20), inputs=Fraction(10), horizon=1000, start=Fraction(99, 100)),
    "no chaos": Options(rate=Fraction(29, 10), noise=Fraction(1, 1000), basin=Fraction(3, 4), horizon=1),
    "wilder": Options(rate=Fraction(79, 20), noise=Fraction(1, 500), digits=12),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if name != "default"])
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 3


def test_default_audited() -> None:
    """Sound, and with prover and refuter both run on every claim."""
    report = sound_page(made("default"), audit=True)
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 3


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["default"]) == made("default")


@every_case
def test_the_bit_is_held_below_the_threshold_and_lost_above(name: str) -> None:
    fates = next(table for table in tables(made(name)) if "Holding the input" in table.caption)
    assert fates.rows[0][1].startswith("held")
    assert fates.rows[1][1].startswith("lost after")


def test_words_follow_the_rate() -> None:
    assert "the gradient explodes" in prose(made("default"))
    assert "the gradient explodes" in prose(made("wilder"))
    assert "the gradient vanishes. That the" in prose(made("no chaos"))


@every_case
def test_disturbances_stay_within_the_tube(name: str) -> None:
    """Run <= constant worst input <= proved radius, as printed."""
    table = next(table for table in tables(made(name)) if "push the state" in table.caption)
    radius, worst, seen = (_number(row[1]) for row in table.rows)
    assert seen <= worst <= radius


def _number(cell: str) -> float:
    mantissa, _, power = cell.strip("$").partition(" \\cdot 10^{")
    return float(mantissa) * 10 ** int(power.rstrip("}") or 0)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(weight=Fraction(1)), "up to 1 the unit forgets"),
        (Options(weight=Fraction(21)), "weight = 21"),
        (Options(inputs=Fraction(1)), "can erase the bit: .* below 0.5328"),
        (Options(inputs=Fraction(0)), "inputs = 0"),
        (Options(basin=Fraction(1, 10)), "choose one from"),
        (Options(basin=Fraction(1)), "basin = 1"),
        (Options(horizon=0), "horizon = 0"),
        (Options(rate=Fraction(5)), "rate = 5"),
        (Options(rate=Fraction(4)), "may lose its sign"),
        (Options(noise=Fraction(1, 4)), "may lose its sign"),
        (Options(start=Fraction(1)), "start = 1"),
        (Options(digits=13), "digits = 13"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
