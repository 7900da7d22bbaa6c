"""What may be asked of a term at an exact point: a ball, an exact value, whether a relation holds."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import cast

from flint import acb, arb, ctx, fmpq, fmpq_mat

from derive.core import Complex, Matrix, Relation, Term
from derive.kernel.balls.arithmetic import add, negate
from derive.kernel.balls.comparing import at_most, conjunction, paired, truth_of
from derive.kernel.balls.heights import separation
from derive.kernel.balls.limits import MOST_BITS, Unclear, Undefined
from derive.kernel.balls.numerals import grid_of, numerals_of
from derive.kernel.balls.outside import Ball, enclosing, plain
from derive.kernel.balls.place import Budget, Env, Here, Place, Undrawn, value_of
from derive.kernel.balls.roots import absolute
from derive.kernel.balls.table import BALLS
from derive.kernel.balls.values import Gauss, GaussMatrix, Quantity, rows_of
from derive.kernel.budget import spend

SCREENED_BITS = 128
"""What balls of this precision do not tell apart may be equal: that is looked into before they are made finer."""
COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compute(term: Term, env: Env, bits: int) -> Quantity:
    """The value at the point, exact where possible, else a ball computed with ``bits`` bits. Raises Undefined."""
    with ctx.workprec(bits):
        return _there(term, env, bits)


def _there(term: Term, env: Env, bits: int) -> Quantity:
    """As ``compute``, where that precision is set: from memory where it has been computed at this very point before."""
    if type(env) is not Here:
        return _computed(term, Place(BALLS, env, Budget(), bits))
    found = env.known.get((term, bits))
    if found is None:
        found = env.known[term, bits] = _computed(term, Place(BALLS, env, Budget(), bits))
    return found


def _computed(term: Term, place: Place) -> Quantity:
    try:
        return value_of(term, place)
    except RecursionError:
        raise Undefined("a formula nested too deeply") from None
    except Undrawn as undrawn:
        raise Undefined(f"the random letter {undrawn.key[0]} outside an expectation") from None


def evaluate(term: Term, env: Env, bits: int) -> Ball:
    """A ball that contains the value at the point. Raises Undefined where some part is not certainly defined."""
    with ctx.workprec(bits):
        return enclosing(_there(term, env, bits))


def exact(term: Term, env: Env) -> Fraction | Complex | Matrix | None:
    """The exact value, if every operation met gives a rational number at the point (and none is too large);
    else None."""
    try:
        value = compute(term, env, 64)
    except Undefined:
        return None
    if isinstance(value, fmpq | Gauss):
        return plain(value)
    if isinstance(value, fmpq_mat | GaussMatrix):
        return Matrix(tuple(tuple(plain(cast(fmpq | Gauss, x)) for x in row) for row in rows_of(value)))
    return None


def holds(relation: Relation, env: Env, max_bits: int = MOST_BITS) -> bool | None:
    """Whether the relation holds at the point: certified True, certified False, or None. The precision doubles from
    64 bits until balls decide. Equality is certified by exact values, and for algebraic numbers by their height. None
    also where a side is not certainly defined."""
    if relation.relation == "~~":
        return approximates(relation.lhs, relation.rhs, env, max_bits)
    left, right = _number(relation.lhs, env), _number(relation.rhs, env)
    if left is not None and right is not None and relation.relation in COMPARED:
        spend(2)
        return COMPARED[relation.relation](left, right)
    answer = _doubling(lambda bits: _holds_at(relation, env, bits), min(max_bits, SCREENED_BITS))
    if answer is not None or max_bits < MOST_BITS:
        return answer
    if _coincide(relation, env):
        return relation.relation in ("=", "<=", ">=")
    return _doubling(lambda bits: _holds_at(relation, env, bits), max_bits, 2 * SCREENED_BITS)


def _number(term: Term, env: Env) -> Fraction | None:
    """The value of a whole number or its negative, or of a letter that is a number at the point, at sight."""
    if term.head == "symbol":
        value = env.get(str(term.value))
        return value if type(value) is Fraction else None
    if term.head == "neg" and term.args[0].head == "number":
        inner = term.args[0].value
        return -inner if isinstance(inner, Fraction) else None
    return term.value if term.head == "number" and isinstance(term.value, Fraction) else None


def _coincide(relation: Relation, env: Env) -> bool:
    """Both sides are the same algebraic number: they differ by less than two such numbers could."""
    if relation.relation not in ("=", "!=", "<", "<=", ">", ">="):
        return False
    difference = Term("add", (relation.lhs, Term("neg", (relation.rhs,))))
    try:
        evaluate(difference, env, SCREENED_BITS)  # defined, and made of numerals that may be looked at
        bits = separation(relation.lhs, relation.rhs, env)
        found = (evaluate(difference, env, bits + slack) for slack in (64, 512)) if bits is not None else iter(())
        return any(isinstance(ball, acb) and bool(abs(ball).upper() < arb(2) ** -(bits or 0)) for ball in found)
    except Undefined:
        return False


def approximates(lhs: Term, rhs: Term, env: Env, max_bits: int = MOST_BITS) -> bool | None:
    """Whether ``lhs`` lies within half a unit of the last digit of the numeral ``rhs`` (of each entry, for a matrix of
    numerals); None where that is not decided, or ``rhs`` is no numeral."""
    numerals = numerals_of(rhs)
    if numerals is None:
        return None
    centre, reach = grid_of(numerals, 0), grid_of(numerals, 1)

    def within(bits: int) -> bool | None:
        with ctx.workprec(bits):
            pairs = list(paired(add(compute(lhs, env, bits), negate(centre)), reach))
            return conjunction(at_most(absolute(difference), room) for difference, room in pairs)

    return _doubling(within, max_bits)


def _doubling(decide: Callable[[int], bool | None], max_bits: int, bits: int = 64) -> bool | None:
    while bits <= max_bits:
        try:
            answer = decide(bits)
        except Unclear:
            answer = None
        except Undefined:
            return None
        if answer is not None:
            return answer
        bits *= 2
    return None


def _holds_at(relation: Relation, env: Env, bits: int) -> bool | None:
    with ctx.workprec(bits):
        left, right = _there(relation.lhs, env, bits), _there(relation.rhs, env, bits)
        return truth_of(relation.relation, left, right)
