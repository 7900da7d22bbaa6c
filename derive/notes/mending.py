"""The smallest change that would make a relation true which fails: a sign, an exponent, a transpose, a factor of the right side.

Here they are only thought of, the likely ones first, and those that fail at points near the one where the relation fails are left
out; whether one is true is for the judge to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from derive.core import Claim, Point, Term
from derive.formula import show
from derive.kernel.balls import holds
from derive.kernel.budget import BudgetSpent, metered
from derive.kernel.points import grounded
from derive.kernel.terms import ONE, add, has_series, heads, mul, number, power, subterms

MOST_CHANGES = 250
MOST_LEFT = 8
"""Changes that are handed to the judge for one relation."""
LARGEST = 120
"""Nodes of a side in which changes are looked for."""
BUDGET = 20_000
BITS = 128
SLOW = frozenset(
    ["limit", "integral", "antiderivative", "expect", "variance", "covariance", "probability", "derivative"]
)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
OTHER_FUNCTION = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}
OPPOSITE = {"<": (">", "<="), ">": ("<", ">="), "<=": (">=",), ">=": ("<=",)}
SIGNS = {"<": "<", ">": ">", "<=": "<=", ">=": ">="}
TWO, HALF, MINUS_ONE = number(2), number(Fraction(1, 2)), number(-1)


@dataclass(frozen=True, slots=True)
class Change:
    """``words``: exponent 9 -> 10; and the claim with it."""

    words: str
    claim: Claim


def mendings(claim: Claim, point: Point | None) -> list[Change]:
    """What may make the claim true, the likely changes first; ``point``: where it fails."""
    near = list(points_near(claim, point)) if point is not None else []
    left: list[Change] = []
    with suppress(BudgetSpent), metered(BUDGET):
        for change in islice(_changes(claim), MOST_CHANGES):
            if change.claim != claim and not any(fails_at(change.claim, one) for one in near):
                left.append(change)
            if len(left) == MOST_LEFT:
                break
    return left


def points_near(claim: Claim, point: Point) -> Iterator[Point]:
    """The point, and two beside it; none where a look costs much."""
    if heads(claim.lhs, claim.rhs) & SLOW or has_series(claim.lhs, claim.rhs):
        return
    yield from moved(point, (0, 1, 3))


def moved(point: Point, steps: Iterable[int]) -> Iterator[Point]:
    """The point with its numbers made larger, each by another multiple of the step."""
    for step in steps:
        yield tuple(
            (name, value + step * (place + 1) if isinstance(value, Fraction) else value)
            for place, (name, value) in enumerate(point)
        )


def fails_at(claim: Claim, point: Point) -> bool:
    try:
        relation, env = grounded(claim, point)
        return holds(relation, env, BITS) is False
    except BudgetSpent:
        raise
    except (
        Exception
    ):  # not admissible there, or a fault of a library: then it is for the judge, who looks in another process
        return False


def _changes(claim: Claim) -> Iterator[Change]:
    if claim.relation in OPPOSITE:
        for sign in OPPOSITE[claim.relation]:
            yield Change(f"{SIGNS[claim.relation]} -> {sign}", replace(claim, relation=sign))
        return
    if claim.relation != "=" or sum(1 for _ in islice(subterms(claim.rhs), LARGEST + 1)) > LARGEST:
        return
    shaped = frozenset(d.name for d in claim.scope.declarations if d.shape)
    for find in (other_signs, _orders, _numerals, _factors, _functions, _dropped, _squares):
        for words, rhs in find(claim.rhs, shaped):
            yield Change(words, replace(claim, rhs=rhs))


Found = Iterator[tuple[str, Term]]
Shaped = frozenset[str]


def _inside(term: Term, change: Callable[[Term], Found]) -> Found:
    """The term with one part changed, whole parts before their own parts."""
    yield from change(term)
    for place, arg in enumerate(term.args):
        for words, new in _inside(arg, change):
            yield words, replace(term, args=(*term.args[:place], new, *term.args[place + 1 :]))


def _ordinal(place: int, of: Sequence[Term]) -> str:
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th of {len(of)}"


def negated(term: Term) -> Term:
    return term.args[0] if term.head == "neg" else Term("neg", (term,))


def other_signs(side: Term, shaped: Shaped) -> Found:
    """The sign of a summand, or of all."""

    def change(term: Term) -> Found:
        if term.head == "add":
            for place, part in enumerate(term.args):
                parts = (*term.args[:place], negated(part), *term.args[place + 1 :])
                yield f"the other sign of the {_ordinal(place, term.args)} term", Term("add", parts)

    yield "the other sign", negated(side)
    yield from _inside(side, change)


def _orders(side: Term, shaped: Shaped) -> Found:
    """The order of two factors, a transpose or an inverse too many or too few."""
    if not shaped:
        return

    def change(term: Term) -> Found:
        if term.head == "mul":
            for i in range(len(term.args) - 1):
                first, second = term.args[i : i + 2]
                parts = (*term.args[:i], second, first, *term.args[i + 2 :])
                yield f"{show(second)} before {show(first)}", Term("mul", parts)
        if term.head == "transpose":
            yield f"no transpose of {show(term.args[0])}", term.args[0]
        elif term.head == "pow" and term.args[1] == MINUS_ONE:
            yield f"no inverse of {show(term.args[0])}", term.args[0]
        elif term.head == "symbol" and term.value in shaped:
            yield f"a transpose of {show(term)}", Term("transpose", (term,))
            yield f"an inverse of {show(term)}", power(term, MINUS_ONE)

    yield from _inside(side, change)


def _shifted(term: Term, by: int) -> Term:
    """``n - 1`` and 1 are n, 3 and 1 are 4."""
    value = _whole(term)
    if value is not None:
        return number(value + by)
    if term.head == "add" and (last := _whole(term.args[-1])) is not None:
        rest = term.args[:-1]
        return add(*rest, number(last + by)) if last + by else add(*rest)
    return add(term, number(by))


def _whole(term: Term) -> int | None:
    if term.head == "neg" and (inner := _whole(term.args[0])) is not None:
        return -inner
    value = term.value if term.head == "number" else None
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None


def _numerals(side: Term, shaped: Shaped) -> Found:
    """An exponent, an end of a range or a numeral that is off by one."""
    places = {"pow": {1: "exponent"}, "sum": {2: "lower end", 3: "upper end"}, "prod": {2: "lower end", 3: "upper end"}}

    def change(term: Term) -> Found:
        for place, name in places.get(term.head, {}).items():
            for by in (1, -1):
                new = _shifted(term.args[place], by)
                if not (place == 3 and "infinity" in (term.args[3].value, new.value)):
                    parts = (*term.args[:place], new, *term.args[place + 1 :])
                    changed = parts[0] if name == "exponent" and new == ONE else replace(term, args=parts)
                    yield f"{name} {show(term.args[place])} -> {show(new)}", changed

    def numeral(term: Term) -> Found:
        value = _whole(term) if term.head == "number" else None
        for by in (1, -1) if value is not None else ():
            yield f"{value} -> {value + by}", number(value + by)  # type: ignore[operator]

    yield from _inside(side, change)
    yield from _inside(side, numeral)


def _factors(side: Term, shaped: Shaped) -> Found:
    """A factor 2 or 1/2 of one summand, or of all."""
    terms = side.args if side.head == "add" else (side,)
    for place, term in enumerate(terms):
        where = f" in the {_ordinal(place, terms)} term" if len(terms) > 1 else ""
        for factor, word in ((TWO, "2"), (HALF, "1/2")):
            new = negated(_times(factor, negated(term))) if term.head == "neg" else _times(factor, term)
            yield f"a factor {word}{where}", add(*terms[:place], new, *terms[place + 1 :])
    if len(terms) > 1:
        yield "a factor 2", mul(TWO, side)
        yield "a factor 1/2", mul(HALF, side)


def _times(factor: Term, term: Term) -> Term:
    return mul(factor, *(term.args if term.head == "mul" else (term,)))


def _functions(side: Term, shaped: Shaped) -> Found:
    """sin for cos."""

    def change(term: Term) -> Found:
        if other := OTHER_FUNCTION.get(term.head):
            yield f"{term.head} -> {other}", replace(term, head=other)

    yield from _inside(side, change)


def _dropped(side: Term, shaped: Shaped) -> Found:
    """One summand or factor too many."""

    def change(term: Term) -> Found:
        if term.head in ("add", "mul"):
            for place, part in enumerate(term.args):
                rest = (*term.args[:place], *term.args[place + 1 :])
                yield (
                    f"no {show(negated(part) if part.head == 'neg' else part)}",
                    (rest[0] if len(rest) == 1 else Term(term.head, rest)),
                )
        if term.head == "div":
            yield f"no {show(term.args[1])} below", term.args[0]

    yield from _inside(side, change)


def _squares(side: Term, shaped: Shaped) -> Found:
    """A square that is missing."""

    def change(term: Term) -> Found:
        if term.head == "symbol" and term.value not in shaped:
            yield f"{show(term)} -> {show(term)}^2", power(term, TWO)

    yield from _inside(side, change)
