"""The one table of heads: how each is evaluated, which shape it has, where it is defined.

``shape_of`` tells scalars, vectors and matrices apart and refuses what does not fit together. ``conditions_of`` collects what
must hold for a term to be defined, from the term as written, also from parts that cancel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from derive.core import Declaration, Relation, Scope, Term
from derive.kernel.balls import BALLS, Rule
from derive.kernel.terms import ONE, ZERO, add, free_letters, heads, number, power, rational_value, subterms

# -------------------------------------------------------------------------------------------------------------- shapes

Size = int | str
Pair = tuple[Size, ...]
"""``()`` for a scalar (also for 1 by 1), else (rows, columns)."""

Shape = Pair | str
"""Inside this file: a pair, or one of the two things that fit more than one size."""

SCALAR: Shape = ()
NOUGHT: Shape = "zero"
IDENTITY: Shape = "identity"

ShapeRule = Callable[[Term, Scope], Shape]


class ShapeError(Exception):
    """A term whose parts do not fit together; the message is a clear sentence."""


def shape_of(term: Term, scope: Scope) -> Pair | None:
    """``()`` for a scalar, (rows, columns) for a vector or matrix; None for the number 0 and for multiples of the identity,
    which take the size that fits. Raises ShapeError for an ill-shaped term or a letter that is not declared."""
    shape = _shape(term, scope)
    return None if isinstance(shape, str) else shape


def _shape(term: Term, scope: Scope) -> Shape:
    head = HEADS.get(term.head)
    if head is None:
        raise ShapeError(f"the head {term.head} is not known")
    return head.shape(term, scope)


def _pair(rows: Size, columns: Size) -> Shape:
    return SCALAR if (rows, columns) == (1, 1) else (rows, columns)


def _named(shape: Shape) -> str:
    if isinstance(shape, str):
        return {"zero": "the number 0", "identity": "an identity matrix"}[shape]
    return "a scalar" if not shape else "a matrix that is {} by {}".format(*shape)


def _is_square(shape: Shape) -> bool:
    return shape in (SCALAR, NOUGHT, IDENTITY) or shape[0] == shape[1]


def _joined(a: Shape, b: Shape) -> Shape:
    """The shape of a sum, or of two sides that are compared."""
    if NOUGHT in (a, b):
        return b if a == NOUGHT else a
    if IDENTITY in (a, b):
        other = b if a == IDENTITY else a
        if other == SCALAR or not _is_square(other):
            raise ShapeError(f"an identity matrix stands beside {_named(other)}")
        return other
    if a != b:
        raise ShapeError(f"{_named(a)} stands beside {_named(b)}")
    return a


def _times(a: Shape, b: Shape) -> Shape:
    """The shape of a product, in this order. A multiple of the number 0 is the number 0, which fits any size."""
    if NOUGHT in (a, b) and (b if a == NOUGHT else a) in (SCALAR, NOUGHT):
        return NOUGHT
    if a in (SCALAR, NOUGHT):
        return b if b != NOUGHT else a
    if b in (SCALAR, NOUGHT, IDENTITY):
        return a
    if a == IDENTITY:
        return b
    if a[1] != b[0]:
        raise ShapeError(f"{_named(a)} cannot multiply {_named(b)}")
    return _pair(a[0], b[1])


def _constant_shape(shape: Shape) -> ShapeRule:
    return lambda term, scope: shape


def _number_shape(term: Term, scope: Scope) -> Shape:
    return NOUGHT if term.value == 0 else SCALAR


def _symbol_shape(term: Term, scope: Scope) -> Shape:
    declaration = _declared(str(term.value), scope)
    if declaration.family:
        raise ShapeError(f"{declaration.name} is a family and needs an index")
    if declaration.function:
        raise ShapeError(f"{declaration.name} is a function and needs an argument")
    return _declared_shape(declaration)


def _declared(name: str, scope: Scope) -> Declaration:
    for declaration in scope.declarations:
        if declaration.name == name:
            return declaration
    # A size such as d is declared by the shapes that use it.
    if any(name in declaration.shape for declaration in scope.declarations):
        return Declaration(name, "integer")
    raise ShapeError(f"the letter {name} is not declared")


def _declared_shape(declaration: Declaration) -> Shape:
    sizes = declaration.shape
    if len(sizes) > 2:
        raise ShapeError(f"{declaration.name} has more than two indices")
    return SCALAR if not sizes else _pair(sizes[0], sizes[1] if len(sizes) == 2 else 1)


def _index_shape(term: Term, scope: Scope) -> Shape:
    family, position = term.args
    _need_scalar(position, scope, "an index")
    if family.head == "symbol" and _declared(str(family.value), scope).family:
        return _declared_shape(_declared(str(family.value), scope))
    shape = _shape(family, scope)
    if isinstance(shape, str) or 1 not in shape:
        raise ShapeError(f"an index on {_named(shape)}")
    return SCALAR


def _need_scalar(term: Term, scope: Scope, what: str) -> None:
    shape = _shape(term, scope)
    if shape not in (SCALAR, NOUGHT):
        raise ShapeError(f"{what} is {_named(shape)}, not a number")


def _scalars_shape(term: Term, scope: Scope) -> Shape:
    for arg in term.args:
        _need_scalar(arg, scope, f"an argument of {term.head}")
    return SCALAR


def _sum_shape(term: Term, scope: Scope) -> Shape:
    return reduce(_joined, (_shape(arg, scope) for arg in term.args))


def _product_shape(term: Term, scope: Scope) -> Shape:
    shapes = [_shape(arg, scope) for arg in term.args]
    for arg, before, after in zip(term.args, [SCALAR, *shapes], [*shapes[1:], SCALAR], strict=False):
        if _is_lone_entry(arg, scope):
            _need_length_one(before, -1)
            _need_length_one(after, 0)
    return reduce(_times, shapes)


def _is_lone_entry(term: Term, scope: Scope) -> bool:
    """A matrix that is written or declared with one row and one column: no number, as ``x^T y`` is one."""
    if term.head == "symbol":
        declared = next((d for d in scope.declarations if d.name == term.value), None)
        return declared is not None and declared.shape == (1, 1)
    return term.head == "matrix" and len(term.args) == 1 and len(term.args[0].args) == 1


def _need_length_one(shape: Shape, side: int) -> None:
    """A neighbour of a matrix of one entry is a number, or a matrix that fits. Raises ShapeError."""
    if not isinstance(shape, str) and shape and shape[side] != 1:
        raise ShapeError(f"a matrix that is 1 by 1 stands beside {_named(shape)}")


def _quotient_shape(term: Term, scope: Scope) -> Shape:
    _need_scalar(term.args[1], scope, "a divisor")
    return _shape(term.args[0], scope)


def _power_shape(term: Term, scope: Scope) -> Shape:
    _need_scalar(term.args[1], scope, "an exponent")
    base = _shape(term.args[0], scope)
    if not _is_square(base):
        raise ShapeError(f"a power of {_named(base)}")
    return SCALAR if base == NOUGHT else base


def _apply_shape(term: Term, scope: Scope) -> Shape:
    name, *values = term.args
    if name.head != "symbol" or not _declared(str(name.value), scope).function:
        raise ShapeError("something that is not declared as a function is applied")
    for value in values:
        _need_scalar(value, scope, "the argument of a function")
    return SCALAR


def _bound(term: Term, scope: Scope) -> Scope:
    """The scope inside a binder, with its letter declared as an integer."""
    inner = Declaration(str(term.args[1].value), "integer")
    return replace(scope, declarations=(inner, *scope.declarations))


def _range_shape(term: Term, scope: Scope) -> Shape:
    """The body of a binder over a range, whose ends are numbers."""
    for end in term.args[2:]:
        _need_scalar(end, scope, "the end of a range")
    return _shape(term.args[0], _bound(term, scope))


def _prod_shape(term: Term, scope: Scope) -> Shape:
    shape = _range_shape(term, scope)
    if not _is_square(shape):
        raise ShapeError(f"a product over a range of {_named(shape)}")
    return SCALAR if shape == NOUGHT else shape


def _limit_shape(term: Term, scope: Scope) -> Shape:
    _need_scalar(term.args[2], scope, "the point of a limit")
    declared = any(declaration.name == term.args[1].value for declaration in scope.declarations)
    return _shape(term.args[0], scope if declared else _bound(term, scope))


def _derivative_shape(term: Term, scope: Scope) -> Shape:
    for arg in term.args:
        _need_scalar(arg, scope, "a part of a derivative")
    return SCALAR


def _integral_shape(term: Term, scope: Scope) -> Shape:
    """A number, of numbers; the variable is bound in the integrand."""
    for end in term.args[2:]:
        _need_scalar(end, scope, "the end of an integral")
    _need_scalar(term.args[0], _real_bound(term, scope), "an integrand")
    return SCALAR


def _antiderivative_shape(term: Term, scope: Scope) -> Shape:
    _need_scalar(term.args[0], _real_bound(term, scope), "an integrand")
    return SCALAR


def _real_bound(term: Term, scope: Scope) -> Scope:
    return replace(scope, declarations=(Declaration(str(term.args[1].value), "real"), *scope.declarations))


def _gradient_shape(term: Term, scope: Scope) -> Shape:
    body, letter = term.args
    _need_scalar(body, scope, "what has a gradient")
    shape = _shape(letter, scope)
    if term.head == "gradient":
        return shape
    if isinstance(shape, str) or (shape and shape[1] != 1):
        raise ShapeError(f"a Hessian by {_named(shape)}")
    return _pair(shape[0], shape[0]) if shape else SCALAR


def _prime_shape(term: Term, scope: Scope) -> Shape:
    return _apply_shape(replace(term, args=term.args[:2]), scope)


def _norm_p_shape(term: Term, scope: Scope) -> Shape:
    shape = _shape(term.args[0], scope)
    if not isinstance(shape, str) and shape and 1 not in shape:
        raise ShapeError(f"the p-norm of {_named(shape)}")
    return SCALAR


def _inner_shape(term: Term, scope: Scope) -> Shape:
    left, right = (_shape(arg, scope) for arg in term.args)
    vectors = all(isinstance(s, str) or not s or s[1] == 1 for s in (left, right))
    if not vectors or (NOUGHT not in (left, right) and left != right):
        raise ShapeError(f"an inner product of {_named(left)} and {_named(right)}")
    return SCALAR


def _variance_shape(term: Term, scope: Scope) -> Shape:
    shape = _shape(term.args[0], scope)
    return _covariance_of(shape, shape)


def _covariance_shape(term: Term, scope: Scope) -> Shape:
    return _covariance_of(*(_shape(arg, scope) for arg in term.args))


def _covariance_of(left: Shape, right: Shape) -> Shape:
    """Of column vectors a matrix, of numbers a number."""
    if any(not isinstance(s, str) and s and s[1] != 1 for s in (left, right)) or IDENTITY in (left, right):
        raise ShapeError(f"a covariance of {_named(left)} and {_named(right)}")
    rows, columns = (s[0] if s and not isinstance(s, str) else 1 for s in (left, right))
    return _pair(rows, columns)


def _expect_given_shape(term: Term, scope: Scope) -> Shape:
    for arg in term.args[1:]:
        _shape(arg, scope)
    return _shape(term.args[0], scope)


def _matrix_shape(term: Term, scope: Scope) -> Shape:
    rows = term.args if term.head == "matrix" else (term,)
    if any(row.head != "row" for row in rows) or len({len(row.args) for row in rows}) != 1 or not rows[0].args:
        raise ShapeError("a matrix whose rows are empty or differ in length")
    for row in rows:
        _scalars_shape(row, scope)
    return _pair(len(rows), len(rows[0].args))


def _diagonal_shape(term: Term, scope: Scope) -> Shape:
    _scalars_shape(term, scope)
    return _pair(len(term.args), len(term.args))


def _diagonal_family_shape(term: Term, scope: Scope) -> Shape:
    _need_scalar(term.args[0], _bound(term, scope), "an entry of a diagonal")
    _range_shape(term, scope)
    size = _length(term.args[2], term.args[3])
    return _pair(size, size)


def _length(lower: Term, upper: Term) -> Size:
    """The number of integers from ``lower`` to ``upper``: a number, the name of a letter, or a text of its own."""
    first, last = rational_value(lower), rational_value(upper)
    if first is not None and last is not None:
        return max(0, int(last - first) + 1)
    return str(upper.value) if first == 1 and upper.head == "symbol" else f"{upper} - {lower} + 1"


def _transpose_shape(term: Term, scope: Scope) -> Shape:
    shape = _shape(term.args[0], scope)
    return shape if isinstance(shape, str) else shape[::-1]


def _square_to_scalar(term: Term, scope: Scope) -> Shape:
    shape = _shape(term.args[0], scope)
    if not _is_square(shape):
        raise ShapeError(f"{term.head.replace('_', ' ')} of {_named(shape)}")
    for arg in term.args[1:]:
        _need_scalar(arg, scope, "an index")
    return SCALAR


def _entry_shape(term: Term, scope: Scope) -> Shape:
    shape = _shape(term.args[0], scope)
    sizes: Pair = (1, 1) if shape in (SCALAR, NOUGHT) else () if isinstance(shape, str) else shape
    for position, arg in enumerate(term.args[1:]):
        _need_scalar(arg, scope, "an index")
        value, size = rational_value(arg), sizes[position] if sizes else None
        if value is not None and (value < 1 or value.denominator != 1 or (isinstance(size, int) and value > size)):
            raise ShapeError(f"entry {value} of {_named(shape)}")
    return SCALAR


def _norm_shape(term: Term, scope: Scope) -> Shape:
    _shape(term.args[0], scope)
    return SCALAR


def _expect_shape(term: Term, scope: Scope) -> Shape:
    return _shape(term.args[0], scope)


def _probability_shape(term: Term, scope: Scope) -> Shape:
    _sum_shape(term, scope)
    return SCALAR


# --------------------------------------------------------------------------------------------------------- definedness


@dataclass(frozen=True, slots=True)
class PowerDefined:
    """``base ^ exponent`` is defined. What that asks for depends on whether the exponent is an integer letter: base != 0
    (det base != 0 for a matrix) unless the exponent is >= 0; for other real exponents base > 0, or base = 0 < exponent."""

    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True)
class Natural:
    """``term`` is an integer >= 0 (the argument of a factorial or binomial)."""

    term: Term


@dataclass(frozen=True, slots=True)
class Under:
    """The condition for every integer value of ``variable`` from ``lower`` to ``upper``."""

    condition: Condition
    variable: Term
    lower: Term
    upper: Term


@dataclass(frozen=True, slots=True)
class AlmostSurely:
    """The condition holds with probability 1; it speaks of random letters."""

    condition: Condition


Condition = Relation | PowerDefined | Natural | Under | AlmostSurely
ConditionRule = Callable[[Term, Scope], tuple[Condition, ...]]

NO_SCOPE = Scope()
POSITIVE_CONSTANTS = ("pi", "e", "gamma")
DIFFERENTIABLE_INSIDE = {"sqrt": ">", "root": "!=", "abs": "!=", "norm": "!=", "frobenius": "!="}
"""Heads that are defined at 0 but not differentiable there, and what their argument must be to 0 instead."""


def conditions_of(term: Term, scope: Scope = NO_SCOPE) -> tuple[Condition, ...]:
    """What must hold for ``term`` to be defined, as written, inner parts first, each once. Conditions under a binder say so.
    Inside a limit or an integral only those that do not speak of its letter are collected: the rules that give such a value
    settle the others, near the point or throughout the range."""
    return tuple(dict.fromkeys(_collected(term, scope)))


def _collect(term: Term, scope: Scope, found: list[Condition]) -> None:
    """Add them in order to those that are found."""
    if heads(term).isdisjoint(_CONDITIONED):
        return
    if term.head in ("sum", "prod", "diagonal_family"):
        _, variable, lower, upper = term.args
        for end in (lower, upper):
            _collect(end, scope, found)
        inside = _collected(term.args[0], _bound(term, scope))
        found += [Under(condition, variable, lower, upper) for condition in inside]
    elif term.head == "limit":
        outer = _collected(term.args[0], _bound(term, scope))
        found += [c for c in outer if str(term.args[1].value) not in _letters(c)]
    elif term.head == "integral":
        for end in term.args[2:]:
            _collect(end, scope, found)
        outer = _collected(term.args[0], _real_bound(term, scope))
        found += [c for c in outer if str(term.args[1].value) not in _letters(c)]
    elif term.head in ("derivative", "gradient", "hessian"):
        _collect(term.args[0], scope, found)
        found += _differentiable(term.args[0], term.args[1], scope)
    else:
        _collect_plainly(term, scope, found)


def _collected(term: Term, scope: Scope) -> list[Condition]:
    found: list[Condition] = []
    _collect(term, scope, found)
    return found


def _collect_plainly(term: Term, scope: Scope, found: list[Condition]) -> None:
    """Those of the parts, then what the head asks for."""
    before = len(found)
    for arg in term.args:
        _collect(arg, scope, found)
    if term.head in ("expect", "expect_given", "variance", "covariance", "probability"):
        found[before:] = [_almost_surely(condition, scope) for condition in found[before:]]
    head = HEADS.get(term.head)
    if head is not None:
        found += head.conditions(term, scope)


def _differentiable(body: Term, letter: Term, scope: Scope) -> Iterator[Condition]:
    """What a derivative asks for beyond the definedness of its body, of parts that contain its letter. Of an integral only the
    ends count: the rule that differentiates it settles what its integrand needs."""
    if not free_letters(letter) & free_letters(body):
        return
    if body.head in ("sum", "prod"):
        _, variable, lower, upper = body.args
        for condition in _differentiable(body.args[0], letter, _bound(body, scope)):
            yield Under(condition, variable, lower, upper)
        silent = any(d.name == upper.value and not d.declared for d in scope.declarations)
        if letter.head == "index" and upper.head == "symbol" and silent:
            yield Relation(upper, ">=", letter.args[1])  # w_j is one of w_1, ..., w_n, of which nothing else is said
        return
    inside = body.args[2:] if body.head == "integral" else body.args
    for arg in body.args[0].args if _smooths_a_norm(body) else inside:
        yield from _differentiable(arg, letter, scope)
    if body.head in DIFFERENTIABLE_INSIDE:
        yield Relation(body.args[0], DIFFERENTIABLE_INSIDE[body.head], ZERO)
    if body.head in ("arcsin", "arccos"):
        yield Relation(add(ONE, Term("neg", (power(body.args[0], number(2)),))), ">", ZERO)
    if body.head in ("max", "min"):
        for position, arg in enumerate(body.args):
            rest = body.args[position + 1 :]
            other = rest[0] if len(rest) == 1 else Term(body.head, rest) if rest else None
            if other is not None:
                yield Relation(add(arg, Term("neg", (other,))), "!=", ZERO)
    if body.head == "pow" and _exponent_is_no_integer(body.args[1], scope):
        yield Relation(body.args[0], "!=" if is_complex(body.args[0], scope) else ">", ZERO)


def _smooths_a_norm(part: Term) -> bool:
    """``norm(x)^k`` with k >= 2 is differentiable at 0, too."""
    k = rational_value(part.args[1]) if part.head == "pow" else None
    return k is not None and k >= 2 and part.args[0].head in ("norm", "frobenius")


def _exponent_is_no_integer(exponent: Term, scope: Scope) -> bool:
    value = rational_value(exponent)
    if value is not None:
        return value.denominator != 1
    whole = {d.name for d in scope.declarations if d.domain == "integer"}
    return not free_letters(exponent) <= whole or bool(
        {"div", "sqrt", "root", "log"} & {p.head for p in subterms(exponent)}
    )


def _almost_surely(condition: Condition, scope: Scope) -> Condition:
    """Plain if its letters are declared, without a law and not defined by a hypothesis (which may make them random)."""
    fixed = {d.name for d in scope.declarations if d.law is None}
    defined = {letter for hypothesis in scope.hypotheses for letter in free_letters(hypothesis.lhs)}
    return condition if _letters(condition) <= fixed - defined else AlmostSurely(condition)


def _letters(condition: Condition) -> frozenset[str]:
    if isinstance(condition, Relation):
        return free_letters(condition.lhs) | free_letters(condition.rhs)
    if isinstance(condition, PowerDefined):
        return free_letters(condition.base) | free_letters(condition.exponent)
    if isinstance(condition, Natural):
        return free_letters(condition.term)
    if isinstance(condition, AlmostSurely):
        return _letters(condition.condition)
    ends = free_letters(condition.lower) | free_letters(condition.upper)
    return (_letters(condition.condition) - {str(condition.variable.value)}) | ends


def is_complex(term: Term, scope: Scope) -> bool:
    """The term may have a value that is not real: a complex letter, i or an eigenvalue occurs in it."""
    complex_letters = {declaration.name for declaration in scope.declarations if declaration.domain == "complex"}
    return any(
        part.head == "eigenvalue"
        or (part.head == "constant" and part.value == "i")
        or (part.head == "symbol" and part.value in complex_letters)
        for part in subterms(term)
    )


def _certainly_positive(term: Term) -> bool:
    value = rational_value(term)
    return (value is not None and value > 0) or (term.head == "constant" and term.value in POSITIVE_CONSTANTS)


def _certainly_non_zero(term: Term) -> bool:
    return bool(rational_value(term)) or (term.head == "constant" and term.value in (*POSITIVE_CONSTANTS, "i"))


def _nothing(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return ()


def _not_zero(term: Term) -> tuple[Condition, ...]:
    return () if _certainly_non_zero(term) else (Relation(term, "!=", ZERO),)


def _divisor(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return _not_zero(term.args[1])


def _logarithm(term: Term, scope: Scope) -> tuple[Condition, ...]:
    u = term.args[0]
    if is_complex(u, scope):
        return _not_zero(u)
    return () if _certainly_positive(u) else (Relation(u, ">", ZERO),)


def _even_root(term: Term, scope: Scope) -> tuple[Condition, ...]:
    u = term.args[0]
    order = Fraction(2) if term.head == "sqrt" else rational_value(term.args[1])
    odd = order is not None and order % 2 == 1
    value = rational_value(u)
    if odd or is_complex(u, scope) or _certainly_positive(u) or value == 0:
        return ()
    return (Relation(u, ">=", ZERO),)


def _power(term: Term, scope: Scope) -> tuple[Condition, ...]:
    base, exponent = term.args
    a = rational_value(exponent)
    if a is None:
        return () if _certainly_positive(base) else (PowerDefined(base, exponent),)
    if a.denominator == 1:
        return () if a >= 0 else _invertible(base, scope)
    if _certainly_positive(base):
        return ()
    if is_complex(base, scope):
        return _not_zero(base)
    return (Relation(base, ">=" if a > 0 else ">", ZERO),)


def _invertible(base: Term, scope: Scope) -> tuple[Condition, ...]:
    try:
        shape = _shape(base, scope)
    except ShapeError:
        return _not_zero(base)
    if shape == IDENTITY:
        return ()
    return _not_zero(base if shape in (SCALAR, NOUGHT) else Term("det", (base,)))


def _tangent(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return (Relation(Term("cos", term.args), "!=", ZERO),)


def _sine_not_zero(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return (Relation(Term("sin", term.args), "!=", ZERO),)


def _between_minus_one_and_one(term: Term, scope: Scope) -> tuple[Condition, ...]:
    value = rational_value(term.args[0])
    if value is not None and -1 <= value <= 1:
        return ()
    return (Relation(term.args[0], ">=", number(-1)), Relation(term.args[0], "<=", ONE))


def _hyperbolic_tangent(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return (Relation(Term("cosh", term.args), "!=", ZERO),) if is_complex(term, scope) else ()


def _inverse_tangent(term: Term, scope: Scope) -> tuple[Condition, ...]:
    square = power(term.args[0], number(2))
    return (Relation(add(ONE, square), "!=", ZERO),) if is_complex(term, scope) else ()


def _naturals(term: Term, scope: Scope) -> tuple[Condition, ...]:
    values = [(arg, rational_value(arg)) for arg in term.args]
    return tuple(Natural(arg) for arg, n in values if n is None or n < 0 or n.denominator != 1)


def _condition_of_matrix(term: Term, scope: Scope) -> tuple[Condition, ...]:
    return _invertible(term.args[0], scope)


# ------------------------------------------------------------------------------------------------------------ the table


@dataclass(frozen=True, slots=True)
class Head:
    """What the kernel knows of a head."""

    ball: Rule
    shape: ShapeRule
    conditions: ConditionRule = _nothing


_SHAPES: dict[str, ShapeRule] = {
    "number": _number_shape,
    "decimal": _constant_shape(SCALAR),
    "symbol": _symbol_shape,
    "constant": _constant_shape(SCALAR),
    "add": _sum_shape,
    "neg": _sum_shape,
    "mul": _product_shape,
    "div": _quotient_shape,
    "pow": _power_shape,
    "apply": _apply_shape,
    "sum": _range_shape,
    "prod": _prod_shape,
    "limit": _limit_shape,
    "derivative": _derivative_shape,
    "integral": _integral_shape,
    "antiderivative": _antiderivative_shape,
    "gradient": _gradient_shape,
    "hessian": _gradient_shape,
    "prime": _prime_shape,
    "index": _index_shape,
    "matrix": _matrix_shape,
    "row": _matrix_shape,
    "identity": _constant_shape(IDENTITY),
    "diagonal": _diagonal_shape,
    "diagonal_family": _diagonal_family_shape,
    "transpose": _transpose_shape,
    "det": _square_to_scalar,
    "trace": _square_to_scalar,
    "entry": _entry_shape,
    "norm": _norm_shape,
    "frobenius": _norm_shape,
    "norm_p": _norm_p_shape,
    "inner": _inner_shape,
    "spectral_radius": _square_to_scalar,
    "eigenvalue": _square_to_scalar,
    "condition_number": _square_to_scalar,
    "expect": _expect_shape,
    "expect_given": _expect_given_shape,
    "variance": _variance_shape,
    "covariance": _covariance_shape,
    "probability": _probability_shape,
}
"""Heads that are not listed take scalars and give a scalar."""

_CONDITIONS: dict[str, ConditionRule] = {
    "div": _divisor,
    "pow": _power,
    "sqrt": _even_root,
    "root": _even_root,
    "log": _logarithm,
    "tan": _tangent,
    "sec": _tangent,
    "cot": _sine_not_zero,
    "csc": _sine_not_zero,
    "arcsin": _between_minus_one_and_one,
    "arccos": _between_minus_one_and_one,
    "tanh": _hyperbolic_tangent,
    "arctan": _inverse_tangent,
    "factorial": _naturals,
    "binomial": _naturals,
    "condition_number": _condition_of_matrix,
}
"""Heads that are not listed are defined wherever their arguments are."""
_CONDITIONED = frozenset((*_CONDITIONS, "derivative", "gradient", "hessian"))
"""What asks for a condition; what holds none of it is defined everywhere."""

HEADS: dict[str, Head] = {
    name: Head(ball, _SHAPES.get(name, _scalars_shape), _CONDITIONS.get(name, _nothing)) for name, ball in BALLS.items()
}
