"""Short names for terms, the scopes that the claims stand in, and what is positive there."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Declaration, Law, Relation, Scope, Term


def num(n: int | Fraction) -> Term:
    value = Fraction(n)
    if value < 0:
        return Term("neg", (num(-value),))
    if value.denominator > 1:
        return Term("div", (num(value.numerator), num(value.denominator)))
    return Term("number", (), value)


def sym(name: str) -> Term:
    return Term("symbol", (), name)


def fn(head: str, *args: Term) -> Term:
    return Term(head, args)


def add(*args: Term) -> Term:
    return args[0] if len(args) == 1 else Term("add", args)


def neg(a: Term) -> Term:
    return a.args[0] if a.head == "neg" else Term("neg", (a,))


def sub(a: Term, b: Term) -> Term:
    return Term("add", (a, neg(b)))


def mul(*args: Term) -> Term:
    return args[0] if len(args) == 1 else Term("mul", args)


def div(a: Term, b: Term) -> Term:
    return Term("div", (a, b))


def pow_(a: Term, n: Term | int) -> Term:
    return Term("pow", (a, num(n) if isinstance(n, int) else n))


ONE, TWO = num(1), num(2)
x, y, z, p, q = map(sym, "xyzpq")
n, m, k = map(sym, "nmk")
A, B, C = map(sym, "ABC")
u, v = sym("u"), sym("v")
X, Y, mu, nu, s, w, a, b = map(sym, ("X", "Y", "mu", "nu", "s", "w", "a", "b"))


def at_least(t: Term, bound: int, strict: bool = False) -> Relation:
    return Relation(t, ">" if strict else ">=", num(bound))


def reals(*names: str) -> tuple[Declaration, ...]:
    return tuple(Declaration(name) for name in names)


POSITIVE = tuple(Declaration(str(t.value), where=(at_least(t, 0, True),)) for t in (p, q))
NATURAL = tuple(Declaration(str(t.value), "integer", where=(at_least(t, 1),)) for t in (n, m))
SQUARE = ("d", "d")
SCALARS = Scope((*reals("x", "y", "z"), *POSITIVE))
WITH_INTEGERS = Scope((*reals("x", "y", "z"), *POSITIVE, *NATURAL))
MATRICES = Scope(
    (
        *(Declaration(name, shape=SQUARE) for name in "AB"),
        Declaration("C", shape=SQUARE, properties=("invertible",)),
        Declaration("u", shape=("d",)),
        Declaration("v", shape=("d",)),
        *reals("a", "b"),
    )
)
CHANCES = Scope(
    (
        *reals("mu", "nu", "a", "b"),
        Declaration("s", where=(at_least(s, 0, True),)),
        Declaration("w", where=(at_least(w, 0, True),)),
        Declaration("X", law=Law("moments", mu, s)),
        Declaration("Y", law=Law("moments", nu, w)),
    ),
    independent=(("X", "Y"),),
)


def is_positive(t: Term) -> bool:
    """By the declarations, at a glance."""
    if t.head == "number":
        return bool(t.value)
    if t.head == "symbol":
        return t.value in ("p", "q")
    if t.head in ("add", "mul", "div"):
        return all(map(is_positive, t.args)) or (t.head == "add" and _square_and_more(t))
    if t.head in ("sqrt", "pow"):
        return is_positive(t.args[0])
    return t.head in ("exp", "cosh")


def _square_and_more(t: Term) -> bool:
    return all(is_positive(arg) or is_square(arg) for arg in t.args) and any(map(is_positive, t.args))


def is_square(t: Term) -> bool:
    return t.head == "pow" and t.args[1] == TWO


def mentions(t: Term, name: str) -> bool:
    return t.value == name if t.head == "symbol" else any(mentions(arg, name) for arg in t.args)


def put(t: Term, name: str, by: Term) -> Term:
    if t.head == "symbol":
        return by if t.value == name else t
    return Term(t.head, tuple(put(arg, name, by) for arg in t.args), t.value) if t.args else t
