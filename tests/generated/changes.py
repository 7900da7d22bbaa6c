"""Changes of one symbol, and equations made inequalities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from derive.core import Claim, Term
from generated.seeds import LETTERS
from generated.terms import (
    ONE,
    add,
    div,
    is_square,
    neg,
    num,
    p,
    pow_,
    sub,
    x,
    y,
)
from generated.walking import places, replaced

SWAPS = {
    "sin": "cos",
    "cos": "sin",
    "sinh": "cosh",
    "cosh": "sinh",
    "tan": "tanh",
    "tanh": "tan",
    "log": "sqrt",
    "sqrt": "log",
    "trace": "det",
    "variance": "expect",
    "abs": "neg",
}


def changes(t: Term, r: Random) -> Iterator[tuple[Term, str]]:
    """What a slip of the pen makes of the top of ``t``."""
    if t.head == "number":
        yield num(Fraction(t.value or 0) + 1), "number"
        yield Term("neg", (t,)), "sign"
    if t.head in ("add", "mul") and len(t.args) > 1:
        i = r.randrange(len(t.args))
        rest = t.args[:i] + t.args[i + 1 :]
        yield (rest[0] if len(rest) == 1 else Term(t.head, rest)), "dropped"
    if t.head == "add":
        i = r.randrange(len(t.args))
        yield Term("add", (*t.args[:i], neg(t.args[i]), *t.args[i + 1 :])), "sign"
    if t.head == "mul" and len(t.args) > 1:
        yield Term("mul", (*t.args[:-2], t.args[-1], t.args[-2])), "order"
        yield Term("mul", (Term("decimal", (), "1.000000001"), *t.args)), "1e-9"
    if t.head == "neg":
        yield t.args[0], "sign"
    if t.head == "pow":
        yield Term("pow", (t.args[0], add(t.args[1], ONE))), "exponent"
    if t.head in SWAPS:
        yield Term(SWAPS[t.head], t.args), "function"
    if t.head == "sum":
        yield Term("sum", (*t.args[:2], add(t.args[2], ONE), t.args[3])), "end"
    if t.head == "transpose":
        yield t.args[0], "transpose"
    if t.head == "symbol" and t in LETTERS:
        yield r.choice([other for other in LETTERS if other != t]), "letter"
    if t.head == "sqrt" and is_square(t.args[0]):
        yield t.args[0].args[0], "sign behind a root"


def changed(t: Term, r: Random) -> tuple[Term, str] | None:
    everywhere = list(places(t))
    for _ in range(12):
        path, part = r.choice(everywhere)
        options = list(changes(part, r))
        if options:
            new, how = r.choice(options)
            return replaced(t, path, new), how
    return None


def ordered(claim: Claim, r: Random) -> tuple[Claim, bool, str]:
    """The equation as an inequality: a square is added to a side, or the order is turned round."""
    square = pow_(r.choice((x, sub(x, y), add(x, p))), 2)
    kind = r.random()
    if kind < 0.35:
        return Claim(add(claim.lhs, square), ">=", claim.rhs, claim.scope), True, "square"
    if kind < 0.5:
        return Claim(claim.lhs, "<", add(claim.rhs, square, div(ONE, num(100))), claim.scope), True, "square"
    if kind < 0.75:
        return Claim(add(claim.lhs, square), "<=", claim.rhs, claim.scope), False, "order turned"
    return Claim(claim.lhs, "<", claim.rhs, claim.scope), False, "strict"
