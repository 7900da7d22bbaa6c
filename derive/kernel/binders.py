"""Sums and products with symbolic bounds: one generator for each, with a canonical upper end.

The upper end is shifted to the lowest one that still gives a non-negative number of terms for certain; what lies above is
written out. So sum_{k=0}^{t} peels to sum_{k=0}^{t-1} plus its last term, which is all that an induction step needs.
Empty sums are 0 and empty products 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from math import prod

from flint import fmpq_mpoly

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import EXPAND_LIMIT, NoNormalForm, Normaliser, integer_power, lower_bound
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import free_letters, number, sub, substitute, symbol

SHORT = 4
"""A range with ends that are not numerals is written out if it is shorter than this."""


@contextmanager
def bound_letter(normaliser: Normaliser, term: Term | None = None) -> Iterator[Term]:
    """A canonical name for the letter that ``term`` binds, so that atoms are equal up to bound names: the first that is not free
    in it (a sum has one name, inside another sum or not); without a term, by depth."""
    normaliser.depth += 1
    taken = free_letters(term) if term is not None else frozenset[str]()
    number_ = normaliser.depth if term is None else next(j for j in count(1) if f"#{j}" not in taken)
    try:
        yield symbol(f"#{number_}")
    finally:
        normaliser.depth -= 1


def numeral_range(normaliser: Normaliser, term: Term, facts: Facts) -> range | None:
    """The range of the bound letter when both ends are integers: at most EXPAND_LIMIT terms, else refused."""
    lower, upper = (normaliser.value(end, facts).constant() for end in term.args[2:])
    if lower is None or upper is None:
        return None
    if lower.denominator != 1 or upper.denominator != 1:
        raise NoNormalForm("a bound that is not an integer")
    if upper - lower >= EXPAND_LIMIT:
        raise TooLarge(f"a sum or product of {upper - lower + 1} terms")
    return range(int(lower), int(upper) + 1)


def reference_end(normaliser: Normaliser, lower: Ratio, upper: Ratio, facts: Facts) -> tuple[Ratio, int] | None:
    """(end, extra): the range lower..end has a proved non-negative length and upper = end + extra, extra >= 0."""
    constant = next((q for m, q in normaliser.monomials(upper) if m.constant() is not None), None)
    offset = constant if constant is not None else normaliser.constant(0).constant()
    assert offset is not None
    symbolic: Ratio = normaliser.reduce(upper - normaliser.constant(offset))
    bound = lower_bound(normaliser, symbolic - lower + normaliser.constant(1), facts)
    if bound is None or offset.denominator != 1 or int(offset) + bound < 0:
        return None
    if normaliser.whole_sums:  # nothing is written out: what stands for the range is one atom
        return upper, 0
    return normaliser.reduce(symbolic - normaliser.constant(bound)), int(offset) + bound


def depends(normaliser: Normaliser, polynomial: fmpq_mpoly, letter: Term) -> bool:
    used = (normaliser.generators[i].term for i, d in enumerate(polynomial.degrees()) if d > 0)
    return any(str(letter.value) in free_letters(term) for term in used)


def _ends(normaliser: Normaliser, term: Term, facts: Facts) -> tuple[Ratio, Ratio]:
    lower, upper = (normaliser.reduce(normaliser.value(end, facts)) for end in term.args[2:])
    for end in term.args[2:]:
        if facts.kind(end) != "integer":
            raise NoNormalForm("a bound that is not declared an integer")
    return lower, upper


def short_range(normaliser: Normaliser, lower: Ratio, upper: Ratio) -> list[Term] | None:
    """The values of the bound letter where the two ends, which are integers, differ by a small number, whatever they are:
    none from t + 1 to t, two from t to t + 1."""
    width = normaliser.reduce(upper - lower).constant()
    if width is None or width.denominator != 1 or normaliser.whole_sums or not -1 <= width < SHORT:
        return None
    return [normaliser.ratio_term(normaliser.reduce(lower + normaliser.constant(j))) for j in range(int(width) + 1)]


def _is_empty(term: Term, facts: Facts) -> bool:
    """The range certainly ends before it begins."""
    return facts.positive(sub(term.args[2], term.args[3]))


def sum_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of ``sum(body, k, lower, upper)``."""
    body, bound = term.args[:2]
    listed = numeral_range(normaliser, term, facts)
    if listed is not None:
        total = normaliser.constant(0)
        for k in listed:
            total += normaliser.value(substitute(body, str(bound.value), number(k)), facts)
        return total
    lower, upper = _ends(normaliser, term, facts)
    if (few := short_range(normaliser, lower, upper)) is not None:
        terms = (normaliser.value(substitute(body, str(bound.value), at), facts) for at in few)
        return sum(terms, normaliser.constant(0))
    reference = reference_end(normaliser, lower, upper, facts)
    if reference is None and _is_empty(term, facts):
        return normaliser.constant(0)
    end, extra = reference if reference is not None else (upper, 0)
    total = _sum_generators(normaliser, term, lower, end, facts, reference is not None)
    for j in range(1, extra + 1):
        at = normaliser.ratio_term(end + normaliser.constant(j))
        total += normaliser.value(substitute(body, str(bound.value), at), facts)
    return total


def _sum_generators(
    normaliser: Normaliser, term: Term, lower: Ratio, end: Ratio, facts: Facts, countable: bool
) -> Ratio:
    low, high = normaliser.ratio_term(lower), normaliser.ratio_term(end)
    with bound_letter(normaliser, term) as letter:
        inside = facts.under(letter, low, high)
        value = normaliser.reduce(normaliser.value(substitute(term.args[0], str(term.args[1].value), letter), inside))
        pieces = linear_pieces(normaliser, value, letter)
    total = normaliser.constant(0)
    for coefficient, dependent in pieces:
        if dependent.constant() == 1 and countable:
            total += coefficient * (end - lower + normaliser.constant(1))
            continue
        key = ("sum", normaliser.key(dependent), normaliser.key(lower), normaliser.key(end))
        real = normaliser.is_real(dependent.num) and normaliser.is_real(dependent.den)
        shown = Term("sum", (normaliser.ratio_term(dependent), letter, low, high))
        total += coefficient * normaliser.generator(key, "sum", shown, real)
    return total


def linear_pieces(normaliser: Normaliser, value: Ratio, letter: Term) -> list[tuple[Ratio, Ratio]]:
    """``value`` as coefficients free of the letter times parts that depend on it."""
    one = normaliser.ring.constant(1)
    if depends(normaliser, value.den, letter):
        return [(normaliser.constant(1), value)]
    pieces: list[tuple[Ratio, Ratio]] = []
    for exponents, coefficient in value.num.to_dict().items():
        inner = [
            d if d and str(letter.value) in free_letters(normaliser.generators[i].term) else 0
            for i, d in enumerate(exponents)
        ]
        outer = [d - e for d, e in zip(exponents, inner, strict=True)]
        free = Ratio(normaliser.ring.from_dict({tuple(outer): coefficient}), value.den)
        pieces.append((free, Ratio(normaliser.ring.from_dict({tuple(inner): 1}), one)))
    return pieces


def product_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of ``prod(body, k, lower, upper)``."""
    body, bound = term.args[:2]
    listed = numeral_range(normaliser, term, facts)
    if listed is not None:
        total = normaliser.constant(1)
        for k in listed:
            total *= normaliser.value(substitute(body, str(bound.value), number(k)), facts)
        return total
    lower, upper = _ends(normaliser, term, facts)
    if (few := short_range(normaliser, lower, upper)) is not None:
        return prod(
            (normaliser.value(substitute(body, str(bound.value), at), facts) for at in few),
            start=normaliser.constant(1),
        )
    reference = reference_end(normaliser, lower, upper, facts)
    if reference is None and _is_empty(term, facts):
        return normaliser.constant(1)
    if reference is None:
        raise NoNormalForm("a product whose number of factors may be negative")
    end, extra = reference
    above = normaliser.constant(1)
    for j in range(1, extra + 1):
        at = normaliser.ratio_term(end + normaliser.constant(j))
        above *= normaliser.value(substitute(body, str(bound.value), at), facts)
    if normaliser.reduce(above).is_zero:
        return above
    return above * _product_generators(normaliser, term, lower, end, facts)


def _product_generators(normaliser: Normaliser, term: Term, lower: Ratio, end: Ratio, facts: Facts) -> Ratio:
    low, high = normaliser.ratio_term(lower), normaliser.ratio_term(end)
    count = end - lower + normaliser.constant(1)
    with bound_letter(normaliser, term) as letter:
        inside = facts.under(letter, low, high)
        value = normaliser.value(substitute(term.args[0], str(term.args[1].value), letter), inside)
        content, found = normaliser.factors(value)
        split = [(f, e, depends(normaliser, f, letter)) for f, e in found]
    if content == 0:
        if not facts.positive(normaliser.ratio_term(normaliser.reduce(count))):
            raise NoNormalForm("a product of zeros that may be empty")
        return normaliser.constant(0)
    total = integer_power(normaliser, normaliser.constant(content), count, facts)
    for factor, exponent, dependent in split:
        ratio = Ratio(factor, normaliser.ring.constant(1))
        if dependent:
            key = ("product", normaliser.key(ratio), normaliser.key(lower), normaliser.key(end))
            shown = Term("prod", (normaliser.term(factor), letter, low, high))
            total *= normaliser.generator(key, "product", shown, normaliser.is_real(factor)) ** exponent
        else:
            total *= integer_power(normaliser, ratio, count, facts) ** exponent
    return total
