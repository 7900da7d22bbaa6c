"""Sampled sequences that begin where the claim looks: ``a_0`` in ``a_n = a_0``, ``a_{-1}`` in a sum of ``a_{k-2}`` from 1 on.

Where nothing bounds the integer n of ``a_n`` from below, every other point has members before the first: what telescopes for n >= 1
alone would else be seen to hold wherever it has a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Family, Point, Relation, Term, Value
from derive.kernel.terms import rational_value

EARLIEST = -3


def reaching(claim: Claim, points: Iterable[Point]) -> Iterator[Point]:
    """The points, their sequences numbered from the first member that the claim speaks of."""
    if not any(declaration.family for declaration in claim.scope.declarations):
        yield from points
        return
    ends = {d.name: low for d in claim.scope.declarations if (low := _numeral_end(d.name, d.where)) is not None}
    endless = {d.name: EARLIEST for d in claim.scope.declarations if d.domain == "integer" and not d.family}
    first = min(_lowest(claim.lhs, ends), _lowest(claim.rhs, ends))
    earliest = min(_lowest(side, {**endless, **ends}) for side in (claim.lhs, claim.rhs))
    plain = {d.name for d in claim.scope.declarations if d.family and not d.where and not d.shape}
    for turn, point in enumerate(points):
        if earliest < first and turn % 2:
            yield tuple((name, _continued(value, earliest, name in plain)) for name, value in point)
        else:
            yield point if first == 1 else tuple((name, _begun(value, first)) for name, value in point)


def _begun(value: Value, first: int) -> Value:
    return replace(value, first=first) if isinstance(value, Family) else value


def _continued(value: Value, first: int, plain: bool) -> Value:
    """With members before the first: new whole numbers where nothing is said of them, else some of the later ones, which lie within
    the same bounds."""
    if not isinstance(value, Family):
        return value
    places = range(value.first - first)
    later = value.members
    before = tuple(Fraction(11 + 6 * k) if plain else later[(2 * k + 3) % len(later)] for k in places)
    return replace(value, members=(*before, *later), first=first)


def _lowest(term: Term, ends: Mapping[str, int]) -> int:
    """The least index of a member, at least EARLIEST; 1 where nothing lower is certain."""
    if term.head in ("sum", "prod") and (low := _least(term.args[2], ends)) is not None:
        ends = {**ends, str(term.args[1].value): low}
    below = [_lowest(arg, ends) for arg in term.args]
    place = _least(term.args[1], ends) if term.head == "index" else None
    return max(EARLIEST, min([1, *below, *([place] if place is not None else [])]))


def _least(place: Term, ends: Mapping[str, int]) -> int | None:
    """The least value of ``k``, ``k + 2``, ``n - 1``, a numeral; None where that is not known."""
    if (numeral := rational_value(place)) is not None:
        return int(numeral) if numeral.denominator == 1 else None
    if place.head == "symbol":
        return ends.get(str(place.value))
    parts = [_least(part, ends) for part in place.args] if place.head == "add" else [None]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _numeral_end(name: str, where: Iterable[Relation]) -> int | None:
    ends = [
        int(end)
        for bound in where
        if bound.relation in (">", ">=") and bound.lhs == Term("symbol", (), name)
        if (end := rational_value(bound.rhs)) is not None and end.denominator == 1
    ]
    return max(ends, default=None)
