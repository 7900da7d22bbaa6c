"""The topic `newton` under many options, among them functions of every kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError
from derive.functions import read_function
from derive.topics.newton import Options, derivation


def own(f: str, **more: object) -> Options:
    return Options(f=read_function(f, "f"), **more)  # type: ignore[arg-type]


CASES: dict[str, Options] = {
    "default": Options(),
    "cubic": own("x^3 - 2x + 2"),
    "three roots": own("x^3 - x", start=Fraction(46, 100)),
    "double root": own("(x - 1)^{2} (x + 2)"),
    "irrational double root": own("(x^2 - 2)^2"),
    "no root": own("x^2 + 1", steps=20),
    "line": own("2x - 3"),
    "power": own("x^{10}", start=Fraction(1)),
    "quotient": own(r"\frac{x}{x - 1}", start=Fraction(1, 2)),
    "reciprocal": own(r"\frac{1}{x}"),
    "quintic": own("x^5 - x - 1", digits=12),
    "cube root": own(r"\sqrt[3]{x}"),
    "square root": own(r"\sqrt{x}"),
    "tanh": own(r"\tanh x"),
    "sinh": own(r"\sinh x", start=Fraction(-5)),
    "logarithm": own(r"\ln x", start=Fraction(3)),
    "exponential": own("e^{x} - 2", rate=Fraction(3, 7)),
    "bell": own("x e^{-x^2}", window=Fraction(3), digits=3),
    "cosine": own(r"1 - \cos x", window=Fraction(7)),
    "no derivative at the start": own(r"\ln x", start=Fraction(-1)),
    "critical start": own("x^2 + 1", start=Fraction(0)),
    "high degree": own("x^{24} - 3x^{11} + 1"),
    "many cycles": own(r"\sin(10x) e^{-x^2}", window=Fraction(5, 2)),
    "softplus": own(r"\ln(1 + e^{-x})", start=Fraction(0), steps=1),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


ALIKE = ("descent", "yours", "exercises")
"""The sections that depend on the options, and the last one."""


def judged_part(name: str) -> Derivation:
    """All that the default does not have."""
    page = made(name)
    kept = tuple(section for section in page.sections if section.key in ALIKE)
    return page if name == "default" else replace(page, sections=kept)


@every_case
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(judged_part(name), audit=name == "default")
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == (3 if name == "default" else 1)
    assert all(
        finding.trust == ("flint",) for judged in report.steps if not judged.step.assumed for finding in judged.findings
    )


@pytest.mark.parametrize("name", ["default", "cubic", "bell"])
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("default", "every start strictly between $-1.391745$ and $1.391745$ converges to $0$"),
        ("default", "**no step explodes**"),
        ("default", "it runs away"),
        ("cubic", "every start below $-0.8164966$ converges to it, and that pole is the edge"),
        ("cubic", "The orbit turns on a cycle of period 2"),
        ("three roots", "every start strictly between $-0.4472136$ and $0.4472136$ converges to $0$"),
        ("three roots", "every start beyond $0.5773503$ converges to it"),
        ("double root", "It has multiplicity 2"),
        ("no root", "**No root was found**, and there is none on the real line"),
        ("no root", "has not settled"),
        ("line", "one step ends at the root"),
        ("cube root", "$f$ has no finite derivative"),
        ("tanh", "every start strictly between $-1.088659$ and $1.088659$ converges to $0$"),
        ("sinh", "every start converges to it"),
        ("exponential", "every start converges to it"),
        ("bell", "every start strictly between $-\\frac{1}{2}$ and $\\frac{1}{2}$ converges to $0$"),
        ("no derivative at the start", "there is no first step"),
        ("critical start", "Here the derivative is 0"),
        ("softplus", "**No root was found**"),
        ("irrational double root", "A root of multiplicity 2 lies at $1.414214$"),
        ("square root", "the first step leads out of its domain"),
        ("high degree", "Its cycles were not looked for"),
    ],
)
def test_what_it_says(name: str, words: str) -> None:
    assert words in prose(made(name))


@pytest.mark.parametrize("name", ["logarithm", "quotient", "square root", "reciprocal"])
def test_what_is_not_settled_is_not_said(name: str) -> None:
    assert "every start" not in prose(made(name))


def test_poles_and_cycles_of_the_cubic() -> None:
    """c = ±sqrt(2/3), strength f(c)/f''(c); the cycle 0, 1 and a repelling one; two of period 3."""
    poles, cycles = (
        next(t for t in tables(made("cubic")) if t.caption.startswith(word)) for word in ("Poles", "Cycles")
    )
    c = (2 / 3) ** 0.5
    for row, place in zip(poles.rows, (-c, c), strict=True):
        assert abs(float(row[0].strip("$")) - place) < 1e-6 and row[1] == "1"
        assert abs(float(row[2].strip("$")) - (place**3 - 2 * place + 2) / (6 * place)) < 1e-6
    assert [row[0] for row in cycles.rows] == ["2", "2", "3", "3"]
    assert [row[3] for row in cycles.rows] == ["super-attracting", "repelling", "repelling", "repelling"]


def test_an_attracting_cycle_of_period_3() -> None:
    (row,) = (row for t in tables(made("quintic")) if t.caption == "Cycles" for row in t.rows if row[3] == "attracting")
    x = float(row[1].split(",")[0].strip(" $"))
    for _ in range(3):
        x -= (x**5 - x - 1) / (5 * x**4 - 1)
    assert abs(x - float(row[1].split(",")[0].strip(" $"))) < 1e-9


def test_the_threshold_of_descent_follows_the_rate() -> None:
    assert any("1.08012345" in step.formula for step in steps(made("exponential")))


@pytest.mark.parametrize(
    ("f", "word"),
    [
        ("", "empty"),
        ("3", "constant"),
        ("x - x", "constant"),
        ("y + 1", "letter"),
        (r"\frac{1}{0} x", "no derivative at any"),
        (r"\ln(-1 - x^2)", "no derivative at any"),
        (r"\sqrt{-1 - x^2}", "no derivative at any"),
        ("0 x", "constant"),
        (r"\lvert x \rvert", "no derivative"),
        ("x**3", r"\*\*"),
        ("arctan x", r"write \\arctan"),
        ("x = 1", "right side"),
        ("x^{99}", "exponent"),
        ("x" * 201, "201 characters"),
        (r"\binom{x}{2}", "binomial"),
        (r"\foo x", "foo"),
        ("(x", "expected"),
        (r"x + \mathrm{i}", "constant i"),
        (r"x + \gamma", "constant gamma"),
        ("x + 1234567890123", "numeral"),
    ],
)
def test_functions_that_are_refused_in_one_line(f: str, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(own(f))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        Options(steps=0),
        Options(digits=2),
        Options(rate=Fraction(0)),
        Options(window=Fraction(0)),
        Options(start=Fraction(10**6)),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options) -> None:
    with pytest.raises(InputError) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
