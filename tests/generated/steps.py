"""Floors, maxima, absolute values, factorials, parity: seeds and rules."""

from __future__ import annotations

from random import Random

from derive.core import Term
from generated.terms import ONE, TWO, add, div, fn, m, mul, n, neg, num, pow_, sub, x, y

WHOLE = (n, m, add(n, ONE), num(2))


def step_seed(r: Random, depth: int) -> Term:
    def one() -> Term:
        u, v = r.choice((x, y, add(x, y), sub(x, y))), r.choice((x, y, num(1), mul(TWO, y)))
        return r.choice(
            (
                fn("floor", add(u, r.choice(WHOLE))),
                fn("ceil", sub(r.choice(WHOLE), u)),
                fn("max", u, v),
                fn("min", u, v),
                fn("abs", mul(u, v)),
                fn("abs", u),
                fn("factorial", add(n, r.choice((ONE, TWO)))),
                fn("binomial", add(n, ONE), m),
                pow_(neg(ONE), r.choice((add(n, m), mul(TWO, n), add(n, ONE)))),
                pow_(fn("abs", u), 2),
            )
        )

    return one() if depth <= 1 else r.choice((add, sub, mul))(one(), one())


def steps(t: Term, r: Random) -> Term | None:
    u = t.args[0] if t.args else t
    if t.head == "floor":
        if u.head == "add" and len(u.args) == 2 and u.args[-1] in WHOLE:
            return add(fn("floor", u.args[0]), u.args[-1])
        return neg(fn("ceil", neg(u)))
    if t.head == "ceil":
        return neg(fn("floor", neg(u)))
    if t.head in ("max", "min") and len(t.args) == 2:
        other, v = ("min" if t.head == "max" else "max"), t.args[1]
        spread = fn("abs", sub(u, v))
        return r.choice(
            (
                sub(add(u, v), fn(other, u, v)),
                div((add if t.head == "max" else sub)(add(u, v), spread), TWO),
                neg(fn(other, neg(u), neg(v))),
                fn(t.head, v, u),
            )
        )
    if t.head == "abs":
        if u.head == "mul":
            return mul(*(fn("abs", part) for part in u.args))
        return r.choice((fn("max", u, neg(u)), fn("sqrt", pow_(u, 2)), fn("abs", neg(u))))
    if t.head == "factorial" and set(u.args) == {n, ONE}:
        return mul(u, fn("factorial", n))
    if t.head == "factorial" and set(u.args) == {n, TWO}:
        return mul(u, add(n, ONE), fn("factorial", n))
    if t.head == "pow":
        return _power(t, r)
    return None


def _power(t: Term, r: Random) -> Term | None:
    base, exponent = t.args
    if base == neg(ONE):
        if exponent.head == "mul" and exponent.args[0] == TWO:
            return ONE
        if exponent.head == "add":
            return mul(*(pow_(base, part) for part in exponent.args))
    return pow_(base.args[0], 2) if base.head == "abs" and exponent == TWO else None
