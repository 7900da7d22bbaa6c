"""EVALUATE: one rule for each head of a term. ``evaluate(term, env)`` gives a Ball for all points of a batch."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import reduce

import numpy as np

from derive.core import Term
from derive.floats import functions, matrices, sizes
from derive.floats.ball import (
    UNIT,
    Ball,
    NoNumericForm,
    Undefined,
    add,
    div,
    exact,
    floating,
    matrix,
    mul,
    neg,
    rational,
    rounding,
    transpose,
)
from derive.floats.derivative import differentiate
from derive.floats.environment import Env, Function
from derive.floats.expectation import expect, probability, variance

Rule = Callable[[Term, Env], Ball]

MOST_TERMS = 5000
"""Sums and products of more terms than this are left to the kernel."""


def evaluate(term: Term, env: Env) -> Ball:
    """The value of ``term`` with its error bound, at every point of the batch. Raises NoNumericForm, Undefined."""
    return EVALUATE[term.head](term, env)


def integer(term: Term, env: Env) -> int:
    """An index, exponent or bound: an exact integer, the same at all points."""
    value = evaluate(term, env).value
    if not isinstance(value, int):
        raise NoNumericForm("an index or a bound that is not an integer")
    return value


# -------------------------------------------------------------------------------------------------------------- leaves


def _number(term: Term, env: Env) -> Ball:
    return rational(Fraction(term.value or 0))


def _symbol(term: Term, env: Env) -> Ball:
    return env.letter(str(term.value), evaluate)


def _index(term: Term, env: Env) -> Ball:
    family, place = term.args
    if family.head != "symbol":
        raise NoNumericForm("an index on something that is not a letter")
    return env.member(str(family.value), integer(place, env), evaluate)


def _constant(term: Term, env: Env) -> Ball:
    if term.value == "i":
        return Ball(np.complex128(1j))
    values = {"pi": math.pi, "e": math.e, "gamma": float(np.euler_gamma)}
    if term.value not in values:
        raise NoNumericForm("infinity")
    value = np.float64(values[str(term.value)])
    return Ball(value, float(value) * UNIT)


# ----------------------------------------------------------------------------------------------------------- arithmetic


def _fold(operation: Callable[[Ball, Ball], Ball]) -> Rule:
    def rule(term: Term, env: Env) -> Ball:
        return reduce(operation, [evaluate(arg, env) for arg in term.args])

    return rule


def _pow(term: Term, env: Env) -> Ball:
    base, exponent = term.args
    return matrices.function_power(evaluate(base, env), evaluate(exponent, env))


def _of_one(function: Callable[[Ball], Ball]) -> Rule:
    def rule(term: Term, env: Env) -> Ball:
        return function(evaluate(term.args[0], env))

    return rule


def _of_two(function: Callable[[Ball, Ball], Ball]) -> Rule:
    def rule(term: Term, env: Env) -> Ball:
        return function(evaluate(term.args[0], env), evaluate(term.args[1], env))

    return rule


def _root(term: Term, env: Env) -> Ball:
    return functions.root(evaluate(term.args[0], env), integer(term.args[1], env))


def _apply(term: Term, env: Env) -> Ball:
    name, *values = term.args
    found = env.letters.get(str(name.value))
    if not isinstance(found, Function) or len(values) != 1:
        raise NoNumericForm("an unknown function")
    return evaluate(found.body, env.bind(found.variable, evaluate(values[0], env)))


# -------------------------------------------------------------------------------------------------------------- binders


def _over(term: Term, env: Env) -> list[Ball]:
    """The body at each value of the bound letter; none when the upper bound lies below the lower one."""
    body, letter, lower, upper = term.args
    first, last = integer(lower, env), integer(upper, env)
    if last - first >= MOST_TERMS:
        raise NoNumericForm(f"more than {MOST_TERMS} terms")
    return [evaluate(body, env.bind(str(letter.value), Ball(k))) for k in range(first, last + 1)]


def _sum(term: Term, env: Env) -> Ball:
    return reduce(add, _over(term, env), Ball(0))


def _prod(term: Term, env: Env) -> Ball:
    return reduce(mul, _over(term, env), Ball(1))


def _none(reason: str) -> Rule:
    def rule(term: Term, env: Env) -> Ball:
        raise NoNumericForm(reason)

    return rule


def _derivative(term: Term, env: Env) -> Ball:
    body, letter = term.args
    if letter.head != "symbol":
        raise NoNumericForm("a derivative by a member of a family")
    return evaluate(differentiate(body, str(letter.value), env, evaluate), env)


# ------------------------------------------------------------------------------------------------- vectors and matrices


def _assemble(rows: list[list[Ball]]) -> Ball:
    """A matrix from its scalar entries."""
    entries = [floating(ball) for row in rows for ball in row]
    if any(ball.kind != "scalar" for ball in entries) or len({len(row) for row in rows}) != 1:
        raise NoNumericForm("a matrix whose rows are not numbers side by side")
    shape = (len(rows), len(rows[0]))
    values = np.stack(np.broadcast_arrays(*(ball.value for ball in entries)), axis=-1)
    errors = np.stack(np.broadcast_arrays(*(ball.error for ball in entries)), axis=-1)
    error = 0.0 if all(map(exact, entries)) else errors.reshape(errors.shape[:-1] + shape)
    value = values.reshape(values.shape[:-1] + shape)
    return matrix(value, error if isinstance(error, float) else np.broadcast_to(error, value.shape))


def _quotient(term: Term) -> tuple[int, int] | None:
    """A numeral, its negative or a quotient of such, as numerator and positive denominator; None for anything else."""
    if term.head in ("number", "decimal"):
        value = Fraction(term.value or 0)
        return value.numerator, value.denominator
    parts = [_quotient(arg) for arg in term.args] if term.head in ("neg", "div") else [None]
    if None in parts:
        return None
    (p, q), *rest = (part for part in parts if part)
    if not rest:
        return -p, q
    r, s = rest[0]
    return (p * s, q * r) if r > 0 else (-p * s, -q * r) if r else None


def _numerals(term: Term) -> Ball | None:
    """A matrix of rational numerals at once: large matrices of data have thousands of them."""
    entries = [_quotient(entry) for row in term.args for entry in row.args]
    if None in entries or len({len(row.args) for row in term.args}) != 1:
        return None
    shape = (len(term.args), len(term.args[0].args))
    pairs = [pair for pair in entries if pair]
    if any(abs(p).bit_length() > 1000 or q.bit_length() > 1000 for p, q in pairs):
        return None
    value = np.array([p / q for p, q in pairs]).reshape(shape)
    # Python rounds a quotient of integers correctly; it is exact over a power of two.
    rounded = np.array([q & (q - 1) != 0 or abs(p).bit_length() > 53 for p, q in pairs]).reshape(shape)
    return matrix(value, np.where(rounded, rounding(value), 0.0) if rounded.any() else 0.0)


def _matrix(term: Term, env: Env) -> Ball:
    numerals = _numerals(term)
    if numerals is not None:
        return numerals
    return _assemble([[evaluate(entry, env) for entry in row.args] for row in term.args])


def _row(term: Term, env: Env) -> Ball:
    return _assemble([[evaluate(entry, env) for entry in term.args]])


def _diagonal_of(entries: list[Ball]) -> Ball:
    return _assemble([[ball if i == j else Ball(0) for j in range(len(entries))] for i, ball in enumerate(entries)])


def _diagonal(term: Term, env: Env) -> Ball:
    return _diagonal_of([evaluate(entry, env) for entry in term.args])


def _diagonal_family(term: Term, env: Env) -> Ball:
    entries = _over(term, env)
    if not entries:
        raise Undefined("an empty diagonal")
    return _diagonal_of(entries)


def _identity(term: Term, env: Env) -> Ball:
    return Ball(1, 0.0, "identity")


def _det(term: Term, env: Env) -> Ball:
    value = evaluate(term.args[0], env)
    if value.kind == "identity":
        if isinstance(value.value, int) and value.value in (0, 1):
            return Ball(value.value)
        raise NoNumericForm("the determinant of a multiple of an identity of no stated size")
    return matrices.det(value)


def _trace(term: Term, env: Env) -> Ball:
    value = evaluate(term.args[0], env)
    if value.kind == "identity":
        raise NoNumericForm("the trace of an identity of no stated size")
    return matrices.trace(value)


def _entry(term: Term, env: Env) -> Ball:
    a, i, j = term.args
    return matrices.entry(evaluate(a, env), integer(i, env), integer(j, env))


def _norm_p(term: Term, env: Env) -> Ball:
    value, order = evaluate(term.args[0], env), term.args[1]
    return sizes.norm_of_order(value, None if order.value == "infinity" else integer(order, env))


def _eigenvalue(term: Term, env: Env) -> Ball:
    return matrices.eigenvalue(evaluate(term.args[0], env), integer(term.args[1], env))


# ---------------------------------------------------------------------------------------------------------- probability


def _expect(term: Term, env: Env) -> Ball:
    return expect(term.args[0], env, evaluate)


def _variance(term: Term, env: Env) -> Ball:
    return variance(term.args[0], env, evaluate)


def _probability(term: Term, env: Env) -> Ball:
    return probability(term, env, evaluate)


EVALUATE: dict[str, Rule] = {
    "number": _number,
    "decimal": _number,
    "symbol": _symbol,
    "constant": _constant,
    "add": _fold(add),
    "neg": _of_one(neg),
    "mul": _fold(mul),
    "div": _of_two(div),
    "pow": _pow,
    "sqrt": _of_one(functions.sqrt),
    "root": _root,
    "exp": _of_one(functions.exp),
    "log": _of_one(functions.log),
    "abs": _of_one(functions.absolute),
    "sin": _of_one(functions.sin),
    "cos": _of_one(functions.cos),
    "tan": _of_one(functions.tan),
    "sinh": _of_one(functions.sinh),
    "cosh": _of_one(functions.cosh),
    "tanh": _of_one(functions.tanh),
    "arctan": _of_one(functions.arctan),
    **dict.fromkeys(("cot", "sec", "csc", "arcsin", "arccos"), _none("this function")),
    **dict.fromkeys(("floor", "ceil", "max", "min"), _none("a function with steps or corners")),
    "factorial": _of_one(functions.factorial),
    "binomial": _of_two(functions.binomial),
    "apply": _apply,
    "prime": _none("the derivative of an unknown function"),
    "sum": _sum,
    "prod": _prod,
    "limit": _none("a limit"),
    "derivative": _derivative,
    "integral": _none("an integral"),
    "antiderivative": _none("an antiderivative"),
    **dict.fromkeys(("gradient", "hessian"), _none("a gradient")),
    "index": _index,
    "matrix": _matrix,
    "row": _row,
    "identity": _identity,
    "diagonal": _diagonal,
    "diagonal_family": _diagonal_family,
    "transpose": _of_one(transpose),
    "det": _det,
    "trace": _trace,
    "entry": _entry,
    "norm": _of_one(matrices.norm),
    "frobenius": _of_one(sizes.frobenius),
    "norm_p": _norm_p,
    "inner": _of_two(sizes.inner),
    "spectral_radius": _of_one(matrices.spectral_radius),
    "eigenvalue": _eigenvalue,
    "condition_number": _of_one(matrices.condition_number),
    "expect": _expect,
    "expect_given": _none("a conditional expectation"),
    "variance": _variance,
    "covariance": _none("a covariance"),
    "probability": _probability,
}
