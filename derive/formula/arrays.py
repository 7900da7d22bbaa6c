"""Matrices with their entries, and diagonal ones."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Term
from derive.formula.binders import bounds, with_bound
from derive.formula.family import recover, substitute
from derive.formula.tokens import Token

if TYPE_CHECKING:
    from derive.formula.reader import Reader


def matrix(reader: Reader, token: Token) -> Term:
    rows = reader.within(lambda: _rows(reader, token))
    if len({len(row.args) for row in rows}) > 1:
        reader.fail("a matrix with rows of different lengths", token)
    return Term("matrix", tuple(rows))


def _rows(reader: Reader, token: Token) -> list[Term]:
    close = token.text.replace("begin", "end")
    rows: list[Term] = []
    while not reader.skip(close):
        if rows:
            reader.expect("\\\\")
            if reader.skip(close):
                break
        cells = [reader.expression()]
        while reader.skip("&"):
            cells.append(reader.expression())
        rows.append(Term("row", tuple(cells)))
    if not rows:
        reader.fail("a matrix without entries", token)
    return rows


def diagonal(reader: Reader, token: Token) -> Term:
    if reader.token.text in ("_", "^"):
        name, lower, upper = bounds(reader)
        reader.expect("(")
        body = with_bound(reader, name, lambda: reader.group(")"))
        return Term("diagonal_family", (body, Term("symbol", (), name), lower, upper))
    reader.expect("(")
    return reader.within(lambda: _listed(reader, token))


def _listed(reader: Reader, token: Token) -> Term:
    entries = [reader.expression()]
    while reader.skip(","):
        if reader.skip("\\dots"):
            reader.expect(",")
            last = reader.expression()
            reader.expect(")")
            return _continued(reader, token, entries, last)
        entries.append(reader.expression())
    reader.expect(")")
    return Term("diagonal", tuple(entries))


def _continued(reader: Reader, token: Token, entries: list[Term], last: Term) -> Term:
    """The family with these first entries and this last one; the entries before the dots must count up by one."""
    family = recover(entries[0], last)
    if family is None:
        reader.fail("dots between entries that differ in more than one subscript", token)
    body, letter, lower, _ = family.args
    for step, entry in enumerate(entries[1:], 1):
        if not isinstance(lower.value, Fraction):
            reader.fail("dots after entries that are not counted", token)
        if entry != substitute(body, letter, Term("number", (), lower.value + step)):
            reader.fail("dots after entries that do not count up by one", token)
    return family
