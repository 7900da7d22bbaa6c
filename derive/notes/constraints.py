"""What a text says of letters beside a relation: equations that tie them, and restrictions such as ``n > 2``.

Where such a saying is understood, the relation has to fail under it as well; where it is not, a failure may be excused by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.core import Claim, Declaration, Relation, Term
from derive.formula.apart import names_in
from derive.kernel.terms import ZERO, free_letters, letters_of, number, symbol
from derive.notes.determined import determined
from derive.notes.kinds import name_of
from derive.notes.means import is_mean
from derive.notes.trying import seems_an_identity

_BOUND = re.compile(
    r"\s*(?P<sign>[-+]?)\s*(?:(?P<value>\d+(?:\.\d+)?)|\\[dt]?frac\s*\{?(?P<above>\d+?)\}?\s*\{?(?P<below>\d+)\}?|(?P<upper>\d+)\s*/\s*(?P<lower>\d+))\s*"
)
_ZERO_VECTOR = re.compile(r"\s*\\(?:vect?|mathbf|boldsymbol|bm)\s*\{?\s*0\s*\}?\s*")
_INTERVAL = re.compile(
    r"\s*(?:\\left)?(?P<open>[\[(])(?P<low>[^,]+),(?P<high>[^,]+?)(?:\\right)?(?P<close>[\])])[\s.,;]*"
)
_WHOLE = re.compile(
    r"\s*\\(?:(?:mathbb|mathbf|Bbb)\s*\{?\s*)?(?:N|Z|NN|ZZ)\s*\}?(?:\s*[_^]\s*(?:\{?\s*[+*>0]+\s*\}?))*[\s.,;]*"
)
FLIPPED = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", r"\ne": r"\ne"}
SPELLED = {"<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\ne": "!="}
ACCENTS = frozenset(["bar", "hat", "tilde", "vec", "mathbf", "mathcal", "dot"])
"""Behind a letter, what is no subscript."""
MOST = 12
"""Sayings that are looked at together."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """An equation that the text assumes: the letters that it ties to each other, and its line. ``orders``: no equation, but what
    restricts them, also those that a sum binds; ``relation``: left side, sign and right side of such, as written.
    ``named``: the letter, with its accent, to which it gives a value; ``bare``: letters that have no subscript
    there; ``depth``: of the section in which it is assumed, where it holds in those inside as well; ``item``: the equation as
    ``formula`` reads it, where it is understood; ``passing``: it holds in one case, "when $t = 2$"."""

    letters: frozenset[str]
    line: int
    claims: tuple[Claim, ...] = ()
    orders: bool = False
    relation: tuple[str, str, str] | None = None
    named: str = ""
    bare: frozenset[str] = frozenset()
    depth: int | None = None
    item: str = ""
    passing: bool = False

    @property
    def restricts(self) -> bool:
        """Whether it fails somewhere; an identity says nothing of its letters."""
        return not self.claims or not all(map(seems_an_identity, self.claims))


def binding(claim: Claim, constraints: Iterable[Constraint]) -> list[Constraint]:
    """Those that speak of letters of the claim alone of which neither a hypothesis nor a value is known."""
    told = frozenset[str]().union(*map(letters_of, claim.scope.hypotheses))
    known = determined(claim)
    free = free_letters(claim.lhs) | free_letters(claim.rhs)
    every = names_in(claim.lhs) | names_in(claim.rhs)  # also those that are bound
    bases, all_bases = _bases(free - known), _bases(every - known)
    plain = _bases(name for name in every if ACCENTS.issuperset(name.split("_")[1:]))
    return [
        one
        for one in constraints
        if one.letters
        and one.letters <= (all_bases if one.orders else bases)
        and (one.orders or not one.letters <= told)
        and one.restricts
        and one.letters & one.bare <= plain
        and not is_mean(one.named, claim)
    ]


def _bases(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.partition("_")[0] for name in names)


def under(claim: Claim, constraints: Sequence[Constraint]) -> Claim | None:
    """The claim for letters that all of these allow: every letter that a restriction may speak of is restricted. None where one is
    not understood, or speaks of a letter that is bound."""
    if len(constraints) > MOST:
        return None
    for one in constraints:
        restricted = _restricted(claim, one)
        if restricted is None:
            return None
        claim = restricted
    return claim


def _restricted(claim: Claim, constraint: Constraint) -> Claim | None:
    if constraint.relation is None or len(constraint.letters) != 1:
        return None
    (base,) = constraint.letters
    reached = _reached(claim)
    letters = [d for d in claim.scope.declarations if d.name in reached and d.name.partition("_")[0] == base]
    bound = (names_in(claim.lhs) | names_in(claim.rhs)) - free_letters(claim.lhs) - free_letters(claim.rhs)
    if not letters or base in _bases(bound) or not all(map(_is_plain, letters)):
        return None
    lhs, sign, rhs = constraint.relation
    if sign == r"\in":
        return _within(claim, letters, rhs) if _is_name(lhs) else None
    bounds = [(_value(rhs) if _is_name(lhs) else None, sign), (_value(lhs) if _is_name(rhs) else None, FLIPPED[sign])]
    value, sign = next(((value, sign) for value, sign in bounds if value is not None), (None, ""))
    if value is None:
        return None
    return _with(claim, (Relation(symbol(d.name), SPELLED[sign], value) for d in letters))


def _is_name(side: str) -> bool:
    """A letter, not one of its powers."""
    name = name_of(side)
    return name is not None and not {"^", "("} & set(name)


def _reached(claim: Claim) -> frozenset[str]:
    """The letters of the claim, and those that hypotheses tie to them."""
    reached = free_letters(claim.lhs) | free_letters(claim.rhs)
    ties = [letters_of(one) for one in claim.scope.hypotheses]
    while (more := reached.union(*(tied for tied in ties if tied & reached))) != reached:
        reached = more
    return reached


def _is_plain(letter: Declaration) -> bool:
    return not (letter.shape or letter.family or letter.law or letter.function or letter.domain == "complex")


def _with(claim: Claim, relations: Iterable[Relation]) -> Claim:
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, *relations)))


def _within(claim: Claim, letters: Sequence[Declaration], rhs: str) -> Claim | None:
    """In an interval between numbers, or among the whole numbers: those above 0 are whole whatever is meant."""
    if _WHOLE.fullmatch(rhs):
        names = {d.name for d in letters}
        whole = tuple(
            replace(d, domain="integer") if d.name in names and d.domain == "real" else d
            for d in claim.scope.declarations
        )
        claim = replace(claim, scope=replace(claim.scope, declarations=whole))
        return _with(claim, (Relation(symbol(d.name), ">", ZERO) for d in letters))
    found = _INTERVAL.fullmatch(rhs)
    ends = (_value(found["low"]), _value(found["high"])) if found else (None, None)
    low, high = ends
    if low is None or high is None:
        return None
    return _with(claim, _between(letters, low, high))


def _between(letters: Sequence[Declaration], low: Term, high: Term) -> Iterator[Relation]:
    """Inside of the ends, whether they belong to it or not."""
    for letter in letters:
        yield Relation(symbol(letter.name), ">", low)
        yield Relation(symbol(letter.name), "<", high)


def _value(text: str) -> Term | None:
    """A numeral, or the vector 0."""
    if _ZERO_VECTOR.fullmatch(text):
        return ZERO
    found = _BOUND.fullmatch(text)
    if found is None:
        return None
    below = int(found["below"] or found["lower"] or 1)
    if below == 0:
        return None
    value = Fraction(found["value"] or found["above"] or found["upper"]) / below
    return number(-value if found["sign"] == "-" else value)


__all__ = ["Constraint", "binding", "under"]
