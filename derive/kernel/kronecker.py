"""Derivatives by one member ``w_j`` of a family: other members do not depend on it, so d w_i / d w_j is 1 or 0.

Whether i = j must be settled by the declared facts; under a sum, the one term with that index must be known to be there, or
known to be missing.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Term
from derive.kernel.differentiate import by_parts, differentiate
from derive.kernel.facts import Facts, linear_form
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ONE, ZERO, add, free_letters, linear_in, number, rational_value, sub, substitute, symbol


def by_member(term: Term, x: Term, facts: Facts | None) -> Term:
    """d term / d w_j for ``x = index(w, j)``. Raises NoNormalForm where an index is not settled, or w stands whole."""
    family, place = x.args
    if family.head != "symbol" or str(family.value) in free_letters(place):
        raise NoNormalForm("a derivative by something that is not a member of a family")
    return _slope(term, str(family.value), place, facts)


def _slope(term: Term, family: str, place: Term, facts: Facts | None) -> Term:
    if family not in free_letters(term):
        return ZERO
    head, args = term.head, term.args
    if head == "index" and args[0] == symbol(family):
        if family in free_letters(args[1]):
            raise NoNormalForm("an index that depends on the family itself")
        return ONE if _same(args[1], place, facts) else ZERO
    if head == "symbol":
        raise NoNormalForm(f"the derivative of all of {family} by one of its members")
    if head == "sum":
        return _slope_of_sum(term, family, place, facts)
    if head == "derivative":
        return _slope(differentiate(args[0], args[1], facts), family, place, facts)
    return by_parts(term, lambda part: _slope(part, family, place, facts))


def _same(i: Term, j: Term, facts: Facts | None) -> bool:
    """Whether two indices are equal. Raises NoNormalForm where that is not known."""
    if i == j:
        return True
    numerals = rational_value(i), rational_value(j)
    if None not in numerals:
        return numerals[0] == numerals[1]
    difference = sub(i, j)
    if facts is not None and facts.nonzero(difference):
        return False
    if facts is not None and facts.non_negative(difference) and facts.non_negative(Term("neg", (difference,))):
        return True
    raise NoNormalForm("it is not known whether two indices are equal")


def _slope_of_sum(term: Term, family: str, place: Term, facts: Facts | None) -> Term:
    """Each member in the body is a variable of its own: the derivative by it, at the one index where it is w_j."""
    body, letter, lower, upper = term.args
    k = str(letter.value)
    if family in free_letters(lower) | free_letters(upper):
        raise NoNormalForm("the derivative of a sum by its end")
    if k in free_letters(place):  # the letter of the sum hides the index of the variable
        fresh = symbol(f"{k}'")
        while str(fresh.value) in free_letters(place) | free_letters(body):
            fresh = symbol(f"{fresh.value}'")
        body, letter, k = substitute(body, k, fresh), fresh, str(fresh.value)
    indices = list(dict.fromkeys(_indices(body, family, frozenset())))
    names = [symbol(f"{family}~{position}") for position in range(len(indices))]
    opened = _put(body, dict(zip(indices, names, strict=True)), family)

    def back(slope: Term) -> Term:
        for name, index in zip(names, indices, strict=True):
            slope = substitute(slope, str(name.value), Term("index", (symbol(family), index)))
        return slope

    inside = facts.under(letter, lower, upper) if facts is not None else None
    parts = [replace(term, args=(back(_slope(opened, family, place, inside)), letter, lower, upper))]
    for name, index in zip(names, indices, strict=True):
        slope = back(differentiate(opened, str(name.value), inside))
        if k not in free_letters(index):
            if _same(index, place, facts):
                parts.append(replace(term, args=(slope, letter, lower, upper)))
            continue
        found = _solution(index, k, place)
        if _within(found, lower, upper, facts):
            parts.append(substitute(slope, k, found))
    kept = [part for part in parts if part != ZERO and (part.head != "sum" or part.args[0] != ZERO)]
    return add(*kept) if kept else ZERO


def _indices(term: Term, family: str, bound: frozenset[str]) -> list[Term]:
    """Of the members of the family in a term, those whose index no inner sum runs over."""
    if term.head == "index" and term.args[0] == symbol(family):
        return [] if free_letters(term.args[1]) & bound else [term.args[1]]
    if term.head in ("sum", "prod", "integral", "limit", "diagonal_family"):
        inside = _indices(term.args[0], family, bound | {str(term.args[1].value)})
        return inside + [i for end in term.args[2:] for i in _indices(end, family, bound)]
    return [i for arg in term.args for i in _indices(arg, family, bound)]


def _put(term: Term, names: dict[Term, Term], family: str, bound: frozenset[str] = frozenset()) -> Term:
    if term.head == "index" and term.args[0] == symbol(family):
        return term if free_letters(term.args[1]) & bound else names[term.args[1]]
    if term.head in ("sum", "prod", "integral", "limit", "diagonal_family"):
        inner = bound | {str(term.args[1].value)}
        first = _put(term.args[0], names, family, inner)
        return replace(term, args=(first, term.args[1], *(_put(end, names, family, bound) for end in term.args[2:])))
    return replace(term, args=tuple(_put(arg, names, family, bound) for arg in term.args)) if term.args else term


def _solution(index: Term, k: str, place: Term) -> Term:
    """The k with ``index(k) = place``, for an index ``k + c`` or ``c - k``."""
    slope = linear_in(index, k)
    value = rational_value(slope) if slope is not None else None
    rest = substitute(index, k, ZERO)
    if value == 1:
        return place if rest == ZERO or index == symbol(k) else sub(place, rest)
    if value == -1:
        return sub(rest, place)
    raise NoNormalForm("an index that is not the letter of its sum plus a constant")


def _within(index: Term, lower: Term, upper: Term, facts: Facts | None) -> bool:
    """Whether the sum has a term with that index. Raises NoNormalForm where that is not known."""
    numerals = [rational_value(term) for term in (sub_value(index), lower, upper)]
    if None not in numerals:
        i, low, high = numerals
        return low <= i <= high  # type: ignore[operator]
    if facts is not None:
        if facts.at_least(index, lower) and facts.at_least(upper, index):
            return True
        if facts.positive(sub(lower, index)) or facts.positive(sub(index, upper)):
            return False
    raise NoNormalForm("it is not known whether the sum has a term with that index")


def sub_value(term: Term) -> Term:
    """A difference of numerals as a numeral."""
    form = linear_form(term)
    return number(form.get(None, Fraction(0))) if set(form) <= {None} else term
