"""Conditional expectations: what is known is taken out, what is independent is averaged, the rest is an atom that depends on the
conditions alone; an expectation of such an atom goes by the tower rule."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.expectation.integrable import growth_of, require_integrable, total
from derive.kernel.expectation.letters import Factors, mean_atom, product_term
from derive.kernel.expectation.randomness import apart, law_of, random_in
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.support import inside

Conditions = tuple[Term, ...]


def conditional_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of E[a | b, ...]: the conditions are random letters, as such."""
    body, *conditions = term.args
    known = tuple(b for b in conditions if random_in(b, facts.scope))
    surely = inside(facts)
    for b in known:
        if b.head != "symbol":
            raise NoNormalForm("a condition that is not a random letter")
        declaration, _ = law_of(str(b.value), facts)
        if declaration.shape:
            raise NoNormalForm("a conditional expectation given a random vector")
    return condition(normaliser, normaliser.value(body, surely), known, surely)


def condition(normaliser: Normaliser, value: Ratio, known: Conditions, facts: Facts) -> Ratio:
    """E[value | known], monomial by monomial."""
    from derive.kernel.expectation.means import letters_of_factor, monomials

    names = frozenset(str(b.value) for b in known)
    whole = normaliser.constant(0)
    for fixed, random in monomials(normaliser, value, facts):
        _require_integrable(normaliser, random, facts)
        outside = {i: e for i, e in random.items() if letters_of_factor(normaliser, i, facts) <= names}
        rest = {i: e for i, e in random.items() if i not in outside}
        part = normaliser.constant(1)
        for i, exponent in outside.items():
            part *= Ratio(normaliser.ring.gen(i), normaliser.ring.constant(1)) ** exponent
        whole += fixed * part * (_rest_given(normaliser, rest, known, facts) if rest else normaliser.constant(1))
    return normaliser.reduce(whole)


def _require_integrable(normaliser: Normaliser, factors: Factors, facts: Facts) -> None:
    if any(exponent < 0 for exponent in factors.values()):
        raise NoNormalForm("a conditional expectation of a quotient with a random denominator")
    growth = total(
        [
            {name: d * e for name, d in growth_of(normaliser.generators[i].term, facts).items()}
            for i, e in factors.items()
        ]
    )
    require_integrable(growth, facts)


def _rest_given(normaliser: Normaliser, rest: Factors, known: Conditions, facts: Facts) -> Ratio:
    """Of factors none of which the conditions determine."""
    from derive.kernel.expectation.means import letters_of_factor, monomial_mean

    if any(normaliser.generators[i].tag == "given" for i in rest):
        raise NoNormalForm("a conditional expectation of another one")
    names = frozenset(str(b.value) for b in known)
    letters = frozenset[str]().union(*(letters_of_factor(normaliser, i, facts) for i in rest))
    if not names or (apart(letters | names, facts.scope) and not letters & names):
        return monomial_mean(normaliser, rest, facts)
    ordered = tuple(sorted(known, key=lambda b: str(b.value)))
    monomial = normaliser.constant(1)
    for i, exponent in rest.items():
        monomial *= Ratio(normaliser.ring.gen(i), normaliser.ring.constant(1)) ** exponent
    key = ("given", normaliser.key(monomial), *(str(b.value) for b in ordered))
    shown = Term("expect_given", (product_term(normaliser, rest), *ordered))
    real = all(normaliser.generators[i].real for i in rest)
    return normaliser.generator(key, "given", shown, real, (monomial, ordered))


def given_mean(normaliser: Normaliser, factors: Factors, facts: Facts) -> Ratio:
    """E of a product with conditional expectations G given b: E[g(b) G R] = E[g(b) G E[R | b]], and E[g(b) E[a | b]] = E[g(b) a]."""
    from derive.kernel.expectation.means import letters_of_factor, mean_of

    _require_integrable(normaliser, factors, facts)
    given = {i: e for i, e in factors.items() if normaliser.generators[i].tag == "given"}
    known = {normaliser.generators[i].data[1] for i in given}
    if len(known) != 1:
        raise NoNormalForm("a product of conditional expectations given different letters")
    conditions = next(iter(known))
    assert isinstance(conditions, tuple)
    names = frozenset(str(b.value) for b in conditions)
    rest = {i: e for i, e in factors.items() if not letters_of_factor(normaliser, i, facts) <= names}
    measurable = {i: e for i, e in factors.items() if i not in rest and i not in given}
    if rest:
        inner = condition(normaliser, _product(normaliser, rest), conditions, facts)
        return mean_of(normaliser, _product(normaliser, {**measurable, **given}) * inner, facts)
    if sum(given.values()) == 1:
        monomial = normaliser.generators[next(iter(given))].data[0]
        assert isinstance(monomial, Ratio)
        return mean_of(normaliser, _product(normaliser, measurable) * monomial, facts)
    return mean_atom(normaliser, factors, facts)


def _product(normaliser: Normaliser, factors: Factors) -> Ratio:
    product = normaliser.constant(1)
    for i, exponent in factors.items():
        product *= Ratio(normaliser.ring.gen(i), normaliser.ring.constant(1)) ** exponent
    return product
