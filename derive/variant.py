"""Exercises with other numbers for each student.

An exercise is a function of a ``Variant`` and asks it for each number by name: ``pick(variant, "steps", 50, 20, 30, 40)`` is the
number of the printed handout, 50, or for a student's sheet one of the others. Each number depends on the seed and on its own name alone,
so that an exercise that is added or taken away changes no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Variant:
    """``seed`` None is the handout as it is printed."""

    seed: int | None = None


PRINTED = Variant()


def pick(variant: Variant, name: str, printed: T, *others: T) -> T:
    """The printed number, or one of the others for a student: never the printed one, whose solution is in the handout."""
    if variant.seed is None:
        return printed
    return Random(f"{variant.seed} {name}").choice(others)
