"""Closed algebraic numbers: equality by height, and near misses that a bound of too few bits would take for equal."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from flint import arb, ctx

from derive.core import Counterexample, Enclosure, Relation, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.balls import Undefined, evaluate, holds
from derive.kernel.balls.heights import separation
from derive.kernel.terms import number, sub

EQUAL = (
    r"\sqrt{2} + \sqrt{3} = \sqrt{5 + 2 \sqrt{6}}",
    r"\sqrt[3]{2 + \sqrt{5}} + \sqrt[3]{2 - \sqrt{5}} = 1",
    r"\sqrt[3]{\sqrt[3]{2} - 1} = \sqrt[3]{\frac{1}{9}} - \sqrt[3]{\frac{2}{9}} + \sqrt[3]{\frac{4}{9}}",
    r"\tan\left(\frac{\pi}{7}\right) \tan\left(\frac{2 \pi}{7}\right) \tan\left(\frac{3 \pi}{7}\right) = \sqrt{7}",
    r"\cos(\pi/5) = \frac{1 + \sqrt{5}}{4}",
    r"\tan(3 \pi/11) + 4 \sin(2 \pi/11) = \sqrt{11}",
    r"e^{2 \pi \mathrm{i}/5} + e^{4 \pi \mathrm{i}/5} + e^{6 \pi \mathrm{i}/5} + e^{8 \pi \mathrm{i}/5} = -1",
    r"|1 - \sqrt{2}| = \sqrt{3 - 2 \sqrt{2}}",
    r"\max(\sqrt{2}, \sqrt{3}) = \sqrt{3}",
    r"2^{1/2} \cdot 2^{1/3} = 2^{5/6}",
)


@pytest.mark.parametrize("latex", EQUAL)
def test_equal_algebraic_numbers_are_proved_equal(latex: str) -> None:
    assert admit(read_claim(latex), Enclosure()).status == Status.PROVED


@pytest.mark.parametrize("latex", EQUAL)
@pytest.mark.parametrize("digits", [9, 40, 200])
def test_but_not_what_is_wrong_by_little(latex: str, digits: int) -> None:
    claim = read_claim(f"{latex} + 10^{{-{digits}}}")
    with pytest.raises(NotAdmitted):
        admit(claim, Enclosure())
    assert admit(claim, Counterexample(())).status == Status.REFUTED


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\ln(640320^3 + 744)}{\sqrt{163}} = \pi",  # no algebraic numbers: no bound
        r"\sin^2(1) + \cos^2(1) = \cosh(0)",
        r"e^{\pi} = e^{\pi} + 0 \cdot \ln 2",
        r"e^{\pi/5} = \cos(0) e^{\pi/5}",
        r"\sqrt{-1} = \sqrt{-1}",  # not defined
        r"\frac{1}{\sqrt{2} - \sqrt{2}} = \frac{1}{\sqrt{2} - \sqrt{2}}",
        r"\sqrt{\sqrt{6} - \sqrt{2} \sqrt{3} - 10^{-30}} = 0",  # the root of what is less than 0
    ],
)
def test_what_is_not_algebraic_or_not_defined_has_no_bound(latex: str) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex), Enclosure())


def test_a_strict_inequality_between_equal_numbers_is_refuted() -> None:
    for relation in ("<", ">", r"\ne"):
        claim = read_claim(rf"\sqrt{{2}} + \sqrt{{3}} {relation} \sqrt{{5 + 2 \sqrt{{6}}}}")
        assert admit(claim, Counterexample(())).status == Status.REFUTED


def _random_number(random: Random, depth: int) -> str:
    if depth == 0:
        return str(random.randint(1, 30))
    a, b = (_random_number(random, depth - 1) for _ in range(2))
    kind = random.randrange(7)
    return (
        f"({a} + {b})",
        f"({a} - {b})",
        f"{a} \\cdot {b}",
        f"\\frac{{{a}}}{{{b} + 1}}",
        f"\\sqrt{{|{a}|}}",
        f"\\sqrt[3]{{{a}}}",
        f"\\cos\\left(\\frac{{{random.randint(1, 9)} \\pi}}{{{random.choice((3, 4, 5, 7))}}}\\right)",
    )[kind]


def test_the_bound_holds_for_random_numbers() -> None:
    """Differences of random numbers and of their best rational approximations of 40 bits: none that is not 0 is below its bound."""
    random, tested = Random(1), 0
    while tested < 1000:
        term = read_claim(f"{_random_number(random, 2)} = 0").lhs
        bits = separation(term, number(0), {})
        try:
            ball = evaluate(term, {}, 256)
        except Undefined:
            continue
        near = Fraction(float(ball.real.mid())).limit_denominator(2**20)
        for other in (number(0), number(near)):
            bits = separation(term, other, {})
            with ctx.workprec(256):
                size = abs(evaluate(sub(term, other), {}, 256))
                assert bits is None or size.contains(0) or bool(size >= arb(2) ** -bits), term
        tested += bits is not None


def test_small_powers_of_a_unit_come_close_to_their_bound() -> None:
    """(sqrt(2) - 1)^k and its height grow together: a bound that lost a factor would call it 0."""
    for k in (1, 10, 100, 400):
        claim = read_claim(rf"(\sqrt{{2}} - 1)^{{{k}}} = 0")
        bits = separation(claim.lhs, claim.rhs, {})
        assert bits is not None and bits < 8 * k + 16
        assert holds(Relation(claim.lhs, "=", claim.rhs), {}) is False


def test_a_bound_that_asks_for_too_much_is_not_followed() -> None:
    claim = read_claim(r"\cos\left(\frac{\pi}{3499}\right) \sqrt{2} = \sqrt{3}")
    assert separation(claim.lhs, claim.rhs, {}) is None
    assert separation(read_claim(r"(\sqrt{2} + \sqrt{3})^{100000} = 1").lhs, number(1), {}) is None
