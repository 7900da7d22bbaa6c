"""What opens a factor other than a letter: one table, command to the function that reads on after it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Term
from derive.formula.arrays import diagonal, matrix
from derive.formula.binders import derivative, differentiates, gradient, integral, limit, sum_or_product
from derive.formula.delimiters import absolute, braces, brackets, inner_product, norm, parentheses, rounded
from derive.formula.letters import read_letter
from derive.formula.notation import ACCENTS, BINDERS, FUNCTIONS, GREEK, RELATION_SIGNS
from derive.formula.tokens import Token

if TYPE_CHECKING:
    from derive.formula.reader import Reader

Handler = Callable[["Reader", Token], Term]

# ---------------------------------------------------------------------------------- fractions, roots and functions


def _fraction(reader: Reader, token: Token) -> Term:
    if differentiates(reader):
        return derivative(reader)
    start = reader.place
    above, below = reader.argument(), reader.place
    divisor = reader.argument()
    if _looks_like_derivative(reader, start, below, divisor):
        reader.fail("a derivative or a fraction, write \\cdot", token)
    return reader.closed(Term("div", (above, divisor)))


def _looks_like_derivative(reader: Reader, above: int, below: int, divisor: Term) -> bool:
    """``\\frac{d f}{d x}`` where d is a declared letter."""
    if reader.leading(above).text != "d" or divisor.head != "mul" or divisor.args[0] != Term("symbol", (), "d"):
        return False
    return reader.tokens[below + 2].text != "\\cdot"


def _root(reader: Reader, token: Token) -> Term:
    if not reader.skip("["):
        return reader.closed(Term("sqrt", (reader.argument(),)))
    degree = reader.group("]")
    if degree.head == "symbol":
        radicand = reader.argument()
        return reader.closed(Term("pow", (radicand, Term("div", (Term("number", (), Fraction(1)), degree)))))
    if degree.head != "number" or degree.value == 0:
        reader.fail("a root whose degree is no positive numeral", token)
    return reader.closed(Term("root", (reader.argument(), degree)))


def _binomial(reader: Reader, token: Token) -> Term:
    return Term("binomial", (reader.argument(), reader.argument()))


def _function(reader: Reader, token: Token) -> Term:
    head = FUNCTIONS[token.text.replace("mathrm", "operatorname")]
    power = _power_of_function(reader, token) if reader.token.text == "^" else None
    term = _applied(reader, token, head)
    return term if power is None else Term("pow", (term, power))


def _power_of_function(reader: Reader, token: Token) -> Term:
    """``\\sin^2 x`` is the square of the sine; ``\\sin^{-1} x`` could be two things."""
    reader.advance()
    power = reader.argument()
    if power.head != "number" or power.value in (0, 1):
        reader.fail("a function with an exponent that may mean its inverse, write parentheses", token)
    return power


def _applied(reader: Reader, token: Token, head: str) -> Term:
    for opening, close in (("(", ")"), ("[", "]")):
        if reader.skip(opening):
            return reader.closed(Term(head, (reader.group(close),)))
    argument = reader.nest(reader.factor)
    if reader.open_binder == reader.place:
        reader.fail("a function's argument that could go on, write parentheses", token)
    reader.open_function = reader.place
    return Term(head, (argument,))


# ---------------------------------------------------------------------------------------------------- probability


def _moment(head: str) -> Handler:
    def read(reader: Reader, token: Token) -> Term:
        close = _open_bracket(reader)
        inner = Term(head, (reader.group(close),))
        return inner if close == "]" else reader.closed(inner)

    return read


def _expectation(reader: Reader, token: Token) -> Term:
    """``E[X]``, or ``E[X \\mid Y]``."""
    close = _open_bracket(reader)
    parts = reader.within(lambda: _with_condition(reader, close))
    term = Term("expect" if len(parts) == 1 else "expect_given", tuple(parts))
    return term if close == "]" else reader.closed(term)


def _with_condition(reader: Reader, close: str) -> list[Term]:
    parts = [reader.expression()]
    if reader.skip("\\mid"):
        parts.append(reader.expression())
        while reader.skip(","):
            parts.append(reader.expression())
    reader.expect(close)
    return parts


def _covariance(reader: Reader, token: Token) -> Term:
    """``Cov(X, Y)``; ``Cov(x)`` of one random vector is its covariance matrix."""
    close = _open_bracket(reader)
    parts = reader.within(lambda: _listed(reader, close))
    if len(parts) > 2:
        reader.fail("a covariance of more than two", token)
    term = Term("covariance", tuple(parts)) if len(parts) == 2 else Term("variance", tuple(parts))
    return term if close == "]" else reader.closed(term)


def _listed(reader: Reader, close: str) -> list[Term]:
    parts = [reader.expression()]
    while reader.skip(","):
        parts.append(reader.expression())
    reader.expect(close)
    return parts


def _extremum(reader: Reader, token: Token) -> Term:
    """``\\max(a, b)`` or ``\\max\\{a, b\\}``."""
    close = "\\}" if reader.skip("\\{") else ")"
    if close == ")":
        reader.expect("(")
    parts = reader.within(lambda: _listed(reader, close))
    return reader.closed(Term(token.text[1:], tuple(parts)))


def _probability(reader: Reader, token: Token) -> Term:
    close = _open_bracket(reader)
    event = reader.within(lambda: _event(reader, close))
    return event if close == "]" else reader.closed(event)


def _event(reader: Reader, close: str) -> Term:
    left = reader.expression()
    sign = reader.token
    if sign.text not in RELATION_SIGNS:
        reader.unexpected("expected a relation sign")
    reader.advance()
    right = reader.expression()
    reader.expect(close)
    return Term("probability", (left, right), RELATION_SIGNS[sign.text])


def _open_bracket(reader: Reader) -> str:
    if reader.skip("["):
        return "]"
    reader.expect("(")
    return ")"


# ------------------------------------------------------------------------------------------------------ the table

COMMANDS: dict[str, Handler] = {
    "(": parentheses,
    "[": brackets,
    "{": braces,
    "|": absolute,
    "\\lvert": absolute,
    "\\|": norm,
    "\\lVert": norm,
    "\\frac": _fraction,
    "\\sqrt": _root,
    "\\binom": _binomial,
    "\\lim": limit,
    "\\int": integral,
    "\\nabla": gradient,
    "\\langle": inner_product,
    "\\lfloor": rounded,
    "\\lceil": rounded,
    "\\max": _extremum,
    "\\min": _extremum,
    "\\begin{pmatrix}": matrix,
    "\\begin{bmatrix}": matrix,
    "\\operatorname{diag}": diagonal,
    "\\operatorname{E}": _expectation,
    "\\operatorname{Cov}": _covariance,
    "\\operatorname{Var}": _moment("variance"),
    "\\Pr": _probability,
    "\\infty": read_letter,
    **dict.fromkeys(BINDERS, sum_or_product),
    **dict.fromkeys(FUNCTIONS, _function),
    **{"\\" + name: read_letter for name in sorted(GREEK | ACCENTS)},
}
