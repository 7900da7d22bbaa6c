"""Classical inequalities between numbers in the closed list: convex functions, Cauchy–Schwarz for sums, means, Young."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.core import Claim, Term
from derive.kernel.axiom import Axiom
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import (
    INFINITY,
    ONE,
    ZERO,
    add,
    free_letters,
    heads,
    letters_of,
    mul,
    number,
    power,
    rational_value,
    sub,
    subterms,
)
from derive.kernel.verdict import NotAdmitted

TWO = number(2)


def _sides(claim: Claim) -> tuple[Term, Term] | None:
    """(small, large) of a weak inequality."""
    if claim.relation == "<=":
        return claim.lhs, claim.rhs
    return (claim.rhs, claim.lhs) if claim.relation == ">=" else None


def _same(a: Term, b: Term, facts: Facts) -> bool:
    """Equal by normal forms and the equations among the hypotheses, where all conditions follow from the facts."""
    from derive.kernel.rules.equality import equal
    from derive.kernel.rules.nested import require_defined

    claim = Claim(a, "=", b, facts.scope)
    try:
        require_defined(visible_conditions(claim), facts, "in the statement")
        basis = equal(claim, facts)
        if basis is not None:
            require_defined(basis.visible, facts, "in the statement")
        return basis is not None
    except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
        return False


def _neg(term: Term) -> Term:
    return Term("neg", (term,))


def _real(term: Term, facts: Facts) -> bool:
    return facts.kind(term) != "complex"


# ------------------------------------------------------------------------------------------------- convex functions


def _convex(function: Term, facts: Facts) -> bool:
    declaration = facts.declaration(str(function.value)) if function.head == "symbol" else None
    return declaration is not None and declaration.function and "convex" in declaration.properties


def _summands(term: Term, weight: Term = ONE) -> Iterator[tuple[Term, Term]]:
    """(weight, term) of the parts of a linear combination, products with one factor that applies a function taken apart."""
    if term.head == "add":
        for arg in term.args:
            yield from _summands(arg, weight)
    elif term.head == "neg":
        yield from _summands(term.args[0], _neg(weight))
    elif term.head == "div" and not heads(term.args[1]) & {"apply", "prime"}:
        yield from _summands(term.args[0], Term("div", (weight, term.args[1])))
    elif term.head == "mul" and sum("apply" in heads(arg) for arg in term.args) == 1:
        inside = next(arg for arg in term.args if "apply" in heads(arg))
        rest = [arg for arg in term.args if arg is not inside]
        yield from _summands(inside, mul(weight, *rest))
    else:
        yield weight, term


def _jensen(claim: Claim, facts: Facts) -> bool:
    """c f(sum w_i x_i / c) <= sum w_i f(x_i) with w_i >= 0 and sum w_i = c, written out or as a sum."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    atoms = [part for part in subterms(claim.lhs) if part.head == "apply"]
    if not atoms or len(atoms[0].args) != 2 or not _convex(atoms[0].args[0], facts):
        return False
    f = atoms[0].args[0]
    large = _drawn_in(large)
    if large.head == "sum" and small.head == "apply":
        return _jensen_for_sums(small, large, f, facts)
    parts = [*_summands(large), *((_neg(weight), term) for weight, term in _summands(small))]
    if any(term.head != "apply" or term.args[0] != f or not _real(term.args[1], facts) for _, term in parts):
        return False
    below = [(w, t.args[1]) for w, t in parts if not facts.non_negative(w)]
    above = [(w, t.args[1]) for w, t in parts if facts.non_negative(w)]
    if len(below) != 1 or not above:
        return False
    weight, middle = _neg(below[0][0]), below[0][1]
    total = add(*(w for w, _ in above))
    centre = add(*(mul(w, x) for w, x in above))
    return _same(total, weight, facts) and _same(centre, mul(weight, middle), facts)


def _drawn_in(term: Term) -> Term:
    """c sum u_i as sum c u_i."""
    if term.head != "mul" or term.args[-1].head != "sum":
        return term
    body, letter, *ends = term.args[-1].args
    if any(str(letter.value) in free_letters(factor) for factor in term.args[:-1]):
        return term
    return Term("sum", (mul(*term.args[:-1], body), letter, *ends))


def _plain_range(term: Term, facts: Facts) -> bool:
    """A finite sum or product of whose letter no hypothesis speaks (where it would be another letter of that name)."""
    name = str(term.args[1].value)
    return INFINITY not in term.args[2:] and not any(name in letters_of(h) for h in facts.scope.hypotheses)


def _jensen_for_sums(small: Term, large: Term, f: Term, facts: Facts) -> bool:
    """f(sum_i w_i x_i) <= sum_i w_i f(x_i), the weights >= 0 with the sum 1."""
    body, letter, lower, upper = large.args
    parts = list(_summands(body))
    if not _plain_range(large, facts) or len(parts) != 1 or parts[0][1].head != "apply" or parts[0][1].args[0] != f:
        return False
    weight, x = parts[0][0], parts[0][1].args[1]
    inside = facts.under(letter, lower, upper)
    if not inside.non_negative(weight) or not _real(x, inside):
        return False
    total, centre = (Term("sum", (part, letter, lower, upper)) for part in (weight, mul(weight, x)))
    return _same(total, ONE, facts) and _same(centre, small.args[1], facts)


def _tangent(claim: Claim, facts: Facts) -> bool:
    """f(y) >= f(x) + f'(x) (y - x)."""
    sides = _sides(claim)
    both = (*subterms(claim.lhs), *subterms(claim.rhs))
    slopes = {part for part in both if part.head == "prime"}
    if sides is None or len(slopes) != 1:
        return False
    slope = next(iter(slopes))
    f, x, order = slope.args
    values = {part for part in both if part.head == "apply" and part.args[0] == f and len(part.args) == 2}
    if order != ONE or not _convex(f, facts) or not _real(x, facts) or len(values) > 2:
        return False
    at_x = Term("apply", (f, x))
    for value in values:
        y = value.args[1]
        gap = sub(value, add(at_x, mul(slope, sub(y, x))))
        if _real(y, facts) and _same(sub(sides[1], sides[0]), gap, facts):
            return True
    return False


def _rising_slope(claim: Claim, facts: Facts) -> bool:
    """f'(x) <= f'(y) for x <= y, and f'' >= 0."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    if small == ZERO and large.head == "prime" and large.args[2] == TWO:
        return _convex(large.args[0], facts) and _real(large.args[1], facts)
    if small.head != "prime" or large.head != "prime" or small.args[0] != large.args[0]:
        return False
    first = small.args[2] == ONE and large.args[2] == ONE
    return first and _convex(small.args[0], facts) and facts.at_least(large.args[1], small.args[1])


# ------------------------------------------------------------------------------------------------------ sums and means


def _factors(term: Term) -> list[Term]:
    return [f for arg in term.args for f in _factors(arg)] if term.head == "mul" else [term]


def _cauchy_schwarz(claim: Claim, facts: Facts) -> bool:
    """(sum u_i)^2 <= sum p_i sum q_i with p_i, q_i >= 0 and p_i q_i = u_i^2 over one range; also with the root of both sides."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    total = _base_of_square(small)
    if total is None and small.head == "abs":
        total, large = small.args[0], power(large, TWO)
    if total is None or total.head != "sum" or not _plain_range(total, facts):
        return False
    u, letter, lower, upper = total.args
    inside = facts.under(letter, lower, upper)
    if not _real(u, inside):
        return False
    count = Term("sum", (ONE, letter, lower, upper))
    met = [part for part in subterms(large) if part.head == "sum" and part.args[1:] == total.args[1:]]
    choices = list(dict.fromkeys([*map(_constants_out, met), *met, count]))
    for p in choices:
        for q in choices:
            fits = all(inside.non_negative(s.args[0]) for s in (p, q))
            square = _same(mul(p.args[0], q.args[0]), power(u, TWO), _inside_scope(facts, inside))
            drawn_in = Term("sum", (mul(p.args[0], q), *p.args[1:]))
            if fits and square and any(_same(large, product, facts) for product in (mul(p, q), drawn_in)):
                return _root_is_non_negative(claim, small, facts)
    return False


def _constants_out(term: Term) -> Term:
    """sum u_i for sum c u_i with c free of i, as ``sum a_i^2 sum b_i^2`` is read."""
    body, letter, *ends = term.args
    kept = [factor for factor in _factors(body) if str(letter.value) in free_letters(factor)]
    return Term("sum", (mul(*kept), letter, *ends)) if kept else term


def _inside_scope(facts: Facts, inside: Facts) -> Facts:
    """The facts inside a sum, in a scope that declares its letter."""
    scope = replace(facts.scope, declarations=tuple(inside.letters.values()))
    return replace(inside, scope=scope)


def _base_of_square(term: Term) -> Term | None:
    return term.args[0] if term.head == "pow" and rational_value(term.args[1]) == 2 else None


def _root_is_non_negative(claim: Claim, small: Term, facts: Facts) -> bool:
    """For |sum| <= R the right side R is >= 0, not only its square large enough."""
    if small.head != "abs":
        return True
    sides = _sides(claim)
    return sides is not None and facts.non_negative(sides[1])


def _weighted_means(claim: Claim, facts: Facts) -> bool:
    """prod x_i^{w_i} <= sum w_i x_i for positive x_i and weights >= 0 with the sum 1, written out."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    pairs = [(f.args[0], f.args[1]) if f.head == "pow" else (f, ONE) for f in _factors(small)]
    if len(pairs) < 2 or not all(facts.positive(x) and facts.non_negative(w) and _real(w, facts) for x, w in pairs):
        return False
    if not _same(add(*(w for _, w in pairs)), ONE, facts):
        return False
    return _same(large, add(*(mul(w, x) for x, w in pairs)), facts)


def _means_of_many(claim: Claim, facts: Facts) -> bool:
    """(prod_{i=1}^n x_i)^{1/n} <= (1/n) sum_{i=1}^n x_i for x_i >= 0, n >= 1."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    if small.head != "pow" or small.args[0].head != "prod":
        return False
    body, letter, lower, upper = small.args[0].args
    n = add(sub(upper, lower), ONE)
    if (
        not _plain_range(small.args[0], facts)
        or not facts.positive(n)
        or not facts.under(letter, lower, upper).non_negative(body)
    ):
        return False
    average = Term("div", (Term("sum", (body, letter, lower, upper)), n))
    return _same(small.args[1], Term("div", (ONE, n)), facts) and _same(large, average, facts)


def _young(claim: Claim, facts: Facts) -> bool:
    """a b <= a^p / p + b^q / q for a, b > 0 and p, q > 0 with 1/p + 1/q = 1."""
    sides = _sides(claim)
    if sides is None:
        return False
    small, large = sides
    powers = list(dict.fromkeys(part.args for part in subterms(large) if part.head == "pow"))
    for a, p in powers:
        for b, q in powers:
            if not all(map(facts.positive, (a, b, p, q))):
                continue
            conjugate = _same(add(Term("div", (ONE, p)), Term("div", (ONE, q))), ONE, facts)
            young = add(Term("div", (power(a, p), p)), Term("div", (power(b, q), q)))
            if conjugate and _same(small, mul(a, b), facts) and _same(large, young, facts):
                return True
    return False


SOURCE = "Hardy, Littlewood and Pólya, Inequalities, 2nd ed., "

CONVEX_AXIOMS = (
    Axiom(
        "convex_jensen",
        "f(Σ w_i x_i) ≤ Σ w_i f(x_i) for convex f.",
        "f is declared convex on R, the weights are ≥ 0 and their sum is 1",
        SOURCE + "section 3.6",
        _jensen,
    ),
    Axiom(
        "convex_tangent",
        "f(y) ≥ f(x) + f'(x)(y − x) for convex f.",
        "f is declared convex on R and differentiable, as declared functions are",
        SOURCE + "section 3.19",
        _tangent,
    ),
    Axiom(
        "convex_slope",
        "f'(x) ≤ f'(y) for x ≤ y, and f'' ≥ 0, for convex f.",
        "f is declared convex on R and differentiable, as declared functions are; the order of x and y is known",
        SOURCE + "section 3.10",
        _rising_slope,
    ),
    Axiom(
        "cauchy_schwarz_sum",
        "(Σ u_i)² ≤ Σ p_i Σ q_i where p_i q_i = u_i².",
        "p_i, q_i ≥ 0, real terms, one finite range",
        SOURCE + "section 2.4",
        _cauchy_schwarz,
    ),
    Axiom(
        "weighted_means",
        "Π x_i^{w_i} ≤ Σ w_i x_i.",
        "x_i > 0, w_i ≥ 0, the weights have the sum 1",
        SOURCE + "section 2.5",
        _weighted_means,
    ),
    Axiom(
        "means_of_many",
        "(Π x_i)^{1/n} ≤ (1/n) Σ x_i.",
        "x_i ≥ 0, n ≥ 1 terms",
        SOURCE + "section 2.5",
        _means_of_many,
    ),
    Axiom(
        "young",
        "ab ≤ a^p/p + b^q/q.",
        "a, b > 0, p, q > 0, 1/p + 1/q = 1",
        SOURCE + "section 4.8",
        _young,
    ),
)
