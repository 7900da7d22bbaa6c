"""Sampled sequences that begin where the claim looks: ``a_0`` in ``a_n = a_0``, ``a_{-1}`` in a sum of ``a_{k-2}`` from 1 on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from derive.core import Claim, Family, Point, Relation, Term, Value
from derive.kernel.terms import rational_value

EARLIEST = -3


def reaching(claim: Claim, points: Iterable[Point]) -> Iterator[Point]:
    """The points, their sequences numbered from the first member that the claim speaks of."""
    if not any(declaration.family for declaration in claim.scope.declarations):
        yield from points
        return
    ends = {d.name: low for d in claim.scope.declarations if (low := _numeral_end(d.name, d.where)) is not None}
    first = min(_lowest(claim.lhs, ends), _lowest(claim.rhs, ends))
    for point in points:
        yield point if first == 1 else tuple((name, _begun(value, first)) for name, value in point)


def _begun(value: Value, first: int) -> Value:
    return replace(value, first=first) if isinstance(value, Family) else value


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
