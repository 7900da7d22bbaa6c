"""d/dx of a term, as a term: the rules of calculus, followed through definitions, recurrences and bound letters. The error
bound of a derivative is then that of the term it gives."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from derive.core import Term
from derive.floats.ball import NoNumericForm
from derive.floats.environment import Env, Evaluate, Function

ZERO, ONE, TWO = (Term("number", value=Fraction(k)) for k in range(3))
LINEAR = ("add", "neg", "transpose", "matrix", "row", "diagonal")


def differentiate(term: Term, x: str, env: Env, evaluate: Evaluate) -> Term:
    """The derivative of ``term`` with respect to the letter ``x``. Raises NoNumericForm for a head without a rule."""
    if not _depends(term, x, env, ()):
        return _nothing(term)
    head, args = term.head, term.args
    if head in ("symbol", "index"):
        return _letter(term, x, env, evaluate)

    def d(part: Term) -> Term:
        return differentiate(part, x, env, evaluate)

    if head in LINEAR:
        return Term(head, tuple(d(arg) for arg in args))
    if head in ("trace", "entry"):
        return Term(head, (d(args[0]), *args[1:]))
    if head == "mul":
        products = [_mul(*args[:k], d(arg), *args[k + 1 :]) for k, arg in enumerate(args) if _depends(arg, x, env, ())]
        return products[0] if len(products) == 1 else Term("add", tuple(products))
    if head == "div":
        a, b = args
        return _div(_minus(_mul(d(a), b), _mul(a, d(b))), _pow(b, TWO))
    if head == "pow":
        return _power(args[0], args[1], x, env, evaluate)
    if head in ("sum", "prod"):
        body, letter, lower, upper = args
        if str(letter.value) == x:
            return ZERO
        part = d(body) if head == "sum" else _div(d(body), body)
        total = Term("sum", (part, letter, lower, upper))
        return total if head == "sum" else _mul(term, total)
    if head == "apply":
        return _applied(term, x, env, evaluate)
    if head in SLOPES:
        return _mul(SLOPES[head](args[0]), d(args[0]))
    raise NoNumericForm(f"the derivative of {head}")


def _nothing(term: Term) -> Term:
    """0, in the shape of what is differentiated: a matrix of numbers is differentiated entry by entry."""
    if term.head in ("matrix", "row"):
        return Term(term.head, tuple(map(_nothing, term.args)))
    return ZERO


def _letter(term: Term, x: str, env: Env, evaluate: Evaluate) -> Term:
    name = str((term.args[0] if term.args else term).value)
    if not term.args and name == x:
        return ONE
    if name in env.definitions:
        return differentiate(env.definitions[name], x, env, evaluate)
    place = evaluate(term.args[1], env).value
    rule = env.rule(name, place, evaluate)
    if rule is None:
        return ZERO
    body, letter = rule
    shift = next((r.shift for r in env.recurrences[name] if r.body is body), 0)
    return differentiate(substitute(body, letter, _integer(place - shift)) if letter else body, x, env, evaluate)


def _power(a: Term, b: Term, x: str, env: Env, evaluate: Evaluate) -> Term:
    slope = differentiate(a, x, env, evaluate)
    base = evaluate(a, env)
    if base.kind != "scalar":
        return _matrix_power(a, slope, evaluate(b, env).value)
    lower = _mul(b, _pow(a, _minus(b, ONE)), slope)
    if not _depends(b, x, env, ()):
        return ZERO if np.all(evaluate(b, env).value == 0) else lower
    upper = _mul(Term("pow", (a, b)), Term("log", (a,)), differentiate(b, x, env, evaluate))
    return Term("add", (lower, upper)) if _depends(a, x, env, ()) else upper


def _matrix_power(a: Term, slope: Term, n: object) -> Term:
    """d(A^n) = sum over j of A^j dA A^(n-1-j); d(A^-1) = -A^-1 dA A^-1."""
    if not isinstance(n, int) or n < -1:
        raise NoNumericForm("the derivative of this power of a matrix")
    if n == -1:
        inverse = _pow(a, _integer(-1))
        return Term("neg", (_mul(inverse, slope, inverse),))
    terms = tuple(_mul(_pow(a, _integer(j)), slope, _pow(a, _integer(n - 1 - j))) for j in range(n))
    return ZERO if n == 0 else terms[0] if n == 1 else Term("add", terms)


def _applied(term: Term, x: str, env: Env, evaluate: Evaluate) -> Term:
    function = env.letters.get(str(term.args[0].value))
    if not isinstance(function, Function):
        raise NoNumericForm("the derivative of an unknown function")
    inner = differentiate(function.body, function.variable, env, evaluate)
    outer = substitute(inner, function.variable, term.args[1])
    return _mul(outer, differentiate(term.args[1], x, env, evaluate))


def _depends(term: Term, x: str, env: Env, seen: tuple[str, ...]) -> bool:
    """Whether x occurs, also behind a definition or a recurrence."""
    if term.head == "symbol":
        name = str(term.value)
        if name == x:
            return True
        if name in seen:
            return False
        bodies = [env.definitions[name]] if name in env.definitions else []
        bodies += [rule.body for rule in env.recurrences.get(name, ())]
        return any(_depends(body, x, env, (*seen, name)) for body in bodies)
    return any(_depends(arg, x, env, seen) for arg in term.args)


def substitute(term: Term, name: str, value: Term) -> Term:
    """``value`` for every free occurrence of a letter."""
    if term.head == "symbol":
        return value if term.value == name else term
    if not term.args or (term.head in ("sum", "prod", "diagonal_family") and term.args[1].value == name):
        return term
    return Term(term.head, tuple(substitute(arg, name, value) for arg in term.args), term.value)


# ---------------------------------------------------------------------------------------------------- terms, for short


def _integer(k: int) -> Term:
    term = Term("number", value=Fraction(abs(k)))
    return Term("neg", (term,)) if k < 0 else term


def _mul(*factors: Term) -> Term:
    if ZERO in factors:
        return ZERO
    kept = tuple(factor for factor in factors if factor != ONE)
    return Term("mul", kept) if len(kept) > 1 else kept[0] if kept else ONE


def _div(a: Term, b: Term) -> Term:
    return Term("div", (a, b))


def _pow(a: Term, b: Term) -> Term:
    return Term("pow", (a, b))


def _minus(a: Term, b: Term) -> Term:
    return Term("add", (a, Term("neg", (b,))))


def _f(head: str, a: Term) -> Term:
    return Term(head, (a,))


SLOPES = {
    "sqrt": lambda a: _div(ONE, _mul(TWO, _f("sqrt", a))),
    "exp": lambda a: _f("exp", a),
    "log": lambda a: _div(ONE, a),
    "abs": lambda a: _div(a, _f("abs", a)),
    "sin": lambda a: _f("cos", a),
    "cos": lambda a: Term("neg", (_f("sin", a),)),
    "tan": lambda a: Term("add", (ONE, _pow(_f("tan", a), TWO))),
    "sinh": lambda a: _f("cosh", a),
    "cosh": lambda a: _f("sinh", a),
    "tanh": lambda a: _minus(ONE, _pow(_f("tanh", a), TWO)),
    "arctan": lambda a: _div(ONE, Term("add", (ONE, _pow(a, TWO)))),
}
"""The derivative of each function of one scalar; that of the modulus is meant for real letters."""
