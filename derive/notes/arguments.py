r"""Arguments: what is drawn from what by ``\implies``, ``\iff`` or a word, as relations under the relations before them as hypotheses.

Alternatives (``x = 0 \text{ or } x = 1``, ``x = \pm 2``, ``x \in \{0, 1\}``) are one equation: a product of differences is 0 where one
of its factors is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from derive.core import Claim
from derive.formula.notation import show_name
from derive.kernel.terms import free_letters, heads, letters_of
from derive.notes.display import JUDGED, Link, Statement
from derive.notes.kinds import name_of
from derive.notes.lowering import OutOfScope
from derive.notes.mapped import Mapped
from derive.notes.pieces import split
from derive.notes.propositions import both_signs

Lower = Callable[[Mapped], str]
MOST_ALTERNATIVES = 6
MOST_PREMISES = 12
"""Of a long argument the first propositions are forgotten: fewer hypotheses prove less, so a failure is then not held against the
author."""
PLAIN = frozenset(
    [
        *("number", "symbol", "constant", "add", "neg", "mul", "div", "pow", "sqrt", "root", "exp", "log", "abs", "sin", "cos", "tan"),
        *("sinh", "cosh", "tanh", "cot", "sec", "csc", "arctan", "arcsin", "arccos", "floor", "ceil", "max", "min", "factorial"),
        *("binomial", "matrix", "row", "identity", "transpose", "det", "trace", "norm", "inner"),
    ]
)  # fmt: skip
"""Heads of relations that speak of the values of their letters, not of functions, sequences or laws."""
_SET = re.compile(r"\s*(?:\\left)?\\\{(?P<members>.*?)(?:\\right)?\\\}\s*", re.DOTALL)
_RESTRICTS = re.compile(
    r"\b(?:positive|negative|non-?negative|non-?zero|non-?trivial|non-?singular|invertible|full rank|discard\w*|reject\w*|ignor\w*|"
    r"extraneous|spurious|admissible|feasible|principal|acute|contradict\w*|absurd\w*|impossible|integers?|naturals?|primes?|distinct|"
    r"unless|only if|provided|mod|modulo|small|large|assum\w*|suppose|constraint\w*|restrict\w*|domain|unit|probabilit\w*|length|"
    r"wrong|false|mistake\w*|incorrect\w*|fallac\w*|erroneous\w*|whether|except|valid)\b|\\pmod|\\bmod|\?",
    re.IGNORECASE,
)
"""Words by which a text may restrict its letters, or say that it does not mean what it shows."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What has been stated in an argument so far: ``items`` in the language of declarations. ``unread``: why some of it is not
    read. ``last``: the items of the last proposition. ``one_way``: some of it only follows from what is before.
    ``many``: some of it was forgotten."""

    items: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    unread: str = ""
    one_way: bool = False
    many: bool = False

    def then(self, items: Sequence[str], sign: str, unread: str = "") -> Premises:
        one_way = self.one_way or sign == "implies"
        kept, many = (*self.items, *items), self.many or len(self.items) + len(items) > MOST_PREMISES
        return Premises(kept[-MOST_PREMISES:], tuple(items), self.unread or unread, one_way, many)


def groups(found: Sequence[Statement]) -> Iterator[tuple[Statement, ...]]:
    """The statements of each proposition together."""
    group: list[Statement] = []
    for statement in found:
        if group and (statement.follows or not statement.joint):
            yield tuple(group)
            group = []
        group.append(statement)
    if group:
        yield tuple(group)


def items_of(group: Sequence[Statement], lower: Lower) -> tuple[str, ...]:
    """The relations of a proposition, spelled for ``formula``. Raises Unparsed and OutOfScope."""
    if (equations := alternatives(group)) is not None:
        return (product_of(equations, lower),)
    found = []
    for statement in group:
        if not statement.links:
            raise OutOfScope("a premise without a relation")
        for link in statement.links:
            if link.sign not in (*JUDGED, ":="):
                raise OutOfScope(f"nothing is known of the relation {link.sign}")
            found.append(f"{lower(link.lhs)} {'=' if link.sign == ':=' else link.sign} {lower(link.rhs)}")
    return tuple(found)


def alternatives(group: Sequence[Statement]) -> list[tuple[Mapped, Mapped]] | None:
    """The equations of which one holds; None for a proposition without alternatives. Raises OutOfScope for what mixes both."""
    names = [name_of(statement.links[0].lhs.text) for statement in group if statement.links]
    again = len(names) > 1 and len(set(names)) == 1 and names[0] is not None
    if not (again or any(statement.joint == "or" for statement in group) or any(map(_lists, group))):
        return None
    if any(len(statement.links) != 1 for statement in group) or (len(group) > 1 and not again):
        raise OutOfScope("alternatives that are no equations for one letter")
    found = [equation for statement in group for equation in _equations(statement.links[0])]
    if len(found) > MOST_ALTERNATIVES:
        raise OutOfScope("too many alternatives")
    return found


def offers(group: Sequence[Statement]) -> bool:
    """Some of what the proposition states is one of several by "or"."""
    return any(statement.joint == "or" for statement in group)


def _lists(statement: Statement) -> bool:
    return len(statement.links) == 1 and len(_equations(statement.links[0], checked=False)) > 1


def _equations(link: Link, checked: bool = True) -> list[tuple[Mapped, Mapped]]:
    if link.sign == "=":
        sides = both_signs(link.rhs) if r"\pm" not in link.lhs.text else None
        return [(link.lhs, side) for side in sides] if sides else [(link.lhs, link.rhs)]
    members = _SET.fullmatch(link.rhs.text)
    if link.sign == r"\in" and members is not None and r"\{" not in members["members"]:
        inside = link.rhs[members.start("members") : members.end("members")]
        return [(link.lhs, member) for _, member in split(inside, frozenset([","]))]
    if checked:
        raise OutOfScope("alternatives that are no equations")
    return []


def product_of(equations: Sequence[tuple[Mapped, Mapped]], lower: Lower) -> str:
    """``(x - 0) (x - 1) = 0``."""
    factors = [f"\\left(\\left({lower(lhs)}\\right) - \\left({lower(rhs)}\\right)\\right)" for lhs, rhs in equations]
    return f"{' '.join(factors)} = 0"


def restricts(*texts: str) -> bool:
    return any(_RESTRICTS.search(text) for text in texts)


def doubts_of_argument(claim: Claim, words: Sequence[str], other_lines: Sequence[int]) -> Iterator[str]:
    """Why a failure would not be held against the author. ``words`` stand around the argument; ``other_lines`` say something of its
    letters, too."""
    relations = [(claim.lhs, claim.rhs), *((h.lhs, h.rhs) for h in claim.scope.hypotheses)]
    used = frozenset[str]().union(*(heads(*sides) for sides in relations))
    if "decimal" in used:
        yield "its numbers may be rounded"
    if not used <= PLAIN | {"decimal"}:
        yield "what it follows from may be meant for all values of its letters"
    if restricts(*words):
        yield "the words around it may restrict its letters"
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    if not letters:
        yield "its conclusion speaks of no letter"
    told = frozenset[str]().union(*map(letters_of, claim.scope.hypotheses))
    for name in sorted(letters - told):
        yield f"nothing is said of {show_name(name)} before"
    if other_lines:
        yield f"line {other_lines[0]} says something of its letters, too"
