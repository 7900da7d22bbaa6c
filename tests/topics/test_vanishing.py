"""The topic `vanishing` under many options: nothing false is asserted, nothing true is refuted, every quotation falls, and
what the page shows is what was judged.
"""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache

import pytest
from topic_checks import prose, sound_page, steps, tables

from derive.core import Derivation, InputError, Matrix
from derive.topics.vanishing import Options, derivation


def matrix(*rows: str) -> Matrix:
    """Exact entries: decimals in text mean what they say."""
    return Matrix(tuple(tuple(Fraction(cell) for cell in row.split()) for row in rows))


def dyadic(rows: list[list[float]]) -> Matrix:
    """The numbers that the floats hold."""
    return Matrix(tuple(tuple(Fraction(x) for x in row) for row in rows))


def seeded(size: int, seed: int) -> Matrix:
    draw = random.Random(seed)
    return dyadic([[draw.gauss(0, 1) / size**0.5 for _ in range(size)] for _ in range(size)])


CASES: dict[str, Options] = {
    "default": Options(),
    "n=1": Options(n=1),
    "n=3": Options(n=3),
    "n=50": Options(n=50),
    "row": Options(convention="row"),
    "uniform": Options(law="uniform"),
    "signs": Options(law="signs"),
    "laplace": Options(law="laplace"),
    "variance 2": Options(variance=Fraction(2)),
    "digits 12": Options(digits=12),
    "jordan": Options(matrix=matrix("1 1", "0 1")),
    "jordan 3": Options(matrix=matrix("1/2 1 0", "0 1/2 1", "0 0 1/2")),
    "nilpotent": Options(matrix=matrix("0 1 0", "0 0 1", "0 0 0")),
    "quarter turn": Options(matrix=matrix("0 -1", "1 0")),
    "rotation": Options(matrix=matrix("3/5 -4/5", "4/5 3/5")),
    "symmetric": Options(matrix=matrix("2 1", "1 2")),
    "irrational": Options(matrix=matrix("2 1 0", "1 2 1", "0 1 2")),
    "irrational, complex pair": Options(matrix=matrix("1 1 0", "0 1 1", "1 0 0")),
    "zero": Options(matrix=matrix("0 0", "0 0")),
    "identity": Options(matrix=matrix("1 0 0", "0 1 0", "0 0 1")),
    "transient": Options(matrix=matrix("9/10 100", "0 4/5")),
    "half a unit": Options(n=2, matrix=matrix("21/2 0", "0 1/2")),  # 110.25 lies midway between numerals of four digits
    "random 8": Options(matrix=seeded(8, 1)),
    "decimals": Options(matrix=matrix("0.3 1", "-0.01 0.1")),
    "dyadics": Options(matrix=dyadic([[0.3, 1], [-0.01, 0.1]])),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


# ------------------------------------------------------------------------------------------------------------ verdicts


@every_case
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 8


def test_default_audited() -> None:
    """Prover and refuter both run on every claim: no contradiction."""
    sound_page(made("default"), audit=True)


@every_case
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


def test_decimals_and_dyadics_are_told_apart() -> None:
    """[[0.3, 1], [-0.01, 0.1]] is defective as decimals; the doubles of that name have two different eigenvalues, and
    rounding decides."""
    assert "This matrix is **defective**" in prose(made("decimals"))
    assert "the rounding of your data decides" not in prose(made("decimals"))
    assert "the rounding of your data decides" in prose(made("dyadics"))
    assert "This matrix is **defective**" not in prose(made("dyadics"))


@pytest.mark.parametrize("name", ["jordan", "jordan 3", "nilpotent", "decimals"])
def test_defective_matrices_are_named(name: str) -> None:
    assert "This matrix is **defective**" in prose(made(name))


@pytest.mark.parametrize("name", ["default", "symmetric", "rotation", "irrational", "zero", "identity", "random 8"])
def test_sound_matrices_get_no_warning(name: str) -> None:
    assert "defective**" not in prose(made(name))
    assert "the rounding of your data decides" not in prose(made(name))


@pytest.mark.parametrize("law", ["gaussian", "uniform", "laplace", "signs"])
def test_only_signs_escape(law: str) -> None:
    """The almost sure collapse is shown for every law but fair signs."""
    formulas = [step.formula for step in steps(derivation(Options(law=law)))]
    collapses = any(
        r"\Pr\left[ \lim_{n \to \infty} \prod_{i=1}^{n} w_i = 0 \right] = 1" in formula for formula in formulas
    )
    assert collapses == (law != "signs")


def test_the_large_matrix_is_summarised() -> None:
    assert not any(r"W = \begin{pmatrix}" in step.formula and "-0." in step.formula for step in steps(made("random 8")))
    assert any("in short" in table.caption for table in tables(made("random 8")))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(n=0), "n = 0"),
        (Options(n=10**9), "n = 1000000000"),
        (Options(variance=Fraction(0)), "variance"),
        (Options(digits=1), "digits"),
        (Options(matrix=matrix("1 2")), "square"),
        (Options(matrix=Matrix(())), "square|empty"),
        (Options(matrix=matrix("3/4")), "1 by 1"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
