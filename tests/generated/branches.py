"""False claims of the kind that people believe: a rule that needs a sign or a range, applied without it."""

from __future__ import annotations

from random import Random

from derive.core import Term
from generated.terms import add, div, fn, mul, num, p, pow_, sub, x, y

HALF = div(num(1), num(2))


def branch_seed(r: Random, depth: int) -> Term:
    def one() -> Term:
        u, v = r.choice((x, y, mul(x, y), sub(x, num(1)), add(x, y))), r.choice((x, y, p, mul(num(2), y)))
        return r.choice(
            (
                fn("sqrt", pow_(u, 2)),
                fn("sqrt", mul(pow_(u, 2), v)),
                fn("sqrt", mul(u, v)),
                fn("sqrt", div(u, v)),
                fn("sqrt", pow_(u, 4)),
                fn("log", pow_(u, 2)),
                fn("log", mul(u, v)),
                fn("log", div(u, v)),
                fn("log", fn("exp", u)),
                fn("abs", u),
                fn("abs", add(u, v)),
                pow_(pow_(u, 2), HALF),
                pow_(pow_(u, 2), div(num(3), num(2))),
                fn("arctan", fn("tan", u)),
                fn("arcsin", fn("sin", u)),
                fn("sqrt", sub(num(1), pow_(fn("sin", u), 2))),
                fn("floor", add(u, v)),
                fn("max", mul(u, v), mul(u, p)),
            )
        )

    return one() if depth <= 1 else r.choice((add, mul))(one(), r.choice((one(), x, p)))


def careless(t: Term, r: Random) -> Term | None:
    """What is only true for some signs."""
    u = t.args[0] if t.args else t
    inner = u.args[0] if u.args else u
    table = {
        ("sqrt", "pow"): lambda: inner if u.args[1] == num(2) else pow_(inner, div(u.args[1], num(2))),
        ("sqrt", "mul"): lambda: mul(*(fn("sqrt", part) for part in u.args)),
        ("sqrt", "div"): lambda: div(*(fn("sqrt", part) for part in u.args)),
        ("sqrt", "add"): lambda: fn("cos", u.args[1].args[0].args[0].args[0]),
        ("log", "pow"): lambda: mul(u.args[1], fn("log", inner)),
        ("log", "mul"): lambda: add(*(fn("log", fn("abs", part)) for part in u.args)),
        ("log", "div"): lambda: sub(fn("log", u.args[0]), fn("log", u.args[1])),
        ("log", "exp"): lambda: inner,
        ("abs", "add"): lambda: add(*(fn("abs", part) for part in u.args)),
        ("pow", "pow"): lambda: pow_(inner, mul(u.args[1], t.args[1])),
        ("arctan", "tan"): lambda: inner,
        ("arcsin", "sin"): lambda: inner,
        ("floor", "add"): lambda: add(*(fn("floor", part) for part in u.args)),
        ("max", "mul"): lambda: mul(inner, fn("max", u.args[1], t.args[1].args[1])),
    }
    made = table.get((t.head, u.head))
    if made is None:
        return u if t.head == "abs" else None
    try:
        return made()
    except IndexError:
        return None
