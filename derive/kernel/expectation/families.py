"""Sums and products over independent members of random families.

Members of a family are independent and have the same law; members of several families are independent where the families are.
Parts that are proved to use different members are independent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from derive.core import Term
from derive.kernel.expectation.letters import Factors, letter_mean, mean_atom
from derive.kernel.expectation.randomness import law_of, random_in
from derive.kernel.facts import Facts, linear_form
from derive.kernel.normal import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import add, mul, number, power, sub, substitute


@dataclass(frozen=True, slots=True)
class Block:
    """A random factor and the members of its families that it uses: from ``lower`` to ``upper`` (None: no family)."""

    place: int
    generator: Generator
    exponent: int
    names: frozenset[str]
    lower: Term | None
    upper: Term | None
    ranging: Term | None = None
    """The sum or product itself, over the places of its members."""

    @property
    def range_args(self) -> tuple[Term, ...]:
        """Body, letter and ends of a sum or product."""
        assert self.ranging is not None
        return self.ranging.args


def family_mean(normaliser: Normaliser, factors: Factors, facts: Facts, *, known_zero: bool) -> Ratio:
    """E of a product of factors that use members of independent families. With ``known_zero`` only whether it is finite counts."""
    blocks = [_block(normaliser, i, exponent, facts) for i, exponent in factors.items()]
    split = _shared_member(blocks, facts)
    if split is not None:
        return _sum_times_member(normaliser, *split, facts)
    groups = sorted(_independent_groups(blocks, facts), key=lambda group: group[0].generator.tag == "product")
    total = normaliser.constant(0 if known_zero else 1)
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
    _, bound, lower, upper = group[0].range_args
    parts = [power(_renamed(b, bound), number(b.exponent)) for b in group]
    normaliser.value(Term("sum", (Term("expect", (mul(*parts),)), bound, lower, upper)), facts)


def _block(normaliser: Normaliser, place: int, exponent: int, facts: Facts) -> Block:
    generator = normaliser.generators[place]
    names = random_in(generator.term, facts.scope)
    families = {name for name in names if law_of(name, facts)[0].family}
    ranging = generator.tag in ("product", "sum")
    if (families and families < names) or (ranging and (exponent < 0 or not families)):
        raise NoNormalForm("a random quantity that mixes letters and members of families")
    if not families:
        return Block(place, generator, exponent, names, None, None)
    if ranging:
        term = _over_members(generator.term, names)
        return Block(place, generator, exponent, names, term.args[2], term.args[3], term)
    members = set[Term]().union(*(_members(generator.term, name) for name in families))
    if len(members) != 1:
        raise NoNormalForm("a random quantity that mixes several members")
    member = next(iter(members))
    return Block(place, generator, exponent, names, member, member)


def _over_members(term: Term, names: frozenset[str]) -> Term:
    """The sum or product of terms with one member each, over the places of these: ``y_{i+1}`` for i up to n is ``y_i`` for i from 2 up
    to n + 1. Raises NoNormalForm where terms may share a member."""
    body, bound, lower, upper = term.args
    places = set[Term]().union(*(_members(body, name) for name in names))
    if places == {bound}:
        return term
    place = next(iter(places)) if len(places) == 1 else bound
    shift = sub(place, bound)
    steps = linear_form(shift).get(None, Fraction(0))
    if len(places) != 1 or any(c for key, c in linear_form(shift).items() if key is not None) or steps.denominator != 1:
        raise NoNormalForm("a random sum or product whose terms share a member")
    moved = _with_place(substitute(body, str(bound.value), sub(bound, number(steps))), names, bound)
    return replace(term, args=(moved, bound, add(lower, number(steps)), add(upper, number(steps))))


def _with_place(term: Term, names: frozenset[str], place: Term) -> Term:
    """The place for that of every member of the families."""
    if term.head == "index" and term.args[0].value in names:
        return replace(term, args=(term.args[0], place))
    return replace(term, args=tuple(_with_place(arg, names, place) for arg in term.args)) if term.args else term


def _members(term: Term, family: str) -> set[Term]:
    """The indices at which a family occurs (outside of expectations, whose members are bound)."""
    if term.head == "index" and term.args[0].value == family:
        return {term.args[1]}
    return set[Term]().union(*(_members(arg, family) for arg in term.args))


def _shared_member(blocks: list[Block], facts: Facts) -> tuple[Block, list[Block]] | None:
    """A sum to the first power, and factors that all use one member of its range."""
    sums = [block for block in blocks if block.generator.tag == "sum"]
    if len(sums) != 1 or sums[0].exponent != 1 or len(blocks) < 2:
        return None
    total, rest = sums[0], [block for block in blocks if block is not sums[0]]
    member, lower, upper = rest[0].lower, total.lower, total.upper
    if member is None or lower is None or upper is None:
        return None
    if any(block.lower != member or block.upper != member for block in rest):
        return None
    within = facts.non_negative(sub(member, lower)) and facts.non_negative(sub(upper, member))
    return (total, rest) if within else None


def _sum_times_member(normaliser: Normaliser, total: Block, rest: list[Block], facts: Facts) -> Ratio:
    """E[g(X_k) S] = E[g(X_k) f(X_k)] + E g(X_k) (E S - E f(X_k)) for the sum S of f(X_i) over a range with k in it."""
    body, bound, _, _ = total.range_args
    member = rest[0].lower
    assert member is not None
    own = substitute(body, str(bound.value), member)
    factor = mul(*(power(block.generator.term, number(block.exponent)) for block in rest))
    own_mean = normaliser.value(Term("expect", (own,)), facts)
    factor_mean = normaliser.value(Term("expect", (factor,)), facts)
    together = normaliser.value(Term("expect", (mul(factor, own),)), facts)
    return together + factor_mean * (_expect_sums(normaliser, [total], facts) - own_mean)


def _independent_groups(blocks: list[Block], facts: Facts) -> list[list[Block]]:
    """Blocks with the same members together; different groups must be provably independent."""
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
    return (a.names, a.lower, a.upper) == (b.names, b.lower, b.upper)


def _disjoint(a: Block, b: Block, facts: Facts) -> bool:
    if not a.names & b.names:
        return True
    if a.lower is None or b.lower is None or a.upper is None or b.upper is None:
        return False
    return facts.positive(sub(a.lower, b.upper)) or facts.positive(sub(b.lower, a.upper))


def _expect_group(normaliser: Normaliser, group: list[Block], facts: Facts) -> Ratio:
    tags = {block.generator.tag for block in group}
    if tags == {"product"}:
        return _expect_product(normaliser, group, facts)
    if tags == {"sum"}:
        return _expect_sums(normaliser, group, facts)
    if tags & {"sum", "product"}:
        raise NoNormalForm("a random sum or product multiplied by something that depends on it")
    factors = {block.place: block.exponent for block in group}
    if len(group[0].names) == 1:
        return letter_mean(normaliser, next(iter(group[0].names)), factors, facts)
    return mean_atom(normaliser, factors, facts)


def _expect_product(normaliser: Normaliser, group: list[Block], facts: Facts) -> Ratio:
    """E prod X_i = prod E X_i for independent factors."""
    _, bound, lower, upper = group[0].range_args
    parts = [power(_renamed(b, bound), number(b.exponent)) for b in group]
    expected = Term("expect", (mul(*parts),))
    return normaliser.value(Term("prod", (expected, bound, lower, upper)), facts)


def _renamed(block: Block, bound: Term) -> Term:
    body, own, _, _ = block.range_args
    return body if own == bound else substitute(body, str(own.value), bound)


def _expect_sums(normaliser: Normaliser, group: list[Block], facts: Facts) -> Ratio:
    """E of a product of up to three sums over the same independent members: cumulants add."""
    _, bound, lower, upper = group[0].range_args
    bodies = [_renamed(block, bound) for block in group for _ in range(block.exponent)]
    if len(bodies) > 3:
        raise NoNormalForm("a power above the third of a random sum")

    def added(*chosen: Term) -> Ratio:
        return normaliser.value(Term("sum", (_cumulant(chosen), bound, lower, upper)), facts)

    means = [added(body) for body in bodies]
    product = means[0]
    for mean in means[1:]:
        product *= mean
    if len(bodies) == 3:
        for left, right in combinations(range(3), 2):
            product += added(bodies[left], bodies[right]) * means[3 - left - right]
    return product + added(*bodies) if len(bodies) > 1 else product


def _cumulant(bodies: tuple[Term, ...]) -> Term:
    """The joint cumulant of up to three random numbers."""
    means = [Term("expect", (body,)) for body in bodies]
    if len(bodies) == 1:
        return means[0]
    if len(bodies) == 2:
        return sub(Term("expect", (mul(*bodies),)), mul(*means))
    parts = [Term("expect", (mul(*bodies),)), mul(number(2), *means)]
    for left, right in combinations(range(3), 2):
        pair = Term("expect", (mul(bodies[left], bodies[right]),))
        parts.append(Term("neg", (mul(pair, means[3 - left - right]),)))
    return Term("add", tuple(parts))
