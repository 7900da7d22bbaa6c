"""Expectations and variances under named laws: seeds and rules. Nothing is declared independent, so only one letter each."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.core import Declaration, Law, Scope, Term
from generated.terms import a, add, at_least, b, div, fn, mu, mul, neg, num, p, pow_, q, reals, s, sub, sym

G, K, T, U, V = map(sym, "GKTUV")
LAWS: dict[Term, Law] = {
    G: Law("gaussian", mu, s),
    K: Law("poisson", p, p, (p,)),
    T: Law("exponential", div(num(1), q), div(num(1), pow_(q, 2)), (q,)),
    U: Law("uniform", div(add(num(1), num(3)), num(2)), div(pow_(sub(num(3), num(1)), 2), num(12))),
    V: Law(
        "bernoulli",
        num(Fraction(1, 3)),
        mul(num(Fraction(1, 3)), sub(num(1), num(Fraction(1, 3)))),
        (num(Fraction(1, 3)),),
    ),
}
SCOPE = Scope(
    (
        *reals("mu", "a", "b"),
        *(Declaration(str(t.value), where=(at_least(t, 0, True),)) for t in (s, p, q)),
        *(Declaration(str(t.value), law=law) for t, law in LAWS.items()),
    )
)


def law_seed(r: Random, depth: int) -> Term:
    letter = r.choice(list(LAWS))
    scaled = r.choice((letter, add(mul(a, letter), b), mul(num(3), letter), sub(letter, num(2)), neg(letter)))
    return fn("expect", r.choice((scaled, pow_(letter, 2)))) if r.random() < 0.5 else fn("variance", scaled)


def law_rules(t: Term, r: Random) -> Term | None:
    if t.head == "expect":
        return _mean(t.args[0])
    if t.head != "variance":
        return None
    inside = t.args[0]
    if r.random() < 0.4:
        return sub(fn("expect", pow_(inside, 2)), pow_(fn("expect", inside), 2))
    if inside.head == "neg":
        return fn("variance", inside.args[0])
    if inside.head == "add":
        return fn("variance", inside.args[0])
    if inside.head == "mul":
        return mul(pow_(inside.args[0], 2), fn("variance", inside.args[1]))
    return LAWS[inside].variance if inside in LAWS else None


def _mean(t: Term) -> Term | None:
    if t.head == "add":
        return add(*(fn("expect", part) for part in t.args))
    if t.head == "neg":
        return neg(fn("expect", t.args[0]))
    if t.head == "mul" and len(t.args) == 2 and t.args[1] in LAWS:
        return mul(t.args[0], fn("expect", t.args[1]))
    if t.head == "pow" and t.args[0] in LAWS:
        law = LAWS[t.args[0]]
        return add(law.variance, pow_(law.mean, 2))
    return LAWS[t].mean if t in LAWS else t if t == b or t.head == "number" else None
