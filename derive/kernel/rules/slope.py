"""f(a) >= 0, f' <= 0 before a and f' >= 0 behind it: then f >= 0 (mean value theorem).

Refused: functions that are not defined and differentiable on the whole stretch between the anchor and the domain. Strict: the
derivative is > 0, or f is analytic there and f' is not 0 at one point, so that its zeros are isolated.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from derive.core import Asymptotic, Claim, Enclosure, Normal, Relation, Scope, Slope, Term
from derive.kernel.balls import Undefined, holds
from derive.kernel.conditions import unsettled, visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import conditions_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.nested import (
    difference,
    on_interval,
    positive,
    proved_within,
    require_free,
    with_hypotheses,
)
from derive.kernel.terms import INFINITY, ZERO, free_letters, heads, rational_value, sub, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted


def slope(claim: Claim, evidence: Slope, facts: Facts) -> Basis:
    """The difference of the sides is >= 0 at the anchor and grows from there in both directions."""
    f, strict = difference(claim, facts)
    name = evidence.variable
    require_free(name, facts)
    if name in free_letters(evidence.anchor) or not heads(f) <= SMOOTH:
        raise NotAdmitted(f"not a smooth function of {name}")
    scope = with_hypotheses(claim.scope, visible_conditions(claim))
    strict = _checked_anchor(f, strict, evidence, scope, facts)
    sides = [_side(f, strict, evidence, scope, facts, way) for way in (-1, 1) if not _empty(evidence, way, facts)]
    trust = frozenset({"flint"}).union(*(basis.trust for basis in sides))
    return Basis(
        "; ".join(["monotonicity: the difference of the sides is not negative at one end", *(b.why for b in sides)]),
        trust,
    )


def _empty(evidence: Slope, direction: int, facts: Facts) -> bool:
    """No point of the domain lies on this side of the anchor."""
    x = symbol(evidence.variable)
    proof = evidence.left if direction < 0 else evidence.right
    if proof is not None or (direction > 0 and evidence.anchor == INFINITY):
        return proof is None
    if not facts.non_negative(sub(x, evidence.anchor) if direction < 0 else sub(evidence.anchor, x)):
        raise NotAdmitted("a side of the anchor is left out")
    return True


def _checked_anchor(f: Term, strict: bool, evidence: Slope, scope: Scope, facts: Facts) -> bool:
    """The function is >= 0 at the anchor, > 0 where a strict sign is asked for and the anchor belongs to the domain.

    Returns whether the sides must be strictly monotone: not where the value at the anchor is > 0 already."""
    x, anchor = symbol(evidence.variable), evidence.anchor
    there = on_interval(scope, evidence.variable, ())
    if anchor == INFINITY:
        _require_limit_zero(f, x, there)
        return strict
    value = substitute(f, evidence.variable, anchor)
    if has_sign(value, strict, there):
        return False
    if strict and facts.nonzero(sub(x, anchor)) and has_sign(value, False, there):
        return True
    raise NotAdmitted("the sign where the argument starts is not known")


def _require_limit_zero(f: Term, x: Term, scope: Scope) -> None:
    """The function, of this letter alone, tends to 0 at infinity."""
    if free_letters(f) != {x.value}:
        raise NotAdmitted("a limit with further letters")
    limit = Term("limit", (f, x, INFINITY))
    for proof in (Enclosure(), Asymptotic()):
        with suppress(NotAdmitted, NoNormalForm, Undefined, TooLarge, ZeroDivisionError):
            proved_within(Claim(limit, "=", ZERO, scope), proof, facts_of(scope))
            return
    raise NotAdmitted("the limit at infinity is not shown to be 0")


def has_sign(value: Term, strict: bool, scope: Scope) -> bool:
    known = facts_of(scope)
    for proof in (Normal(), Enclosure()):
        try:
            proved_within(positive(value, strict, scope), proof, known)
        except (NotAdmitted, NoNormalForm, Undefined, TooLarge, ZeroDivisionError):
            continue
        return True
    return False


def _side(f: Term, strict: bool, evidence: Slope, scope: Scope, facts: Facts, direction: int) -> Basis:
    """The derivative has the right sign between the anchor and the farthest point of the domain on this side."""
    name, anchor = evidence.variable, evidence.anchor
    x = symbol(name)
    far = evidence.lower if direction < 0 else evidence.upper
    towards, away = (">", "<") if direction > 0 else ("<", ">")
    finite = anchor != INFINITY
    if not finite and direction > 0:
        raise NotAdmitted("nothing lies beyond infinity")
    closed = [Relation(x, f"{towards}=", anchor)] if finite else []
    opened = [Relation(x, towards, anchor)] if finite else []
    if far is not None:
        room = sub(x, far) if direction < 0 else sub(far, x)
        if name in free_letters(far) or not facts.non_negative(room):
            raise NotAdmitted(f"{name} is not shown to stay within the bound")
        opened.append(Relation(x, away, far))
        closed.append(Relation(x, away if facts.positive(room) else f"{away}=", far))
    require_everywhere(f, on_interval(scope, name, tuple(closed)))
    inside = on_interval(scope, name, tuple(opened))
    rises = differentiate(f, name)
    if direction < 0:
        rises = Term("neg", (rises,))
    require_smooth(f, rises, inside)
    proof = evidence.left if direction < 0 else evidence.right
    assert proof is not None
    point = evidence.inside[0 if direction < 0 else 1]
    if strict and point is not None:
        require_isolated_zeros(f, rises, name, point, facts_of(inside), tuple(opened))
    basis = proved_within(positive(rises, strict and point is None, inside), proof, facts_of(inside))
    side = "below it" if direction < 0 else "above it"
    return Basis(f"{side} it grows with the distance in {name}, by the sign of its derivative", basis.trust)


def require_smooth(f: Term, slope: Term, inside: Scope) -> None:
    """The function and its derivative are defined on the whole stretch. Raises NotAdmitted."""
    for term in (f, slope):
        require_everywhere(term, inside)


def require_everywhere(term: Term, scope: Scope) -> None:
    facts = facts_of(scope)
    for condition in conditions_of(term, scope):
        for _ in unsettled(condition, facts, hidden=False):
            raise NotAdmitted("the function is not shown to be defined and differentiable on the whole stretch")


def require_isolated_zeros(
    f: Term, rises: Term, name: str, point: Fraction, facts: Facts, bounds: tuple[Relation, ...]
) -> None:
    """``rises`` is analytic inside, without parameters, and not 0 at the point: it does not vanish on a stretch."""
    if free_letters(f) != {name}:
        raise NotAdmitted("a strict sign with further letters needs a derivative that is not 0")
    for part in subterms(f):
        if part.head == "pow" and not _whole(part.args[1]) and not facts.positive(part.args[0]):
            raise NotAdmitted("a power that may not be analytic")
    env = {name: point}
    if not all(holds(bound, env) is True for bound in bounds) or holds(Relation(rises, "!=", ZERO), env) is not True:
        raise NotAdmitted("the derivative is not shown to be different from 0 at a point inside")


def _whole(exponent: Term) -> bool:
    value = rational_value(exponent)
    return value is not None and value.denominator == 1
