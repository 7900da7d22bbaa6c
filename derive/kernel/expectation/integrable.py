"""Which products of random quantities are known to have an expectation: by the growth of each factor and the moments that exist.

A letter of which mean and variance are declared is in L^2; every named law has all moments. By Hölder's inequality a product is
integrable if the letters of the first sort occur in total degree at most 2, and if it is 2 the others are bounded. Of independent
letters each needs its own moment only.
"""

from __future__ import annotations

from derive.core import Scope, Term
from derive.kernel.expectation.randomness import apart, law_of, random_in
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import rational_value

BOUNDED = ("bernoulli", "binomial", "uniform", "signs", "finite")
Growth = dict[str, int]
"""For each letter a degree: the quantity is at most a constant times the product of (1 + |letter|)^degree."""


def require_integrable(growth: Growth, facts: Facts) -> None:
    """Raises NoNormalForm where the moments that are known to exist do not suffice."""
    if _each_by_itself(growth, facts):
        return
    degree, unbounded = 0, False
    for name, d in growth.items():
        if d == 0:
            continue
        declaration, law = law_of(name, facts)
        if law.name == "moments" or declaration.shape:
            degree += d
        elif law.name not in BOUNDED:
            unbounded = True
    if degree > 2 or (degree == 2 and unbounded):
        raise NoNormalForm("an expectation that is not known to exist")


def _each_by_itself(growth: Growth, facts: Facts) -> bool:
    """The letters are independent, so that the mean of the product is the product of means, each of which exists."""
    names = frozenset(name for name, d in growth.items() if d)
    if len(names) < 2 or not apart(names, facts.scope):
        return False
    laws = [(growth[name], *law_of(name, facts)) for name in names]
    return all(not letter.shape and (law.name != "moments" or d <= 2) for d, letter, law in laws)


def growth_of(term: Term, facts: Facts) -> Growth:
    """Raises NoNormalForm for a function of random letters that grows in a way which is not known."""
    scope = facts.scope
    if not random_in(term, scope):
        return {}
    head, args = term.head, term.args
    if head == "symbol":
        return {str(term.value): 1}
    if head == "index":
        return {str(args[0].value): 1}
    if head in ("neg", "abs", "sqrt"):
        return growth_of(args[0], facts)
    if head in ("sin", "cos", "tanh", "arctan"):
        return {}
    if head in ("add", "max", "min"):
        return _largest([growth_of(arg, facts) for arg in args])
    if head == "mul":
        return total([growth_of(arg, facts) for arg in args])
    if head == "div" and not random_in(args[1], scope):
        return growth_of(args[0], facts)
    if head == "expect_given":  # by Jensen in L^p, of the letters that are averaged
        return growth_of(args[0], facts)
    return _growth_of_power(term, facts, scope)


def _growth_of_power(term: Term, facts: Facts, scope: Scope) -> Growth:
    exponent = rational_value(term.args[1]) if term.head == "pow" else None
    if exponent is None or exponent.denominator != 1 or exponent < 0:
        raise NoNormalForm(f"no table of the expectation of this {term.head} of a random letter")
    return {name: int(exponent) * d for name, d in growth_of(term.args[0], facts).items()}


def total(parts: list[Growth]) -> Growth:
    return {name: sum(part.get(name, 0) for part in parts) for part in parts for name in part}


def _largest(parts: list[Growth]) -> Growth:
    return {name: max(part.get(name, 0) for part in parts) for part in parts for name in part}
