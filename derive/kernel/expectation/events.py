"""Probabilities of events ``a relation b``: closed forms by the law of one random letter, sums over the values of a finite law,
else an atom. The complement of an event has one minus its probability."""

from __future__ import annotations

from derive.core import Law, Term
from derive.kernel.expectation.letters import strictly_positive
from derive.kernel.expectation.monomial_events import chance_of_monomial
from derive.kernel.expectation.randomness import apart, law_of, put_outcome, random_in
from derive.kernel.facts import Facts
from derive.kernel.laws import STANDARD_NORMAL
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.support import CONTINUOUS, atoms_of, binomial_weight, inside
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, rational_value, sub, symbol

LARGEST_SUM = 60
OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}


def probability_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of P[a relation b]. Raises NoNormalForm."""
    left, right = term.args
    if left == STANDARD_NORMAL and term.value == ">":
        return _tail(normaliser, right, facts)
    if "limit" in (left.head, right.head):
        raise NoNormalForm("the probability of a limit")
    relation, one = str(term.value), normaliser.constant(1)
    if relation in ("!=", "<", "<="):
        complement = {"!=": "=", "<": ">=", "<=": ">"}[relation]
        return one - probability_value(normaliser, Term("probability", term.args, complement), facts)
    surely = inside(facts)
    difference = normaliser.reduce(normaliser.value(sub(left, right), surely))
    gap = normaliser.ratio_term(difference)
    names = random_in(gap, facts.scope)
    if not names:
        return normaliser.constant(_indicator(normaliser, gap, relation, facts))
    try:
        return _known(normaliser, gap, relation, names, facts)
    except NoNormalForm:
        plain = _plain_event(normaliser, gap, relation, names, facts)
        if plain is not None and plain != Term("probability", (left, right), relation):
            return probability_value(normaliser, plain, facts)
    key = ("chance", relation, normaliser.key(difference))
    return normaliser.generator(key, "chance", Term("probability", (gap, ZERO), relation), True)


def _plain_event(normaliser: Normaliser, gap: Term, relation: str, names: frozenset[str], facts: Facts) -> Term | None:
    """P[X relation t] for an event of one letter, strict where the letter meets no single value; None for other events."""
    laws_ = [law_of(name, facts) for name in names]
    name = next(iter(names))
    if len(names) > 1 or laws_[0][0].family or laws_[0][0].shape:
        return None
    level = _level(normaliser, gap, name, facts)
    if level is None:
        return None
    turned = relation if level[1] else OPPOSITE[relation]
    if _misses(laws_[0][1], facts):
        turned = {">=": ">", "<=": "<"}.get(turned, turned)
    return Term("probability", (symbol(name), level[0]), turned)


def _misses(law: Law, facts: Facts) -> bool:
    """The law gives no single value a positive probability."""
    return law.name in CONTINUOUS and strictly_positive(law.variance, facts)


def _of_modulus(normaliser: Normaliser, gap: Term, relation: str, facts: Facts) -> Ratio | None:
    """P[|u| > c] = P[u > c] + P[-u > c] for a level c >= 0 (> 0, where it may be met)."""
    value = normaliser.reduce(normaliser.value(gap, facts))
    used = [
        i
        for i, g in enumerate(normaliser.generators)
        if random_in(g.term, facts.scope) and (value.num.degrees()[i] or value.den.degrees()[i])
    ]
    if len(used) != 1 or normaliser.generators[used[0]].term.head != "abs" or relation == "=":
        return None
    modulus = normaliser.generators[used[0]].term
    slope = _slope(normaliser, gap, modulus, facts)
    if slope is None or not facts.positive(slope):
        return None
    atom = Ratio(normaliser.ring.gen(used[0]), normaliser.ring.constant(1))
    rest = value - normaliser.value(slope, facts) * atom
    level = normaliser.ratio_term(normaliser.reduce(-rest / normaliser.value(slope, facts)))
    if facts.positive(Term("neg", (level,))):
        return normaliser.constant(1)
    if not (facts.positive(level) or (relation == ">" and facts.non_negative(level))):
        return None
    inner = modulus.args[0]
    parts = [Term("probability", (side, level), relation) for side in (inner, Term("neg", (inner,)))]
    return probability_value(normaliser, parts[0], facts) + probability_value(normaliser, parts[1], facts)


def _indicator(normaliser: Normaliser, gap: Term, relation: str, facts: Facts) -> int:
    """1 where ``gap relation 0`` is proved, 0 where it is refuted. Raises NoNormalForm."""
    below = Term("neg", (gap,))
    if relation == "=":
        if normaliser.reduce(normaliser.value(gap, facts)).is_zero:
            return 1
        if facts.nonzero(gap):
            return 0
    elif facts.positive(gap) or (relation == ">=" and facts.non_negative(gap)):
        return 1
    elif facts.positive(below) or (relation == ">" and facts.non_negative(below)):
        return 0
    elif rational_value(gap) == 0 or normaliser.reduce(normaliser.value(gap, facts)).is_zero:
        return int(relation == ">=")
    raise NoNormalForm("an event of which it is not known whether it holds")


def _known(normaliser: Normaliser, gap: Term, relation: str, names: frozenset[str], facts: Facts) -> Ratio:
    if any(law_of(name, facts)[0].family for name in names):
        found = chance_of_monomial(normaliser, normaliser.reduce(normaliser.value(gap, facts)), relation, facts)
        if found is not None:
            return found
    modulus = _of_modulus(normaliser, gap, relation, facts)
    if modulus is not None:
        return modulus
    if len(names) == 1:
        name = next(iter(names))
        declaration, law = law_of(name, facts)
        if not declaration.family and not declaration.shape:
            return _of_one_letter(normaliser, gap, relation, name, law, facts)
    if apart(names, facts.scope):
        return _listed(normaliser, gap, relation, sorted(names), facts)
    raise NoNormalForm("an event of several letters")


def _of_one_letter(normaliser: Normaliser, gap: Term, relation: str, name: str, law: Law, facts: Facts) -> Ratio:
    level = _level(normaliser, gap, name, facts)
    if level is not None:
        threshold, rising = level
        try:
            found = _beyond(normaliser, law, threshold, relation if rising else OPPOSITE[relation], facts)
            return found if isinstance(found, Ratio) else normaliser.value(found, facts)
        except NoNormalForm:
            if atoms_of(law) is None:
                raise
    return _listed(normaliser, gap, relation, [name], facts)


def _listed(normaliser: Normaliser, gap: Term, relation: str, names: list[str], facts: Facts) -> Ratio:
    """The weight of the values at which the event holds, for independent letters with finitely many values."""
    if not names:
        value = normaliser.ratio_term(normaliser.reduce(normaliser.value(gap, facts)))
        return normaliser.constant(_indicator(normaliser, value, relation, facts))
    declaration, law = law_of(names[0], facts)
    atoms = atoms_of(law)
    if atoms is None or declaration.family:
        raise NoNormalForm("an event of letters without finitely many values")
    total = normaliser.constant(0)
    for value, weight in atoms:
        part = _listed(normaliser, put_outcome(gap, names[0], value), relation, names[1:], facts)
        total += normaliser.value(weight, facts) * part
    return total


def _level(normaliser: Normaliser, gap: Term, name: str, facts: Facts) -> tuple[Term, bool] | None:
    """(t, True) where the gap is c (X - t) with c proved positive, (t, False) with c proved negative."""
    if name in random_in(put_outcome(gap, name, ZERO), facts.scope):
        return None
    slope = _slope(normaliser, gap, symbol(name), facts)
    if slope is None:
        return None
    at_zero = normaliser.value(put_outcome(gap, name, ZERO), facts)
    threshold = normaliser.ratio_term(normaliser.reduce(-at_zero / normaliser.value(slope, facts)))
    if facts.positive(slope):
        return threshold, True
    return (threshold, False) if facts.positive(Term("neg", (slope,))) else None


def _slope(normaliser: Normaliser, gap: Term, atom: Term, facts: Facts) -> Term | None:
    """c for a gap that is c u + d, where u is one generator of the normal form."""
    value = normaliser.reduce(normaliser.value(gap, facts))
    random = [i for i, g in enumerate(normaliser.generators) if random_in(g.term, facts.scope)]
    used = [i for i in random if value.num.degrees()[i] or value.den.degrees()[i]]
    if len(used) != 1 or normaliser.generators[used[0]].term != atom:
        return None
    if value.den.degrees()[used[0]] or value.num.degrees()[used[0]] != 1:
        return None
    found = {
        tuple(0 if i == used[0] else int(d) for i, d in enumerate(exponents)): coefficient
        for exponents, coefficient in value.num.to_dict().items()
        if exponents[used[0]]
    }
    return normaliser.ratio_term(normaliser.reduce(Ratio(normaliser.ring.from_dict(found), value.den)))


# ------------------------------------------------------------------------------------------------ one letter, by its law


def _beyond(normaliser: Normaliser, law: Law, t: Term, relation: str, facts: Facts) -> Term | Ratio:
    """P[X relation t]."""
    if law.name in CONTINUOUS:
        if not strictly_positive(law.variance, facts):
            raise NoNormalForm("a law that may have a single value")
        if relation == "=":
            return ZERO
        upper = _upper_tail(normaliser, law, t, facts)
        if relation in (">", ">="):
            return upper
        whole = normaliser.constant(1)
        return whole - (upper if isinstance(upper, Ratio) else normaliser.value(upper, facts))
    if relation in ("<", "<="):
        other = _beyond(normaliser, law, t, {"<": ">=", "<=": ">"}[relation], facts)
        return normaliser.constant(1) - (other if isinstance(other, Ratio) else normaliser.value(other, facts))
    if facts.kind(t) != "integer":
        raise NoNormalForm("the probability that a whole number passes a level that is not one")
    if relation == "=":
        return _mass(law, t, facts)
    before = normaliser.ratio_term(normaliser.reduce(normaliser.value(sub(t, ONE), facts)))
    return _discrete_tail(law, t if relation == ">" else before, facts)


def _upper_tail(normaliser: Normaliser, law: Law, t: Term, facts: Facts) -> Term | Ratio:
    """P[X > t] for a continuous law."""
    if law.name == "exponential":
        if facts.non_negative(t):
            return Term("exp", (Term("neg", (mul(law.parameters[0], t),)),))
        if facts.non_negative(Term("neg", (t,))):
            return ONE
        raise NoNormalForm("a level of which it is not known whether it is negative")
    if law.name == "uniform":
        return _uniform_tail(law, t, facts)
    deviation = Term("sqrt", (law.variance,))
    standard = Term("div", (sub(t, law.mean), deviation))
    if law.name == "gaussian":
        return _tail(normaliser, standard, facts)
    if not facts.non_negative(sub(t, law.mean)):
        raise NoNormalForm("a level of which it is not known whether it lies above the mean")
    return Term("div", (Term("exp", (Term("neg", (mul(Term("sqrt", (number(2),)), standard),)),)), number(2)))


def _uniform_tail(law: Law, t: Term, facts: Facts) -> Term:
    if len(law.parameters) != 2:
        raise NoNormalForm("a uniform law whose ends are not given")
    a, b = law.parameters
    if facts.non_negative(sub(a, t)):
        return ONE
    if facts.non_negative(sub(t, b)):
        return ZERO
    if facts.non_negative(sub(t, a)) and facts.non_negative(sub(b, t)):
        return Term("div", (sub(b, t), sub(b, a)))
    raise NoNormalForm("a level of which it is not known whether it lies in the range of a uniform letter")


def _tail(normaliser: Normaliser, z: Term, facts: Facts) -> Ratio:
    """P[Z > z] for a standard Gaussian Z: 1/2 at 0, and one minus the tail at -z."""
    value = normaliser.reduce(normaliser.value(z, facts))
    if value.is_zero:
        return normaliser.value(Term("div", (ONE, number(2))), facts)
    forward, backward = normaliser.key(value), normaliser.key(-value)
    chosen = value if forward <= backward else -value
    shown = Term("probability", (STANDARD_NORMAL, normaliser.ratio_term(chosen)), ">")
    atom = normaliser.generator(("normal tail", min(forward, backward)), "chance", shown, True)
    return atom if forward <= backward else normaliser.constant(1) - atom


def _mass(law: Law, k: Term, facts: Facts) -> Term:
    """P[X = k] for a whole number k."""
    if law.name == "poisson" and facts.non_negative(k):
        rate = law.parameters[0]
        top = mul(Term("exp", (Term("neg", (rate,)),)), power(rate, k))
        return Term("div", (top, Term("factorial", (k,))))
    if law.name == "binomial" and facts.non_negative(k) and facts.non_negative(sub(law.parameters[0], k)):
        return binomial_weight(law.parameters[0], law.parameters[1], k)
    if law.name == "geometric" and facts.non_negative(sub(k, ONE)):
        return mul(law.parameters[0], power(sub(ONE, law.parameters[0]), sub(k, ONE)))
    if law.name in ("poisson", "binomial", "geometric") and facts.positive(Term("neg", (k,))):
        return ZERO
    raise NoNormalForm("no table of the probability of this value")


def _discrete_tail(law: Law, k: Term, facts: Facts) -> Term:
    """P[X > k] for a whole number k."""
    if law.name == "geometric" and facts.non_negative(k):
        return power(sub(ONE, law.parameters[0]), k)
    if law.name in ("poisson", "binomial", "geometric") and facts.positive(Term("neg", (k,))):
        return ONE
    last = rational_value(k)
    if law.name not in ("poisson", "binomial") or last is None or not 0 <= last <= LARGEST_SUM:
        raise NoNormalForm("no table of the probability of passing this level")
    return sub(ONE, add(*(_mass(law, number(j), facts) for j in range(int(last) + 1))))
