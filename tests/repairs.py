"""Whether a repair that was found and the reference repair of the bank say the same: each implies the other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from independent import condition_at, opinion_at
from independent.points import sampled
from independent.values import Undefined, Unsuited
from mpmath import mp

from derive.checkers import search
from derive.core import Claim, Relation
from derive.formula import Unread, read_chain

POINTS = 150
SAME = ("proved", "agree")


def compared(claim: Claim, repair: tuple[Relation, ...], reference: str) -> tuple[str, str]:
    """``proved`` (the kernel proves both directions), ``agree`` or ``differ`` at points, or ``open``; and a word on it."""
    try:
        wanted = tuple(relation for part in reference.split(";") for relation in read_chain(part.strip(), claim.scope))
    except Unread as problem:
        return "open", f"the reference is not read: {problem}"
    agreed, differs = _at_points(claim, repair, wanted)
    if differs:
        return "differ", differs
    if implies(claim, repair, wanted) and implies(claim, wanted, repair):
        return "proved", "the kernel proves both directions"
    return ("agree", f"at {agreed} points") if agreed >= 10 else ("open", f"only {agreed} points")


def implies(claim: Claim, given: tuple[Relation, ...], wanted: tuple[Relation, ...]) -> bool:
    scope = replace(claim.scope, hypotheses=(*claim.scope.hypotheses, *given))
    return all(one in given or search(Claim(one.lhs, one.relation, one.rhs, scope)).proof is not None for one in wanted)


def _at_points(claim: Claim, repair: tuple[Relation, ...], wanted: tuple[Relation, ...]) -> tuple[int, str | None]:
    """How many points agree, and the first that does not; points at which the claim is not defined do not count."""
    random, agreed = Random(7), 0
    with mp.workdps(30):
        for _ in range(POINTS):
            try:
                letters = sampled(claim, random)
                found, meant = (condition_at(claim, conditions, letters) for conditions in (repair, wanted))
            except (Unsuited, Undefined):
                continue
            if None in (found, meant):
                continue
            if found == meant:
                agreed += 1
            elif opinion_at(claim, letters).outcome in ("holds", "fails"):
                return agreed, f"at { ({n: str(x) for n, x in letters.items()}) }: repair {found}, reference {meant}"
    return agreed, None
