"""Random terms to start from, one kind a function."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from derive.core import Term
from generated.terms import (
    ONE,
    TWO,
    A,
    B,
    C,
    X,
    Y,
    a,
    add,
    b,
    div,
    fn,
    k,
    m,
    mul,
    n,
    neg,
    num,
    p,
    pow_,
    q,
    sub,
    u,
    v,
    x,
    y,
    z,
)

Seed = Callable[[Random, int], Term]
LETTERS = (x, y, z, p, q)


def leaf(r: Random) -> Term:
    return r.choice(LETTERS) if r.random() < 0.7 else num(r.choice((1, 2, 3, 5, Fraction(1, 2), Fraction(2, 3))))


def polynomial(r: Random, depth: int) -> Term:
    if depth == 0:
        return leaf(r)
    kind = r.random()
    left, right = polynomial(r, depth - 1), polynomial(r, r.randrange(depth))
    if kind < 0.35:
        return add(left, right)
    if kind < 0.5:
        return sub(left, right)
    if kind < 0.8:
        return mul(left, right)
    return pow_(left, r.choice((2, 2, 3)))


def rational(r: Random, depth: int) -> Term:
    top = polynomial(r, depth)
    return div(top, polynomial(r, max(1, depth - 1))) if r.random() < 0.7 else add(div(top, leaf(r)), rational_leaf(r))


def rational_leaf(r: Random) -> Term:
    return div(leaf(r), add(r.choice(LETTERS), num(r.randint(1, 4))))


def positive(r: Random) -> Term:
    return r.choice((p, q, mul(p, q), add(p, q), fn("exp", x), add(pow_(x, 2), ONE), div(p, q), mul(TWO, p)))


def exponential(r: Random, depth: int) -> Term:
    parts = [r.choice(("log", "exp", "sqrt", "power", "log"))]
    if depth > 1 and r.random() < 0.6:
        parts.append(r.choice(("poly", "log", "exp", "sqrt", "abs")))
    made = [_exponential_part(kind, r) for kind in parts]
    return made[0] if len(made) == 1 else r.choice((add, mul, sub))(made[0], made[1])


def _exponential_part(kind: str, r: Random) -> Term:
    if kind == "log":
        inside = r.choice(
            (mul(positive(r), positive(r)), pow_(positive(r), r.choice((2, 3))), div(positive(r), positive(r)))
        )
        return fn("log", inside)
    if kind == "exp":
        return fn("exp", r.choice((add(leaf(r), leaf(r)), neg(leaf(r)), mul(num(2), leaf(r)), sub(leaf(r), leaf(r)))))
    if kind == "sqrt":
        return fn("sqrt", r.choice((mul(positive(r), positive(r)), pow_(positive(r), 2), pow_(polynomial(r, 1), 2))))
    if kind == "power":
        return pow_(mul(p, q), div(num(r.choice((1, 2, 5))), num(3)))
    return fn("abs", mul(leaf(r), leaf(r))) if kind == "abs" else polynomial(r, 1)


TRIG = ("sin", "cos", "sin", "cos", "tan", "sinh", "cosh", "tanh")


def trigonometric(r: Random, depth: int) -> Term:
    def one() -> Term:
        angle = r.choice((x, add(x, y), mul(TWO, x), sub(x, y), neg(y), mul(num(3), x)))
        part = fn(r.choice(TRIG), angle)
        return pow_(part, 2) if r.random() < 0.35 else part

    first = one()
    return first if depth <= 1 else r.choice((add, sub, mul))(first, one() if r.random() < 0.7 else polynomial(r, 1))


def powers(r: Random, depth: int) -> Term:
    base = r.choice((p, q, x, mul(p, q)))
    first = pow_(base, r.choice((n, m, add(n, ONE), add(n, m), mul(TWO, n))))
    return first if depth <= 1 else r.choice((mul, add))(first, r.choice((pow_(base, n), pow_(p, m), polynomial(r, 1))))


def summand(r: Random) -> Term:
    return r.choice(
        (
            k,
            pow_(k, 2),
            mul(x, k),
            pow_(TWO, k),
            add(k, ONE),
            mul(k, pow_(TWO, k)),
            div(ONE, mul(k, add(k, ONE))),
            add(pow_(k, 3), mul(p, k)),
            fn("factorial", k),
            sub(pow_(k, 2), k),
        )
    )


def summation(r: Random, depth: int) -> Term:
    body = summand(r)
    if r.random() < 0.5:
        body = r.choice((add, sub))(body, summand(r))
    if r.random() < 0.3:
        body = mul(r.choice((x, p, num(3))), body)
    upper = r.choice((n, n, add(n, ONE), mul(TWO, n)))
    total = fn("sum", body, k, r.choice((ONE, ONE, TWO)), upper)
    return total if depth <= 1 or r.random() < 0.5 else add(total, polynomial(r, 1))


def word(r: Random, depth: int) -> Term:
    kind = r.random()
    if depth <= 0:
        return r.choice((A, B, C, A, B, fn("transpose", A)))
    left, right = word(r, depth - 1), word(r, r.randrange(depth))
    if kind < 0.45:
        return mul(left, right)
    if kind < 0.65:
        return add(left, right)
    if kind < 0.75:
        return mul(r.choice((a, b, num(2))), left)
    if kind < 0.9:
        return fn("transpose", left)
    return mul(pow_(C, num(-1)), left)


def matrix_claim(r: Random, depth: int) -> Term:
    kind = r.random()
    inside = word(r, depth)
    if kind < 0.2:
        return fn("trace", inside)
    if kind < 0.35:
        return mul(fn("transpose", u), inside, v)
    if kind < 0.45:
        return fn("det", mul(word(r, 0), word(r, 0)))
    return mul(inside, u) if kind < 0.6 else inside


def average(r: Random, depth: int) -> Term:
    scaled = r.choice((X, add(mul(a, X), b), sub(X, Y), add(X, Y), mul(a, X), add(mul(a, X), mul(b, Y))))
    kind = r.random()
    if kind < 0.35:
        return fn("expect", r.choice((scaled, mul(X, Y), pow_(X, 2), pow_(scaled, 2))))
    if kind < 0.75:
        return fn("variance", scaled)
    return fn("covariance", r.choice((X, mul(a, X), add(X, b))), r.choice((X, Y, add(X, Y))))
