"""The value of an integral between numbers at an exact point, by Arb's rigorous integration.

The integrand must be defined and continuous on the closed range: its conditions are checked by balls that cover it. One with the
imaginary unit in it is made of entire functions and quotients only. Inside the complex neighbourhoods that Arb looks at, a head that has a branch cut says so with a ball that is not finite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flint import acb, arb, fmpq

from derive.core import Scope, Term
from derive.kernel.balls.limit_values import with_values
from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.place import Budget, Place, scalar_of
from derive.kernel.balls.values import Quantity, ball_of
from derive.kernel.terms import free_letters, rational_value, subterms

Analytic = Callable[[list[acb], bool], acb]
NOWHERE = acb("nan")
MOST_BITS = 512
EVALUATIONS = 4000
LARGEST_POWER = 1000


def integral(term: Term, place: Place) -> Quantity:
    """Raises Undefined where the integrand is not known to be continuous, or Arb gives no finite ball."""
    closed = with_values(term, place)
    body, letter, lower, upper = closed.args
    x = str(letter.value)
    outside = replace(place, bound={}, known={})
    ends = [scalar_of(end, outside) for end in (lower, upper)]
    place.budget.spend_terms(200)
    if _is_complex(body) and any(part.head not in ENTIRE and part.args for part in subterms(body)):
        raise Undefined("an integral of a complex function with a branch")
    _require_continuous(body, x, lower, upper)
    if isinstance(ends[0], fmpq) and isinstance(ends[1], fmpq) and ends[0] == ends[1]:
        return fmpq(0)
    constants: dict[Term, acb] = {}

    def integrand(z: acb, analytic: bool) -> acb:
        try:
            return _value(body, x, z, analytic, place, constants)
        except (Undefined, ZeroDivisionError):
            return NOWHERE

    if place.bits > MOST_BITS:
        raise Undefined("an integral to more digits than it is computed to")
    found = acb.integral(integrand, ball_of(ends[0]), ball_of(ends[1]), eval_limit=EVALUATIONS)
    if not found.is_finite():
        raise Unclear("an integral without a finite enclosure")
    return found if _is_complex(body) else arb(found.real)


def _is_complex(body: Term) -> bool:
    return any(part.head == "constant" and part.value == "i" for part in subterms(body))


ENTIRE = frozenset(["add", "mul", "neg", "div", "pow", "exp", "sin", "cos", "sinh", "cosh"])


def _require_continuous(body: Term, x: str, lower: Term, upper: Term) -> None:
    from derive.kernel.facts import facts_of
    from derive.kernel.normal import NoNormalForm
    from derive.kernel.symmetry import require_continuous

    try:
        require_continuous(body, x, lower, upper, facts_of(Scope()))
    except NoNormalForm as refusal:
        raise Undefined(str(refusal)) from None


def _value(term: Term, x: str, z: acb, analytic: bool, place: Place, constants: dict[Term, acb]) -> acb:
    """At a complex ball. Raises Undefined for heads that are not analytic."""
    if x not in free_letters(term):
        if term not in constants:
            constants[term] = ball_of(scalar_of(term, Place(place.rules, {}, Budget(), place.bits)))
        return constants[term]
    if term.head == "symbol":
        return z

    def value(part: Term) -> acb:
        return _value(part, x, z, analytic, place, constants)

    if term.head == "pow":
        return _power(term, value, analytic)
    if term.head in ("sum", "prod"):
        return _listed(term, value)
    rule = ANALYTIC.get(term.head)
    if rule is None:
        raise Undefined(f"no integration of {term.head}")
    return rule([value(arg) for arg in term.args], analytic)


def _power(term: Term, value: Callable[[Term], acb], analytic: bool) -> acb:
    exponent = rational_value(term.args[1])
    if exponent is not None and exponent.denominator == 1 and abs(exponent) <= LARGEST_POWER:
        return value(term.args[0]) ** int(exponent)
    if term.args[0] == Term("constant", (), "e"):
        return value(term.args[1]).exp()
    if _is_complex(term):
        raise Undefined("a complex power with a branch")
    return value(term.args[0]).pow(value(term.args[1]), analytic=analytic)


def _listed(term: Term, value: Callable[[Term], acb]) -> acb:
    from derive.kernel.terms import number, substitute

    body, letter, *ends = term.args
    low, high = (rational_value(end) for end in ends)
    if low is None or high is None or low.denominator != 1 or high.denominator != 1 or high - low > 60:
        raise Undefined("a sum in an integrand")
    total = acb(0 if term.head == "sum" else 1)
    for k in range(int(low), int(high) + 1):
        part = value(substitute(body, str(letter.value), number(k)))
        total = total + part if term.head == "sum" else total * part
    return total


def _sum(parts: list[acb], analytic: bool) -> acb:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _product(parts: list[acb], analytic: bool) -> acb:
    total = parts[0]
    for part in parts[1:]:
        total = total * part
    return total


def _absolute(parts: list[acb], analytic: bool) -> acb:
    return parts[0].real_abs(analytic=analytic)


def _arctangent(parts: list[acb], analytic: bool) -> acb:
    """Cut along the imaginary axis beyond i and -i."""
    u = parts[0]
    if analytic and u.real.contains(0) and not abs(u.imag) < 1:
        return NOWHERE
    return u.atan()


def _between(name: str) -> Analytic:
    """arcsin and arccos: cut along the real axis beyond 1 and -1."""

    def rule(parts: list[acb], analytic: bool) -> acb:
        u = parts[0]
        if analytic and u.imag.contains(0) and not abs(u.real) < 1:
            return NOWHERE
        found: acb = getattr(u, name)()
        return found

    return rule


def _entire(name: str) -> Analytic:
    def rule(parts: list[acb], analytic: bool) -> acb:
        found: acb = getattr(parts[0], name)()
        return found

    return rule


ANALYTIC: dict[str, Analytic] = {
    "add": _sum,
    "mul": _product,
    "neg": lambda parts, analytic: -parts[0],
    "div": lambda parts, analytic: parts[0] / parts[1],
    "sqrt": lambda parts, analytic: parts[0].sqrt(analytic=analytic),
    "log": lambda parts, analytic: parts[0].log(analytic=analytic),
    "abs": _absolute,
    "exp": _entire("exp"),
    "sin": _entire("sin"),
    "cos": _entire("cos"),
    "sinh": _entire("sinh"),
    "cosh": _entire("cosh"),
    "tan": lambda parts, analytic: parts[0].sin() / parts[0].cos(),
    "cot": lambda parts, analytic: parts[0].cos() / parts[0].sin(),
    "sec": lambda parts, analytic: 1 / parts[0].cos(),
    "csc": lambda parts, analytic: 1 / parts[0].sin(),
    "tanh": lambda parts, analytic: parts[0].sinh() / parts[0].cosh(),
    "arctan": _arctangent,
    "arcsin": _between("asin"),
    "arccos": _between("acos"),
}
"""Heads that are analytic away from their cuts and poles; those with a cut look at ``analytic``."""
