"""Rewriting rules: each replaces a term by one that is equal wherever both are defined, or declines with None."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from derive.core import Term
from generated.seeds import TRIG
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
    is_positive,
    is_square,
    k,
    mentions,
    mu,
    mul,
    n,
    neg,
    nu,
    num,
    p,
    pow_,
    put,
    s,
    sub,
    w,
    x,
    y,
)

Rule = Callable[[Term, Random], Term | None]


def commute(t: Term, r: Random) -> Term | None:
    if t.head not in ("add", "mul"):
        return None
    args = list(t.args)
    r.shuffle(args)
    return Term(t.head, tuple(args))


def distribute(t: Term, r: Random) -> Term | None:
    if t.head != "mul" or not any(arg.head == "add" for arg in t.args):
        return None
    i = r.choice([i for i, arg in enumerate(t.args) if arg.head == "add"])
    return add(*(mul(*t.args[:i], part, *t.args[i + 1 :]) for part in t.args[i].args))


def square_out(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or t.args[0].head != "add" or len(t.args[0].args) != 2:
        return None
    c, d = t.args[0].args
    if t.args[1] == TWO:
        return add(pow_(c, 2), mul(TWO, c, d), pow_(d, 2))
    if t.args[1] == num(3):
        return add(pow_(c, 3), mul(num(3), pow_(c, 2), d), mul(num(3), c, pow_(d, 2)), pow_(d, 3))
    return None


def multiply_out(t: Term, r: Random) -> Term | None:
    if t.head == "pow" and t.args[1].head == "number" and t.args[1].value in (2, 3):
        return mul(*[t.args[0]] * int(t.args[1].value))  # type: ignore[arg-type]
    return None


def split_number(t: Term, r: Random) -> Term | None:
    if t.head != "number":
        return None
    other = r.randint(1, 9)
    return r.choice(
        (sub(num(Fraction(t.value or 0) + other), num(other)), mul(num(other), num(Fraction(t.value or 0) / other)))
    )


def common_divisor(t: Term, r: Random) -> Term | None:
    if t.head != "add" or len(t.args) != 2:
        return None
    tops = [(c.args if c.head == "div" else (c, ONE)) for c in t.args]
    (c, d), (e, f) = tops
    return div(add(mul(c, f), mul(e, d)), mul(d, f)) if (d, f) != (ONE, ONE) else None


def split_quotient(t: Term, r: Random) -> Term | None:
    if t.head != "div":
        return None
    if t.args[0].head == "add":
        return add(*(div(part, t.args[1]) for part in t.args[0].args))
    return mul(t.args[0], pow_(t.args[1], num(-1)))


def there_and_back(t: Term, r: Random) -> Term | None:
    other = r.choice((x, p, mul(x, y), num(7)))
    kind = r.random()
    if kind < 0.4:
        return sub(add(t, other), other)
    return div(mul(t, other), other) if kind < 0.8 else neg(mul(num(-1), t))


def fold_sign(t: Term, r: Random) -> Term | None:
    return mul(num(-1), t.args[0]) if t.head == "neg" and t.args[0].head != "number" else None


def exponentials(t: Term, r: Random) -> Term | None:
    if t.head == "exp":
        inside = t.args[0]
        if inside.head == "add":
            return mul(*(fn("exp", part) for part in inside.args))
        if inside.head == "neg":
            return div(ONE, fn("exp", inside.args[0]))
        if inside.head == "mul" and inside.args[0] == TWO:
            return pow_(fn("exp", mul(*inside.args[1:])), 2)
    if t.head in ("cosh", "sinh"):
        one, other = fn("exp", t.args[0]), fn("exp", neg(t.args[0]))
        return div((add if t.head == "cosh" else sub)(one, other), TWO)
    return fn("exp", fn("log", t)) if t.head == "symbol" and is_positive(t) else None


def logarithms(t: Term, r: Random) -> Term | None:
    if t.head != "log" or not is_positive(t.args[0]):
        return None
    inside = t.args[0]
    if inside.head == "mul":
        return add(*(fn("log", part) for part in inside.args))
    if inside.head == "div":
        return sub(fn("log", inside.args[0]), fn("log", inside.args[1]))
    if inside.head == "pow":
        return mul(inside.args[1], fn("log", inside.args[0]))
    return neg(fn("log", div(ONE, inside))) if r.random() < 0.5 else None


def roots(t: Term, r: Random) -> Term | None:
    if t.head == "sqrt":
        inside = t.args[0]
        if is_square(inside):
            return inside.args[0] if is_positive(inside.args[0]) else fn("abs", inside.args[0])
        if inside.head == "mul" and is_positive(inside):
            return mul(*(fn("sqrt", part) for part in inside.args))
        if is_positive(inside):
            return r.choice((pow_(inside, div(ONE, TWO)), fn("exp", div(fn("log", inside), TWO)), div(inside, t)))
    if t.head == "abs":
        return fn("sqrt", pow_(t.args[0], 2))
    if t.head == "symbol" and is_positive(t):
        return pow_(fn("sqrt", t), 2)
    return None


def real_powers(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or not is_positive(t.args[0]) or t.args[1].head == "number":
        return None
    base, exponent = t.args
    if base.head == "mul":
        return mul(*(pow_(part, exponent) for part in base.args))
    if exponent.head == "add":
        return mul(*(pow_(base, part) for part in exponent.args))
    return fn("exp", mul(exponent, fn("log", base)))


def whole_powers(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or t.args[1].head == "number":
        return None
    base, exponent = t.args
    if exponent.head == "add":
        return mul(*(pow_(base, part) for part in exponent.args))
    if exponent.head == "mul" and exponent.args[0] == TWO:
        return r.choice((pow_(pow_(base, exponent.args[1]), 2), pow_(pow_(base, 2), exponent.args[1])))
    return mul(base, pow_(base, sub(exponent, ONE))) if exponent.head == "symbol" and base != x else None


def angles(t: Term, r: Random) -> Term | None:
    if t.head == "pow" and t.args[1] == TWO and t.args[0].head in ("sin", "cos", "sinh", "cosh"):
        angle, head = t.args[0].args[0], t.args[0].head
        double = fn("cosh" if head.endswith("h") else "cos", mul(TWO, angle))
        return {
            "sin": r.choice((sub(ONE, pow_(fn("cos", angle), 2)), div(sub(ONE, double), TWO))),
            "cos": r.choice((sub(ONE, pow_(fn("sin", angle), 2)), div(add(ONE, double), TWO))),
            "sinh": r.choice((sub(pow_(fn("cosh", angle), 2), ONE), div(sub(double, ONE), TWO))),
            "cosh": r.choice((add(ONE, pow_(fn("sinh", angle), 2)), div(add(double, ONE), TWO))),
        }[head]
    if t.head not in TRIG:
        return None
    angle = t.args[0]
    if t.head in ("tan", "tanh"):
        return div(fn(t.head.replace("tan", "sin"), angle), fn(t.head.replace("tan", "cos"), angle))
    if angle.head == "neg":
        return (
            fn("cos", angle.args[0]) if t.head == "cos" else neg(fn("sin", angle.args[0])) if t.head == "sin" else None
        )
    if angle.head == "add" and len(angle.args) == 2:
        return _addition(t.head, *angle.args)
    if angle.head == "mul" and angle.args[0] == TWO:
        return _addition(t.head, angle.args[1], angle.args[1])
    if angle.head == "mul" and angle.args[0] == num(3):
        return _addition(t.head, mul(TWO, angle.args[1]), angle.args[1])
    return None


def _addition(head: str, c: Term, d: Term) -> Term | None:
    h = "h" if head.endswith("h") else ""
    sines, cosines = (fn("sin" + h, c), fn("sin" + h, d)), (fn("cos" + h, c), fn("cos" + h, d))
    if head in ("sin", "sinh"):
        return add(mul(sines[0], cosines[1]), mul(cosines[0], sines[1]))
    return (add if h else sub)(mul(*cosines), mul(*sines))


def over_sums(t: Term, r: Random) -> Term | None:
    if t.head != "sum":
        return None
    body, letter, lower, upper = t.args
    kind = r.random()
    if body.head == "add" and kind < 0.6:
        return add(*(fn("sum", part, letter, lower, upper) for part in body.args))
    if body.head == "mul" and body.args[0] != k and not mentions(body.args[0], "k") and kind < 0.8:
        return mul(body.args[0], fn("sum", mul(*body.args[1:]), letter, lower, upper))
    if kind < 0.5:
        return fn("sum", put(body, "k", add(k, ONE)), letter, sub(lower, ONE), sub(upper, ONE))
    if upper == add(n, ONE):
        return add(fn("sum", body, letter, lower, upper.args[0]), put(body, "k", upper))
    return fn("sum", put(body, "k", sub(add(lower, upper), k)), letter, lower, upper) if kind < 0.75 else None


def closed_sums(t: Term, r: Random) -> Term | None:
    if t.head != "sum" or t.args[2] != ONE or t.args[3] != n:
        return None
    body = t.args[0]
    up = add(n, ONE)
    known = {
        k: div(mul(n, up), TWO),
        pow_(k, 2): div(mul(n, up, add(mul(TWO, n), ONE)), num(6)),
        pow_(k, 3): div(mul(pow_(n, 2), pow_(up, 2)), num(4)),
        pow_(TWO, k): sub(pow_(TWO, up), TWO),
        mul(k, pow_(TWO, k)): add(mul(sub(n, ONE), pow_(TWO, up)), TWO),
        div(ONE, mul(k, add(k, ONE))): div(n, up),
    }
    return known.get(body)


def _is_number_like(t: Term) -> bool:
    return t in (a, b) or t.head in ("number", "neg", "trace", "det")


def matrix_rules(t: Term, r: Random) -> Term | None:
    if t.head == "transpose":
        inside = t.args[0]
        if inside.head == "add":
            return add(*(fn("transpose", part) for part in inside.args))
        if inside.head == "mul":
            return mul(*(part if _is_number_like(part) else fn("transpose", part) for part in reversed(inside.args)))
        return inside.args[0] if inside.head == "transpose" else None
    if t.head == "trace":
        inside = t.args[0]
        if inside.head == "add":
            return add(*(fn("trace", part) for part in inside.args))
        if inside.head == "mul" and not any(map(_is_number_like, inside.args)):
            return fn("trace", mul(*inside.args[1:], inside.args[0]))
        return fn("trace", fn("transpose", inside))
    if t.head == "det":
        if t.args[0].head == "mul":
            return mul(*(fn("det", part) for part in t.args[0].args))
        return fn("det", fn("transpose", t.args[0]))
    if t in (A, B):
        return r.choice((mul(t, C, pow_(C, num(-1))), fn("transpose", fn("transpose", t))))
    return distribute(t, r)


def chance_rules(t: Term, r: Random) -> Term | None:
    if t.head == "expect":
        return _linear(t.args[0], r)
    if t.head == "variance":
        inside = t.args[0]
        kind = r.random()
        if kind < 0.35:
            return sub(fn("expect", pow_(inside, 2)), pow_(fn("expect", inside), 2))
        if inside.head == "add":
            return add(*(part for part in map(_variance_of, inside.args) if part is not None))
        return _variance_of(inside)
    if t.head == "covariance":
        c, d = t.args
        return (
            sub(fn("expect", mul(c, d)), mul(fn("expect", c), fn("expect", d)))
            if r.random() < 0.7
            else fn("covariance", d, c)
        )
    return distribute(t, r) or square_out(t, r)


def _variance_of(t: Term) -> Term | None:
    """Of a scaled letter: independent letters add up."""
    if t.head == "neg":
        return _variance_of(t.args[0])
    if t.head == "mul":
        return mul(pow_(t.args[0], 2), fn("variance", t.args[1]))
    return None if t == b else {X: s, Y: w}.get(t)


def _linear(t: Term, r: Random) -> Term | None:
    if t.head == "add":
        return add(*(fn("expect", part) for part in t.args))
    if t.head == "neg":
        return neg(fn("expect", t.args[0]))
    if t.head == "mul" and t.args[0] in (a, b):
        return mul(t.args[0], fn("expect", mul(*t.args[1:])))
    if t == mul(X, Y):
        return mul(mu, nu)
    if t == pow_(X, 2):
        return add(s, pow_(mu, 2))
    return {X: mu, Y: nu, b: b}.get(t)
