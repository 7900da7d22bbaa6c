"""Inequalities between means, variances and probabilities in the closed list: Chebyshev, Jensen, Cauchy–Schwarz, monotony."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.axiom import Axiom
from derive.kernel.expectation.randomness import random_in, require_free_laws
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.sameness import same_scalar
from derive.kernel.support import inside
from derive.kernel.terms import ONE, ZERO, mul, number, power, rational_value, sub

TWO = number(2)
REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
COMPLEMENT = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _sides(claim: Claim) -> tuple[Term, Term] | None:
    """(small, large) of a weak inequality."""
    if claim.relation == "<=":
        return claim.lhs, claim.rhs
    return (claim.rhs, claim.lhs) if claim.relation == ">=" else None


def _mean(term: Term) -> Term:
    return Term("expect", (term,))


def _fixed(term: Term, facts: Facts) -> bool:
    return not random_in(term, facts.scope)


def _exists(term: Term, facts: Facts) -> bool:
    """The term has a value by the rules, which know finite means only, and no hypothesis restricts the random letters."""
    try:
        require_free_laws(facts)
        with_normaliser(facts, lambda normaliser: normaliser.value(term))
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return False
    return True


def _at_least(high: Term, low: Term, facts: Facts) -> bool:
    """high >= low by the sign of the difference in normal form."""

    def known(normaliser: Normaliser) -> bool:
        difference = normaliser.reduce(normaliser.value(high) - normaliser.value(low))
        return difference.is_zero or facts.non_negative(normaliser.ratio_term(difference))

    try:
        return with_normaliser(facts, known)
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return False


# ---------------------------------------------------------------------------------------------------------- Chebyshev


def _chebyshev(claim: Claim, facts: Facts) -> bool:
    """P[|D| >= c] <= r with r >= E[D^2] / c^2, c > 0; or P[|D| < c] >= 1 - r."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    event, bound = (small, large) if small.head == "probability" else (large, sub(ONE, small))
    if event.head != "probability" or event.value not in REVERSED:
        return False
    relation, (quantity, level) = str(event.value), event.args
    if event is not small:
        relation = COMPLEMENT[relation]
    if relation in ("<", "<="):
        quantity, level = level, quantity
    deviation = quantity.args[0] if quantity.head == "abs" else quantity
    if not (_fixed(level, facts) and _fixed(bound, facts) and facts.positive(level)):
        return False
    if random_in(deviation, facts.scope) == frozenset() or facts.kind(deviation) == "complex":
        return False
    square = _mean(power(deviation, TWO))
    return _exists(square, facts) and _at_least(bound, Term("div", (square, power(level, TWO))), facts)


# ------------------------------------------------------------------------------------------------------------- Jensen


def _jensen(claim: Claim, facts: Facts) -> bool:
    """f(E U) <= E f(U) for convex f, E g(U) <= g(E U) for concave g; the mean of f(U) may be infinite."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    if _of_conditional(small, large, facts):
        return True
    if large.head == "expect":
        return _convex_at_mean(large.args[0], small, facts)
    if small.head == "expect" and small.args[0].head == large.head == "sqrt":
        inner = small.args[0].args[0]
        return inside(facts).non_negative(inner) and _is_mean(large.args[0], inner, facts)
    return False


def _of_conditional(small: Term, large: Term, facts: Facts) -> bool:
    """Var E[U | V] <= Var U, and E[E[U | V]^2] <= E[U^2]: the rule for the square, given V."""
    if small.head != large.head or small.head not in ("variance", "expect"):
        return False
    inner, outer = small.args[0], large.args[0]
    if small.head == "expect":
        if inner.head != "pow" or outer.head != "pow" or not inner.args[1] == outer.args[1] == TWO:
            return False
        inner, outer = inner.args[0], outer.args[0]
    fits = inner.head == "expect_given" and inner.args[0] == outer and facts.kind(outer) != "complex"
    return fits and _exists(large, facts) and _exists(small, facts)


def _convex_at_mean(body: Term, small: Term, facts: Facts) -> bool:
    if body.head != small.head or not body.args:
        return False
    inner, point = body.args[-1], small.args[-1]
    if body.head in ("exp", "abs"):
        return _is_mean(point, inner, facts)
    if body.head == "pow" and body.args[0] == small.args[0] and not _fixed(inner, facts):  # c^u
        return _fixed(body.args[0], facts) and facts.positive(body.args[0]) and _is_mean(point, inner, facts)
    if body.head == "apply":
        function = facts.declaration(str(body.args[0].value))
        convex = function is not None and "convex" in function.properties and body.args[0] == small.args[0]
        return convex and len(body.args) == 2 and _is_mean(point, inner, facts)
    if body.head == "pow" and inner == point:
        order = rational_value(inner)
        even = order is not None and order.denominator == 1 and order > 0 and order % 2 == 0
        return even and _is_mean(small.args[0], body.args[0], facts)
    if body.head == "div" and body.args[0] == small.args[0] and facts.positive(body.args[0]):
        return inside(facts).positive(inner) and _fixed(body.args[0], facts) and _is_mean(point, inner, facts)
    return False


def _is_mean(point: Term, quantity: Term, facts: Facts) -> bool:
    """``point`` is E of the quantity, which is real and random and has a finite mean."""
    if _fixed(quantity, facts) or facts.kind(quantity) == "complex" or not _fixed(point, facts):
        return False
    return _exists(_mean(quantity), facts) and same_scalar(point, _mean(quantity), facts)


# ----------------------------------------------------------------------------------------------------- Cauchy-Schwarz


def _cauchy_schwarz(claim: Claim, facts: Facts) -> bool:
    """E[UV]^2 <= E[U^2] E[V^2], Cov(U, V)^2 <= Var U Var V, and their roots; E|U| <= sqrt(E[U^2])."""
    sides = _sides(claim)
    if sides is None or not _fixed(sides[1], facts):
        return False
    small, large = sides
    squared = small.head == "pow" and small.args[1] == TWO
    core = small.args[0] if squared or small.head == "abs" else small
    for bound in _bounds(core):
        if any(facts.kind(part) == "complex" for part in bound.args) or not _exists(bound, facts):
            continue
        if squared and _at_least(large, bound, facts):
            return True
        if not squared and _not_negative(large, facts) and _at_least(power(large, TWO), bound, facts):
            return True
    return False


def _bounds(core: Term) -> list[Term]:
    """Upper bounds of the square of a mean or covariance."""
    if core.head == "covariance":
        return [mul(*(Term("variance", (arg,)) for arg in core.args))]
    if core.head != "expect":
        return []
    body = core.args[0]
    if body.head == "abs":
        body = body.args[0]
    found = [_mean(power(body, TWO))]
    if body.head == "mul":
        for i in range(1, len(body.args)):
            parts = mul(*body.args[:i]), mul(*body.args[i:])
            found.append(mul(*(_mean(power(part, TWO)) for part in parts)))
    return [Term("mul", (bound, ONE)) if bound.head != "mul" else bound for bound in found]


def _not_negative(term: Term, facts: Facts) -> bool:
    if term.head == "sqrt" or facts.non_negative(term):
        return True
    return term.head == "mul" and all(_not_negative(arg, facts) for arg in term.args)


# ------------------------------------------------------------------------------------------------------------ monotony


def _mean_order(claim: Claim, facts: Facts) -> bool:
    """E U <= E V where U <= V surely; 0 <= P <= 1; Var >= 0; P[A] <= P[B] where A implies B."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    if small.head == "probability" and large.head == "probability":
        return _event_inside(small, large, facts)
    if small.head == "probability":
        return _fixed(large, facts) and _at_least(large, ONE, facts)
    if large.head == "probability":
        return _fixed(small, facts) and _at_least(ZERO, small, facts)
    if large.head == "variance":
        return _fixed(small, facts) and _exists(large, facts) and _at_least(ZERO, small, facts)
    if "expect" not in (small.head, large.head) or not (_exists(small, facts) and _exists(large, facts)):
        return False
    below, above = (side.args[0] if side.head == "expect" else side for side in (small, large))
    if any(side.head != "expect" and not _fixed(side, facts) for side in (small, large)):
        return False
    return inside(facts).non_negative(sub(above, below))


def _event_inside(small: Term, large: Term, facts: Facts) -> bool:
    """The gap of the larger event is at least that of the smaller one."""
    gaps = []
    for event in (small, large):
        if event.value not in REVERSED:
            return False
        left, right = event.args if event.value in (">", ">=") else event.args[::-1]
        gaps.append(sub(left, right))
    strictness = [event.value in (">", "<") for event in (small, large)]
    weaker = strictness[0] or not strictness[1]  # from D > 0 follows D >= 0, not the other way
    return weaker and inside(facts).non_negative(sub(gaps[1], gaps[0]))


SOURCE = "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., "
MEAN_AXIOMS = (
    Axiom(
        "chebyshev",
        "P[|D| ≥ c] ≤ E[D²] / c².",
        "c > 0 not random, E[D²] finite by the moment rules",
        SOURCE + "section 7.3",
        _chebyshev,
    ),
    Axiom(
        "jensen",
        "f(E U) ≤ E f(U) for convex f: exp, |·|, even powers, 1/u for u > 0, a function declared convex; reversed for the root. "
        "Var E[U | V] ≤ Var U.",
        "U real with a finite mean by the moment rules, in the domain of f almost surely; E f(U) may be infinite",
        SOURCE + "section 5.6",
        _jensen,
    ),
    Axiom(
        "cauchy_schwarz_mean",
        "E[UV]² ≤ E[U²] E[V²], Cov(U, V)² ≤ Var U Var V.",
        "real U and V with finite second moments by the moment rules",
        SOURCE + "section 3.6",
        _cauchy_schwarz,
    ),
    Axiom(
        "mean_order",
        "E U ≤ E V where U ≤ V; 0 ≤ P[A] ≤ P[B] ≤ 1 where A implies B; Var U ≥ 0.",
        "the order holds for all values that the laws allow, means are finite by the moment rules",
        SOURCE + "section 3.3",
        _mean_order,
    ),
)
