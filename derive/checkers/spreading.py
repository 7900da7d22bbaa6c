"""Products of sums spread out in powers of a letter: (a - x) x e^x is a x e^x - x^2 e^x, of which antiderivatives are known."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.terms import ONE, ZERO, add, free_letters, mul, number, power, rational_value, symbol

HIGHEST = 8
"""No higher power is spread out."""
Coefficients = tuple[Term, ...]
"""Of 1, x, x^2, ..., without x."""


def spread_out(factors: list[Term], x: str) -> Term | None:
    """The product of the factors as a sum of powers of x, each with a coefficient, times the one factor that is no polynomial, if
    there is one; None where more are none, and where nothing is to be spread."""
    known = [coefficients(factor, x) for factor in factors]
    rest = [factor for factor, found in zip(factors, known, strict=True) if found is None]
    total: Coefficients | None = (ONE,)
    for one in known:
        total = total if one is None or total is None else _product(total, one)
    if total is None or len(rest) > 1:
        return None
    parts = [mul(*_factors(c, x, k), *rest) for k, c in enumerate(total) if c != ZERO]
    return add(*parts) if len(parts) > 1 else None


def _factors(coefficient: Term, x: str, k: int) -> list[Term]:
    own = [] if coefficient == ONE else [coefficient]
    raised = [] if k == 0 else [symbol(x) if k == 1 else power(symbol(x), number(k))]
    return own + raised or [ONE]


def coefficients(term: Term, x: str) -> Coefficients | None:
    """Of a polynomial in x, of degree 8 at most; None for anything else."""
    if x not in free_letters(term):
        return (term,)
    if term.head == "symbol":
        return (ZERO, ONE)
    inner = [coefficients(arg, x) for arg in term.args]
    if term.head == "div" and x in free_letters(term.args[1]):
        return None
    if term.head == "pow":
        return _power(inner[0], rational_value(term.args[1]))
    known = [one for one in inner if one is not None]
    if len(known) < len(inner):
        return None
    if term.head == "neg":
        return tuple(_times(number(-1), c) for c in known[0])
    if term.head == "div":
        return tuple(c if c == ZERO else Term("div", (c, term.args[1])) for c in known[0])
    if term.head not in ("add", "mul"):
        return None
    total: Coefficients | None = known[0]
    for one in known[1:]:
        total = total and (_sum(total, one) if term.head == "add" else _product(total, one))
    return total


def _power(base: Coefficients | None, exponent: object) -> Coefficients | None:
    if base is None or exponent not in range(1, HIGHEST + 1):
        return None
    total: Coefficients | None = base
    for _ in range(2, 1 + int(str(exponent))):
        total = total and _product(total, base)
    return total


def _sum(a: Coefficients, b: Coefficients) -> Coefficients:
    length = max(len(a), len(b))
    padded = ((*one, *(ZERO,) * (length - len(one))) for one in (a, b))
    return tuple(_plus(c, d) for c, d in zip(*padded, strict=True))


def _product(a: Coefficients, b: Coefficients) -> Coefficients | None:
    if len(a) + len(b) - 1 > HIGHEST + 1:
        return None
    found = [ZERO] * (len(a) + len(b) - 1)
    for i, c in enumerate(a):
        for j, d in enumerate(b):
            found[i + j] = _plus(found[i + j], _times(c, d))
    return tuple(found)


def _plus(c: Term, d: Term) -> Term:
    if ZERO in (c, d):
        return d if c == ZERO else c
    u, v = rational_value(c), rational_value(d)
    return add(c, d) if u is None or v is None else number(u + v)


def _times(c: Term, d: Term) -> Term:
    if ZERO in (c, d):
        return ZERO
    if ONE in (c, d):
        return d if c == ONE else c
    u, v = rational_value(c), rational_value(d)
    return mul(c, d) if u is None or v is None else number(u * v)


__all__ = ["coefficients", "spread_out"]
