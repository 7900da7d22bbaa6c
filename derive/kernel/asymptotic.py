"""Limits at infinity of sums of products of powers, logarithms and exponentials.

The body must be defined for all large values of the letter. It is brought to normal form; every monomial is
``constant * t^a * (log t)^b * b_1^{t} b_2^{t} ... * exp(m)`` where m has a finite limit. A monomial with all bases at most 1 in
modulus and one of them below 1 tends to 0, whatever a is (n^a q^n -> 0 for |q| < 1). Quotients are divided by their dominating
monomial; numerical bases are compared with balls, symbolic ones by the declared facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from flint import fmpq_mpoly

from derive.core import Claim, Declaration, Relation, Term
from derive.kernel.balls import Undefined, holds
from derive.kernel.conditions import unsettled
from derive.kernel.facts import Facts, linear_form
from derive.kernel.heads import conditions_of
from derive.kernel.normal import (
    Generator,
    NoNormalForm,
    Normaliser,
    exponential,
    on_circle,
    with_normaliser,
)
from derive.kernel.ratio import Ratio
from derive.kernel.terms import (
    INFINITY,
    ONE,
    ZERO,
    add,
    free_letters,
    letters_of,
    linear_in,
    mul,
    number,
    power,
    sub,
    symbol,
)
from derive.kernel.verdict import NotAdmitted


@dataclass(frozen=True, slots=True)
class Growth:
    """How fast the modulus grows with t: ``exp(rate t) t^a (log t)^b``, (a, b) the ``degree``. ``phase`` lists the generators
    of known modulus whose sign or direction may change with t, each with its exponent."""

    rate: Term
    degree: tuple[Fraction, Fraction]
    phase: tuple[tuple[int, int], ...] = ()


Part = tuple[Ratio, Growth]
"""A coefficient, which has a finite limit (this one) as t grows, and the growth of what it multiplies. The limit may be 0."""

WHOLE_NAMES = ("n", "m", "k", "N", "M", "K", "i", "j")
"""Letters that tend to infinity through the integers, where nothing else is said."""

STEADY = (Fraction(0), Fraction(0))


def limit_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio | Term:
    """The limit of ``limit(body, t, infinity)``: a quotient free of t, or INFINITY. ``facts`` come from ``facts_for_large``.
    Raises NoNormalForm, or NotAdmitted, also where the body may be undefined for arbitrarily large t."""
    body, variable, point = term.args
    if point != INFINITY:
        raise NoNormalForm("only limits at infinity have a rule")
    name = str(variable.value)
    _require_defined(normaliser, body, name, facts)
    found = _limit(normaliser, normaliser.value(body, facts), name, facts)
    _settle_visible(normaliser, name, facts)
    return found


def facts_for_large(limit: Term, facts: Facts) -> Facts:
    """The variable of a limit at infinity, as large as one likes; an integer where it is declared one.

    Raises NoNormalForm where the letter cannot tend to infinity, or a hypothesis ties it to other letters.
    """
    letter = limit.args[1]
    name = str(letter.value)
    declared = facts.declaration(name) or Declaration(name, "integer" if name in WHOLE_NAMES else "real")
    plain = not (declared.shape or declared.law or declared.family or declared.function)
    if not plain or declared.domain == "complex" or not all(_unbounded(r, letter) for r in declared.where):
        raise NoNormalForm(f"{name} is not declared as a number that can tend to infinity")
    for hypothesis in facts.scope.hypotheses:
        recurrence = hypothesis.lhs.head == "index" and name in free_letters(hypothesis.lhs.args[1])
        if name in letters_of(hypothesis) and not recurrence:
            raise NoNormalForm(f"a hypothesis speaks of {name}, which tends to infinity")
    return facts.extended(Declaration(name, declared.domain), (Relation(letter, ">=", number(5)),))


def _unbounded(relation: Relation, letter: Term) -> bool:
    """A bound of the letter that all large values satisfy: ``t >= c``, ``t > c``, ``t != c`` or ``c <= t``, ``c < t``."""
    lhs, rhs = (relation.rhs, relation.lhs) if relation.relation in ("<", "<=") else (relation.lhs, relation.rhs)
    return relation.relation != "=" and lhs == letter and str(letter.value) not in free_letters(rhs)


# ------------------------------------------------------------------------------------------------------- definedness


def _require_defined(normaliser: Normaliser, body: Term, name: str, facts: Facts) -> None:
    """Every condition of the body holds for all large t; what does not speak of t is left visible."""
    for condition in conditions_of(body, facts.scope):
        for relation in unsettled(condition, facts, hidden=False):
            for part in _parts_of_condition(relation):
                if name not in letters_of(part):
                    normaliser.require(part)
                elif not _eventually(normaliser, part, name, facts):
                    raise NoNormalForm(f"the body may be undefined for large {name}")


def _parts_of_condition(relation: Relation) -> tuple[Relation, ...]:
    """A product, quotient or power is not 0 if its factors, its numerator, its base are not."""
    lhs = relation.lhs
    if (relation.relation, relation.rhs) != ("!=", ZERO) or lhs.head not in ("mul", "div", "pow", "neg"):
        return (relation,)
    inner = lhs.args if lhs.head == "mul" else lhs.args[:1]
    return tuple(part for arg in inner for part in _parts_of_condition(Relation(arg, "!=", ZERO)))


def _eventually(normaliser: Normaliser, relation: Relation, name: str, facts: Facts) -> bool:
    """The relation (``!=``, ``>`` or ``>=``) holds for all large t, by the dominating part of the difference."""
    difference = normaliser.reduce(normaliser.value(sub(relation.lhs, relation.rhs), facts))
    if difference.is_zero:
        return relation.relation == ">="
    top, bottom = (
        _dominant(normaliser, _split(normaliser, p, name, facts), facts) for p in (difference.num, difference.den)
    )
    if relation.relation == "!=":
        return True
    same_phase = top[1].phase == bottom[1].phase
    return relation.relation in (">", ">=") and same_phase and _positive(normaliser, top[0] / bottom[0], facts)


def _settle_visible(normaliser: Normaliser, name: str, facts: Facts) -> None:
    """Conditions that the normal form asked for hold for all large t; none that speaks of t stays visible."""
    for relation in [r for r in normaliser.visible if name in letters_of(r)]:
        if not _eventually(normaliser, relation, name, facts):
            raise NoNormalForm(f"the body may be undefined for large {name}")
    normaliser.visible[:] = [r for r in normaliser.visible if name not in letters_of(r)]


def _positive(normaliser: Normaliser, value: Ratio, facts: Facts) -> bool:
    return facts.positive(normaliser.ratio_term(normaliser.reduce(value)))


# ------------------------------------------------------------------------------------------------------------- limits


def _limit(normaliser: Normaliser, value: Ratio, name: str, facts: Facts) -> Ratio | Term:
    value = normaliser.reduce(value)
    if value.is_zero:
        return value
    tops, bottoms = (_split(normaliser, part, name, facts) for part in (value.num, value.den))
    lead, lead_growth = _dominant(normaliser, bottoms, facts)
    total, infinite = normaliser.constant(0), []
    for coefficient, growth in tops:
        order = _order(growth, lead_growth, facts)
        if order >= 0 and growth.phase != lead_growth.phase:
            raise NoNormalForm("a part that may oscillate without dying out")
        if order == 0:
            total += coefficient / lead
        elif order > 0:
            infinite.append((coefficient / lead, growth))
    if not infinite:
        return normaliser.reduce(total)
    if _positive(normaliser, _dominant(normaliser, infinite, facts)[0], facts):
        return INFINITY
    raise NoNormalForm("a part that grows without bound and is not proved positive")


def _split(normaliser: Normaliser, polynomial: fmpq_mpoly, name: str, facts: Facts) -> list[Part]:
    """The monomials, those of the same growth together. A coefficient whose limit is 0 is kept: it may tend to 0 slowly."""
    parts: dict[Growth, Ratio] = {}
    for exponents, rational in polynomial.to_dict().items():
        used = [(i, int(d)) for i, d in enumerate(exponents) if d]
        inside = [(i, d) for i, d in used if name in free_letters(normaliser.generators[i].term)]
        free = tuple(0 if (i, int(d)) in inside else int(d) for i, d in enumerate(exponents))
        coefficient = Ratio(normaliser.ring.from_dict({free: rational}), normaliser.ring.constant(1))
        factors = [(_growth_of(normaliser, i, name, facts), i, d) for i, d in inside]
        for (factor, _), _, d in factors:
            coefficient *= factor**d
        growth = _product([(one, i, d) for (_, one), i, d in factors])
        parts[growth] = parts[growth] + coefficient if growth in parts else coefficient
    return [(normaliser.reduce(coefficient), growth) for growth, coefficient in parts.items()]


def _product(factors: list[tuple[Growth, int, int]]) -> Growth:
    """The growth of a product of powers: (growth of the generator, its number, exponent)."""
    rates = [mul(number(d), growth.rate) for growth, _, d in factors if growth.rate != ZERO]
    a = sum((growth.degree[0] * d for growth, _, d in factors), Fraction(0))
    b = sum((growth.degree[1] * d for growth, _, d in factors), Fraction(0))
    return Growth(add(*rates) if rates else ZERO, (a, b), tuple((i, d) for growth, i, d in factors if growth.phase))


def _growth_of(normaliser: Normaliser, position: int, name: str, facts: Facts) -> Part:
    """Of one generator that depends on t. ``phase`` tells only whether it may turn."""
    generator, one = normaliser.generators[position], normaliser.constant(1)
    turning = ((position, 1),)
    if generator.term == symbol(name):
        return one, Growth(ZERO, (Fraction(1), Fraction(0)))
    if generator.tag in ("root", "log") and _is_letter(normaliser, generator, name):
        share = Fraction(1, generator.data[1]) if generator.tag == "root" else Fraction(0)  # type: ignore[call-overload]
        return one, Growth(ZERO, (share, Fraction(generator.tag == "log")))
    if generator.tag == "sign":
        return one, Growth(ZERO, STEADY, turning)
    if generator.tag == "pow" and name not in free_letters(generator.term.args[0]):
        base, exponent = generator.term.args
        slope = linear_in(exponent, name)
        if slope is not None:  # base 0 counts as rate -infinity
            return one, Growth(mul(slope, Term("log", (Term("abs", (base,)),))), STEADY, turning)
    if generator.tag == "exp":
        return _growth_of_exponential(normaliser, generator, position, name, facts)
    raise NoNormalForm(f"the growth of {generator.term.head} with {name} is not known")


def _is_letter(normaliser: Normaliser, generator: Generator, name: str) -> bool:
    """The argument of this root or logarithm is t itself."""
    inside = generator.data[0]
    return isinstance(inside, Ratio) and normaliser.ratio_term(normaliser.reduce(inside)) == symbol(name)


def _growth_of_exponential(
    normaliser: Normaliser, generator: Generator, position: int, name: str, facts: Facts
) -> Part:
    """exp(slope t + c), or exp(m) with m -> m0 finite, which tends to exp(m0)."""
    argument = normaliser.reduce(normaliser.value(generator.term.args[0], facts))
    slope = linear_in(normaliser.ratio_term(argument), name)
    if slope is None:
        inner = _limit(normaliser, argument, name, facts)
        if not isinstance(inner, Ratio):
            raise NoNormalForm("an exponential whose exponent tends to infinity faster than linearly")
        return exponential(normaliser, inner), Growth(ZERO, STEADY)
    rest = argument - normaliser.value(mul(slope, symbol(name)), facts)  # exp(n/n) is e, not 1
    if slope == ZERO:
        return exponential(normaliser, normaliser.reduce(rest)), Growth(ZERO, STEADY)
    if generator.real:
        return exponential(normaliser, normaliser.reduce(rest)), Growth(slope, STEADY)
    if on_circle(normaliser, generator):
        return normaliser.constant(1), Growth(ZERO, STEADY, ((position, 1),))
    raise NoNormalForm("the growth of a complex exponential is not known")


# -------------------------------------------------------------------------------------------------- comparing growth


def _dominant(normaliser: Normaliser, parts: list[Part], facts: Facts) -> Part:
    """The part that outgrows all others, proved different from 0."""
    for coefficient, growth in parts:
        if not _never_zero(normaliser, coefficient, growth, facts):
            continue
        if all(_order(other, growth, facts) < 0 for _, other in parts if other != growth):
            return coefficient, growth
    raise NoNormalForm("no part dominates that is certainly not 0")


def _never_zero(normaliser: Normaliser, coefficient: Ratio, growth: Growth, facts: Facts) -> bool:
    bases = (normaliser.generators[i] for i, _ in growth.phase)
    whole = all(facts.nonzero(g.term.args[0]) for g in bases if g.tag == "pow")
    if not whole or coefficient.is_zero:
        return False
    from derive.kernel.settling import no_factor_vanishes

    term = normaliser.ratio_term(coefficient)
    return facts.nonzero(term) or no_factor_vanishes(term, facts)


def _order(growth: Growth, other: Growth, facts: Facts) -> int:
    """Of the quotient: -1 tends to 0; 0 bounded modulus; 1 grows without bound. Raises NoNormalForm when it cannot be told."""
    sign = _sign(_difference(growth.rate, other.rate), facts)
    return sign or (growth.degree > other.degree) - (growth.degree < other.degree)


def _difference(a: Term, b: Term) -> Term:
    return a if b == ZERO else Term("neg", (b,)) if a == ZERO else sub(a, b)


def _sign(rate: Term, facts: Facts) -> int:
    """The sign of a rate of growth. Raises NoNormalForm when it cannot be told."""
    if not free_letters(rate):
        for relation, sign in (("<", -1), (">", 1)):
            try:
                if holds(Relation(rate, relation, ZERO), {}) is True:
                    return sign
            except Undefined:
                break
    if with_normaliser(facts, lambda normaliser: normaliser.reduce(normaliser.value(rate)).is_zero):
        return 0
    if facts.positive(rate):
        return 1
    if facts.positive(Term("neg", (rate,))):
        return -1
    of_logarithm = _sign_of_logarithm(rate, facts) or _sign_of_logarithms(rate, facts)
    if of_logarithm is None:
        raise NoNormalForm("a rate of growth whose sign is not known")
    return of_logarithm


def _sign_of_logarithm(rate: Term, facts: Facts) -> int | None:
    """Of ``c log|u|`` for real u: -1 if -1 < u < 1 and c > 0 (also for u = 0: the rate is -infinity there)."""
    if rate.head == "neg":
        inner = _sign_of_logarithm(rate.args[0], facts)
        return None if inner is None else -inner
    if rate.head == "mul":
        inner = _sign_of_logarithm(rate.args[-1], facts)
        scale = mul(*rate.args[:-1])
        sign = 1 if facts.positive(scale) else -1 if facts.positive(Term("neg", (scale,))) else None
        return None if inner is None or sign is None else sign * inner
    if rate.head != "log" or rate.args[0].head != "abs":
        return None
    if facts.kind(rate.args[0].args[0]) == "complex":
        size = rate.args[0]
        return -1 if facts.positive(sub(ONE, size)) else 1 if facts.positive(sub(size, ONE)) else None
    u = rate.args[0].args[0]
    if facts.positive(sub(ONE, u)) and facts.positive(add(ONE, u)):
        return -1
    return 1 if facts.positive(sub(u, ONE)) or facts.positive(Term("neg", (add(ONE, u),))) else None


def _sign_of_logarithms(rate: Term, facts: Facts) -> int | None:
    """Of ``sum c_i log u_i`` with whole c_i: by comparing the square of the product of the u_i^c_i with 1: what is
    strictly larger is not 0, and log 0 counts as -infinity."""
    from derive.kernel.rules.sign import sign

    above, below = [ONE], [ONE]
    for key, coefficient in linear_form(rate).items():
        if key is None or key.head != "log" or coefficient.denominator != 1 or abs(coefficient) > 8:
            return None
        u = key.args[0].args[0] if key.args[0].head == "abs" else key.args[0]
        if facts.kind(u) == "complex":
            return None
        side = above if coefficient > 0 else below
        side.append(power(u, number(2 * abs(int(coefficient)))))
    scope = replace(facts.scope, declarations=tuple(facts.letters.values()))
    for relation, answer in (("<", -1), (">", 1)):
        try:
            if not sign(Claim(mul(*above), relation, mul(*below), scope), facts).visible:
                return answer
        except (NotAdmitted, NoNormalForm):
            continue
    return None
