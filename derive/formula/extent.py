"""Is a term a scalar, a vector or a matrix? Asked only where a notation depends on it: ``\\rho(A)``, ``|x|``, ``x^T``.

A wrong shape is none of the reader's business; here two booleans are enough, (more than one row, more than one column).
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.core import Declaration, Term
from derive.formula.family import subterms

Extent = tuple[bool, bool]
Letters = Mapping[str, Declaration]

SCALAR: Extent = (False, False)
MATRIX: Extent = (True, True)

_SQUARE = frozenset(["identity", "diagonal", "diagonal_family"])
_LIKE_FIRST = frozenset(["neg", "pow", "div", "sum", "prod", "limit", "derivative", "index", "expect", "expect_given"])


def extent(term: Term, letters: Letters) -> Extent:
    """Rows and columns of ``term``; letters unknown to ``letters`` and unknown functions count as scalars."""
    if term.head == "symbol":
        declaration = letters.get(str(term.value))
        return _declared(declaration) if declaration else SCALAR
    if term.head in _SQUARE:
        return MATRIX
    if term.head in _LIKE_FIRST:
        return extent(term.args[0], letters)
    if term.head == "gradient":
        return extent(term.args[1], letters)
    if term.head == "hessian":
        return MATRIX
    if term.head in ("variance", "covariance"):
        rows, columns = (extent(term.args[-1 * k], letters)[0] for k in (0, 1))
        return rows, columns
    if term.head == "transpose":
        rows, columns = extent(term.args[0], letters)
        return columns, rows
    if term.head == "matrix":
        return len(term.args) > 1, len(term.args[0].args) > 1
    if term.head in ("add", "mul"):
        return _first_and_last(term, letters)
    return SCALAR


def has_shaped_letter(term: Term, letters: Letters) -> bool:
    """A letter that is declared as a vector or matrix, of one row and column as may be, occurs in the term."""
    return any(
        part.head == "symbol" and (declaration := letters.get(str(part.value))) is not None and bool(declaration.shape)
        for part in subterms(term)
    )


def is_made_of_shaped(term: Term, letters: Letters) -> bool:
    """A product or sum in which such a letter stands, be its value 1 by 1: ``x^T A x``, and no determinant or norm."""
    if term.head in ("mul", "add", "neg", "transpose"):
        return any(is_made_of_shaped(arg, letters) for arg in term.args)
    return term.head == "symbol" and has_shaped_letter(term, letters)


def _first_and_last(term: Term, letters: Letters) -> Extent:
    """Rows of the first part that is no scalar, columns of the last."""
    inner = []
    for part in term.args:
        size = extent(part, letters)
        if size != SCALAR:
            inner.append(size)
    return (inner[0][0], inner[-1][1]) if inner else SCALAR


def _declared(declaration: Declaration) -> Extent:
    rows, columns = (*declaration.shape, 1, 1)[:2]
    return rows != 1, columns != 1
