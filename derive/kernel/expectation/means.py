"""The linear rules: an expectation is taken monomial by monomial, each split over its independent parts."""

from __future__ import annotations

from itertools import product

from derive.core import Term
from derive.kernel.expectation.conditional import conditional_value, given_mean
from derive.kernel.expectation.letters import Factors, letter_mean, mean_atom
from derive.kernel.expectation.randomness import apart, law_of, put_outcome, random_in, require_free_laws
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.support import atoms_of, inside
from derive.kernel.terms import heads

LARGEST_LIST = 200


def expectation_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of an expectation, variance, covariance, conditional expectation or probability. Raises NoNormalForm
    where no rule applies."""
    from derive.kernel.expectation.events import probability_value
    from derive.kernel.expectation.vectors import mentions_vector, vector_free

    require_free_laws(facts)
    if term.head == "probability":
        return probability_value(normaliser, term, facts)
    if mentions_vector(term, facts):
        return normaliser.value(vector_free(term, facts), facts)
    if term.head == "expect_given":
        return conditional_value(normaliser, term, facts)
    if term.head == "expect":
        return mean(normaliser, term.args[0], facts)
    left, right = (term.args[0], term.args[-1])
    if any(facts.kind(arg) == "complex" for arg in term.args):
        raise NoNormalForm("the variance of what may be complex")
    a = mean(normaliser, left, facts)
    b = a if right == left else mean(normaliser, right, facts)
    return mean(normaliser, Term("mul", (left, right)), facts) - a * b


def mean(normaliser: Normaliser, body: Term, facts: Facts) -> Ratio:
    """E of a term."""
    surely = inside(facts)
    try:
        return mean_of(normaliser, normaliser.value(body, surely), surely)
    except (NoNormalForm, ZeroDivisionError):
        families = {d.name for d in facts.scope.declarations if d.law is not None and d.family}
        if families & random_in(body, facts.scope) and "sum" in heads(body):
            return mean_of(normaliser, _with_whole_sums(normaliser, body, surely), surely)
        listed = _listed(normaliser, body, facts)
        if listed is None:
            raise
        return listed


def _with_whole_sums(normaliser: Normaliser, body: Term, facts: Facts) -> Ratio:
    """The value of a body whose sums are not taken apart, so that a member of the range can be split off."""
    normaliser.whole_sums = True
    try:
        return normaliser.value(body, facts)
    finally:
        normaliser.whole_sums = False


def _listed(normaliser: Normaliser, body: Term, facts: Facts) -> Ratio | None:
    """E f(X, ...) as a sum over the values of letters that are independent and have finitely many; None where they do not."""
    names = sorted(random_in(body, facts.scope))
    atoms = [atoms_of(law) for declaration, law in (law_of(name, facts) for name in names) if not declaration.family]
    count = 1
    for listed in atoms:
        count *= len(listed) if listed is not None else LARGEST_LIST + 1
    if not names or len(atoms) < len(names) or count > LARGEST_LIST or not apart(frozenset(names), facts.scope):
        return None
    if "expect_given" in heads(body):
        return None
    total = normaliser.constant(0)
    for outcome in product(*(listed for listed in atoms if listed is not None)):
        at, weight = body, normaliser.constant(1)
        for name, (value, chance) in zip(names, outcome, strict=True):
            at, weight = put_outcome(at, name, value), weight * normaliser.value(chance, facts)
        total += weight * normaliser.value(at, facts)
    return normaliser.reduce(total)


def mean_of(normaliser: Normaliser, value: Ratio, facts: Facts) -> Ratio:
    """E of a quantity in normal form; ``facts`` are those inside an expectation."""
    total = normaliser.constant(0)
    for fixed, random in monomials(normaliser, value, facts):
        total += fixed * monomial_mean(normaliser, random, facts)
    return normaliser.reduce(total)


def monomials(normaliser: Normaliser, value: Ratio, facts: Facts) -> list[tuple[Ratio, Factors]]:
    """The quantity as a sum of fixed numbers times random factors; a random denominator is a product of letters and
    exponentials. Raises NoNormalForm."""
    value = normaliser.reduce(value)
    below = random_factors(normaliser, value.den.degrees(), facts)
    if below and len(value.den) != 1:
        raise NoNormalForm("the expectation of a quotient with a random denominator")
    den = value.den
    for i, exponent in below.items():
        den = den / normaliser.ring.gen(i) ** exponent
    found = []
    for exponents, coefficient in value.num.to_dict().items():
        random = random_factors(normaliser, exponents, facts)
        outer = tuple(0 if i in random else int(d) for i, d in enumerate(exponents))
        for i, exponent in below.items():
            random[i] = random.get(i, 0) - exponent
        fixed = Ratio(normaliser.ring.from_dict({outer: coefficient}), den)
        found.append((fixed, {i: exponent for i, exponent in random.items() if exponent}))
    return found


def random_factors(normaliser: Normaliser, exponents: tuple[int, ...], facts: Facts) -> Factors:
    return {i: int(d) for i, d in enumerate(exponents) if d and letters_of_factor(normaliser, i, facts)}


def letters_of_factor(normaliser: Normaliser, i: int, facts: Facts) -> frozenset[str]:
    return random_in(normaliser.generators[i].term, facts.scope)


def monomial_mean(normaliser: Normaliser, factors: Factors, facts: Facts) -> Ratio:
    """E of a product of random factors."""
    from derive.kernel.expectation.families import family_mean

    if any(normaliser.generators[i].tag == "given" for i in factors):
        return given_mean(normaliser, factors, facts)
    total = normaliser.constant(1)
    parts = independent_parts(normaliser, factors, facts)
    for names, part in sorted(parts, key=lambda entry: _has_product(normaliser, entry[1])):
        families = any(declaration.family for declaration in facts.scope.declarations if declaration.name in names)
        if families and apart(names, facts.scope):
            total *= family_mean(normaliser, part, facts, known_zero=normaliser.reduce(total).is_zero)
        elif len(names) == 1:
            total *= letter_mean(normaliser, next(iter(names)), part, facts)
        else:
            total *= mean_atom(normaliser, part, facts)
    return total


def _has_product(normaliser: Normaliser, factors: Factors) -> bool:
    return any(normaliser.generators[i].tag == "product" for i in factors)


def independent_parts(normaliser: Normaliser, factors: Factors, facts: Facts) -> list[tuple[frozenset[str], Factors]]:
    """The factors in groups that are independent of each other by declaration, with the letters of each group."""
    letters = {i: letters_of_factor(normaliser, i, facts) for i in factors}
    names = frozenset().union(*letters.values())
    if not apart(names, facts.scope):
        return [(names, factors)]
    parts: list[tuple[frozenset[str], Factors]] = []
    for i, exponent in factors.items():
        touching = [part for part in parts if part[0] & letters[i]]
        joined: Factors = {j: e for _, group in touching for j, e in group.items()}
        together = letters[i].union(*(part[0] for part in touching))
        parts = [part for part in parts if part not in touching] + [(together, {**joined, i: exponent})]
    return parts
