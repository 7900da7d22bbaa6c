"""Inequalities between functions: the sign of the difference by monotonicity, concavity, roots of polynomials and balls.

The search works with floats: it guesses where the difference is smallest and in which direction its derivative points, and
hands on only what floats do not contradict. The kernel re-checks every step.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from derive.checkers.float_domain import float_points
from derive.checkers.floating import Numbers, floating
from derive.checkers.scalings import scalings, tidy
from derive.core import (
    Applied,
    Boxes,
    Claim,
    Concave,
    Enclosure,
    Evidence,
    Hints,
    Normal,
    Ordered,
    Polynomial,
    Relation,
    Scaled,
    Scope,
    Slope,
    Split,
    Term,
)
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.budget import spend, within
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.nested import difference, on_interval, positive, proved_within, with_hypotheses
from derive.kernel.terms import INFINITY, ONE, ZERO, add, free_letters, heads, mul, number, sub, symbol

DEPTH = 5
LARGEST = 70
"""Longer functions are not differentiated, nor their signs read off their structure."""
FORMS = 4
SHARE = 60_000
"""Operations of the budget of a claim that this search may use."""
TRIES = 60
"""So many candidates are looked at for one claim."""
ROUNDING = 1e-9
REFUSALS = (NotAdmitted, NoNormalForm, Undefined, TooLarge, ZeroDivisionError, RecursionError)
ORDER = ("<", "<=", ">", ">=")
PI = Term("constant", (), "pi")
EULER = Term("constant", (), "e")

PROVES = (r"e^x \ge 1 + x", r"\cosh x \ge 1 + \frac{x^2}{2}", r"x e^{-x} \le \frac{1}{e}", r"x^4 + x + 1 > 0")
DECLINES = (r"e^x \ge 1 + x + \frac{x^2}{2}", r"x e^{-x} \le \frac{1}{3}")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation == "!=":
        yield from _different(claim)
        return
    if claim.relation not in ORDER or not heads(claim.lhs, claim.rhs) <= SMOOTH | {"abs", "max", "min", "root"}:
        return
    proof = proof_of(claim)
    if proof is not None:
        yield proof


def _different(claim: Claim) -> Iterator[Evidence]:
    if not heads(claim.lhs, claim.rhs) <= SMOOTH:
        return
    for relation in ("<", ">"):
        proof = proof_of(Claim(claim.lhs, relation, claim.rhs, claim.scope), (Normal(),))
        if proof is not None:
            yield Ordered(relation, proof)


@dataclass(slots=True)
class Search:
    """What may still be tried."""

    left: int = TRIES

    def spend(self) -> bool:
        spend(50)
        self.left -= 1
        return self.left >= 0


def proof_of(claim: Claim, first: tuple[Evidence, ...] = ()) -> Evidence | None:
    """Evidence that the kernel would admit, or None: also where the share of the budget is used up."""
    return within(SHARE, lambda: _unless_refused(claim, first))


def _unless_refused(claim: Claim, first: tuple[Evidence, ...]) -> Evidence | None:
    with suppress(*REFUSALS):
        return _proof_of(claim, first)
    return None


def _proof_of(claim: Claim, first: tuple[Evidence, ...]) -> Evidence | None:
    visible = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(visible)
    term, strict = difference(claim, facts)
    scope = with_hypotheses(claim.scope, visible)
    for evidence in first:
        if _admitted(term, strict, scope, evidence):
            return evidence
    if not free_letters(term) or not _plausible(term, strict, scope):
        return None
    return _proof(term, strict, scope, DEPTH, Search()) or _by_function(claim, scope, facts)


def _by_function(claim: Claim, scope: Scope, facts: Facts) -> Evidence | None:
    """Both sides squared, where there are roots, or under the logarithm, where there are powers and exponentials."""
    inside = heads(claim.lhs, claim.rhs)
    if inside & {"sqrt"}:
        lhs, rhs = (mul(side, side) for side in (claim.lhs, claim.rhs))
        yield_ = _after("square", Claim(lhs, claim.relation, rhs, scope))
        if yield_ is not None:
            return yield_
    if inside & {"exp", "pow"} and all(map(facts.positive, (claim.lhs, claim.rhs))):
        lhs, rhs = (Term("log", (side,)) for side in (claim.lhs, claim.rhs))
        return _after("log", Claim(lhs, claim.relation, rhs, scope))
    return None


def _after(function: str, claim: Claim) -> Evidence | None:
    term, strict = difference(claim, facts_of(claim.scope))
    proof = _proof(term, strict, claim.scope, DEPTH - 1, Search(TRIES // 2))
    return None if proof is None else Applied(function, proof)


def _plausible(term: Term, strict: bool, scope: Scope) -> bool:
    """No point of the domain contradicts the sign, as far as floats tell."""
    points = float_points(scope)
    f = floating(term)
    values = [f(point) for point in points]
    return bool(points) and all(not value < -_slack(value) for value in values)


def _slack(value: float) -> float:
    return ROUNDING * max(1.0, abs(value))


def _admitted(term: Term, strict: bool, scope: Scope, evidence: Evidence) -> bool:
    try:
        proved_within(positive(term, strict, scope), evidence, facts_of(scope))
    except REFUSALS:
        return False
    return True


def _proof(term: Term, strict: bool, scope: Scope, depth: int, search: Search) -> Evidence | None:
    """Evidence for ``term > 0`` or ``>= 0`` in the scope, found depth first: as it is, then over a factor of known sign."""
    if not search.spend() or not _plausible_or_empty(term, scope):
        return None
    for leaf in (Polynomial(), Normal()) if _size(term) <= LARGEST else (Polynomial(),):
        if _admitted(term, strict, scope, leaf):
            return leaf
    if depth == 0 or not heads(term) <= SMOOTH:
        return None
    for factor, rest in _forms(term, strict, scope):
        found = _in_this_form(rest, strict, scope, depth, search)
        if found is None:
            continue
        evidence = found if rest == term else Scaled(factor, rest, found)
        if rest == term or _admitted(term, strict, scope, evidence):
            return evidence
    return _by_balls(term, strict, scope)


def _forms(term: Term, strict: bool, scope: Scope) -> list[tuple[Term, Term]]:
    """The function, and what is left of it over factors of known sign: the shortest few."""
    found = {rest: factor for factor, rest in scalings(term, strict, scope) if free_letters(rest)}
    found.setdefault(tidy(term), ONE)
    shortest = sorted(found, key=_size)[:FORMS]
    return [(found[rest], rest) for rest in shortest if _size(rest) <= LARGEST]


def _size(term: Term) -> int:
    return 1 + sum(map(_size, term.args))


def _in_this_form(term: Term, strict: bool, scope: Scope, depth: int, search: Search) -> Evidence | None:
    for leaf in (Polynomial(), Normal()):
        if _admitted(term, strict, scope, leaf):
            return leaf
    for name in sorted(free_letters(term)):
        found = _by_calculus(term, name, strict, scope, depth, search)
        if found is not None:
            return found
    return None


def _plausible_or_empty(term: Term, scope: Scope) -> bool:
    f = floating(term)
    return all(not (value := f(point)) < -_slack(value) for point in float_points(scope))


# --------------------------------------------------------------------------------------------------------- one letter


@dataclass(frozen=True, slots=True)
class Ends:
    """Bounds of a letter: terms without it, None where there is none."""

    lower: Term | None
    upper: Term | None


def ends_of(name: str, facts: Facts) -> Ends:
    """The tightest bounds that are numbers, else bounds in other letters."""
    x = symbol(name)
    found: dict[int, list[Term]] = {1: [], -1: []}
    for form, _ in facts.known:
        if form.get(x) and not any(key is not None and key != x and name in free_letters(key) for key in form):
            parts = [
                number(-c / form[x]) if key is None else mul(number(-c / form[x]), key)
                for key, c in form.items()
                if key != x and c
            ]
            found[1 if form[x] > 0 else -1].append(tidy(add(*parts)) if parts else ZERO)
    return Ends(_tightest(found[1], 1), _tightest(found[-1], -1))


def _tightest(bounds: list[Term], sign: int) -> Term | None:
    if not bounds:
        return None
    closed = [(sign * floating(bound)({}), position) for position, bound in enumerate(bounds)]
    numbers = [entry for entry in closed if not math.isnan(entry[0])]
    return bounds[max(numbers)[1]] if numbers else bounds[0]


def _by_calculus(term: Term, name: str, strict: bool, scope: Scope, depth: int, search: Search) -> Evidence | None:
    facts = facts_of(scope)
    declaration = facts.declaration(name)
    if declaration is None or declaration.family or declaration.function or declaration.shape:
        return None
    ends = ends_of(name, facts)
    try:
        rise = tidy(differentiate(term, name))
    except NoNormalForm:
        return None
    for anchor in _anchors(term, name, ends, scope):
        evidence = _from_anchor(term, rise, name, anchor, ends, strict, scope, depth, search)
        if evidence is not None and _admitted(term, strict, scope, evidence):
            return evidence
    return _concave(term, rise, name, ends, strict, scope, depth, search)


def _anchors(term: Term, name: str, ends: Ends, scope: Scope) -> Iterator[Term]:
    """Ends of the domain, and exact numbers near the place where the difference is smallest."""
    candidates = [end for end in (ends.lower, ends.upper) if end is not None]
    yield from candidates
    if free_letters(term) == {name}:
        yield from (a for a in _nice_minima(term, name, ends) if a not in candidates)
        far = floating(term)({name: 1e7})
        if ends.upper is None and abs(far) < 1e-2:
            yield INFINITY
    else:
        yield from (number(k) for k in (0, 1) if number(k) not in candidates)
        others = sorted(free_letters(term) - {name})
        yield from (symbol(other) for other in others if symbol(other) not in candidates)


def _nice_minima(term: Term, name: str, ends: Ends) -> list[Term]:
    low = -30.0 if ends.lower is None else floating(ends.lower)({})
    high = 30.0 if ends.upper is None else floating(ends.upper)({})
    if math.isnan(low) or math.isnan(high):
        return []
    if ends.lower is not None and ends.upper is None:
        high = low + 40
    if ends.upper is not None and ends.lower is None:
        low = high - 40
    x = smallest_at(term, name, low, high)
    return [] if x is None else exact_near(x)


def smallest_at(term: Term, name: str, low: float, high: float, steps: int = 240) -> float | None:
    """The place where the function is smallest, by a grid and golden sections."""
    f = floating(term)
    places = [low + (high - low) * (k + 0.5) / steps for k in range(steps)]
    values = [(value, x) for x in places if not math.isnan(value := f({name: x}))]
    if not values:
        return None
    _, x = min(values)
    a, b = max(low, x - (high - low) / steps), min(high, x + (high - low) / steps)
    ratio = (math.sqrt(5) - 1) / 2
    c, d = b - ratio * (b - a), a + ratio * (b - a)
    at_c, at_d = f({name: c}), f({name: d})
    for _ in range(45):
        if at_c <= at_d:
            b, d, at_d = d, c, at_c
            c = b - ratio * (b - a)
            at_c = f({name: c})
        else:
            a, c, at_c = c, d, at_d
            d = a + ratio * (b - a)
            at_d = f({name: d})
    return (a + b) / 2


def exact_near(x: float) -> list[Term]:
    """Exact numbers near x: fractions, multiples of pi and e, logarithms, roots."""
    found: list[Term] = []

    def fraction_near(y: float, most: int, make: object) -> None:
        q = Fraction(y).limit_denominator(most)
        if abs(float(q) - y) < 2e-5 * max(1, abs(y)) and callable(make):
            found.append(make(q))

    fraction_near(x, 12, lambda q: number(q))
    fraction_near(x / math.pi, 12, lambda q: mul(number(q), PI))
    fraction_near(x / math.e, 4, lambda q: mul(number(q), EULER))
    if abs(x) < 8:
        fraction_near(math.exp(x), 8, lambda q: Term("log", (number(q),)))
    fraction_near(
        x * x, 8, lambda q: Term("sqrt", (number(q),)) if x > 0 else Term("neg", (Term("sqrt", (number(q),)),))
    )
    if x > 0:
        fraction_near(math.log(x), 4, lambda q: Term("exp", (number(q),)))
    return found[:4]


def _from_anchor(
    term: Term,
    rise: Term,
    name: str,
    anchor: Term,
    ends: Ends,
    strict: bool,
    scope: Scope,
    depth: int,
    search: Search,
) -> Evidence | None:
    """Both sides of the anchor by the sign of the derivative, if floats agree."""
    facts, x = facts_of(scope), symbol(name)
    value = floating(sub(x, anchor)) if anchor != INFINITY else (lambda numbers: -1.0)
    slope = floating(rise)
    for point in float_points(scope):
        if (distance := value(point)) and slope(point) * distance < -_slack(slope(point)):
            return None
    sides: list[Evidence | None] = []
    inside: list[Fraction | None] = []
    for sign in (-1, 1):
        outside = sub(x, anchor) if sign < 0 else sub(anchor, x)
        if (anchor == INFINITY and sign > 0) or (anchor != INFINITY and facts.non_negative(outside)):
            sides.append(None)
            inside.append(None)
            continue
        far = ends.lower if sign < 0 else ends.upper
        where = [Relation(x, "<" if sign < 0 else ">", anchor)] if anchor != INFINITY else []
        if far is not None and far != anchor:
            where.append(Relation(x, ">" if sign < 0 else "<", far))
        narrow = on_interval(scope, name, tuple(where))
        steep = rise if sign > 0 else tidy(Term("neg", (rise,)))
        raw = differentiate(term, name) if sign > 0 else Term("neg", (differentiate(term, name),))
        within = _steep_point(steep, name, anchor, far, sign) if strict and free_letters(term) == {name} else None
        proof = _of_derivative(raw, steep, strict and within is None, narrow, depth, search)
        if proof is None:
            return None
        sides.append(proof)
        inside.append(within)
    lower = ends.lower if ends.lower != anchor else None
    upper = ends.upper if ends.upper != anchor else None
    return Slope(name, anchor, lower, upper, sides[0], sides[1], (inside[0], inside[1]))


def _of_derivative(raw: Term, tidied: Term, strict: bool, scope: Scope, depth: int, search: Search) -> Evidence | None:
    """Evidence for the derivative as the rules of calculus give it, by way of a tidier form."""
    if _size(raw) <= LARGEST and _admitted(raw, strict, scope, Normal()):
        return Normal()
    proof = _proof(tidied, strict, scope, depth - 1, search)
    return None if proof is None else Scaled(ONE, tidied, proof)


def _steep_point(rise: Term, name: str, anchor: Term, far: Term | None, sign: int) -> Fraction | None:
    """A rational point on that side of the anchor where the derivative is clearly not 0."""
    start = floating(anchor if anchor != INFINITY else add(far or ZERO, number(8)))({})
    end = start + 4.0 * sign if far is None else floating(far)({})
    if math.isnan(start) or math.isnan(end) or start == end:
        return None
    slope = floating(rise)
    places = [start + (end - start) * k / 8 for k in range(1, 8)]
    values = [(abs(value), x) for x in places if not math.isnan(value := slope({name: x}))]
    return Fraction(max(values)[1]).limit_denominator(64) if values and max(values)[0] > 0 else None


def _concave(
    term: Term, rise: Term, name: str, ends: Ends, strict: bool, scope: Scope, depth: int, search: Search
) -> Evidence | None:
    if ends.lower is None or ends.upper is None:
        return None
    try:
        bend = tidy(Term("neg", (differentiate(rise, name),)))
        raw = Term("neg", (differentiate(differentiate(term, name), name),))
    except NoNormalForm:
        return None
    x = symbol(name)
    narrow = on_interval(scope, name, (Relation(x, ">", ends.lower), Relation(x, "<", ends.upper)))
    if not _plausible_or_empty(bend, narrow):
        return None
    inside = _steep_point(bend, name, ends.lower, ends.upper, 1) if strict and free_letters(term) == {name} else None
    proof = _of_derivative(raw, bend, strict and inside is None, narrow, depth, search)
    if proof is None:
        return None
    evidence = Concave(name, ends.lower, ends.upper, proof, inside)
    return evidence if _admitted(term, strict, scope, evidence) else None


# -------------------------------------------------------------------------------------------------------------- balls


def _by_balls(term: Term, strict: bool, scope: Scope) -> Evidence | None:
    """A subdivision, where every letter is bounded and the difference stays away from 0."""
    facts = facts_of(scope)
    bounds = []
    for name in sorted(free_letters(term)):
        ends = ends_of(name, facts)
        if ends.lower is None or ends.upper is None or free_letters(ends.lower) | free_letters(ends.upper):
            return None
        bounds.append((name, ends.lower, ends.upper))
    f = floating(term)
    values = [f(point) for point in float_points(scope, (), 200)]
    if len(bounds) > 3 or not values or not min(values) > 1e-6 * max(map(abs, values)):
        return None
    evidence = Boxes(tuple(bounds))
    return evidence if _admitted(term, strict, scope, evidence) else None


__all__ = ["Enclosure", "Numbers", "Split", "exact_near", "find", "proof_of", "smallest_at"]
