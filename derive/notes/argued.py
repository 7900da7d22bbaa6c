"""The propositions of an argument as steps: each under those before it, and for an equivalence also the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.core import Claim, Step
from derive.notation import Unparsed
from derive.notes.arguments import Premises, alternatives, doubts_of_argument, items_of
from derive.notes.context import letters_in
from derive.notes.display import Link, Statement
from derive.notes.document import Formula
from derive.notes.kinds import name_of
from derive.notes.lowering import OutOfScope
from derive.notes.references import taken
from derive.notes.walk import (
    Understood,
    Walk,
    claims_under,
    constrain,
    define,
    referred,
    reserved,
    source_of,
    understood,
)

Group = tuple[Statement, ...]
CONNECTIVE = re.compile(
    r"[\s,.;:]*(?:and\s+)?(?:hence|thus|so|therefore|consequently|whence|so that|it follows that|this (?:implies|gives|yields|means)(?: that)?|"
    r"which (?:implies|gives|yields|means)(?: that)?|that is|i\.e\.|dividing by\s+\$[^$]{1,20}\$(?:\s+gives)?|(?:squaring|rearranging|solving|simplifying)"
    r"(?: both sides)?(?:\s+gives)?)[\s,:]*(?:we (?:have|get|obtain|find|see)(?: that)?)?[\s,:]*",
    re.IGNORECASE,
)
"""What may be all that stands between two displays of which the second is drawn from the first."""
_SUBSTITUTES = re.compile(r"says '(?:plug|substitut|insert)", re.IGNORECASE)
_NUMERAL = re.compile(r"[-+]?\s*(?:\d+|\\[dt]?frac\s*(?:\{-?\d+\}\s*\{\d+\}|\d\s*\d)|\d+\s*/\s*\d+|[-+]?\\pm\s*\d+)\s*")


def follows(walk: Walk, found: Sequence[Group]) -> list[str]:
    """For each proposition of a display: implies or iff, where it is drawn from the one before."""
    drawn = [group[0].follows for group in found]
    walk.referring = False
    if found and not any(drawn) and _solves(found):
        drawn = ["", *["implies"] * (len(found) - 1)]
    if found and not drawn[0] and CONNECTIVE.fullmatch(walk.before) and _one_equation(walk.previous):
        drawn[0] = "implies" if _one_equation(found[0]) else ""
    if found and not drawn[0] and _concludes(found[0]) and (names := taken(walk.before)):
        premises = referred(walk, names)
        if premises.items and not premises.unread:
            walk.premises, walk.referring, drawn[0] = premises, True, "implies"
    if found and drawn[0] and not walk.premises.items:
        _take_previous(walk)
    return drawn


def _solves(found: Sequence[Group]) -> bool:
    """Equations for one unknown, the last of them ``x = 2``, none before it solved."""
    if len(found) < 2 or not all(map(_one_equation, found)):
        return False
    links = [group[0].links[0] for group in found]
    letters = [letters_in(f"{link.lhs.text} {link.rhs.text}") for link in links]
    name = name_of(links[-1].lhs.text)
    solved = name is not None and len(letters[0]) == 1 and _NUMERAL.fullmatch(links[-1].rhs.text)
    return bool(solved) and len(set(letters)) == 1 and all(name_of(link.lhs.text) is None for link in links[:-1])


def _one_equation(group: Sequence[Statement]) -> bool:
    return len(group) == 1 and len(group[0].links) == 1 and group[0].links[0].sign == "=" and not group[0].goes_on


def _concludes(group: Sequence[Statement]) -> bool:
    return len(group) == 1 and bool(group[0].links)


def _take_previous(walk: Walk) -> None:
    """The argument goes on from the display before."""
    if walk.previous:
        walk.premises = _taken(walk, Premises(), walk.previous, "")
        walk.own |= {walk.line_of(link) for statement in walk.previous for link in statement.links}


def argued(walk: Walk, group: Group, sign: str, then: str, formula: Formula, expected: str | None) -> Iterator[Step]:
    """The steps of one proposition; without a sign it begins an argument. ``then``: the sign behind it."""
    if not sign:
        walk.premises = Premises()
        walk.own = set()
    before = walk.premises
    links = [link for statement in group for link in statement.links]
    walk.own |= {walk.line_of(link) for link in links}
    walk.premises = _taken(walk, before, group, sign)
    steps = list(_forward(walk, group, sign, then, before, formula)) + list(_back(walk, group, sign, before))
    for link in links:
        if link.sign == "=":
            constrain(walk, link)
            walk.displayed.add(walk.line_of(link))
    if walk.on:
        for step in steps:
            yield replace(step, source=replace(step.source, expected=expected)) if step.source else step


def _taken(walk: Walk, before: Premises, group: Sequence[Statement], sign: str) -> Premises:
    try:
        return before.then(items_of(group, walk.lower), sign)
    except (Unparsed, OutOfScope) as problem:
        return before.then((), sign, str(problem.args[0]))


def _forward(walk: Walk, group: Group, sign: str, then: str, before: Premises, formula: Formula) -> Iterator[Step]:
    """What the proposition states, under what stands before it."""
    try:
        equations = alternatives(group)
    except OutOfScope as problem:
        if any(statement.links for statement in group):
            yield _whole(walk, group, Understood(beyond=str(problem.args[0])))
        return
    if equations is not None:
        found = _under(walk, before, (walk.premises.last or ("",))[0], group, sign)
        yield _whole(walk, group, found if sign else Understood(beyond="alternatives"), sign)
        return
    for statement in group:
        for link in statement.links:
            yield _stated(walk, link, statement, (sign, then), before, formula)


def _stated(
    walk: Walk, link: Link, statement: Statement, signs: tuple[str, str], before: Premises, formula: Formula
) -> Step:
    """One relation: a definition, what the argument assumes, or what it concludes."""
    sign, then = signs
    name = name_of(link.lhs.text)
    known = letters_in(" ".join(before.items))
    new = name is not None and link.first and link.sign in ("=", ":=") and not letters_in(link.lhs.text) & known
    kind = "step"
    values = then != "iff" and letters_in(link.rhs.text)  # x = 1 is a value that x may have
    if new and (link.sign == ":=" or (values and name not in walk.named)):
        kind = "definition"
    elif not sign and link is statement.links[-1]:
        kind = "constraint"
    if kind == "definition" and name is not None and len(statement.links) == 1:
        define(walk, name, link, formula.start)
    found = understood(walk, link)
    if kind == "step" and sign and not (found.unread or found.beyond):
        found = _under(walk, before, _item(walk, link), (statement,), sign)
    assumed = kind in ("definition", "constraint")
    source = source_of(walk, link.place, kind, found, None, "implies" if sign and not assumed else "")
    return Step(found.claims, f"{link.lhs.text} {link.sign} {link.rhs.text}", "", assumed=assumed, source=source)


def _item(walk: Walk, link: Link) -> str:
    """As ``formula`` spells it; empty where it speaks of values of which nothing is said."""
    try:
        return items_of((Statement((link,)),), walk.lower)[0]
    except (Unparsed, OutOfScope) as problem:
        walk.premises = replace(walk.premises, unread=str(problem.args[0]))
        return ""


def _under(walk: Walk, before: Premises, latex: str, group: Group, sign: str) -> Understood:
    """The claim under the premises, with the doubts of an argument."""
    if not sign:
        return Understood()
    if before.unread or not before.items:
        return Understood(beyond=f"what it follows from is not understood: {before.unread or 'it is not there'}")
    if not latex:
        return Understood(beyond=f"it is not understood: {walk.premises.unread}")
    found = claims_under(walk, latex, before.items)
    words = [walk.before[-200:], walk.after, *(statement.remark for statement in group)]
    bases = letters_in(" ".join((latex, *before.items)))
    lines = _other_lines(walk, bases)
    long = ["it follows from more than is looked at"] if before.many else []
    reasons = [
        doubt for claim in found.claims for doubt in (*doubts_of_argument(claim, words, lines), *_reserved(walk, claim))
    ]
    return replace(found, doubt="; ".join(dict.fromkeys(filter(None, [found.doubt, *long, *reasons]))))


def _reserved(walk: Walk, claim: Claim) -> Iterator[str]:
    """What is substituted is known where the text refers to it."""
    return (reason for reason in reserved(walk, claim) if not (walk.referring and _SUBSTITUTES.search(reason)))


def _other_lines(walk: Walk, bases: frozenset[str]) -> list[int]:
    """Lines outside of the argument that say something of its letters; an equation for one unknown in a display is a problem of
    its own."""
    told = [
        one
        for one in walk.constraints
        if one.line not in walk.own and not (len(one.letters) == 1 and one.line in walk.displayed)
    ]
    return sorted(
        one.line
        for one in (*told, *walk.mentions)
        if one.letters & bases and one.line not in walk.own and one.restricts
    )


def _back(walk: Walk, group: Group, sign: str, before: Premises) -> Iterator[Step]:
    """The way back of an equivalence: what stood before, under the proposition."""
    if sign != "iff" or before.unread or walk.premises.unread or not before.last:
        return
    known = Premises((*(before.items[: -len(before.last)] if before.one_way else ()), *walk.premises.last))
    found = [_under(walk, known, item, group, sign) for item in before.last]
    whole = Understood(
        tuple(claim for one in found for claim in one.claims),
        beyond=next((one.beyond for one in found if one.beyond), ""),
        doubt=next((one.doubt for one in found if one.doubt), ""),
    )
    yield _whole(walk, group, replace(whole, claims=()) if whole.beyond else whole, sign, "converse")


def _whole(walk: Walk, group: Group, found: Understood, sign: str = "", argument: str = "implies") -> Step:
    """One step for all that the proposition states."""
    links = [link for statement in group for link in statement.links]
    places = [link.place for link in links]
    place = (min(start for start, _ in places), max(end for _, end in places))
    shown = " , ".join(f"{link.lhs.text} {link.sign} {link.rhs.text}" for link in links)
    source = source_of(walk, place, "step", found, None, argument if sign else "")
    return Step(found.claims, shown, "", source=source)
