"""Derivatives and integrals: seeds, and rules from the table of derivatives."""

from __future__ import annotations

from random import Random

from derive.core import Term
from generated.seeds import exponential, polynomial, trigonometric
from generated.terms import ONE, TWO, add, div, fn, mentions, mul, neg, num, p, pow_, put, sub, x, y, z


def derivative_seed(r: Random, depth: int) -> Term:
    body = r.choice((polynomial, trigonometric, exponential))(r, min(depth, 2))
    return Term("derivative", (body, x))


def differentiate(t: Term, r: Random) -> Term | None:
    """The sum rule alone, or all of it."""
    if t.head != "derivative":
        return None
    if t.args[0].head == "add" and r.random() < 0.4:
        return add(*(Term("derivative", (part, x)) for part in t.args[0].args))
    return slope(t.args[0])


def slope(t: Term) -> Term | None:
    """d/dx by the rules of calculus, unsimplified; None for a head that is not in the table."""
    if not mentions(t, "x"):
        return num(0)
    if t == x:
        return ONE
    inner = [slope(arg) for arg in t.args]
    if None in inner:
        return None
    parts: list[Term] = inner  # type: ignore[assignment]
    if t.head == "add":
        return add(*parts)
    if t.head == "neg":
        return neg(parts[0])
    if t.head == "mul":
        return add(*(mul(*t.args[:i], d, *t.args[i + 1 :]) for i, d in enumerate(parts)))
    if t.head == "div":
        top, bottom = t.args
        return div(sub(mul(parts[0], bottom), mul(top, parts[1])), pow_(bottom, 2))
    if t.head == "pow" and not mentions(t.args[1], "x"):
        return mul(t.args[1], pow_(t.args[0], sub(t.args[1], ONE)), parts[0])
    outer = _outer(t)
    return mul(outer, parts[0]) if outer is not None else None


def _outer(t: Term) -> Term | None:
    u = t.args[0]
    table = {
        "exp": t,
        "log": div(ONE, u),
        "sqrt": div(ONE, mul(TWO, t)),
        "sin": fn("cos", u),
        "cos": neg(fn("sin", u)),
        "tan": add(ONE, pow_(t, 2)),
        "sinh": fn("cosh", u),
        "cosh": fn("sinh", u),
        "tanh": sub(ONE, pow_(t, 2)),
    }
    return table.get(t.head)


def integral_seed(r: Random, depth: int) -> Term:
    body = _integrand(r) if depth <= 1 else r.choice((add, sub))(_integrand(r), _integrand(r))
    ends = r.choice(((num(0), ONE), (ONE, TWO), (num(0), y), (y, z), (neg(ONE), num(2)), (num(0), p)))
    return Term("integral", (body, x, *ends))


def _integrand(r: Random) -> Term:
    part = r.choice(
        (x, pow_(x, 2), pow_(x, 3), fn("exp", x), fn("exp", mul(TWO, x)), fn("sin", x), fn("cos", mul(num(3), x)))
    )
    return mul(r.choice((num(2), num(5), p)), part) if r.random() < 0.5 else part


def integrate(t: Term, r: Random) -> Term | None:
    if t.head != "integral":
        return None
    body, letter, low, high = t.args
    kind = r.random()
    if body.head == "add" and kind < 0.4:
        return add(*(Term("integral", (part, letter, low, high)) for part in body.args))
    if body.head == "mul" and not mentions(body.args[0], "x") and kind < 0.6:
        return mul(body.args[0], Term("integral", (mul(*body.args[1:]), letter, low, high)))
    if kind < 0.15:
        return neg(Term("integral", (body, letter, high, low)))
    found = primitive(body)
    return sub(put(found, "x", high), put(found, "x", low)) if found is not None else None


def primitive(t: Term) -> Term | None:
    """Of a sum of multiples of powers, exponentials, sines and cosines."""
    if t.head == "add":
        parts = [primitive(arg) for arg in t.args]
        return None if None in parts else add(*parts)  # type: ignore[arg-type]
    if t.head == "neg":
        inner = primitive(t.args[0])
        return None if inner is None else neg(inner)
    if t.head == "mul" and len(t.args) == 2 and not mentions(t.args[0], "x"):
        inner = primitive(t.args[1])
        return None if inner is None else mul(t.args[0], inner)
    known = {
        x: div(pow_(x, 2), TWO),
        pow_(x, 2): div(pow_(x, 3), num(3)),
        pow_(x, 3): div(pow_(x, 4), num(4)),
        fn("exp", x): fn("exp", x),
        fn("exp", mul(TWO, x)): div(fn("exp", mul(TWO, x)), TWO),
        fn("sin", x): neg(fn("cos", x)),
        fn("cos", mul(num(3), x)): div(fn("sin", mul(num(3), x)), num(3)),
    }
    return known.get(t)
