"""A claim about a limit with numbers put in for its parameters: where one instance is false, so is the claim.

``r^n`` tends to 0 for no r >= 1: with r = 1 put in that is a limit without letters, of which the kernel knows the value.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Function, Point, Scope, Term
from derive.kernel.balls import Undefined
from derive.kernel.balls.limit_values import with_function
from derive.kernel.closed_points import Values, admissible_values
from derive.kernel.facts import facts_of
from derive.kernel.points import check_function
from derive.kernel.terms import INFINITY, free_letters, heads, letters_of, rational_value, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted


def instance_at(claim: Claim, point: Point) -> Claim:
    """The claim with the values put in, which satisfy all that is said of their letters; of the others nothing may be said by them.
    Raises NotAdmitted."""
    if claim.relation != "=" or "limit" not in heads(claim.lhs, claim.rhs):
        raise NotAdmitted("only equations with limits are looked at with some of their letters left")
    functions = {name: value for name, value in point if isinstance(value, Function)}
    numbers = tuple((name, value) for name, value in point if name not in functions)
    if functions and not numbers and claim.scope.hypotheses:
        raise NotAdmitted("something is said of a letter without a value")
    values = admissible_values(claim.scope, numbers) if numbers or not functions else {}
    left = tuple(d for d in claim.scope.declarations if d.name not in values and d.name not in functions)
    if any(d.law or values.keys() & {*_said_by(d.where), *d.shape} for d in left):
        raise NotAdmitted("another letter is declared by one that has a value")
    for part in (*subterms(claim.lhs), *subterms(claim.rhs)):
        if part.head == "limit" and str(part.args[1].value) in values:
            raise NotAdmitted("a value for the letter that varies in a limit")
        if part.head == "pow":
            _require_same_domain(part, claim, values)
    lhs, rhs = (_with_functions(side, functions, claim) for side in (claim.lhs, claim.rhs))
    for name, value in values.items():
        lhs, rhs = substitute(lhs, name, value), substitute(rhs, name, value)
    return replace(claim, lhs=lhs, rhs=rhs, scope=Scope(left))


def _with_functions(side: Term, functions: dict[str, Function], claim: Claim) -> Term:
    """The side with functions put in for the letters that are declared as such. Raises NotAdmitted."""
    declared = {declaration.name: declaration for declaration in claim.scope.declarations}
    for name, function in functions.items():
        if name not in declared or not declared[name].function:
            raise NotAdmitted(f"{name} is not declared a function")
        check_function(declared[name], function)
        try:
            side = with_function(side, name, function)
        except Undefined as refusal:
            raise NotAdmitted(str(refusal)) from None
    return side


def _said_by(relations: tuple[object, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(letters_of(one) for one in relations))  # type: ignore[arg-type]


def _require_same_domain(power: Term, claim: Claim, values: Values) -> None:
    """``u^a`` with a real a is defined for u > 0 only, also where the number put in for a is whole. Raises NotAdmitted."""
    base, exponent = power.args
    facts = facts_of(claim.scope)
    put_in = free_letters(exponent) & values.keys()
    if not put_in or facts.kind(exponent) == "integer" or base in _tending_to_infinity(claim):
        return
    if base == Term("constant", (), "e") or (free_letters(base) <= values.keys() and facts.positive(base)):
        return
    for name in put_in:
        exponent = substitute(exponent, name, values[name])
    whole = rational_value(exponent)
    if whole is None or whole.denominator == 1:
        raise NotAdmitted("a power whose base may be negative once its exponent is a number")


def _tending_to_infinity(claim: Claim) -> list[Term]:
    """Letters of limits at infinity: they are positive there."""
    parts = (*subterms(claim.lhs), *subterms(claim.rhs))
    return [symbol(str(part.args[1].value)) for part in parts if part.head == "limit" and part.args[2] == INFINITY]
