"""Vectors and finite laws as a user writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.core import FiniteLaw, InputError, Matrix
from derive.listed import read_law, read_vector

HALF = Fraction(1, 2)


@pytest.mark.parametrize("value", ["[1, 1/2]", "1, 0.5", " [ 1 ,5e-1 ] ", [1, 0.5], ["1", "1/2"], (1, HALF)])
def test_vectors_are_exact_columns(value: object) -> None:
    assert read_vector(value, "--start") == Matrix(((Fraction(1),), (HALF,)))


@pytest.mark.parametrize(
    "value", ["", "[1, 2", "[[1], [2]]", "[1,, 2]", "[1, x]", "[1/0]", [], [float("nan")], 7, [True]]
)
def test_what_is_no_vector_is_refused_by_name(value: object) -> None:
    with pytest.raises(InputError, match="--start"):
        read_vector(value, "--start")


def test_laws_are_exact_and_values_that_occur_twice_are_one() -> None:
    assert read_law("10: 1/10, -1: 0.9", "--law").atoms == (
        (Fraction(10), Fraction(1, 10)),
        (Fraction(-1), Fraction(9, 10)),
    )
    assert read_law("1: 1/4, 1: 1/4, 0: 1/2", "--law").atoms == ((Fraction(1), HALF), (Fraction(0), HALF))


@pytest.mark.parametrize(
    "value",
    ["", "1", "1: 1/2", "1: 1/2, 0: 1/3", "1: 3/2, 0: -1/2", "1: 0, 2: 1", "1: 1: 1", FiniteLaw(((HALF, HALF),))],
)
def test_what_is_no_law_is_refused_by_name(value: object) -> None:
    with pytest.raises(InputError, match="--law"):
        read_law(value, "--law")
