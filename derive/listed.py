"""Vectors and finite laws as options: ``[1, 0, 1/2]`` and ``10: 1/10, -1: 9/10``. Numbers are exact.

Raises InputError, which names the option.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import FiniteLaw, InputError, Matrix
from derive.inputs import LARGEST_SIZE, read_rational

LARGEST_LAW = 64


def read_vector(value: object, place: str) -> Matrix:
    """A column vector from text, or from a list of numbers or of text."""
    if isinstance(value, Matrix):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    cells = _cells(value, place) if isinstance(value, str) else value
    if not isinstance(cells, list | tuple) or not 1 <= len(cells) <= LARGEST_SIZE:
        raise InputError(f"{place} is no vector; write 1 to {LARGEST_SIZE} numbers, as in [1, 0, 1/2]")
    return Matrix(
        tuple((_number(cell, f"entry {position} of {place}"),) for position, cell in enumerate(cells, start=1))
    )


def read_law(value: object, place: str) -> FiniteLaw:
    """A law with finitely many values from ``value: probability, ...`` (``finite: value probability, ...`` is the same). Values that
    occur twice are one."""
    law = value if isinstance(value, FiniteLaw) else FiniteLaw(tuple(_atoms(str(value), place)))
    masses: dict[Fraction, Fraction] = {}
    for number, probability in law.atoms:
        masses[number] = masses.get(number, Fraction(0)) + probability
        if probability <= 0:
            raise InputError(f"{place} has the probability {probability}; every probability must be above 0")
    if sum(masses.values()) != 1:
        raise InputError(f"the probabilities of {place} add up to {sum(masses.values())}; they must add up to 1")
    return FiniteLaw(tuple(masses.items()))


def _atoms(text: str, place: str) -> list[tuple[Fraction, Fraction]]:
    listed = text.strip().removeprefix("finite").strip().removeprefix(":")
    pairs = [part.split(":") if ":" in part else part.split() for part in listed.split(",")]
    if len(pairs) > LARGEST_LAW or any(len(pair) != 2 for pair in pairs):
        raise InputError(
            f"{place} is no law; write up to {LARGEST_LAW} values with probabilities: '10: 1/10, -1: 9/10'"
        )
    return [(read_rational(number, place), read_rational(mass, place)) for number, mass in pairs]


def _cells(text: str, place: str) -> list[str]:
    inner = text.strip()
    if inner.startswith("[") != inner.endswith("]") or any(bracket in inner[1:-1] for bracket in "[]"):
        raise InputError(f"{place} is no vector; write the numbers between one pair of brackets, as in [1, 0, 1/2]")
    return inner.removeprefix("[").removesuffix("]").split(",")


def _number(value: object, place: str) -> Fraction:
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        if isinstance(value, float) and value - value != 0:
            raise InputError(f"{place} is {value}; every entry must be a finite number")
        return Fraction(value)
    return read_rational(str(value), place)
