"""An antiderivative of a term: polynomials at once, products of unknown functions by parts, the rest by SymPy."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from derive.checkers.spreading import spread_out
from derive.core import Claim, Declaration, Scope, Term
from derive.kernel.budget import at_hand, spend
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import (
    ONE,
    ZERO,
    add,
    free_letters,
    heads,
    mul,
    number,
    power,
    rational_value,
    sub,
    subterms,
    symbol,
)

BY_PARTS = 8
WAVES = {"exp", "sin", "cos", "pow"}
"""Heads of what stays as it is when it is integrated again and again."""
HALF_LINE = 40
BEYOND_SYMPY = frozenset(
    "abs index expect matrix norm transpose inner floor limit integral prod sum".split()  # noqa: SIM905  readable
)
MOST_ASKED = 6
ASKING = 500
"""Operations for a question to SymPy."""
E = Term("constant", (), "e")


def antiderivative(body: Term, x: str, scope: Scope) -> Term | None:
    """A candidate, to be checked by the kernel."""
    body = _without_bars(body)
    quick = _quick(body, x)
    if quick is not None:
        return quick
    if heads(body) & {"apply", "prime"}:
        return _exact_derivative(body, x, scope)
    if body.head == "add" and _vanishes(body, x, scope):
        return ZERO
    if heads(body) & BEYOND_SYMPY:
        return None
    used = free_letters(body)
    return _asked(body, x, tuple(d for d in scope.declarations if d.name in used))


def prepare(claims: Iterable[Claim]) -> None:
    """Import SymPy where an integral asks for it. Done before the fork: inside, it would count against the claim at work, and be
    lost with the process."""
    sides = (side for claim in claims for side in (claim.lhs, claim.rhs) if "integral" in heads(side))
    if any(_asks_sympy(part) for side in sides for part in subterms(side) if part.head == "integral"):
        import sympy.integrals.manualintegrate  # noqa: F401

        import derive.sympy_bridge  # noqa: F401


def _asks_sympy(integral: Term) -> bool:
    body, letter = integral.args[:2]
    beyond = heads(body) & (BEYOND_SYMPY | {"apply", "prime"})
    return not beyond and _quick(_without_bars(body), str(letter.value)) is None


def _vanishes(body: Term, x: str, scope: Scope) -> bool:
    """The difference of two integrands that are equal."""
    facts = facts_of(Scope((*(d for d in scope.declarations if d.name != x), Declaration(x)), scope.hypotheses))

    def zero(normaliser: Normaliser) -> bool:
        if not normaliser.reduce(normaliser.value(body)).is_zero:
            raise NoNormalForm("not zero in this form")
        return True

    try:
        return with_normaliser(facts, zero)
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def _without_bars(term: Term) -> Term:
    """``|e^x|`` is e^x."""
    args = tuple(map(_without_bars, term.args))
    if term.head == "abs" and (args[0].head == "exp" or (args[0].head == "pow" and args[0].args[0] == E)):
        return args[0]
    return term if args == term.args else Term(term.head, args, term.value)


def _asked(body: Term, x: str, declarations: tuple[Declaration, ...]) -> Term | None:
    """SymPy is asked of a few integrands of one claim; it costs what no budget of ours counts, and in the end what it did not
    find in some it does not find in others."""
    met: set[tuple[Term, str]] = at_hand().setdefault("integrands", set())
    if (body, x) not in met and len(met) >= MOST_ASKED:
        return None
    met.add((body, x))
    spend(ASKING)
    return _by_sympy(body, x, declarations)


def _quick(body: Term, x: str) -> Term | None:
    """Sums of constants times powers, exponentials, sines and cosines of ``k x``."""
    if x not in free_letters(body):
        return mul(body, symbol(x))
    if body.head == "symbol":
        return Term("div", (power(body, number(2)), number(2)))
    if body.head == "add":
        parts = [_quick(arg, x) for arg in body.args]
        return None if None in parts else add(*(part for part in parts if part is not None))
    if body.head == "neg":
        inner = _quick(body.args[0], x)
        return None if inner is None else Term("neg", (inner,))
    if body.head == "mul":
        inside = [arg for arg in body.args if x in free_letters(arg)]
        outside = [arg for arg in body.args if x not in free_letters(arg)]
        inner = _quick(inside[0], x) if len(inside) == 1 else _by_parts(inside, x) if len(inside) == 2 else None
        inner = _spread(inside, x) if inner is None else inner
        return None if inner is None else mul(*outside, inner)
    if body.head == "pow" and body.args[0].head in ("add", "neg", "mul"):
        return _spread([body], x)
    if body.head == "div" and x not in free_letters(body.args[1]):
        inner = _quick(body.args[0], x)
        return None if inner is None else Term("div", (inner, body.args[1]))
    return _quick_function(body, x)


def _spread(factors: list[Term], x: str) -> Term | None:
    """A product of polynomials, and of one wave at most, part by part."""
    opened = spread_out(factors, x)
    return None if opened is None else _quick(opened, x)


def _by_parts(factors: list[Term], x: str) -> Term | None:
    """x^k g for a whole k > 0 is x^k G less the antiderivative of k x^(k-1) G, where G' = g."""
    powers = [factor for factor in factors if _exponent(factor, x)]
    if not powers:
        return None
    low, rest = powers[0], factors[1] if factors[0] is powers[0] else factors[0]
    k, above = _exponent(low, x), _quick(rest, x) if heads(rest) & WAVES else None
    if above is None:
        return None
    left = above if k == 1 else mul(number(k), power(symbol(x), number(k - 1)) if k > 2 else symbol(x), above)
    inner = _quick(left, x)
    return None if inner is None else sub(mul(low, above), inner)


def _exponent(factor: Term, x: str) -> int:
    """k for x^k with a whole k from 1 on, of which no more than is done by parts; else 0."""
    if factor == symbol(x):
        return 1
    k = rational_value(factor.args[1]) if factor.head == "pow" and factor.args[0] == symbol(x) else None
    return int(k) if k is not None and k.denominator == 1 and 1 <= k <= BY_PARTS else 0


def _square_of_wave(body: Term, x: str) -> Term | None:
    """sin^2 u is (1 - cos 2u) / 2 and cos^2 u is (1 + cos 2u) / 2, for u = k x + c."""
    wave = body.args[0]
    inner = _quick(Term("cos", (mul(number(2), wave.args[0]),)), x)
    if inner is None:
        return None
    both = sub(symbol(x), inner) if wave.head == "sin" else add(symbol(x), inner)
    return Term("div", (both, number(2)))


def _quick_function(body: Term, x: str) -> Term | None:
    from derive.kernel.terms import linear_in

    if body.head == "pow" and body.args[0].head in ("sin", "cos") and rational_value(body.args[1]) == 2:
        return _square_of_wave(body, x)
    if body.head == "pow" and body.args[0] == symbol(x):
        k = rational_value(body.args[1])
        if k is not None and k != -1:
            return Term("div", (power(symbol(x), number(k + 1)), number(k + 1)))
        if k is None and x not in free_letters(body.args[1]):
            above = add(body.args[1], ONE)
            return Term("div", (power(symbol(x), above), above))
    if body == Term("div", (ONE, symbol(x))):
        return Term("log", (Term("abs", (symbol(x),)),))
    inside = body.args[1] if body.head == "pow" and body.args[0] == E else body.args[0] if body.args else None
    if inside is None or (body.head not in ("exp", "abs", "sin", "cos", "sinh", "cosh") and inside is body.args[0]):
        return None
    slope = linear_in(inside, x)
    if slope is None or x in free_letters(slope):
        return None
    if body.head == "abs":
        return Term("div", (mul(inside, body), mul(number(2), slope)))
    outer = {
        "sin": Term("neg", (Term("cos", (inside,)),)),
        "cos": Term("sin", (inside,)),
        "sinh": Term("cosh", (inside,)),
        "cosh": Term("sinh", (inside,)),
    }.get(body.head, body)
    return outer if slope == ONE else Term("div", (outer, slope))


def _exact_derivative(body: Term, x: str, scope: Scope) -> Term | None:
    """Take the highest derivative f^(k) off, part by part: u f^(k) is d(u f^(k-1)) less u' f^(k-1)."""
    facts = facts_of(Scope((*scope.declarations, Declaration(x))))
    rest, total = body, list[Term]()
    for _ in range(BY_PARTS):
        try:
            normal = with_normaliser(facts, lambda n, r=rest: n.ratio_term(n.reduce(n.value(r))))  # type: ignore[misc]
        except (NoNormalForm, TooLarge, ZeroDivisionError):
            return None
        if normal == ZERO:
            return add(*total) if total else ZERO
        primes = [p for p in subterms(normal) if p.head == "prime" and x in free_letters(p)]
        if not primes:
            plain = _quick(normal, x) if "apply" not in heads(normal) else None
            return None if plain is None else add(*total, plain)
        highest = max(primes, key=lambda p: (rational_value(p.args[2]) or 0, repr(p)))
        step = _taken_off(normal, highest, x)
        if step is None:
            return None
        total.append(step)
        rest = sub(normal, differentiate(step, x))
    return None


def _taken_off(normal: Term, highest: Term, x: str) -> Term | None:
    """u f^(k-1) / (inner slope), u the coefficient of f^(k)."""
    function, inside, order = highest.args
    k = rational_value(order)
    if k is None:
        return None
    mark = symbol("~f")
    opened = _replaced(normal, highest, mark)
    coefficient = differentiate(opened, "~f")
    if "~f" in free_letters(coefficient):
        coefficient = Term("div", (coefficient, number(2)))  # u f f' is d(u f^2 / 2) less u' f^2 / 2
        coefficient = _replaced(coefficient, mark, highest)
    lower = Term("apply", (function, inside)) if k == 1 else Term("prime", (function, inside, number(k - 1)))
    slope = differentiate(inside, x)
    return mul(coefficient, lower) if slope == ONE else Term("div", (mul(coefficient, lower), slope))


def _replaced(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    return Term(term.head, tuple(_replaced(arg, old, new) for arg in term.args), term.value)


@lru_cache(maxsize=512)
def _by_sympy(body: Term, x: str, declarations: tuple[Declaration, ...]) -> Term | None:
    import sympy
    from sympy.integrals.manualintegrate import manualintegrate

    from derive.sympy_bridge import NotBridged, from_sympy, to_sympy

    letters = (*(d for d in declarations if d.name != x), Declaration(x))
    known = {d.name for d in letters}
    letters = (*letters, *(Declaration(name) for name in free_letters(body) - known))
    try:
        integrand = to_sympy(body, Scope(letters)).doit()
        variable = next((s for s in integrand.free_symbols if s.name == x), None)
        if variable is None:
            return None
        if integrand.is_rational_function(variable):
            found = sympy.integrate(integrand, variable)
        else:  # the full algorithm may take minutes
            found = manualintegrate(integrand, variable)
        if found.has(sympy.Integral, sympy.Piecewise):
            return None
        return from_sympy(found)
    except (NotBridged, NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, KeyError):
        return None


def poles(primitive: Term, x: str, lower: Term, upper: Term) -> list[Term]:
    """Simple numbers in the range at which a divisor of the antiderivative, or a logarithm's argument, vanishes."""
    from derive.kernel.balls import holds
    from derive.kernel.terms import substitute

    low, high = rational_value(lower), rational_value(upper)
    candidates = [Fraction(k, 2) for k in range(-HALF_LINE, HALF_LINE + 1)]
    inside = [c for c in candidates if (low is None or c > low) and (high is None or c < high)]
    divisors = [p.args[-1] for p in subterms(primitive) if p.head in ("div", "log") and x in free_letters(p.args[-1])]
    divisors += [
        p.args[0]
        for p in subterms(primitive)
        if p.head == "pow" and x in free_letters(p.args[0]) and (rational_value(p.args[1]) or 0) < 0
    ]
    from derive.core import Relation

    return [
        number(c)
        for c in inside
        if any(holds(Relation(substitute(d, x, number(c)), "=", ZERO), {}, 64) is True for d in divisors)
    ][:3]
