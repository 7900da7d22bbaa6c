"""Parentheses, braces and bars."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Term
from derive.formula.extent import SCALAR, extent
from derive.formula.tokens import Token

if TYPE_CHECKING:
    from derive.formula.reader import Reader

_JOINS = ("+", "-", "/", "\\cdot")

# What is as visible without braces as with them; around the rest, braces would hide where a factor ends.
_VISIBLE = frozenset(["number", "decimal", "symbol", "constant", "index", "identity", "abs", "norm", "matrix"])


def parentheses(reader: Reader, token: Token) -> Term:
    inner = reader.group(")")
    return _entry(reader, inner) if reader.token.text == "_" else inner


def brackets(reader: Reader, token: Token) -> Term:
    """Square brackets are parentheses."""
    return reader.group("]")


def _entry(reader: Reader, matrix: Term) -> Term:
    """``(A)_{12}`` with two digits, else ``(A)_{i,j}``. Raised to a power it would look like an entry of the power."""
    reader.expect("_")
    reader.expect("{")
    token = reader.token
    if token.kind == "number" and token.text.isdigit() and reader.tokens[reader.place + 1].text == "}":
        if len(token.text) != 2:
            reader.fail("an entry has two indices, write a comma", token)
        reader.advance()
        row, column = (Term("number", (), Fraction(int(digit))) for digit in token.text)
        reader.expect("}")
    else:
        row, column = reader.group(",", subscript=True), reader.group("}", subscript=True)
    return reader.closed(Term("entry", (matrix, row, column)))


def braces(reader: Reader, token: Token) -> Term:
    inner = reader.group("}")
    if inner.head not in _VISIBLE:
        reader.fail("braces that hide where a factor ends", token)
    return inner


def absolute(reader: Reader, token: Token) -> Term:
    inner = _between_bars(reader, token, "|", "\\rvert")
    if extent(inner, reader.letters) != SCALAR:
        reader.fail("bars around a vector or matrix, a norm or a determinant", token)
    return Term("abs", (inner,))


def norm(reader: Reader, token: Token) -> Term:
    inner = _between_bars(reader, token, "\\|", "\\rVert")
    return _kind_of_norm(reader, inner) if reader.skip("_") else Term("norm", (inner,))


def _kind_of_norm(reader: Reader, inner: Term) -> Term:
    """By the subscript: 2, a whole number or infinity for vectors, F for matrices."""
    below = reader.token
    if below.text == "F" and "F" not in reader.letters:
        reader.advance()
        return Term("frobenius", (inner,))
    braced = [token.text for token in reader.tokens[reader.place : reader.place + 3]]
    if braced == ["{", "F", "}"] and "F" not in reader.letters:
        reader.place += 3
        return Term("frobenius", (inner,))
    order = reader.argument()
    if order == Term("number", (), Fraction(2)):
        return Term("norm", (inner,))
    vector = extent(inner, reader.letters) != (True, True)
    if not vector or not (order == Term("constant", (), "infinity") or (order.head == "number" and order.value != 0)):
        reader.fail("a norm other than the Euclidean, the spectral and the p-norms of vectors", below)
    return Term("norm_p", (inner, order))


def inner_product(reader: Reader, token: Token) -> Term:
    """``\\langle x, y \\rangle``."""
    left, right = reader.group(","), reader.group("\\rangle")
    return Term("inner", (left, right))


def rounded(reader: Reader, token: Token) -> Term:
    """Floor and ceiling."""
    name = token.text[2:]
    return Term({"floor": "floor", "ceil": "ceil"}[name], (reader.group(f"\\r{name}"),))


def _between_bars(reader: Reader, token: Token, plain: str, close: str) -> Term:
    if token.text != plain:
        return reader.group(close)
    opened = reader.place - 1
    if reader.token.text == plain or (-1 < reader.last_bar < opened and _nestable(reader, opened)):
        reader.fail(f"'{plain}' may open or close, write \\left and \\right", token)
    inner = reader.group(plain, bar=plain)
    reader.last_bar = reader.place
    return inner


def _nestable(reader: Reader, opened: int) -> bool:
    """``|a| b |c|`` could be ``|a |b| c|``: what stands between the inner bars would be a formula by itself."""
    between = reader.tokens[reader.last_bar], reader.tokens[opened - 1]
    first, last = (token.text for token in between)
    return first not in (*_JOINS, "^", "_", "!") and last not in _JOINS
