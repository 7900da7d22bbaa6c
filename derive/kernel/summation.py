"""Closed forms put for sums, products and series: each is re-checked where it stands.

``with_closed_forms`` walks a term from the inside; ``value_by`` checks one closed form and gives the value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.core import Antidifference, Closed, Declaration, Relation, SeriesPart, Term
from derive.kernel.arctangents import same_angle
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of
from derive.kernel.limit import limit_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.series_axioms import RIEMANN, SERIES, Series
from derive.kernel.settling import scope_of, settled
from derive.kernel.terms import (
    BINDERS,
    INFINITY,
    ONE,
    ZERO,
    add,
    free_letters,
    has_series,
    mul,
    number,
    rational_value,
    sub,
    substitute,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

LONGEST_START = 40
LARGEST_ORDER = 8

NO_STEPS = "the terms of the sum are not those of the known series and the steps of the antidifference"

Settle = Callable[[Term, Facts], Term | None]
"""The closed form of one sum or product, whose inner ones are closed; None leaves it as it is."""


def with_closed_forms(term: Term, facts: Facts, settle: Settle) -> Term:
    """The term with closed forms put wherever ``settle`` gives one, innermost first."""
    if term.head not in ("sum", "prod"):
        if not term.args or term.head in BINDERS:  # what other binders bind has facts of its own
            return term
        return replace(term, args=tuple(with_closed_forms(arg, facts, settle) for arg in term.args))
    body, bound, *ends = term.args
    ends = [with_closed_forms(end, facts, settle) for end in ends]
    letter = fresh_letter(str(bound.value), term, facts)
    inside = over_range(letter, ends[0], ends[1], facts)
    body = with_closed_forms(substitute(body, str(bound.value), symbol(letter)), inside, settle)
    whole = replace(term, args=(body, symbol(letter), *ends))
    found = settle(whole, facts)
    return whole if found is None else found


def fresh_letter(name: str, term: Term, facts: Facts) -> str:
    """A name that nothing here uses, for the letter that a sum binds."""
    taken = set(facts.letters) | free_letters(term)
    letter = f"{name}'"
    while letter in taken:
        letter += "'"
    return letter


def over_range(letter: str, lower: Term, upper: Term, facts: Facts) -> Facts:
    """The letter is an integer from ``lower`` to ``upper``, which may be infinity."""
    k = symbol(letter)
    bounds = [Relation(k, ">=", lower)] + ([Relation(k, "<=", upper)] if upper != INFINITY else [])
    return facts.extended(Declaration(letter, "integer"), bounds)


def value_by(term: Term, closed: Closed, facts: Facts) -> tuple[Term, frozenset[str]]:
    """The value of a sum, product or series, re-checked, and the theorems of the list that it relies on. Raises NotAdmitted,
    NoNormalForm."""
    for end in term.args[2:]:
        if end != INFINITY and facts.kind(end) != "integer":
            raise NotAdmitted("a bound that is not declared an integer")
    if term.args[3] == INFINITY:
        return _series(term, closed, facts)
    if closed.antidifference is None or closed.parts:
        raise NotAdmitted("a finite sum is closed by an antidifference alone")
    finite = _difference if term.head == "sum" else _quotient
    return finite(term, closed.antidifference, facts), frozenset()


# ---------------------------------------------------------------------------------------------------- antidifferences


def _checked_letter(term: Term, by: Antidifference, upper: Term, facts: Facts) -> Facts:
    """What is known of k where G is used: lower <= k <= ``upper``. G is defined there."""
    lower = term.args[2]
    if by.letter in facts.letters or by.letter in free_letters(term):
        raise NotAdmitted("the letter of an antidifference has a meaning already")
    if upper != INFINITY and not facts.non_negative(sub(upper, lower)):
        raise NotAdmitted("a sum or product whose length may be negative")
    inside = over_range(by.letter, lower, upper, facts)
    require_defined(by.function, inside)
    return inside


def require_defined(term: Term, facts: Facts) -> None:
    """Every condition of the term follows from the facts. Raises NotAdmitted."""
    if has_series(term):
        raise NotAdmitted("a series within a closed form")
    for condition in conditions_of(term, scope_of(facts)):
        if not settled(condition, facts):
            raise NotAdmitted("a closed form needs a condition that does not follow from the declarations")


def _difference(term: Term, by: Antidifference, facts: Facts) -> Term:
    """G(upper + 1) - G(lower)."""
    lower, upper = term.args[2:]
    end = add(upper, ONE)
    _checked_letter(term, by, end, facts)
    inside = over_range(by.letter, lower, upper, facts)
    require_equal(_body(term, by.letter), _step(by), inside, NO_STEPS)
    return sub(*(substitute(by.function, by.letter, at) for at in (end, lower)))


def _body(term: Term, letter: str) -> Term:
    return substitute(term.args[0], str(term.args[1].value), symbol(letter))


def _step(by: Antidifference) -> Term:
    """G(k + 1) - G(k)."""
    return sub(substitute(by.function, by.letter, add(symbol(by.letter), ONE)), by.function)


def _quotient(term: Term, by: Antidifference, facts: Facts) -> Term:
    """G(upper + 1) / G(lower), where G(lower) is not 0."""
    lower, upper = term.args[2:]
    end = add(upper, ONE)
    inside = _checked_letter(term, by, end, facts)
    following = substitute(by.function, by.letter, add(symbol(by.letter), ONE))
    factors = mul(_body(term, by.letter), by.function)
    require_equal(following, factors, inside, "the factors are not the quotients of the function")
    first = substitute(by.function, by.letter, lower)
    if not settled(Relation(first, "!=", ZERO), facts):
        raise NotAdmitted("the first value of a telescoping product may be 0")
    return Term("div", (substitute(by.function, by.letter, end), first))


def require_equal(a: Term, b: Term, facts: Facts, failure: str) -> None:
    """a = b at every admissible point, by normal forms or as angles. Raises NotAdmitted."""

    def same(normaliser: Normaliser) -> bool:
        difference = normaliser.reduce(normaliser.value(a) - normaliser.value(b))
        _require_settled(normaliser, facts)
        return difference.is_zero

    if not with_normaliser(facts, same) and not same_angle(a, b, facts):
        raise NotAdmitted(failure)


def _require_settled(normaliser: Normaliser, facts: Facts) -> None:
    for relation in normaliser.visible:
        if not settled(relation, facts):
            raise NotAdmitted("a normal form needs a condition that does not follow from the declarations")


# ------------------------------------------------------------------------------------------------------------- series


def _series(term: Term, closed: Closed, facts: Facts) -> tuple[Term, frozenset[str]]:
    """The body is a combination of terms of known series plus the steps of G: the sum is that of the values, less what lies
    before the start, plus lim G - G(lower)."""
    by = closed.antidifference
    if term.head != "sum" or (by is None and not closed.parts):
        raise NotAdmitted("neither a telescoping nor a known series")
    letter = by.letter if by is not None else fresh_letter(str(term.args[1].value), term, facts)
    if by is not None:
        inside = _checked_letter(term, by, INFINITY, facts)
    else:
        inside = over_range(letter, term.args[2], INFINITY, facts)
    terms, values, trust = [], [], set()
    for part in closed.parts:
        general, value = _checked_part(part, letter, term.args[2], facts, inside)
        terms.append(mul(part.coefficient, general))
        values.append(mul(part.coefficient, value))
        trust.add(f"axiom:{part.name}")
    if by is not None:
        terms.append(_step(by))
        values += [_limit(by, inside, facts), Term("neg", (substitute(by.function, by.letter, term.args[2]),))]
    require_equal(_body(term, letter), add(*terms), inside, NO_STEPS)
    require_defined(add(*values), facts)
    return add(*values), frozenset(trust)


def _limit(by: Antidifference, inside: Facts, facts: Facts) -> Term:
    """lim G(k) as k grows."""
    limit = Term("limit", (by.function, symbol(by.letter), INFINITY))
    large = facts_for_large(limit, inside)

    def value(normaliser: Normaliser) -> Term:
        try:
            found = limit_value(normaliser, limit, large)
        except NoNormalForm:  # as a real number grows, so do integers
            found = limit_of(normaliser, limit, facts)
        if isinstance(found, Term):
            raise NotAdmitted("the partial sums grow without bound")
        _require_settled(normaliser, facts)
        return normaliser.ratio_term(normaliser.reduce(found))

    return with_normaliser(large, value)


def _checked_part(part: SeriesPart, letter: str, lower: Term, facts: Facts, inside: Facts) -> tuple[Term, Term]:
    """(general term, sum from the start on) of a series of the list, its hypotheses settled."""
    series, start = SERIES.get(part.name), rational_value(lower)
    if series is None or start is None:
        raise NotAdmitted(f"no series named {part.name}, or no numeral for its start")
    for given in (part.coefficient, part.argument, part.parameter):
        if given is not None:
            if not free_letters(given) <= set(facts.letters):
                raise NotAdmitted("a part of a series speaks of a letter that is not known")
            require_defined(given, facts)
    if facts.kind(part.argument) == "complex" and not series.complex_argument:
        raise NotAdmitted("a power series of a complex argument")
    _check_parameter(series, part.parameter, facts)
    if not all(settled(condition, facts) for condition in series.conditions(part.argument)):
        raise NotAdmitted("that the series converges does not follow from the declarations")
    general = series.term(add(symbol(letter), number(part.shift)), part.argument, part.parameter)
    require_defined(general, inside)
    return general, _rest(series, part, int(start))


def _check_parameter(series: Series, parameter: Term | None, facts: Facts) -> None:
    numeral = None if parameter is None else rational_value(parameter)
    fits = {
        "none": parameter is None,
        "order": numeral is not None and numeral.denominator == 1 and 0 <= numeral <= LARGEST_ORDER,
        "even": numeral in RIEMANN,
        "natural": parameter is not None and facts.kind(parameter) == "integer" and facts.non_negative(parameter),
    }
    if not fits[series.parameter]:
        raise NotAdmitted(f"not a parameter for {series.name}")


def _rest(series: Series, part: SeriesPart, start: int) -> Term:
    """The sum from index start + shift on."""
    before = start + part.shift - series.first
    if not 0 <= before <= LONGEST_START:
        raise NotAdmitted("the start of the series lies outside the range of its statement")
    value = series.value(part.argument, part.parameter)
    listed = [series.term(number(series.first + j), part.argument, part.parameter) for j in range(before)]
    return sub(value, add(*listed)) if listed else value
