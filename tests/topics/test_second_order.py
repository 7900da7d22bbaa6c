"""The topic `second-order` under many options, among them losses of every kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError
from derive.functions import read_function
from derive.topics.second_order import Options, derivation


def own(f: str, **more: object) -> Options:
    return Options(f=read_function(f, "f"), **more)  # type: ignore[arg-type]


CASES: dict[str, Options] = {
    "default": Options(),
    "shallow": Options(depth=3, target=Fraction(1, 2)),
    "deep": Options(depth=60, start=Fraction(3, 4), digits=12),
    "right of the minimum": Options(start=Fraction(11, 10), damping=Fraction(5)),
    "odd depth": Options(depth=7, target=Fraction(2), digits=3),
    "power": own("x^{10}"),
    "softplus": own(r"\ln(1 + e^{-x})"),
    "rational tail": own(r"\frac{1}{1 + x^2}"),
    "bell": own("e^{-x^2}", window=Fraction(3)),
    "line": own("2x + 1"),
    "cosh": own(r"\cosh x"),
    "mixed": own("x^2 e^{x}"),
    "arctan": own(r"\arctan x"),
    "square root": own(r"\sqrt{x}"),
    "logarithm": own(r"\ln x"),
    "cubic": own("x^3"),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


ALIKE = ("yours", "exercises")
"""The sections of a handout with one's own function that are not those of the default, and the last one."""


def judged_part(name: str) -> Derivation:
    """All that the default does not have."""
    page = made(name)
    kept = tuple(section for section in page.sections if section.key in ALIKE)
    return page if CASES[name].f is None else replace(page, sections=kept)


@every_case
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(judged_part(name), audit=name == "default")
    assert {section.key for section in made(name).sections} > set(ALIKE)
    if CASES[name].f is not None:
        return
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 3
    cited = {word for judged in report.steps for finding in judged.findings for word in finding.trust}
    assert cited == {"flint", "axiom:operator_norm", "axiom:cauchy_schwarz"}


@pytest.mark.parametrize("name", ["default", "bell"])
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


def formulas(name: str) -> list[str]:
    return [step.formula for step in steps(made(name))]


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("softplus", r"\lim_{x \to \infty} (-e^{-x} - 1) = -1"),
        ("bell", r"\lim_{x \to \infty} \left( -\frac{x}{2 x^{2} - 1} \right) = 0"),
        ("rational tail", r"\lim_{x \to \infty} \frac{-x^{3} - x}{3 x^{2} - 1} = -\infty"),
        ("logarithm", r"\lim_{x \to \infty} (-x) = -\infty"),
        ("cosh", r"\lim_{x \to -\infty} \frac{\sinh x}{\cosh x} = -1"),
    ],
)
def test_what_the_ratio_does_far_out(name: str, formula: str) -> None:
    assert formula in formulas(name)


@pytest.mark.parametrize("name", ["logarithm", "square root"])
def test_nothing_is_said_where_the_loss_is_not_defined(name: str) -> None:
    assert not any(r"\to -\infty" in formula for formula in formulas(name))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("line", "**It is a straight line**"),
        ("softplus", "**No stationary point was found**"),
        ("power", "the Newton step has no pole"),
        ("odd depth", "neither a minimum nor a maximum"),
        ("default", "a degenerate local maximum"),
    ],
)
def test_what_it_says(name: str, words: str) -> None:
    assert words in prose(made(name))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("default", ["a minimum", "a maximum", "a minimum"]),
        ("power", ["a degenerate minimum"]),
        ("cubic", ["an inflection with slope 0"]),
        ("mixed", ["a maximum", "a minimum"]),
    ],
)
def test_stationary_points(name: str, kinds: list[str]) -> None:
    (table,) = (table for table in tables(made(name)) if table.caption == "Stationary points")
    assert [row[2] for row in table.rows] == kinds


@pytest.mark.parametrize("name", ["default", "deep", "right of the minimum"])
def test_the_modulus_and_the_damping_arrive(name: str) -> None:
    (table,) = (table for table in tables(made(name)) if "steps until" in table.caption)
    reached = {row[0].split(",")[0]: row[1] for row in table.rows}
    assert reached["damped"] != "not reached"
    assert (reached["Newton"] == "not reached") == (name != "right of the minimum")


@pytest.mark.parametrize(
    "options",
    [
        Options(depth=2),
        Options(digits=1),
        Options(target=Fraction(0)),
        Options(start=Fraction(-1)),
        Options(damping=Fraction(0)),
        Options(window=Fraction(1000)),
        own("x - x"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options) -> None:
    with pytest.raises(InputError) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
