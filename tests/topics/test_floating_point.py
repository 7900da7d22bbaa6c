"""The topic `floating-point` in every format, and its arithmetic against the machine's own."""

from __future__ import annotations

import random
import struct
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import inf, isnan

import numpy as np
import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError
from derive.topics.floating_point import Options, derivation
from derive.topics.floating_point.arithmetic import KNOWN, added, multiplied, rounded, spacing
from derive.topics.floating_point.infinity import updates
from derive.topics.floating_point.practice import last_kept
from derive.topics.floating_point.vanishing import run
from derive.topics.floating_point.zeros import power_method

CASES: dict[str, Options] = {
    "default": Options(),
    "half": Options(precision="half", weight=Fraction(99, 100)),
    "bfloat16": Options(precision="bfloat16"),
    "halves": Options(weight=Fraction(1, 2), rate=Fraction(1, 10**7), digits=8),
    "doubles": Options(precision="single", weight=Fraction(2), start=Fraction(1, 3), digits=2),
    "never moves": Options(weight=1 - Fraction(1, 10**20), start=Fraction(1)),
    "does not come to rest": Options(weight=Fraction(9999, 10000), start=Fraction(1, 2)),
    "thirds": Options(weight=Fraction(2, 3), start=Fraction(22, 7), rate=Fraction(100), digits=12),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


def different(made: Derivation) -> Derivation:
    """The page without the sections that are word for word those of the default page; the exercises stay."""
    known = derivation().sections
    return replace(made, sections=tuple(s for s in made.sections if s not in known or s.key == "exercises"))


@every_case
def test_the_page_is_sound(name: str) -> None:
    if name != "default":  # which is judged below, with prover and refuter on every claim
        sound_page(different(made(name)))


def test_default_audited() -> None:
    """Prover and refuter both run on every claim: no contradiction."""
    report = sound_page(made("default"), audit=True)
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 3


@every_case
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ------------------------------------------------------------------------------------------------ the arithmetic itself


def of(name: str, bits: int) -> Fraction | float:
    """The number with these bits in the machine's own format."""
    (value,) = struct.unpack(
        *{"double": ("<d", struct.pack("<Q", bits)), "single": ("<f", struct.pack("<I", bits))}[name]
    )
    return float(value) if isnan(value) or abs(value) == inf else Fraction(value)


NUMPY = {"double": np.float64, "single": np.float32, "half": np.float16}


@pytest.mark.parametrize("name", NUMPY)
def test_the_arithmetic_is_that_of_the_machine(name: str) -> None:
    """Sums and products of random numbers of every size, subnormal ones too, bit for bit."""
    form, kind = KNOWN[name], NUMPY[name]
    draw = random.Random(5)
    with np.errstate(all="ignore"):
        for _ in range(3000):
            x, y = (draw.uniform(-1, 1) * 2.0 ** draw.uniform(form.tiny - 2, form.high + 1) for _ in range(2))
            x, y = float(kind(x)), float(kind(y))
            if draw.random() < 0.3:
                y = float(kind(x * draw.uniform(0.5, 2)))
            if abs(x) == inf or abs(y) == inf:
                continue
            for ours, theirs in (
                (added(Fraction(x), Fraction(y), form), kind(x) + kind(y)),
                (multiplied(Fraction(x), Fraction(y), form), kind(x) * kind(y)),
            ):
                assert float(ours) == float(theirs)


def test_bfloat16_is_single_cut_to_sixteen_bits() -> None:
    """Rounding to bfloat16 by bits: add half of what is cut, ties to even."""
    draw = random.Random(6)
    for _ in range(3000):
        x = float(np.float32(draw.uniform(-1, 1) * 2.0 ** draw.uniform(-140, 127)))
        (bits,) = struct.unpack("<I", struct.pack("<f", x))
        cut = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16 << 16
        assert rounded(Fraction(x), KNOWN["bfloat16"]) == of("single", cut & 0xFFFFFFFF)


@pytest.mark.parametrize("name", KNOWN)
def test_the_ends_of_each_format(name: str) -> None:
    form = KNOWN[name]
    tiny, top = Fraction(2) ** form.tiny, Fraction(2) ** (form.high + 1)
    assert rounded(tiny / 2, form) == 0 and rounded(tiny * Fraction(51, 100), form) == tiny
    assert rounded(-tiny * 3 / 2, form) == -2 * tiny  # a tie goes to the even number
    assert rounded(form.largest, form) == form.largest < top
    assert rounded(form.largest + spacing(form.largest, form) * Fraction(49, 100), form) == form.largest
    assert rounded(form.largest + spacing(form.largest, form) / 2, form) == inf
    assert isnan(added(inf, -inf, form)) and isnan(multiplied(inf, Fraction(0), form))
    assert added(inf, Fraction(-1), form) == inf and multiplied(-inf, Fraction(-2), form) == inf


def test_operations_on_infinities_are_those_of_floats() -> None:
    values: list[Fraction | float] = [inf, -inf, float("nan"), Fraction(0), Fraction(3), Fraction(-2)]
    form = KNOWN["double"]
    with np.errstate(all="ignore"):
        for x in values:
            for y in values:
                for ours, theirs in (
                    (added(x, y, form), float(x) + float(y)),
                    (multiplied(x, y, form), float(x) * float(y)),
                ):
                    assert (isnan(ours) and isnan(theirs)) or ours == theirs


# ----------------------------------------------------------------------------------------------------- what it tells of


@pytest.mark.parametrize("weight", [0.9, 0.5, 2 / 3, 2.0, 0.75])
def test_the_chain_is_that_of_the_machine(weight: float) -> None:
    value, t = 1.0, 0
    while value * weight != value:
        value, t = value * weight, t + 1
    chain = run(Fraction(weight), KNOWN["double"])
    assert chain.settled and float(chain.end) == value and chain.milestones[-1][0] == t


def test_gradient_descent_is_that_of_the_machine() -> None:
    """-1.65e148, inf, NaN at updates 5, 6, 7."""
    w, found = 3.0, updates(Fraction(3), KNOWN["double"])
    assert len(found) == 8
    for ours in found:
        assert (isnan(w) and isnan(ours)) or w == float(ours)
        w = w - 0.5 * (4 * (w * w * w) - 2 * w)
    assert -1.66e148 < float(found[5]) < -1.64e148 and found[6] == inf and isnan(found[7])


def test_the_power_method_is_that_of_the_machine() -> None:
    x, y = 1.0, -2.0
    for a, b in power_method(KNOWN["double"]):
        assert (Fraction(x), Fraction(y)) == (a, b)
        x, y = 4 * x + y, 2 * x + 3 * y
        length = (x * x + y * y) ** 0.5
        x, y = x / length, y / length


@pytest.mark.parametrize(
    ("weight", "kept"), [(Fraction(3, 4), 2), (Fraction(9, 10), 4), (Fraction(0.9), 5), (Fraction(999, 1000), 500)]
)
def test_the_largest_number_that_is_kept(weight: Fraction, kept: int) -> None:
    assert last_kept(weight) == kept


def test_each_end_of_a_chain_has_its_words() -> None:
    assert "ends at exactly 0" in prose(made("halves"))
    assert "no number for them" in prose(made("doubles"))
    assert "never moves" in prose(made("never moves"))
    assert "has not come to rest" in prose(made("does not come to rest"))
    assert any(r"\cdot 5 - 5" in step.formula for step in steps(made("default")))


def test_a_small_rate_helps_and_a_large_one_does_not() -> None:
    reasons = [step.reason for step in steps(made("halves"))]
    assert any("the step has helped" in reason for reason in reasons)
    assert any("far worse than before" in step.reason for step in steps(made("default")))


def test_the_lengths_by_squares() -> None:
    for name in ("default", "doubles", "half", "bfloat16"):
        (table,) = (table for table in tables(made(name)) if table.caption.startswith("The length by squares"))
        assert [row[1] for row in table.rows] == ["$0$", r"$\infty$"]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(precision="quad"), "precision"),
        (Options(weight=Fraction(0)), "weight"),
        (Options(weight=Fraction(17)), "weight"),
        (Options(start=Fraction(101)), "start"),
        (Options(rate=Fraction(-1)), "rate"),
        (Options(precision="half", weight=Fraction(1, 10**9)), "weight"),
        (Options(digits=1), "digits"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
