"""Expectations: linear, split over independent blocks, moments from the declared law.

A random letter with an index is an independent, identically distributed family. A product of random parts splits only where
the parts are proved to use different members; distinct random letters are not taken to be independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from derive.core import Declaration, Law, Relation, Scope, Term
from derive.kernel import laws
from derive.kernel.facts import Facts
from derive.kernel.normal import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import free_letters, letters_of, mul, number, power, sub, substitute


@dataclass(frozen=True, slots=True)
class Block:
    """A random factor and the members of its family that it uses: from ``lower`` to ``upper``."""

    generator: Generator
    exponent: int
    family: str
    lower: Term | None
    upper: Term | None


def expectation_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of an expectation or a variance. Raises NoNormalForm where no rule applies."""
    _require_free_laws(facts)
    body = term.args[0]
    if term.head == "variance":
        mean = _expect(normaliser, normaliser.value(body, facts), facts)
        square = _expect(normaliser, normaliser.value(power(body, number(2)), facts), facts)
        return square - mean * mean
    return _expect(normaliser, normaliser.value(body, facts), facts)


def is_random(name: str, facts: Facts) -> bool:
    """The letter has a law, or a hypothesis ties it to a letter that has one (a definition makes only its left side random)."""
    return name in _random_letters(facts.scope)


@lru_cache(maxsize=512)
def _random_letters(scope: Scope) -> frozenset[str]:
    """All of them, by spreading from the letters with a law until nothing changes."""
    random = set(_with_law(scope))
    before = -1
    while len(random) != before:
        before = len(random)
        for hypothesis in scope.hypotheses:
            letters = letters_of(hypothesis)
            touched = _defined_by(hypothesis, scope) or letters
            random |= {name for name in touched if (letters - {name}) & random}
    return frozenset(random)


def _with_law(scope: Scope) -> frozenset[str]:
    return frozenset(declaration.name for declaration in scope.declarations if declaration.law is not None)


def _defined_by(hypothesis: Relation, scope: Scope) -> frozenset[str]:
    """The letter that ``X = term`` or ``X_t = term`` defines, if it has no law of its own; else nothing."""
    lhs = hypothesis.lhs
    letter = lhs.args[0] if lhs.head == "index" else lhs
    if hypothesis.relation != "=" or letter.head != "symbol":
        return frozenset()
    name = str(letter.value)
    circular = lhs == letter and name in free_letters(hypothesis.rhs)
    return frozenset() if circular else frozenset([name]) - _with_law(scope)


def _require_free_laws(facts: Facts) -> None:
    """No hypothesis restricts a random letter: the declared laws and their independence stand. Raises NoNormalForm."""
    for hypothesis in facts.scope.hypotheses:
        if not _defined_by(hypothesis, facts.scope) and any(is_random(name, facts) for name in letters_of(hypothesis)):
            raise NoNormalForm("a hypothesis restricts a random letter")


def _expect(normaliser: Normaliser, value: Ratio, facts: Facts) -> Ratio:
    value = normaliser.reduce(value)
    if _random_generators(normaliser, value.den.degrees(), facts):
        raise NoNormalForm("the expectation of a quotient with a random denominator")
    total = normaliser.constant(0)
    for exponents, coefficient in value.num.to_dict().items():
        random = _random_generators(normaliser, exponents, facts)
        outer = [0 if i in random else int(d) for i, d in enumerate(exponents)]
        fixed = Ratio(normaliser.ring.from_dict({tuple(outer): coefficient}), value.den)
        total += fixed * _expect_monomial(normaliser, random, facts)
    return normaliser.reduce(total)


def _random_generators(normaliser: Normaliser, exponents: tuple[int, ...], facts: Facts) -> dict[int, int]:
    return {
        i: int(d)
        for i, d in enumerate(exponents)
        if d and any(is_random(name, facts) for name in free_letters(normaliser.generators[i].term))
    }


def _expect_monomial(normaliser: Normaliser, random: dict[int, int], facts: Facts) -> Ratio:
    blocks = [_block(normaliser.generators[i], exponent, facts) for i, exponent in random.items()]
    groups = sorted(_independent_groups(blocks, facts), key=lambda group: group[0].generator.tag == "product")
    total = normaliser.constant(1)
    for group in groups:
        if normaliser.reduce(total).is_zero:
            _require_finite(normaliser, group, facts)  # 0 times a finite mean
        else:
            total *= _expect_group(normaliser, group, facts)
    return total


def _require_finite(normaliser: Normaliser, group: list[Block], facts: Facts) -> None:
    """Every mean in the group has a value (NoNormalForm otherwise)."""
    if group[0].generator.tag != "product":
        _expect_group(normaliser, group, facts)
        return
    _, bound, lower, upper = group[0].generator.term.args
    parts = [power(_renamed(b, bound), number(b.exponent)) for b in group]
    normaliser.value(Term("sum", (Term("expect", (mul(*parts),)), bound, lower, upper)), facts)


def _block(generator: Generator, exponent: int, facts: Facts) -> Block:
    names = sorted(name for name in free_letters(generator.term) if is_random(name, facts))
    declaration = facts.declaration(names[0])
    if len(names) != 1 or declaration is None or declaration.law is None:
        raise NoNormalForm("a random quantity that mixes several letters")
    if not declaration.family:
        return Block(generator, exponent, names[0], None, None)
    if generator.tag in ("product", "sum"):
        body, bound, lower, upper = generator.term.args
        if _members(body, names[0]) != {bound}:
            raise NoNormalForm("a random sum or product whose terms share a member")
        return Block(generator, exponent, names[0], lower, upper)
    members = _members(generator.term, names[0])
    if len(members) != 1:
        raise NoNormalForm("a random quantity that mixes several members")
    member = next(iter(members))
    return Block(generator, exponent, names[0], member, member)


def _members(term: Term, family: str) -> set[Term]:
    if term.head == "index" and term.args[0].value == family:
        return {term.args[1]}
    return set().union(*(_members(arg, family) for arg in term.args)) if term.args else set()


def _independent_groups(blocks: list[Block], facts: Facts) -> list[list[Block]]:
    """Blocks with the same members together; different groups must be provably disjoint members of one family."""
    groups: list[list[Block]] = []
    for block in blocks:
        home = next((g for g in groups if _same_members(g[0], block)), None)
        if home is not None:
            home.append(block)
            continue
        if not all(_disjoint(g[0], block, facts) for g in groups):
            raise NoNormalForm("a product of random parts that are not declared independent")
        groups.append([block])
    return groups


def _same_members(a: Block, b: Block) -> bool:
    return (a.family, a.lower, a.upper) == (b.family, b.lower, b.upper)


def _disjoint(a: Block, b: Block, facts: Facts) -> bool:
    if a.family != b.family or a.lower is None or b.lower is None or a.upper is None or b.upper is None:
        return False
    return facts.positive(sub(a.lower, b.upper)) or facts.positive(sub(b.lower, a.upper))


def _expect_group(normaliser: Normaliser, group: list[Block], facts: Facts) -> Ratio:
    tags = {block.generator.tag for block in group}
    if tags == {"product"}:
        return _expect_product(normaliser, group, facts)
    if "sum" in tags:
        if len(group) > 1:
            raise NoNormalForm("a random sum multiplied by something that depends on it")
        return _expect_sum(normaliser, group[0], facts)
    if "product" in tags:
        raise NoNormalForm("a random product multiplied by something that depends on it")
    declaration = facts.declaration(group[0].family)
    assert declaration is not None and declaration.law is not None
    _require_plain_law(declaration, declaration.law, facts)
    return _moment(normaliser, declaration.law, group, facts)


def _require_plain_law(declaration: Declaration, law: Law, facts: Facts) -> None:
    """Mean and variance are fixed numbers, and a bound does not contradict a named law, all of which are symmetric."""
    if any(is_random(name, facts) for name in free_letters(law.mean) | free_letters(law.variance)):
        raise NoNormalForm("a law whose mean or variance is random")
    if law.name != "moments" and any(relation.relation != "!=" for relation in declaration.where):
        raise NoNormalForm("a bound on a letter whose law is named")


def _expect_product(normaliser: Normaliser, group: list[Block], facts: Facts) -> Ratio:
    """E prod X_i = prod E X_i for independent factors."""
    _, bound, lower, upper = group[0].generator.term.args
    parts = [power(_renamed(b, bound), number(b.exponent)) for b in group]
    expected = Term("expect", (mul(*parts),))
    return normaliser.value(Term("prod", (expected, bound, lower, upper)), facts)


def _renamed(block: Block, bound: Term) -> Term:
    body, own, _, _ = block.generator.term.args
    return body if own == bound else substitute(body, str(own.value), bound)


def _expect_sum(normaliser: Normaliser, block: Block, facts: Facts) -> Ratio:
    """E sum X_i = sum E X_i; for the square of a sum of independent terms, sum of variances plus the squared mean."""
    body, bound, lower, upper = block.generator.term.args
    mean = normaliser.value(Term("sum", (Term("expect", (body,)), bound, lower, upper)), facts)
    if block.exponent == 1:
        return mean
    if block.exponent != 2:
        raise NoNormalForm("a power above the second of a random sum")
    spread = normaliser.value(Term("sum", (Term("variance", (body,)), bound, lower, upper)), facts)
    return spread + mean * mean


def _moment(normaliser: Normaliser, law: Law, group: list[Block], facts: Facts) -> Ratio:
    """E of w^a, of |w|, of ln|w| or of (ln|w|)^2 for one random variable w."""
    shapes = {}
    for block in group:
        shapes[_shape_of_moment(block.generator.term)] = block.exponent
    if set(shapes) == {"itself"}:
        return _power_moment(normaliser, law, shapes["itself"], facts)
    return _special_moment(normaliser, law, shapes, facts)


def _shape_of_moment(term: Term) -> str:
    if term.head in ("symbol", "index"):
        return "itself"
    if term.head == "abs" and term.args[0].head in ("symbol", "index"):
        return "absolute"
    if term.head == "log" and _shape_of_moment(term.args[0]) == "absolute":
        return "logarithm"
    raise NoNormalForm(f"no table of the expectation of this {term.head} of a random letter")


def _power_moment(normaliser: Normaliser, law: Law, exponent: int, facts: Facts) -> Ratio:
    mean, variance = normaliser.value(law.mean, facts), normaliser.value(law.variance, facts)
    if exponent == 1:
        return mean
    if exponent == 2:
        return variance + mean * mean
    if law.name == "moments":
        raise NoNormalForm("a moment above the second of a law of which only mean and variance are declared")
    total = normaliser.constant(0)
    for k in range(exponent // 2 + 1):
        binomial = normaliser.value(Term("binomial", (number(exponent), number(2 * k))), facts)
        central = variance**k * normaliser.constant(Fraction(laws.even_moment(law.name, k)))
        total += binomial * central * mean ** (exponent - 2 * k)
    return total


def _special_moment(normaliser: Normaliser, law: Law, shapes: dict[str, int], facts: Facts) -> Ratio:
    if law.name == "moments" or not normaliser.value(law.mean, facts).is_zero:
        raise NoNormalForm("absolute and logarithmic moments are tabled for named laws with mean zero")
    deviation = Term("sqrt", (law.variance,))
    if shapes == {"absolute": 1}:
        normaliser.trust.add("axiom:absolute_moments")
        return normaliser.value(mul(deviation, laws.absolute_moment(law.name)), facts)
    if set(shapes) == {"logarithm"} and shapes["logarithm"] <= 2:
        normaliser.trust.add("axiom:absolute_moments")
        mean = normaliser.value(Term("add", (Term("log", (deviation,)), laws.log_moment(law.name))), facts)
        if shapes["logarithm"] == 1:
            return mean
        return mean * mean + normaliser.value(laws.log_variance(law.name), facts)
    raise NoNormalForm("no table of this moment")
