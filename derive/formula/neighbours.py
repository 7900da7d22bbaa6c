"""Neighbours in a product that, without a dot, could be something else. The printer writes the dot, the reader asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.core import Term
from derive.formula.extent import SCALAR, extent
from derive.formula.notation import SPECTRAL

if TYPE_CHECKING:
    from derive.formula.reader import Reader

NUMERALS = frozenset(["number", "decimal"])


def is_mixed_number(left: Term, right: Term) -> bool:
    """Whether ``left right`` could be a mixed number, two and a third."""
    numerals = left.head in NUMERALS and right.head == "div" and right.value is None
    return numerals and all(part.head in NUMERALS for part in right.args)


def calls(term: Term) -> bool:
    """Whether ``term (A)`` could be an eigenvalue, the spectral radius or the condition number of A."""
    if term.head == "index":
        return term.args[0].value == "lambda"
    return term.head == "symbol" and (term.value in SPECTRAL or str(term.value).startswith("lambda_"))


def refuse_other_readings(reader: Reader, factors: list[Term], start: int) -> None:
    """Refuse the last two of ``factors``, the second read from ``start`` on, if they need not be a product."""
    left, right = factors[-2:]
    token = reader.tokens[start]
    first = reader.leading(start)
    power = right.head == "pow" and reader.tokens[start].kind == "number" and left.head not in NUMERALS
    if first.kind == "number" and not power:
        reader.fail("a numeral after a factor, write \\cdot", token)
    if is_mixed_number(left, right):
        reader.fail("a mixed number or a product, write \\cdot", token)
    if reader.subscript and (len(factors) > 2 or left.head not in NUMERALS):
        reader.fail("letters side by side in a subscript, a product or two indices", token)
    if first.text == "(" and calls(left) and extent(right, reader.letters) != SCALAR:
        reader.fail("a product or a function of the matrix in parentheses, write \\cdot", token)
