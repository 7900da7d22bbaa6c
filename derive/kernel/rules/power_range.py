"""Powers of a number with natural exponents lie in a range: ``((1 - sqrt(5))/2)^k`` between -0.6181 and 1, ``2^k`` beyond 1.

A claim that holds for every number of the range in place of the power holds for the power. Refused: a base that may not be real,
exponents that are not declared whole and >= 0, what is asked of the number and does not follow from its range.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from flint import acb

from derive.core import Claim, Declaration, PowerInRange, Relation, Scope, Term
from derive.kernel.balls import evaluate, exact
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.boxes import rational_end
from derive.kernel.rules.nested import proved_within, require_defined
from derive.kernel.terms import BINDERS, free_letters, number, sub, subterms, symbol
from derive.kernel.verdict import NotAdmitted

BITS = 64
HIGHEST_START = 6


@dataclass(frozen=True, slots=True)
class Range:
    """Ends that belong to it; None is infinite."""

    lower: Fraction
    upper: Fraction | None


def power_in_range(claim: Claim, evidence: PowerInRange, facts: Facts) -> Basis:
    """The claim with any number of its range for the power, by ``then``."""
    inner = with_number_for_power(claim, evidence.power, facts)
    inside = facts_of(inner.scope)
    require_defined(visible_conditions(inner), inside, "throughout the range of the power")
    basis = proved_within(inner, evidence.then, inside)
    return replace(basis, why=f"for every number in the range of a power: {basis.why}", visible=())


def with_number_for_power(claim: Claim, power: Term, facts: Facts) -> Claim:
    """The claim with a letter for the power, of which nothing is known but the range. Raises NotAdmitted."""
    if claim.relation not in (*ORDER, "!="):
        raise NotAdmitted("not an inequality")
    y = _fresh(claim)
    lhs, rhs = (_put(side, power, symbol(y)) for side in (claim.lhs, claim.rhs))
    if (lhs, rhs) == (claim.lhs, claim.rhs):
        raise NotAdmitted("the power does not stand in the claim")
    found = range_of_power(power, facts)
    where = [Relation(symbol(y), ">=", number(found.lower))]
    where += [Relation(symbol(y), "<=", number(found.upper))] if found.upper is not None else []
    letter = Declaration(y, "real", where=tuple(where))
    return Claim(lhs, claim.relation, rhs, _with(claim.scope, letter))


def range_of_power(power: Term, facts: Facts) -> Range:
    """Of ``base^k`` for a number as base and integers k >= 0. Raises NotAdmitted."""
    if power.head != "pow" or free_letters(power.args[0]) or not free_letters(power.args[1]):
        raise NotAdmitted("no power of a number")
    base, k = power.args
    if facts.kind(base) == "complex" or facts.kind(k) != "integer" or not facts.non_negative(k):
        raise NotAdmitted("no power of a real number with a natural exponent")
    low, high = _enclosed(base)
    start = max(m for m in range(HIGHEST_START + 1) if m == 0 or facts.non_negative(sub(k, number(m))))
    return _range(low, high, start)


def _enclosed(base: Term) -> tuple[Fraction, Fraction]:
    """The base itself where it is rational, else rational numbers around it."""
    value = exact(base, {})
    if isinstance(value, Fraction):
        return value, value
    ball = evaluate(base, {}, BITS)
    if not isinstance(ball, acb) or not ball.imag.is_zero():
        raise NotAdmitted("a base that is not certainly real")
    ends = (rational_end(ball.real, direction) for direction in (-1, 1))
    low, high = (Fraction(int(end.p), int(end.q)) for end in ends)
    return low, high


def _range(low: Fraction, high: Fraction, start: int) -> Range:
    """Of base^k for k >= start and a base between the two."""
    if low > 1:
        return Range(low**start, None)
    if low >= 0 and high <= 1:
        return Range(Fraction(0), high**start)
    if high < 0 and low >= -1:
        odd, even = start + (start + 1) % 2, start + start % 2
        return Range(low**odd, low**even)
    raise NotAdmitted("the powers of the base keep no bound")


def _put(term: Term, power: Term, by: Term) -> Term:
    """Where no binder is around it: its letters could be others there."""
    if term == power:
        return by
    if not term.args or term.head in BINDERS:
        return term
    return replace(term, args=tuple(_put(arg, power, by) for arg in term.args))


def _fresh(claim: Claim) -> str:
    """A letter that occurs nowhere, free or bound."""
    used = {declaration.name for declaration in claim.scope.declarations}
    used |= {str(part.value) for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "symbol"}
    return next(name for name in (f"y_{n}" for n in count(1)) if name not in used)


def _with(scope: Scope, letter: Declaration) -> Scope:
    return replace(scope, declarations=(*scope.declarations, letter))
