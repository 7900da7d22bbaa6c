"""Terms to SymPy and back, and nothing else.

``to_sympy`` evaluates nothing: ``x/x`` stays what it is, and ``from_sympy(to_sympy(term))`` is ``term`` again, except that
SymPy does not know a slash from a fraction bar. Where SymPy would read a plain translation in a second way (``x^{-1}`` is its
form of ``1/x``), the part that misleads is put into an ``UnevaluatedExpr``, which ``doit`` takes away.

``from_sympy`` writes what SymPy computed in the canonical form of ``core``: signs in front, one fraction for all negative
powers, sums and products in the order in which SymPy keeps them.

Sums and products over a range are translated, never evaluated: over an empty range ours are 0 and 1, while SymPy's sum of
k from 5 to 1 is -9. Whoever calls ``doit`` must know that the range is not empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import gcd
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.diagonal import DiagMatrix
from sympy.matrices.expressions.matexpr import MatrixElement

from derive.core import Declaration, Relation, Scope, Term

Expression = Any
"""An ``Expr``, a ``MatrixExpr`` or an explicit matrix: SymPy has no common type with arithmetic."""


class NotBridged(Exception):
    """A term or expression that has no faithful counterpart on the other side; the message names it."""


class _SizeUnknown(NotBridged):
    """An identity matrix beside nothing that tells its size."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: its scope, the letters bound around it, and the size that a bare identity matrix has there."""

    scope: Scope
    bound: tuple[tuple[str, Expression], ...] = ()
    size: Expression | None = None


Rule = Callable[[Term, Place], Expression]


def to_sympy(term: Term, scope: Scope) -> sympy.Basic:
    """The term as an unevaluated SymPy expression; its letters carry the assumptions that ``scope`` declares.

    Raises NotBridged, which names the head or the letter that has no counterpart.
    """
    try:
        result: sympy.Basic = _to(term, Place(scope))
    except sympy.ShapeError as error:
        raise NotBridged(f"the sizes do not fit: {error}") from None
    return result


def from_sympy(expr: sympy.Basic) -> Term:
    """The expression as a term in canonical form. Raises NotBridged, which names the class that has no counterpart."""
    for ancestor in type(expr).__mro__:
        if ancestor in _BACK:
            return _BACK[ancestor](expr)
    raise NotBridged(f"SymPy's {type(expr).__name__} has no counterpart")


def _to(term: Term, place: Place) -> Expression:
    rule = BRIDGE.get(term.head)
    if rule is None:
        raise NotBridged(f"the head {term.head} is not known")
    return rule(term, place)


# ----------------------------------------------------------------------------------------------------------- scalar or not


def _is_matrix(expr: Expression) -> bool:
    return bool(getattr(expr, "is_Matrix", False))


def _scalar(term: Term, place: Place) -> Expression:
    expr = _to(term, replace(place, size=None))
    if _is_matrix(expr):
        raise NotBridged(f"{term.head}: a matrix stands where only a scalar can")
    return expr


def _matrix(term: Term, place: Place) -> Expression:
    expr = _to(term, place)
    if not _is_matrix(expr):
        raise NotBridged(f"{term.head}: a scalar stands where only a matrix can")
    return expr


def _square(expr: Expression) -> Expression:
    """Sizes of different names are different; SymPy would wait and see."""
    if expr.shape[0] != expr.shape[1]:
        raise NotBridged("the sizes do not fit: a matrix that must be square is {} by {}".format(*expr.shape))
    return expr


def _fitting(parts: Sequence[Expression], *, product: bool) -> None:
    matrices = list(filter(_is_matrix, parts))
    for left, right in pairwise(matrices):
        if (left.shape[1] != right.shape[0]) if product else (left.shape != right.shape):
            raise NotBridged("the sizes do not fit: {} by {} beside {} by {}".format(*left.shape, *right.shape))


def _refused(why: str) -> Rule:
    def refuse(term: Term, place: Place) -> Expression:
        raise NotBridged(f"{term.head}: {why}")

    return refuse


# -------------------------------------------------------------------------------------------------------------- leaves

_CONSTANTS: dict[str, Expression] = {
    "pi": sympy.pi,
    "e": sympy.E,
    "i": sympy.I,
    "gamma": sympy.EulerGamma,
    "infinity": sympy.oo,
}

_SIGNS = {">": "positive", ">=": "nonnegative", "<": "negative", "<=": "nonpositive", "!=": "nonzero"}
"""What ``x relation 0`` is called among SymPy's assumptions."""


def _number(term: Term, place: Place) -> Expression:
    value = Fraction(term.value or 0)
    if value.denominator != 1 or value < 0:
        raise NotBridged(f"number: {value} is no non-negative integer")
    return sympy.Integer(value.numerator)


def _symbol(term: Term, place: Place) -> Expression:
    name = str(term.value)
    for bound_name, letter in reversed(place.bound):
        if bound_name == name:
            return letter
    declaration = _declared(name, place.scope)
    if declaration.family or declaration.function:
        raise NotBridged(f"symbol: {name} needs an index or an argument")
    return _letter(declaration)


def _declared(name: str, scope: Scope) -> Declaration:
    """The declaration of a letter. Raises NotBridged for random letters, which SymPy would take for numbers."""
    for declaration in scope.declarations:
        if declaration.name == name:
            if declaration.law is not None:
                raise NotBridged(f"symbol: {name} is random")
            return declaration
    if any(name in declaration.shape for declaration in scope.declarations):
        return Declaration(name, "integer", where=(Relation(_symbol_term(name), ">", Term("number", (), Fraction(0))),))
    raise NotBridged(f"symbol: the letter {name} is not declared")


def _letter(declaration: Declaration) -> Expression:
    name, sizes = declaration.name, tuple(map(_size, declaration.shape))
    if not sizes:
        return sympy.Symbol(name, **_assumptions(declaration))
    if len(sizes) > 2:
        raise NotBridged(f"symbol: {name} has more than two indices")
    return sympy.MatrixSymbol(name, sizes[0], sizes[1] if len(sizes) == 2 else sympy.Integer(1))


def _size(size: int | str) -> Expression:
    return sympy.Integer(size) if isinstance(size, int) else sympy.Symbol(size, integer=True, positive=True)


def _assumptions(declaration: Declaration) -> dict[str, bool]:
    """``integer``, ``real`` or ``complex``, and the sign where a bound by a numeral settles it."""
    found = {declaration.domain: True}
    for relation in declaration.where:
        bound = _numeral(relation.rhs)
        if relation.lhs == _symbol_term(declaration.name) and bound is not None:
            sign = _sign(relation.relation, bound)
            found |= {sign: True} if sign else {}
    return found


def _sign(relation: str, bound: Fraction) -> str | None:
    """What ``x relation bound`` says of the sign of x."""
    if bound == 0:
        return _SIGNS.get(relation)
    if relation in (">", ">=") and bound > 0:
        return "positive"
    return "negative" if relation in ("<", "<=") and bound < 0 else None


def _numeral(term: Term) -> Fraction | None:
    if term.head == "number":
        return Fraction(term.value or 0)
    parts = [_numeral(part) for part in term.args]
    if term.head == "neg" and parts[0] is not None:
        return -parts[0]
    if term.head == "div" and parts[0] is not None and parts[1]:
        return parts[0] / parts[1]
    return None


def _symbol_term(name: str) -> Term:
    return Term("symbol", (), name)


# ---------------------------------------------------------------------------------------------------------- arithmetic


def _is_negative_power(expr: Expression) -> bool:
    """What SymPy means as a divisor."""
    return type(expr) is sympy.Pow and expr.exp.is_Rational and bool(expr.exp < 0)


def _shielded(expr: Expression, *, powers: bool = True) -> Expression:
    """As a factor: a sign, a fraction or a divisor that is to stay in its place."""
    coefficient = expr.is_Rational and (expr < 0 or not expr.is_Integer)
    return sympy.UnevaluatedExpr(expr) if coefficient or (powers and _is_negative_power(expr)) else expr


def _add(term: Term, place: Place) -> Expression:
    parts = _summands(term.args, place)
    if any(map(_is_matrix, parts)):
        if not all(map(_is_matrix, parts)):
            raise NotBridged("add: a scalar stands beside a matrix")
        _fitting(parts, product=False)
        return sympy.MatAdd(*parts, evaluate=False)
    return sympy.Add(*parts, evaluate=False)


def _summands(args: Sequence[Term], place: Place) -> list[Expression]:
    """An identity matrix takes the size of a matrix beside it."""
    for part in args:
        try:
            expr = _to(part, place)
        except _SizeUnknown:
            continue
        place = replace(place, size=expr.shape[0]) if _is_matrix(expr) else place
    return [_to(part, place) for part in args]


def _neg(term: Term, place: Place) -> Expression:
    expr = _to(term.args[0], place)
    if _is_matrix(expr):
        return sympy.MatMul(sympy.Integer(-1), expr)
    if expr is sympy.oo or (expr.is_Rational and expr > 0):
        return -expr
    return sympy.Mul(sympy.Integer(-1), _shielded(expr, powers=False), evaluate=False)


def _mul(term: Term, place: Place) -> Expression:
    parts = _factors(term.args, place)
    if not any(map(_is_matrix, parts)):
        return sympy.Mul(*map(_shielded, parts), evaluate=False)
    _fitting(parts, product=True)
    return sympy.MatMul(*(part if _is_matrix(part) else _shielded(part) for part in parts))


def _factors(args: Sequence[Term], place: Place) -> list[Expression]:
    """From left to right; an identity matrix takes its size from the matrix before it, else from the one after it."""
    parts: list[Expression | None] = []
    for part in args:
        try:
            expr = _to(part, place)
            place = replace(place, size=expr.shape[1]) if _is_matrix(expr) else place
            parts.append(expr)
        except _SizeUnknown:
            parts.append(None)
    if None not in parts:
        return parts
    after = next((expr for expr in parts if expr is not None and _is_matrix(expr)), None)
    if after is None:
        raise _SizeUnknown("identity: nothing beside it tells its size")
    place = replace(place, size=after.shape[0])
    return [_to(args[position], place) if expr is None else expr for position, expr in enumerate(parts)]


def _div(term: Term, place: Place) -> Expression:
    above, below = (_scalar(part, place) for part in term.args)
    if above.is_Integer and below.is_Integer and above > 0 and below > 1 and gcd(int(above), int(below)) == 1:
        return sympy.Rational(above, below)
    divisor = sympy.Pow(below, sympy.Integer(-1), evaluate=False)
    return divisor if above is sympy.S.One else sympy.Mul(_shielded(above), divisor, evaluate=False)


def _pow(term: Term, place: Place) -> Expression:
    base, exponent = _to(term.args[0], place), _scalar(term.args[1], place)
    if _is_matrix(base):
        return sympy.Inverse(_square(base)) if exponent == -1 else sympy.MatPow(_square(base), exponent)
    if exponent.is_Rational and (exponent < 0 or (exponent.p == 1 and exponent.q > 1)):
        exponent = sympy.UnevaluatedExpr(exponent)
    return sympy.Pow(base, exponent, evaluate=False)


# ----------------------------------------------------------------------------------------------------------- functions

_FUNCTIONS: dict[str, Any] = {
    "exp": sympy.exp,
    "log": sympy.log,
    "abs": sympy.Abs,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "cot": sympy.cot,
    "sec": sympy.sec,
    "csc": sympy.csc,
    "arctan": sympy.atan,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "factorial": sympy.factorial,
    "binomial": sympy.binomial,
}


def _function(term: Term, place: Place) -> Expression:
    return _FUNCTIONS[term.head](*(_scalar(part, place) for part in term.args), evaluate=False)


def _sqrt(term: Term, place: Place) -> Expression:
    return sympy.Pow(_scalar(term.args[0], place), sympy.S.Half, evaluate=False)


def _root(term: Term, place: Place) -> Expression:
    radicand, degree = (_scalar(part, place) for part in term.args)
    if not (degree.is_Integer and degree > 2):
        raise NotBridged("root: the degree must be a numeral above 2")
    if not _is_principal(radicand, int(degree)):
        raise NotBridged("root: SymPy's odd root of a negative number is complex, ours is real")
    return sympy.Pow(radicand, sympy.Rational(1, degree), evaluate=False)


def _is_principal(radicand: Expression, degree: int) -> bool:
    """Whether our root and SymPy's principal power are the same wherever ours is defined."""
    return degree % 2 == 0 or bool(radicand.is_nonnegative)


def _apply(term: Term, place: Place) -> Expression:
    function = term.args[0]
    if function.head != "symbol" or not _declared(str(function.value), place.scope).function:
        raise NotBridged("apply: only a declared function can be applied")
    return sympy.Function(str(function.value))(*(_scalar(part, place) for part in term.args[1:]))


# ------------------------------------------------------------------------------------------------------------- binders


def _range(term: Term, place: Place) -> Expression:
    """A sum or product, built below SymPy's constructors, which would merge nested ones and turn ranges around."""
    body, letter, lower, upper = term.args
    bound = sympy.Symbol(str(letter.value), integer=True)
    inside = _scalar(body, replace(place, bound=(*place.bound, (str(letter.value), bound))))
    limits = sympy.Tuple(bound, _scalar(lower, place), _scalar(upper, place))
    return _unevaluated({"sum": sympy.Sum, "prod": sympy.Product}[term.head], inside, limits)


def _unevaluated(kind: Any, *args: Expression) -> Expression:
    built = sympy.Expr.__new__(kind, *args)
    built.is_commutative = True
    return built


def _limit(term: Term, place: Place) -> Expression:
    """Two-sided at a finite point, unless the side is written."""
    body, letter, point = term.args
    name = str(letter.value)
    declared = next((d for d in place.scope.declarations if d.name == name), Declaration(name))
    if declared.shape or declared.family or declared.function or declared.law:
        raise NotBridged(f"limit: {name} is no scalar letter")
    bound = _letter(declared)
    inside = _scalar(body, replace(place, bound=(*place.bound, (name, bound))))
    end = _scalar(point, place)
    if bound in end.free_symbols:
        raise NotBridged(f"limit: {name} tends to a point that contains {name}")
    return sympy.Limit(inside, bound, end, str(term.value or "+-"))


def _derivative(term: Term, place: Place) -> Expression:
    """One order at a time: SymPy's constructor would merge nested ones and put 0 for a body without the letter."""
    body, letter = (_scalar(part, place) for part in term.args)
    if not letter._diff_wrt:
        raise NotBridged("derivative: only by a letter")
    return sympy.Expr.__new__(sympy.Derivative, body, sympy.Tuple(letter, sympy.S.One))


def _integral(term: Term, place: Place) -> Expression:
    body, letter, lower, upper = term.args
    bound = sympy.Symbol(str(letter.value), real=True)
    inside = _scalar(body, replace(place, bound=(*place.bound, (str(letter.value), bound))))
    return _unevaluated(sympy.Integral, inside, sympy.Tuple(bound, _scalar(lower, place), _scalar(upper, place)))


def _index(term: Term, place: Place) -> Expression:
    """A member of a family, or an entry of a column vector."""
    letter, position = term.args[0], _scalar(term.args[1], place)
    if letter.head == "symbol" and str(letter.value) not in dict(place.bound):
        declaration = _declared(str(letter.value), place.scope)
        if declaration.family:
            if declaration.shape:
                raise NotBridged(f"index: the members of {declaration.name} are no scalars")
            return sympy.Indexed(sympy.IndexedBase(declaration.name, **{declaration.domain: True}), position)
        vector = _letter(declaration)
        if _is_matrix(vector) and vector.shape[1] == 1:
            return _element(vector, _from_zero(position), sympy.S.Zero)
    raise NotBridged("index: only on a family or a column vector that is a letter")


# ------------------------------------------------------------------------------------------------------------ matrices


def _explicit(term: Term, place: Place) -> Expression:
    rows = [[_scalar(entry, place) for entry in row.args] for row in term.args]
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise NotBridged("matrix: the rows are not equally long")
    return sympy.ImmutableDenseMatrix(rows)


def _identity(term: Term, place: Place) -> Expression:
    if place.size is None:
        raise _SizeUnknown("identity: nothing beside it tells its size")
    return sympy.Identity(place.size)


def _diagonal(term: Term, place: Place) -> Expression:
    return DiagMatrix(sympy.ImmutableDenseMatrix([[_scalar(part, place)] for part in term.args]))


def _entry(term: Term, place: Place) -> Expression:
    matrix = _matrix(term.args[0], replace(place, size=None))
    if isinstance(matrix, sympy.MatrixBase):
        raise NotBridged("entry: SymPy takes the entry of an explicit matrix at once")
    if matrix.shape[1] == 1:
        raise NotBridged("entry: the entry of a column vector is written with one index")
    row, column = (_from_zero(_scalar(part, place)) for part in term.args[1:])
    return _element(matrix, row, column)


def _element(matrix: Expression, row: Expression, column: Expression) -> Expression:
    try:
        return MatrixElement(matrix, row, column)
    except (IndexError, TypeError):
        raise NotBridged(f"no entry of {matrix} stands at {row}, {column}, counted from 0") from None


def _from_zero(position: Expression) -> Expression:
    """SymPy counts from 0."""
    if position.is_Integer and position > 0:
        return position - 1
    return sympy.Add(position, sympy.Integer(-1), evaluate=False)


# ----------------------------------------------------------------------------------------------------------- the table

_NO_SUCH = "SymPy has no unevaluated form of it"
_RANDOM = "SymPy would need the law of every letter"

BRIDGE: dict[str, Rule] = {
    "number": _number,
    "decimal": _refused("SymPy's numbers do not keep the last digit written"),
    "symbol": _symbol,
    "constant": lambda term, place: _CONSTANTS[str(term.value)],
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "sqrt": _sqrt,
    "root": _root,
    **dict.fromkeys(_FUNCTIONS, _function),
    **dict.fromkeys(("max", "min"), _refused("SymPy sorts its arguments")),
    "apply": _apply,
    "prime": _refused("SymPy writes it as a substitution"),
    "sum": _range,
    "prod": _range,
    "limit": _limit,
    "derivative": _derivative,
    "integral": _integral,
    "antiderivative": _refused("SymPy's indefinite integrals are one function each"),
    **dict.fromkeys(("gradient", "hessian"), _refused(_NO_SUCH)),
    "index": _index,
    "matrix": _explicit,
    "row": _refused("a row stands in a matrix only"),
    "identity": _identity,
    "diagonal": _diagonal,
    "diagonal_family": _refused(_NO_SUCH),
    "transpose": lambda term, place: sympy.Transpose(_matrix(term.args[0], place)),
    "det": lambda term, place: sympy.Determinant(_square(_matrix(term.args[0], place))),
    "trace": lambda term, place: sympy.Trace(_square(_matrix(term.args[0], place))),
    "entry": _entry,
    "norm": _refused(_NO_SUCH),
    **dict.fromkeys(("frobenius", "norm_p", "inner"), _refused(_NO_SUCH)),
    "spectral_radius": _refused(_NO_SUCH),
    "eigenvalue": _refused(_NO_SUCH),
    "condition_number": _refused(_NO_SUCH),
    "expect": _refused(_RANDOM),
    "expect_given": _refused(_RANDOM),
    "variance": _refused(_RANDOM),
    "covariance": _refused(_RANDOM),
    "probability": _refused(_RANDOM),
}


# --------------------------------------------------------------------------------------------------- back: arithmetic

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'?")


def _nat(value: int) -> Term:
    return Term("number", (), Fraction(value))


def _from_rational(expr: Expression) -> Term:
    size = _nat(abs(expr.p)) if expr.q == 1 else Term("div", (_nat(abs(expr.p)), _nat(expr.q)))
    return Term("neg", (size,)) if expr < 0 else size


def _from_constant(name: str) -> Callable[[Expression], Term]:
    return lambda _: Term("constant", (), name)


def _from_symbol(expr: Expression) -> Term:
    if isinstance(expr, sympy.Dummy | sympy.Wild) or not _NAME.fullmatch(expr.name):
        raise NotBridged(f"the symbol {expr} is no letter of ours")
    return _symbol_term(expr.name)


def _from_mul(expr: Expression) -> Term:
    """A sign, and one fraction for all negative powers and fractional coefficients."""
    negative = False
    above: list[Term] = []
    below: list[Term] = []
    for factor in expr.args:
        if factor.is_Rational and (factor < 0 or not factor.is_Integer):
            negative ^= bool(factor < 0)
            above += [_nat(abs(factor.p))] if abs(factor.p) != 1 else []
            below += [_nat(factor.q)] if factor.q != 1 else []
        elif _is_negative_power(factor):
            below.append(_reciprocal(factor))
        else:
            above.append(from_sympy(factor))
    result = Term("div", (_product(above), _product(below))) if below else _product(above)
    return Term("neg", (result,)) if negative else result


def _product(factors: Sequence[Term]) -> Term:
    if not factors:
        return _nat(1)
    return factors[0] if len(factors) == 1 else Term("mul", tuple(factors))


def _reciprocal(expr: Expression) -> Term:
    """The denominator that a negative power is."""
    return from_sympy(expr.base) if expr.exp == -1 else _power(expr.base, -expr.exp)


def _from_pow(expr: Expression) -> Term:
    return Term("div", (_nat(1), _reciprocal(expr))) if _is_negative_power(expr) else _power(expr.base, expr.exp)


def _power(base: Expression, exponent: Expression) -> Term:
    if exponent is sympy.S.Half:
        return Term("sqrt", (from_sympy(base),))
    if exponent.is_Rational and exponent.p == 1 and exponent.q > 2 and _is_principal(base, exponent.q):
        return Term("root", (from_sympy(base), _nat(exponent.q)))
    return Term("pow", (from_sympy(base), from_sympy(exponent)))


def _from_matmul(expr: Expression) -> Term:
    """As written; a negative coefficient becomes a sign in front."""
    first, *rest = expr.args
    if not (first.is_Rational and first < 0):
        return Term("mul", tuple(map(from_sympy, expr.args)))
    coefficient = [] if first == -1 else [from_sympy(-first)]
    return Term("neg", (_product(coefficient + list(map(from_sympy, rest))),))


def _head(head: str) -> Callable[[Expression], Term]:
    return lambda expr: Term(head, tuple(map(from_sympy, expr.args)))


# ------------------------------------------------------------------------------------------------------- back: the rest


def _from_apply(expr: Expression) -> Term:
    return Term("apply", (_symbol_term(expr.func.__name__), *map(from_sympy, expr.args)))


def _from_range(head: str) -> Callable[[Expression], Term]:
    """The first range belongs to the innermost sum."""

    def back(expr: Expression) -> Term:
        body = from_sympy(expr.function)
        for limits in expr.limits:
            if len(limits) != 3:
                raise NotBridged(f"a {head} without both bounds")
            body = Term(head, (body, *map(from_sympy, limits)))
        return body

    return back


def _from_limit(expr: Expression) -> Term:
    body, letter, point, direction = expr.args
    side = None if str(direction) == "+-" or point.is_infinite else str(direction)
    return Term("limit", tuple(map(from_sympy, (body, letter, point))), side)


def _from_derivative(expr: Expression) -> Term:
    body = from_sympy(expr.expr)
    for letter, order in expr.variable_count:
        if not order.is_Integer:
            raise NotBridged("a derivative of symbolic order")
        for _ in range(int(order)):
            body = Term("derivative", (body, from_sympy(letter)))
    return body


def _from_indexed(expr: Expression) -> Term:
    if len(expr.indices) != 1:
        raise NotBridged("a family with more than one index")
    return Term("index", (from_sympy(expr.base.label), from_sympy(expr.indices[0])))


def _from_element(expr: Expression) -> Term:
    matrix, row, column = expr.args
    if matrix.shape[1] == 1:
        return Term("index", (from_sympy(matrix), _from_one(row)))
    return Term("entry", (from_sympy(matrix), _from_one(row), _from_one(column)))


def _from_one(position: Expression) -> Term:
    if type(position) is sympy.Add and len(position.args) == 2 and position.args[1] == -1:
        return from_sympy(position.args[0])
    return from_sympy(position + 1)


def _from_explicit(expr: Expression) -> Term:
    if 0 in expr.shape:
        raise NotBridged("an empty matrix")
    return Term("matrix", tuple(Term("row", tuple(map(from_sympy, row))) for row in expr.tolist()))


def _from_diag(expr: Expression) -> Term:
    vector = expr.args[0]
    if not isinstance(vector, sympy.MatrixBase):
        raise NotBridged("the diagonal matrix of a vector that is not listed")
    return Term("diagonal", tuple(map(from_sympy, vector)))


_BACK: dict[type, Callable[[Any], Term]] = {
    sympy.Rational: _from_rational,
    sympy.Symbol: _from_symbol,
    **{type(expr): _from_constant(name) for name, expr in _CONSTANTS.items()},
    type(-sympy.oo): lambda _: Term("neg", (Term("constant", (), "infinity"),)),
    sympy.UnevaluatedExpr: lambda expr: from_sympy(expr.args[0]),
    sympy.Add: _head("add"),
    sympy.Mul: _from_mul,
    sympy.Pow: _from_pow,
    **{kind: _head(head) for head, kind in _FUNCTIONS.items()},
    AppliedUndef: _from_apply,
    sympy.Sum: _from_range("sum"),
    sympy.Product: _from_range("prod"),
    sympy.Integral: _from_range("integral"),
    sympy.Limit: _from_limit,
    sympy.Derivative: _from_derivative,
    sympy.Indexed: _from_indexed,
    sympy.MatrixSymbol: lambda expr: _symbol_term(expr.name),
    MatrixElement: _from_element,
    sympy.MatrixBase: _from_explicit,
    sympy.MatAdd: _head("add"),
    sympy.MatMul: _from_matmul,
    sympy.MatPow: lambda expr: Term("pow", (from_sympy(expr.base), from_sympy(expr.exp))),
    sympy.Identity: lambda _: Term("identity"),
    sympy.ZeroMatrix: lambda _: _nat(0),
    DiagMatrix: _from_diag,
    sympy.Transpose: _head("transpose"),
    sympy.Determinant: _head("det"),
    sympy.Trace: _head("trace"),
}
"""By class. What is not listed (``Float``, ``Piecewise``, ``nan`` ...) has no counterpart."""
