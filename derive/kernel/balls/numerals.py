"""Decimal numerals: their value, and the half unit of the last digit that ``≈`` allows."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import cast

from derive.core import Term
from derive.kernel.balls.limits import LONGEST_DECIMAL, Undefined
from derive.kernel.balls.matrices import assembled
from derive.kernel.balls.outside import rational
from derive.kernel.balls.values import Grid


def decimal_tolerance(term: Term) -> tuple[Fraction, Fraction] | None:
    """Value and half a unit of the last digit of a decimal or integer numeral, its negative, or such a numeral times a
    power of ten written as one; None for anything else."""
    if term.head == "decimal":
        return _of_digits(str(term.value))
    if term.head == "number" and term.value is not None and Fraction(term.value).denominator == 1:
        return Fraction(term.value), Fraction(1, 2)
    if term.head == "neg":
        inner = decimal_tolerance(term.args[0])
        return None if inner is None else (-inner[0], inner[1])
    if term.head == "mul" and len(term.args) == 2:
        inner, scale = decimal_tolerance(term.args[0]), _power_of_ten(term.args[1])
        return None if inner is None or scale is None else (inner[0] * scale, inner[1] * scale)
    return None


def _of_digits(text: str) -> tuple[Fraction, Fraction] | None:
    try:
        value = decimal_value(text)
    except Undefined:
        return None
    return value, Fraction(1, 2) / 10 ** len(text.partition(".")[2])


def decimal_value(text: str) -> Fraction:
    if len(text) > LONGEST_DECIMAL or not re.fullmatch(r"[0-9]+(\.[0-9]*)?|\.[0-9]+", text, re.ASCII):
        raise Undefined("a numeral that cannot be read")
    return Fraction(text)


def _power_of_ten(term: Term) -> Fraction | None:
    if term.head != "pow" or term.args[0] != Term("number", (), Fraction(10)):
        return None
    exponent, negative = term.args[1], False
    if exponent.head == "neg":
        exponent, negative = exponent.args[0], True
    if exponent.head != "number" or exponent.value is None or Fraction(exponent.value).denominator != 1:
        return None
    k = int(Fraction(exponent.value))
    if abs(k) > LONGEST_DECIMAL:
        return None
    return Fraction(10) ** (-k if negative else k)


def numerals_of(term: Term) -> list[list[tuple[Fraction, Fraction]]] | None:
    """The numeral, or the rows of numerals of a matrix."""
    rows = [row.args for row in term.args] if term.head == "matrix" else [(term,)]
    found = [[decimal_tolerance(entry) for entry in row] for row in rows]
    if any(entry is None for row in found for entry in row):
        return None
    return cast(list[list[tuple[Fraction, Fraction]]], found)


def grid_of(numerals: list[list[tuple[Fraction, Fraction]]], part: int) -> Grid:
    return assembled([[rational(pair[part]) for pair in row] for row in numerals])
