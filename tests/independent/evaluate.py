"""The value of a term in mpmath, head by head. No FLINT and no code of the kernel: a second opinion."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

from mpmath import mp

from derive.core import Complex, Matrix, Term
from independent import analysis, chance
from independent.values import (
    Eye,
    Mapping1,
    Members,
    Undefined,
    Unsuited,
    added,
    determinant,
    entries,
    inverted,
    is_matrix,
    is_zero,
    negated,
    plain,
    scalar,
    times,
)
from independent.world import Rule, World, matrix_of, number_of, parts

MOST_STEPS = 300_000
LARGEST_MEMBER = 3000


def value(term: Term, w: World) -> Any:
    """Raises Undefined where the term has no value, Unsuited where this evaluator cannot tell."""
    rule = RULES.get(term.head)
    if rule is None:
        raise Unsuited(f"no rule for {term.head}")
    w.accuracy.steps += 1
    if w.accuracy.steps > MOST_STEPS:
        raise Unsuited("too much to compute")
    return rule(term, w)


def real(term: Term, w: World) -> Any:
    """A number that is certainly real."""
    x = scalar(value(term, w))
    if isinstance(x, mp.mpc):
        if not is_zero(x.imag, w.eps):
            raise Undefined("an order of numbers that are not real")
        return x.real
    return x


def whole(term: Term, w: World) -> int:
    x = real(term, w)
    n = int(mp.nint(x))
    if not is_zero(x - n, w.eps):
        raise Undefined("an index or an end that is not an integer")
    return n


def may_be_complex(term: Term, w: World) -> bool:
    return any(
        part.head == "eigenvalue"
        or (part.head == "constant" and part.value == "i")
        or (part.head in ("symbol", "index") and str((part.args or (part,))[0].value) in w.complex_letters)
        for part in parts(term)
    )


def declared_whole(term: Term, w: World) -> bool:
    """An integer by how it is written and by what is declared."""
    if term.head == "number":
        return Fraction(term.value or 0).denominator == 1
    if term.head in ("symbol", "index"):
        name = str((term.args or (term,))[0].value)
        declaration = w.declaration(name)
        integer_size = any(name in d.shape for d in w.scope.declarations)
        return name in w.bound or integer_size or (declaration is not None and declaration.domain == "integer")
    if term.head == "pow":
        negative = term.args[1].head == "neg"
        return not negative and all(declared_whole(arg, w) for arg in term.args)
    if term.head in ("add", "mul", "neg", "max", "min", "abs"):
        return all(declared_whole(arg, w) for arg in term.args)
    return term.head in ("floor", "ceil", "factorial", "binomial")


# ------------------------------------------------------------------------------------------------------------- leaves


def _decimal(term: Term, w: World) -> Any:
    return number_of(Fraction(str(term.value)))


def _constant(term: Term, w: World) -> Any:
    if term.value == "infinity":
        return mp.inf
    return {"pi": mp.pi, "e": mp.e, "gamma": mp.euler}[str(term.value)] + 0 if term.value != "i" else mp.mpc(0, 1)


def _symbol(term: Term, w: World) -> Any:
    name = str(term.value)
    if name in w.bound:
        return w.bound[name]
    if name in w.definitions:
        key = (name, None)
        if key not in w.known:
            w.known[key] = value(w.definitions[name], _outside(w))
        return w.known[key]
    return converted(name, None, w)


def _outside(w: World) -> World:
    from dataclasses import replace

    return replace(w, bound={})


def converted(name: str, member: int | None, w: World) -> Any:
    """The value that the point gives, in mpmath's numbers."""
    given = w.letters.get(name)
    if member is not None:  # a member may be given on its own, as x@1, or as a letter of its own, x_0
        given = w.letters.get(f"{name}@{member}", w.letters.get(f"{name}_{member}", given))
    if given is None:
        raise Unsuited(f"the point gives no value for {name}")
    if isinstance(given, chance.LAWS):
        return chance.drawn((name, member), given, w)
    if isinstance(given, Members):
        if member is None:
            raise Unsuited(f"{name} is a family")
        given = given.member(member)
    if isinstance(given, Fraction | Complex | int):
        return number_of(given)
    return plain(matrix_of(given)) if isinstance(given, Matrix) else given


def _index(term: Term, w: World) -> Any:
    family, position = term.args
    k = whole(position, w)
    if family.head != "symbol":
        return _component(value(family, w), k)
    name = str(family.value)
    if name in w.sequences:
        return _sequence_member(name, k, w)
    given = w.letters.get(name)
    if f"{name}@{k}" not in w.letters and (given is None or isinstance(given, Matrix) or is_matrix(given)):
        return _component(value(family, w), k)
    return converted(name, k, w)


def _component(x: Any, k: int) -> Any:
    cells = entries(x)
    if not 1 <= k <= len(cells):
        raise Undefined("an index outside the vector")
    return cells[k - 1]


def _sequence_member(name: str, m: int, w: World) -> Any:
    """By start values and the recurrence, upwards."""
    if m > LARGEST_MEMBER:
        raise Unsuited("a member too far out")
    starts = {whole(h.lhs.args[1], w): h.rhs for h in w.sequences[name] if not _letter_in(h.lhs.args[1])}
    turns = [h for h in w.sequences[name] if _letter_in(h.lhs.args[1])]
    if (name, m) in w.known:
        return w.known[name, m]
    if m in starts:
        w.known[name, m] = value(starts[m], _outside(w))
    elif not turns or (m <= 0 and not starts and name in w.letters and _refers(turns[0].rhs, name)):
        w.known[name, m] = converted(name, m, w)
    else:
        if starts and m < min(starts):
            raise Undefined(f"{name} has no member {m}")
        for below in range(max(starts, default=0) + 1, m):
            if (name, below) not in w.known and m - below > 1:
                _sequence_member(name, below, w)
        letter = _letter_in(turns[0].lhs.args[1])
        assert letter is not None
        shift = whole(turns[0].lhs.args[1], w.bind(letter, mp.mpf(0)))
        declared = w.declaration(letter)
        inner = _outside(w).bind(letter, mp.mpf(m - shift))
        for bound in declared.where if declared and not starts else ():  # from start values it goes on in any case
            if not compare(bound.relation, value(bound.lhs, inner), value(bound.rhs, inner), w.eps):
                return converted(name, m, w)  # the recurrence does not give this member
        w.known[name, m] = value(turns[0].rhs, inner)
    return w.known[name, m]


def _letter_in(term: Term) -> str | None:
    return next((str(part.value) for part in parts(term) if part.head == "symbol"), None)


def _refers(term: Term, name: str) -> bool:
    return any(part.head == "symbol" and part.value == name for part in parts(term))


# --------------------------------------------------------------------------------------------------------- arithmetic


def _pow(term: Term, w: World) -> Any:
    base, exponent = value(term.args[0], w), scalar(value(term.args[1], w))
    if is_matrix(base) or isinstance(base, Eye):
        n = whole(term.args[1], w)
        base = base if n >= 0 else inverted(base, w.eps)
        return reduce(times, [base] * abs(n), Eye(mp.mpf(1)) if not is_matrix(base) else mp.eye(base.rows))
    near = mp.nint(exponent.real)
    integral = is_zero(exponent - near, w.eps)
    if integral and declared_whole(term.args[1], w):
        if is_zero(base, w.eps):
            if near < 0:
                raise Undefined("0 to a negative power")
            return mp.mpf(near == 0)
        return base ** int(near)
    if is_zero(base, w.eps):
        if exponent.real > w.eps:
            return mp.mpf(0)
        raise Undefined("0 to a power that is not positive")
    if isinstance(base, mp.mpf) and base < 0 and not may_be_complex(term.args[0], w):
        raise Undefined("a negative number to a power that is not declared an integer")
    return mp.power(base, exponent)


def _div(term: Term, w: World) -> Any:
    top, bottom = value(term.args[0], w), scalar(value(term.args[1], w))
    return times(top, inverted(bottom, w.eps))


def _mul(term: Term, w: World) -> Any:
    return reduce(times, (value(arg, w) for arg in term.args))


def _add(term: Term, w: World) -> Any:
    return reduce(added, (value(arg, w) for arg in term.args))


# ---------------------------------------------------------------------------------------------------------- functions


def _sqrt(term: Term, w: World) -> Any:
    x = scalar(value(term.args[0], w))
    if is_zero(x, w.eps):
        return mp.mpf(0)
    if isinstance(x, mp.mpf) and x < 0 and not may_be_complex(term.args[0], w):
        raise Undefined("the square root of a negative number")
    return mp.sqrt(x)


def _root(term: Term, w: World) -> Any:
    x, k = scalar(value(term.args[0], w)), whole(term.args[1], w)
    if is_zero(x, w.eps):
        return mp.mpf(0)
    if isinstance(x, mp.mpf) and x < 0 and not may_be_complex(term.args[0], w):
        if k % 2 == 0:
            raise Undefined("an even root of a negative number")
        return -mp.root(-x, k)
    return mp.root(x, k)


def _log(term: Term, w: World) -> Any:
    x = scalar(value(term.args[0], w))
    if is_zero(x, w.eps):
        raise Undefined("the logarithm of 0")
    if isinstance(x, mp.mpf) and x < 0 and not may_be_complex(term.args[0], w):
        raise Undefined("the logarithm of a negative number")
    return mp.log(x)


def _plain_function(name: str) -> Rule:
    function = getattr(mp, name)
    return lambda term, w: function(scalar(value(term.args[0], w)))


def _with_poles(name: str, zero_of: str) -> Rule:
    function, divisor = getattr(mp, name), getattr(mp, zero_of)

    def rule(term: Term, w: World) -> Any:
        x = scalar(value(term.args[0], w))
        if is_zero(divisor(x), w.eps):
            raise Undefined(f"{name} at a pole")
        return function(x)

    return rule


def _arc(name: str) -> Rule:
    function = getattr(mp, name)

    def rule(term: Term, w: World) -> Any:
        x = real(term.args[0], w)
        if abs(x) > 1 + w.eps:
            raise Undefined(f"{term.head} beyond 1")
        return function(max(min(x, mp.mpf(1)), mp.mpf(-1)))

    return rule


def _rounding(direction: int) -> Rule:
    def rule(term: Term, w: World) -> Any:
        x = real(term.args[0], w)
        near = mp.nint(x)
        if is_zero(x - near, w.eps):
            return near
        return mp.floor(x) if direction < 0 else mp.ceil(x)

    return rule


def _factorial(term: Term, w: World) -> Any:
    n = whole(term.args[0], w)
    if n < 0:
        raise Undefined("the factorial of a negative number")
    return mp.factorial(n)


def _binomial(term: Term, w: World) -> Any:
    n, k = (whole(arg, w) for arg in term.args)
    if n < 0 or k < 0:
        raise Undefined("a binomial coefficient of a negative number")
    return mp.mpf(0) if k > n else mp.nint(mp.binomial(n, k)) if n < 150 else mp.binomial(n, k)


def _apply(term: Term, w: World) -> Any:
    return _function(term, w).call(scalar(value(term.args[1], w)))


def _prime(term: Term, w: World) -> Any:
    k = whole(term.args[2], w)
    return mp.diff(_function(term, w).call, scalar(value(term.args[1], w)), k)


def _function(term: Term, w: World) -> Mapping1:
    given = w.letters.get(str(term.args[0].value))
    if not isinstance(given, Mapping1):
        raise Unsuited(f"the point gives no function {term.args[0].value}")
    return given


# ----------------------------------------------------------------------------------------------------------- matrices


def _matrix(term: Term, w: World) -> Any:
    return plain(mp.matrix([[scalar(value(cell, w)) for cell in row.args] for row in term.args]))


def _diagonal(cells: list[Any]) -> Any:
    return plain(mp.diag([scalar(cell) for cell in cells]))


def _family_diagonal(term: Term, w: World) -> Any:
    body, letter, lower, upper = term.args
    span = range(whole(lower, w), whole(upper, w) + 1)
    return _diagonal([value(body, w.bind(str(letter.value), mp.mpf(k))) for k in span])


def _transpose(term: Term, w: World) -> Any:
    x = value(term.args[0], w)
    return x.T if is_matrix(x) else x


def _square(term: Term, w: World) -> Any:
    x = value(term.args[0], w)
    if isinstance(x, Eye):
        raise Unsuited("the size of an identity matrix is not known")
    if is_matrix(x) and x.rows != x.cols:
        raise Unsuited("a matrix that is not square")
    return x


def _det(term: Term, w: World) -> Any:
    x = _square(term, w)
    return determinant(x) if is_matrix(x) else x


def _trace(term: Term, w: World) -> Any:
    x = _square(term, w)
    return mp.fsum(x[i, i] for i in range(x.rows)) if is_matrix(x) else x


def _entry(term: Term, w: World) -> Any:
    x, i, j = value(term.args[0], w), whole(term.args[1], w), whole(term.args[2], w)
    if not is_matrix(x):
        return x
    if not (1 <= i <= x.rows and 1 <= j <= x.cols):
        raise Undefined("an entry outside the matrix")
    return x[i - 1, j - 1]


def _norm(term: Term, w: World) -> Any:
    return spectral_norm(value(term.args[0], w))


def spectral_norm(x: Any) -> Any:
    if isinstance(x, Eye):
        return abs(x.factor)
    if not is_matrix(x):
        return abs(x)
    if 1 in (x.rows, x.cols):
        return frobenius(x)
    gram = x.H * x
    largest = max(mp.eighe(gram, eigvals_only=True))
    return mp.sqrt(max(largest, mp.mpf(0)))


def frobenius(x: Any) -> Any:
    if isinstance(x, Eye):
        raise Unsuited("the size of an identity matrix is not known")
    return mp.sqrt(mp.fsum(abs(e) ** 2 for e in entries(x)))


def _norm_p(term: Term, w: World) -> Any:
    cells, p = [abs(e) for e in entries(value(term.args[0], w))], value(term.args[1], w)
    return max(cells) if p == mp.inf else mp.fsum(c**p for c in cells) ** (1 / p)


def _inner(term: Term, w: World) -> Any:
    x, y = (value(arg, w) for arg in term.args)
    return times(x.T if is_matrix(x) else x, y)


def eigenvalues(x: Any) -> list[Any]:
    if not is_matrix(x):
        return [x]
    found = mp.eig(x, left=False, right=False)
    found = found[0] if isinstance(found, tuple) else found
    return sorted(found, key=lambda z: (-abs(z), -mp.re(z), -mp.im(z)))


def _spectral_radius(term: Term, w: World) -> Any:
    w.accuracy.allow(mp.mpf(10) ** -int(mp.dps / 5))  # a multiple eigenvalue is known to a fraction of the digits
    return abs(eigenvalues(_square(term, w))[0])


def _eigenvalue(term: Term, w: World) -> Any:
    w.accuracy.allow(mp.mpf(10) ** -int(mp.dps / 5))
    return eigenvalues(_square(term, w))[whole(term.args[1], w) - 1]


def _condition_number(term: Term, w: World) -> Any:
    x = _square(term, w)
    return spectral_norm(x) * spectral_norm(inverted(x, w.eps))


def compare(relation: str, a: Any, b: Any, tolerance: Any) -> bool:
    """Whether ``a relation b``, where numbers closer than ``tolerance`` are equal."""
    if relation in ("=", "!="):
        return (abs(a - b) <= tolerance) == (relation == "=")
    gap = mp.re(a - b)
    if relation in ("<", ">"):
        return bool(gap < -tolerance if relation == "<" else gap > tolerance)
    return bool(gap <= tolerance if relation == "<=" else gap >= -tolerance)


RULES: dict[str, Rule] = {
    "number": lambda term, w: number_of(Fraction(term.value or 0)),
    "decimal": _decimal,
    "constant": _constant,
    "symbol": _symbol,
    "index": _index,
    "add": _add,
    "mul": _mul,
    "neg": lambda term, w: negated(value(term.args[0], w)),
    "div": _div,
    "pow": _pow,
    "sqrt": _sqrt,
    "root": _root,
    "log": _log,
    **{name: _plain_function(name) for name in ("exp", "sin", "cos", "sinh", "cosh", "tanh")},
    "arctan": _plain_function("atan"),
    "arcsin": _arc("asin"),
    "arccos": _arc("acos"),
    "tan": _with_poles("tan", "cos"),
    "sec": _with_poles("sec", "cos"),
    "cot": _with_poles("cot", "sin"),
    "csc": _with_poles("csc", "sin"),
    "abs": lambda term, w: abs(scalar(value(term.args[0], w))),
    "floor": _rounding(-1),
    "ceil": _rounding(1),
    "max": lambda term, w: max(real(arg, w) for arg in term.args),
    "min": lambda term, w: min(real(arg, w) for arg in term.args),
    "factorial": _factorial,
    "binomial": _binomial,
    "apply": _apply,
    "prime": _prime,
    "matrix": _matrix,
    "identity": lambda term, w: Eye(mp.mpf(1)),
    "diagonal": lambda term, w: _diagonal([value(arg, w) for arg in term.args]),
    "diagonal_family": _family_diagonal,
    "transpose": _transpose,
    "det": _det,
    "trace": _trace,
    "entry": _entry,
    "norm": _norm,
    "frobenius": lambda term, w: frobenius(value(term.args[0], w)),
    "norm_p": _norm_p,
    "inner": _inner,
    "spectral_radius": _spectral_radius,
    "eigenvalue": _eigenvalue,
    "condition_number": _condition_number,
    "sum": analysis.summation,
    "prod": analysis.product,
    "limit": analysis.limit,
    "derivative": analysis.derivative,
    "integral": analysis.integral,
    "gradient": analysis.gradient,
    "hessian": analysis.hessian,
    "expect": chance.expectation,
    "expect_given": chance.conditional_expectation,
    "variance": chance.variance,
    "covariance": chance.covariance,
    "probability": chance.probability,
}
