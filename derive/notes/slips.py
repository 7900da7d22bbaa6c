"""The slips that authors make, as changes of one side of a relation: a sign, a factor, an exponent, a numeral, a letter, an order.

Here they are only thought of; whether one makes a relation hold is looked at elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from derive.core import Term
from derive.kernel.terms import ONE, add, mul, number, power, rational_value
from derive.notes.mending import HALF, MINUS_ONE, OTHER_FUNCTION, TWO, negated

LARGEST_NUMERAL = 12


def exchanges(side: Term, letters: Sequence[str]) -> Iterator[Term]:
    """The side with two letters exchanged."""
    for one, other in combinations(letters, 2):
        if (new := _exchanged(side, one, other)) != side:
            yield new


def slips(side: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    """The side with one change, those of the whole side first; ``shaped``: letters of vectors and matrices."""
    yield negated(side)
    yield power(side, MINUS_ONE)
    yield Term("abs", (side,))
    yield from _scaled(side, letters, shaped, numerals)
    yield from _inside(side, letters, shaped, numerals)


def _exchanged(term: Term, one: str, other: str) -> Term:
    if term.head == "symbol":
        return replace(term, value={one: other, other: one}.get(str(term.value), term.value))
    return replace(term, args=tuple(_exchanged(arg, one, other) for arg in term.args))


def _inside(term: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    """The term with one part changed, whole parts before their own parts."""
    yield from _changed(term, letters, shaped, numerals)
    for place, arg in enumerate(term.args):
        for new in _inside(arg, letters, shaped, numerals):
            yield replace(term, args=(*term.args[:place], new, *term.args[place + 1 :]))


def _changed(term: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    match term.head:
        case "add":
            yield from _summands(term, letters, shaped, numerals)
        case "mul":
            yield from _factors(term)
        case "div":
            yield term.args[0]
            yield Term("div", (term.args[1], term.args[0]))
            yield mul(*term.args)
            yield add(term.args[0], negated(term.args[1]))
            if term.args[1].head == "add":
                yield Term("add", tuple(Term("div", (term.args[0], part)) for part in term.args[1].args))
        case "pow":
            yield term.args[0]
            if term.args[0].head == "add":
                yield Term("add", tuple(power(part, term.args[1]) for part in term.args[0].args))
                *first, last = term.args[0].args
                raised = negated(power(last.args[0], term.args[1])) if last.head == "neg" else power(last, term.args[1])
                yield Term("add", (*first, raised))
            for exponent in (add(term.args[1], ONE), add(term.args[1], MINUS_ONE), negated(term.args[1])):
                yield power(term.args[0], exponent)
        case "symbol":
            yield from _letters(term, letters, shaped, numerals)
        case "number" | "decimal":
            yield from _numerals(term)
        case "neg" | "transpose":
            yield term.args[0]
        case "binomial":
            for up, down in product((0, 1, -1), repeat=2):
                yield replace(term, args=(add(term.args[0], number(up)), add(term.args[1], number(down))))
        case "sum" | "prod":
            for place, by in product((2, 3), (1, -1, 2, -2)):
                if term.args[place].value != "infinity":
                    yield replace(
                        term, args=(*term.args[:place], add(term.args[place], number(by)), *term.args[place + 1 :])
                    )
        case "matrix":
            yield Term("transpose", (term,))
            yield power(term, MINUS_ONE)
        case _ if len(term.args) == 1:
            yield term.args[0]
            yield from _distributed(term)
            if (other := OTHER_FUNCTION.get(term.head)) is not None:
                yield replace(term, head=other)


def _distributed(term: Term) -> Iterator[Term]:
    """``tr(A) tr(B)`` for ``tr(A B)``, ``\\log a + \\log b`` for ``\\log(a + b)``."""
    (inner,) = term.args
    if inner.head == "add":
        yield Term("add", tuple(replace(term, args=(part,)) for part in inner.args))
    if inner.head == "mul":
        for place in range(1, len(inner.args)):
            parts = (mul(*inner.args[:place]), mul(*inner.args[place:]))
            yield Term("mul", tuple(replace(term, args=(part,)) for part in parts))


def _gathered(term: Term) -> Iterator[Term]:
    """``(P D P^{-1})^2`` for ``P^2 D^2 P^{-2}``."""
    if not all(part.head == "pow" for part in term.args):
        return
    exponents = [rational_value(part.args[1]) for part in term.args]
    largest = max((e for e in exponents if e is not None), default=Fraction(0))
    if largest > 1 and all(e in (largest, -largest) for e in exponents):
        bases = [
            part.args[0] if e == largest else power(part.args[0], MINUS_ONE)
            for part, e in zip(term.args, exponents, strict=True)
        ]
        yield power(mul(*bases), number(largest))


def _summands(term: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    yield Term("mul", term.args)
    for place, part in enumerate(term.args):
        before, after = term.args[:place], term.args[place + 1 :]
        rest = (*before, *after)
        yield rest[0] if len(rest) == 1 else Term("add", rest)
        for new in (negated(part), *_scaled(part, letters, shaped, numerals)):
            yield Term("add", (*before, new, *after))


def _scaled(term: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    plain = [Term("symbol", (), name) for name in letters if name not in shaped]
    for factor in (TWO, HALF, *numerals, *plain):
        yield mul(factor, term)
    for factor in (*numerals, *plain):
        yield Term("div", (term, factor))


def _factors(term: Term) -> Iterator[Term]:
    yield Term("add", term.args)
    yield from _gathered(term)
    for place in range(len(term.args)):
        rest = (*term.args[:place], *term.args[place + 1 :])
        yield rest[0] if len(rest) == 1 else Term("mul", rest)
        if term.args[place].head not in ("number", "symbol", "pow"):  # those are squared as parts
            yield Term("mul", (*term.args[:place], power(term.args[place], TWO), *term.args[place + 1 :]))
        if place:
            first, second = term.args[place - 1 : place + 1]
            yield Term("mul", (*term.args[: place - 1], second, first, *term.args[place + 1 :]))


def _letters(term: Term, letters: Sequence[str], shaped: frozenset[str], numerals: Sequence[Term]) -> Iterator[Term]:
    if term.value in shaped:
        yield Term("transpose", (term,))
        yield power(term, MINUS_ONE)
    else:
        yield power(term, TWO)
        yield Term("abs", (term,))
        yield add(term, ONE)
        yield add(term, MINUS_ONE)
    for name in letters:
        if name != term.value and (name in shaped) == (term.value in shaped):
            yield Term("symbol", (), name)


def _numerals(term: Term) -> Iterator[Term]:
    value = term.value if isinstance(term.value, Fraction) else Fraction(str(term.value))
    others = (
        range(-LARGEST_NUMERAL, LARGEST_NUMERAL + 1) if value.denominator == 1 and abs(value) <= LARGEST_NUMERAL else ()
    )
    for new in (value + 1, value - 1, 2 * value, value / 2, -value, 10 * value, value / 10, *others):
        yield number(new)
    if value:
        yield number(1 / value)


__all__ = ["exchanges", "slips"]
