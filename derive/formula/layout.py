"""Where a formula needs parentheses, and how tall they are."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.formula.neighbours import NUMERALS
from derive.formula.notation import FUNCTIONS

# How tightly a formula holds together. ATOM can carry a superscript, FACTOR stands in a product as it is.
SUM, NEGATIVE, PRODUCT, FACTOR, ATOM = range(5)

OPEN = frozenset(["sum", "prod", "limit", "derivative", "integral", "antiderivative", "gradient", "hessian"])
_TALL = ("\\frac", "\\sum", "\\prod", "\\binom", "\\begin", "\\lim", "\\int")
_LEVELS = {
    **dict.fromkeys(["add", "row"], SUM),
    "neg": NEGATIVE,
    "mul": PRODUCT,
    **dict.fromkeys(["pow", "transpose", "factorial", "sqrt", "root", "entry", *FUNCTIONS.values()], FACTOR),
    **dict.fromkeys(["max", "min", "covariance"], FACTOR),
}


def level_of(term: Term, last: bool) -> int:
    if term.head in OPEN:
        return FACTOR if last else SUM
    if term.head == "div":
        return PRODUCT if term.value == "/" else FACTOR
    if term.head == "number" and isinstance(term.value, Fraction) and (term.value < 0 or term.value.denominator > 1):
        return NEGATIVE if term.value < 0 else FACTOR
    return _LEVELS.get(term.head, ATOM)


def fence(left: str, text: str, right: str) -> str:
    if any(command in text for command in _TALL):
        return f"\\left{left} {text} \\right{right}"
    space = " " if left[0] == "\\" else ""
    return left + space + text + space + right


def side_by_side(term: Term) -> bool:
    """Whether letters would stand side by side, which in a subscript look like two indices."""
    if term.head == "mul":
        numeral, letter = term.args[0], term.args[-1]
        return len(term.args) > 2 or numeral.head not in NUMERALS or letter.head in OPEN
    if term.head == "div" and term.value == "/":
        return side_by_side(term.args[0])
    return term.head in OPEN or (term.head in ("add", "neg") and any(map(side_by_side, term.args)))


def below(text: str) -> str:
    return f"_{text}" if len(text) == 1 else f"_{{{text}}}"
