"""The topic `power-method` under many options, and the run in doubles that it tells of."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import sqrt

import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError, Matrix
from derive.topics.power_method import Options, derivation


def matrix(*rows: str) -> Matrix:
    """Exact entries: decimals in text mean what they say."""
    return Matrix(tuple(tuple(Fraction(cell) for cell in row.split()) for row in rows))


def vector(entries: str) -> Matrix:
    return Matrix(tuple((Fraction(cell),) for cell in entries.split()))


def seeded(size: int, seed: int) -> Matrix:
    draw = random.Random(seed)
    return Matrix(tuple(tuple(Fraction(draw.gauss(0, 1)) for _ in range(size)) for _ in range(size)))


CASES: dict[str, Options] = {
    "default": Options(),
    "n=1": Options(n=1),
    "two by two": Options(n=200, digits=2, matrix=matrix("4 1", "2 3"), start=vector("1 1")),
    "no overlap": Options(start=vector("1 0 -1")),
    "an eigenvector": Options(start=vector("4 5 3")),
    "never cured": Options(start=vector("1 -1 0")),
    "negative": Options(matrix=matrix("1 0", "0 -2"), start=vector("1 1")),
    "shrinking": Options(matrix=matrix("1/2 1", "0 1/3")),
    "thirds": Options(matrix=matrix("1/3 1", "0 1/7"), start=vector("1/2 -3")),
    "irrational": Options(matrix=matrix("1 1", "1 0")),
    "complex second pair": Options(matrix=matrix("3 0 0", "1 0 -1", "0 1 0")),
    "defective rest": Options(matrix=matrix("2 1 0", "0 1 1", "0 0 1")),
    "rank one": Options(matrix=matrix("1 2", "2 4"), digits=12),
    "nilpotent": Options(matrix=matrix("0 1 0", "0 0 1", "0 0 0"), start=vector("0 0 1")),
    "zero": Options(matrix=matrix("0 0", "0 0")),
    "identity": Options(matrix=matrix("1 0 0", "0 1 0", "0 0 1")),
    "opposite signs": Options(matrix=matrix("1 0", "0 -1"), start=vector("1 1")),
    "rotation": Options(matrix=matrix("3/5 -4/5", "4/5 3/5")),
    "jordan": Options(matrix=matrix("1 1", "0 1"), start=vector("0 1")),
    "golden block": Options(matrix=matrix("1 1 1 0", "1 0 0 1", "0 0 1 1", "0 0 1 0")),
    "three at once": Options(matrix=matrix("0 0 1", "1 0 0", "0 1 0")),
    "random 9": Options(matrix=seeded(9, 3), n=60),
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
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 9


@every_case
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nilpotent", "nilpotent"),
        ("zero", "nilpotent"),
        ("identity", "3 independent eigenvectors"),
        ("opposite signs", "opposite sign"),
        ("rotation", "complex pair"),
        ("jordan", "2-fold and defective"),
        ("golden block", "2-fold"),
        ("three at once", "3 eigenvalues at once"),
    ],
)
def test_it_says_which_hypothesis_fails(name: str, words: str) -> None:
    assert "No eigenvalue of this matrix is dominant" in prose(made(name))
    assert words in prose(made(name))


@pytest.mark.parametrize("name", ["default", "negative", "irrational", "complex second pair", "rank one", "random 9"])
def test_a_dominant_eigenvalue_is_seen(name: str) -> None:
    assert "is dominant**" not in prose(made(name))


def test_a_start_without_overlap_is_named() -> None:
    assert "**The overlap is 0.**" in prose(made("no overlap"))
    assert "**The overlap is 0.**" in prose(made("never cured"))
    assert "**The overlap is 0.**" not in prose(made("default"))


def test_a_run_stops_where_nothing_is_left() -> None:
    """(0, 0, 1) -> (0, 1, 0) -> (1, 0, 0) -> 0: steps 0, 1 and 2."""
    (run,) = (table for table in tables(made("nilpotent")) if table.caption.startswith("The run: "))
    assert [row[0] for row in run.rows] == ["$0$", "$1$", "$2$"]


def test_the_overflow_is_that_of_the_reader_s_matrix() -> None:
    formulas = [step.formula for step in steps(made("shrinking"))]
    assert r"\left( \frac{1}{2} \right)^{1075} \le 2^{-1075} < \left( \frac{1}{2} \right)^{1074}" in formulas
    assert any(r"5^{441} < 2^{1024} \le 5^{442}" in step.formula for step in steps(made("default")))


def float_steps(rows: list[list[float]], start: list[float], target: list[float]) -> int:
    """The first step within 45 degrees of the target, by an independent loop (the angle in floats: it is far from 45 on both
    sides)."""
    x = start
    for t in range(1, 400):
        y = [sum((a * b for a, b in zip(row, x, strict=True)), 0.0) for row in rows]
        length = sqrt(sum((a * a for a in y), 0.0))
        x = [a / length for a in y]
        cosine = sum(a * b for a, b in zip(x, target, strict=True)) / sqrt(sum(b * b for b in target))
        if cosine**2 > 0.5:
            return t
    raise AssertionError("not found")


def test_rounding_cures_a_start_without_overlap() -> None:
    found = float_steps([[3, 1, 1], [1, 3, 2], [1, 1, 2]], [1.0, 0.0, -1.0], [4, 5, 3])
    assert f"is found after {found} steps" in prose(made("default"))
    assert 40 <= found <= 60


def test_the_exercise_counts_its_own_steps() -> None:
    found = float_steps([[4, 1], [2, 3]], [1.0, -2.0], [1, 1])
    assert f"after {found} steps. Scaled" in prose(made("default"))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(n=0), "n = 0"),
        (Options(n=10**9), "n = 1000000000"),
        (Options(digits=1), "digits"),
        (Options(matrix=matrix("1 2")), "square"),
        (Options(matrix=Matrix(())), "square"),
        (Options(matrix=matrix("3/4")), "1 by 1"),
        (Options(start=vector("1 2")), "start"),
        (Options(start=vector("0 0 0")), "start"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
