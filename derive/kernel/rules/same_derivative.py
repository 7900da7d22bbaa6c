"""Two functions with the same derivative on an interval differ by a constant, which one point shows to be 0."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Relation, SameDerivative, Scope, Term
from derive.kernel.conditions import settled_by, visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.inner import shown
from derive.kernel.terms import ZERO, free_letters, heads, letters_of, linear_in, rational_value, sub, substitute
from derive.kernel.terms import substitute_relation as put
from derive.kernel.verdict import NotAdmitted

STRICT = {">=": ">", "<=": "<", ">": ">", "<": "<"}


def same_derivative(claim: Claim, evidence: SameDerivative, facts: Facts) -> Basis:
    """f = g on an interval if f' = g' inside it, f and g are continuous on it, and f = g at one of its points.

    Refused unless each condition on the letter describes an interval (affine or concave >= 0), the derivative is defined inside,
    and the point is proved to lie in the interval whatever the other letters are.
    """
    x, point = evidence.letter, evidence.point
    _require_plain(claim, x, point, facts)
    own, limits = visible_conditions(claim), _limits(claim, x)
    first = shown(slopes_of(claim, x), evidence.slopes)
    outside = _without(claim.scope, x)
    rest = facts_of(outside).assuming(r for r in own if x not in letters_of(r))
    if not all(settled_by(put(relation, x, point), rest) for relation in limits):
        raise NotAdmitted("the point may lie outside the interval")
    start = Claim(substitute(claim.lhs, x, point), "=", substitute(claim.rhs, x, point), outside)
    if not all(settled_by(condition, rest) for condition in visible_conditions(start)):
        raise NotAdmitted("the sides may be undefined at the point")
    second = shown(start, evidence.start)
    why = f"both sides have the same derivative by {x}, and they agree at one point of the interval"
    return Basis(why, first.trust | second.trust, _known((*first.visible, *second.visible), own))


def _limits(claim: Claim, x: str) -> list[Relation]:
    """What is declared, assumed or visible of the letter."""
    given = [r for d in claim.scope.declarations for r in d.where] + list(claim.scope.hypotheses)
    return [r for r in (*given, *visible_conditions(claim)) if x in letters_of(r)]


def slopes_of(claim: Claim, x: str) -> Claim:
    """f' = g' inside the interval on which f = g is claimed. Raises NotAdmitted where it may be no interval, or where a derivative
    may not exist."""
    limits = _limits(claim, x)
    for relation in limits:
        _require_interval(relation, x, claim.scope)
    slopes = _slopes_inside(claim, x, limits)
    if not set(visible_conditions(slopes)) <= set(visible_conditions(claim)):
        raise NotAdmitted("the derivative may not exist inside the interval")
    return slopes


def _known(visible: tuple[Relation, ...], own: tuple[Relation, ...]) -> tuple[Relation, ...]:
    if not set(visible) <= set(own):
        raise NotAdmitted("a condition of the derivative is left")
    return visible


def _require_plain(claim: Claim, x: str, point: Term, facts: Facts) -> None:
    declaration = facts.declaration(x)
    sides = (claim.lhs, claim.rhs)
    if claim.relation != "=" or not heads(*sides) <= SMOOTH or any(facts.kind(side) == "complex" for side in sides):
        raise NotAdmitted("not an equation between real functions that are smooth where they are defined")
    if declaration is None or declaration.domain != "real" or x in free_letters(point) or not heads(point) <= SMOOTH:
        raise NotAdmitted(f"{x} is no real letter, or the point depends on it")
    if declaration.shape or declaration.law or declaration.family or declaration.function:
        raise NotAdmitted(f"{x} is no plain letter")
    scope = claim.scope
    random = [t for d in scope.declarations if d.law for t in (d.law.mean, d.law.variance, *d.law.parameters)]
    if any(x in free_letters(t) for t in random) or any(
        x in letters_of(h) for h in scope.hypotheses if h.relation == "="
    ):
        raise NotAdmitted(f"{x} is tied to other letters")


def _require_interval(relation: Relation, x: str, scope: Scope) -> None:
    """{x: relation} is an interval for all values of the other letters. Raises NotAdmitted."""
    if relation.relation in STRICT:
        low, high = relation.lhs, relation.rhs
        if relation.relation in (">", ">="):
            low, high = high, low
        if low.head == "abs" and x not in free_letters(high) and linear_in(low.args[0], x) is not None:
            return
        room = sub(high, low)
        if linear_in(room, x) is not None or _concave(room, x, scope):
            return
    raise NotAdmitted(f"a condition on {x} that may leave gaps")


def _concave(room: Term, x: str, scope: Scope) -> bool:
    """The second derivative of a polynomial is a negative number."""
    if not heads(room) <= {"number", "decimal", "symbol", "add", "neg", "mul", "pow", "div"}:
        return False
    try:
        curvature = differentiate(differentiate(room, x), x)
        value = with_normaliser(facts_of(scope), lambda n: n.reduce(n.value(curvature)).constant())
    except (NoNormalForm, ZeroDivisionError):
        return False
    divisors = [part for part in _quotients(room) if rational_value(part) is None]
    return value is not None and value < 0 and not divisors


def _quotients(term: Term) -> list[Term]:
    """What is divided by: divisors, and bases of powers whose exponents are no natural numerals."""
    own = [term.args[1]] if term.head == "div" else []
    if term.head == "pow":
        exponent = rational_value(term.args[1])
        own = [term] if exponent is None or exponent.denominator != 1 or exponent < 0 else []
    return own + [part for arg in term.args for part in _quotients(arg)]


def _slopes_inside(claim: Claim, x: str, limits: list[Relation]) -> Claim:
    """The claim f' = g' inside the interval, where each bound that really depends on x is strict."""
    strict = {r: _strict(r, x) for r in limits}
    declarations = tuple(replace(d, where=tuple(strict.get(r, r) for r in d.where)) for d in claim.scope.declarations)
    known = [strict.get(r, r) for r in claim.scope.hypotheses]
    declared = {r for d in claim.scope.declarations for r in d.where} | set(claim.scope.hypotheses)
    known += [strict[r] for r in limits if r not in declared]
    scope = replace(claim.scope, declarations=declarations, hypotheses=tuple(known))
    return Claim(differentiate(claim.lhs, x), "=", differentiate(claim.rhs, x), scope)


def _strict(relation: Relation, x: str) -> Relation:
    """At an inner point of the interval. An affine bound whose slope may be 0 stays as it is."""
    inner = relation.lhs if relation.lhs.head != "abs" else relation.lhs.args[0]
    difference = sub(inner, ZERO if relation.lhs.head == "abs" else relation.rhs)
    slope = linear_in(difference, x)
    if slope is not None and not rational_value(slope):
        return relation
    return replace(relation, relation=STRICT[relation.relation])


def _without(scope: Scope, x: str) -> Scope:
    """What is known of the other letters alone."""
    declarations = tuple(
        replace(d, where=tuple(r for r in d.where if x not in letters_of(r))) for d in scope.declarations if d.name != x
    )
    hypotheses = tuple(h for h in scope.hypotheses if x not in letters_of(h))
    return replace(scope, declarations=declarations, hypotheses=hypotheses)
