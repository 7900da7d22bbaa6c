"""Shapes of symbolic matrices, as the algebra of words needs them: sizes are texts, the identity fits any."""

from __future__ import annotations

from derive.core import Declaration, Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.plain_numbers import made_of_numbers
from derive.kernel.terms import rational_value

Shape = tuple[str, str]


ANY: Shape = ("?", "?")


class ShapeError(NoNormalForm):
    """Sizes that do not fit."""


def shape(term: Term, facts: Facts) -> Shape | None:
    """(rows, columns) of a matrix or vector, ``ANY`` for the identity, None for a scalar. Raises ShapeError."""
    if term.head == "symbol":
        return declared_shape(facts.declaration(str(term.value)))
    if not term.args:
        return ANY if term.head == "identity" else None
    if made_of_numbers(term, facts):
        return None
    found: Shape | str | None = facts.memo.get(("shape", term), "")
    if found == "":
        found = facts.memo["shape", term] = _shape(term, facts)
    return found  # type: ignore[return-value]


def _shape(term: Term, facts: Facts) -> Shape | None:
    head, args = term.head, term.args
    if head == "index":
        return _member_shape(facts.declaration(str(args[0].value)))
    if head == "matrix":
        return str(len(args)), str(len(args[0].args))
    if head == "diagonal":
        return str(len(args)), str(len(args))
    if head == "diagonal_family":
        return ANY if rational_value(args[2]) != 1 else (_size(args[3]), _size(args[3]))
    if head == "transpose":
        inner = shape(args[0], facts)
        return None if inner is None else (inner[1], inner[0])
    if head == "gradient":
        return shape(args[1], facts)
    if head == "hessian":
        sizes = shape(args[1], facts)
        return None if sizes is None else (sizes[0], sizes[0])
    if head in ("neg", "pow", "div", "sum", "prod", "limit", "expect", "expect_given"):
        return shape(args[0], facts)
    if head in ("variance", "covariance"):
        return _shape_of_covariance(shape(args[0], facts), shape(args[-1], facts))
    if head == "add":
        return _shape_of_sum([shape(arg, facts) for arg in args])
    if head == "mul":
        return _shape_of_product([shape(arg, facts) for arg in args])
    return None


def _shape_of_covariance(left: Shape | None, right: Shape | None) -> Shape | None:
    """Of column vectors a matrix, of numbers a number."""
    if left is None and right is None:
        return None
    rows, columns = (sizes[0] if sizes is not None else "1" for sizes in (left, right))
    return rows, columns


def is_matrix(term: Term, facts: Facts) -> bool:
    """The term is matrix- or vector-valued (products x^T y are scalars)."""
    return shape(term, facts) is not None


def declared_shape(declaration: Declaration | None) -> Shape | None:
    if declaration is None or not declaration.shape:
        return None
    sizes = [str(size) for size in declaration.shape]
    return (sizes[0], "1") if len(sizes) == 1 else (sizes[0], sizes[1])


def _member_shape(declaration: Declaration | None) -> Shape | None:
    """Of a member of a family; None for the component of a vector."""
    sizes = declared_shape(declaration)
    return None if sizes is not None and "1" in sizes and declaration is not None and not declaration.family else sizes


def _size(term: Term) -> str:
    return str(rational_value(term)) if rational_value(term) is not None else str(term.value)


def _shape_of_sum(shapes: list[Shape | None]) -> Shape | None:
    known = [s for s in shapes if s is not None and s != ANY]
    if any(s != known[0] for s in known):
        raise ShapeError("a sum of matrices of different shapes")
    if any(s is None for s in shapes) and any(s is not None for s in shapes):
        raise ShapeError("a sum of a scalar and a matrix")
    return known[0] if known else shapes[0]


def _shape_of_product(shapes: list[Shape | None]) -> Shape | None:
    current: Shape | None = None
    for following in shapes:
        if following is None:
            continue
        if current is None or current == ANY:
            current = following
        elif following != ANY:
            current = _join(current, following)
        elif current == ("1", "1"):  # the number x^T y times I
            current = ANY
    return None if current == ("1", "1") else current


def _join(left: Shape, right: Shape) -> Shape:
    if left[1] == right[0]:
        return left[0], right[1]
    if left == ("1", "1"):
        return right
    if right == ("1", "1"):
        return left
    raise ShapeError(f"a product of a {left[0]}x{left[1]} and a {right[0]}x{right[1]} matrix")
