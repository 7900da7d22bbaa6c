"""The option ``--f``: one function of x in LaTeX, read by our own reader. Nothing is evaluated, and what is not known is refused."""

from __future__ import annotations

import re
from fractions import Fraction

from derive.core import Declaration, InputError, Scope, Term
from derive.formula import Unread, read
from derive.kernel.terms import rational_value, subterms

LONGEST = 200
MOST_NODES = 80
LARGEST_EXPONENT = 24
MOST_DIGITS = 9
SCOPE = Scope((Declaration("x"),))
EXAMPLE = "write LaTeX in the letter x, such as '\\arctan x' or 'x^3 - 2x + 2'"

FUNCTIONS = (
    "exp",
    "log",
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "sinh",
    "cosh",
    "tanh",
    "arctan",
    "arcsin",
    "arccos",
)
ARITHMETIC = ("number", "decimal", "symbol", "constant", "add", "neg", "mul", "div", "pow", "sqrt", "root")
KINKS = {
    "abs": "|x| has no derivative at 0",
    "max": "a maximum has kinks",
    "min": "a minimum has kinks",
    "floor": "it jumps",
    "ceil": "it jumps",
}
_WORDS = "arctan|arcsin|arccos|sinh|cosh|tanh|sin|cos|tan|cot|sec|csc|exp|ln|log|sqrt|pi|atan"
_BARE = re.compile(rf"(?<![\\A-Za-z])({_WORDS})(?![A-Za-z])")


def read_function(text: str, place: str) -> Term:
    """The function as a term in x. Raises InputError, which names the place and says what to write instead."""
    if not text.strip():
        raise InputError(f"{place} is empty; {EXAMPLE}")
    if len(text) > LONGEST:
        raise InputError(f"{place} has {len(text)} characters; a function may have at most {LONGEST}")
    _refuse_code(text, place)
    try:
        term = read(text, SCOPE)
    except Unread as error:
        raise InputError(f"{place}: {error}; {EXAMPLE}") from None
    check_function(term, place)
    return term


def _refuse_code(text: str, place: str) -> None:
    """Programming notation is not LaTeX: say what to write."""
    bare = _BARE.search(text)
    if bare:
        word = {"atan": "arctan"}.get(bare[1], bare[1])
        raise InputError(f"{place}: write \\{word} for {bare[1]}, with its backslash (and quotes around the whole)")
    for code, instead in (("**", "x^{3} for x**3"), ("*", "2 x for 2*x"), ("=", "the right side alone")):
        if code in text:
            raise InputError(f"{place} contains {code!r}; write {instead}")


def check_function(term: Term, place: str) -> None:
    """A function that can be differentiated again and again, of a size that can be handled. Raises InputError."""
    parts = list(subterms(term))
    if len(parts) > MOST_NODES:
        raise InputError(f"{place} has {len(parts)} parts; a function may have at most {MOST_NODES}")
    for part in parts:
        _check_part(part, place)
    if not any(part.head == "symbol" for part in parts):
        raise InputError(
            f"{place} is a constant; Newton's method divides by the derivative, which is 0 everywhere; {EXAMPLE}"
        )


def _check_part(part: Term, place: str) -> None:
    if part.head in KINKS:
        raise InputError(
            f"{place} contains {part.head}: {KINKS[part.head]}; give a function that is smooth where it is defined"
        )
    if part.head not in FUNCTIONS and part.head not in ARITHMETIC:
        allowed = "sums, products, quotients, powers, roots, " + ", ".join(
            f"\\{'ln' if f == 'log' else f}" for f in FUNCTIONS
        )
        raise InputError(f"{place} contains {part.head}; known are {allowed}")
    if part.head == "symbol" and part.value != "x":
        raise InputError(f"{place} contains the letter {part.value}; the only letter is x")
    if part.head == "constant" and part.value not in ("e", "pi"):
        raise InputError(f"{place} contains the constant {part.value}; known are e and \\pi")
    if part.head in ("number", "decimal") and len(str(part.value)) > MOST_DIGITS:
        raise InputError(
            f"{place} contains a numeral of {len(str(part.value))} characters; at most {MOST_DIGITS} are allowed"
        )
    if part.head == "pow":
        _check_power(part, place)
    if part.head == "root" and not 2 <= Fraction(part.args[1].value or 0) <= LARGEST_EXPONENT:
        raise InputError(f"{place} contains a root whose order is not from 2 to {LARGEST_EXPONENT}")


def _check_power(part: Term, place: str) -> None:
    exponent = rational_value(part.args[1])
    if exponent is not None and (abs(exponent) > LARGEST_EXPONENT or exponent.denominator > LARGEST_EXPONENT):
        raise InputError(
            f"{place} contains the exponent {exponent}; exponents may be at most {LARGEST_EXPONENT} in size"
        )
