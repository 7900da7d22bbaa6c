"""The weakest simple condition under which a refuted claim is true.

The claim is tried at sampled points of its whole domain. A condition is worth a proof if it holds wherever the claim was seen
to hold and nowhere where it was seen to fail; the first that the kernel proves sufficient is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from derive.checkers.repair.beyond import holds_beyond
from derive.checkers.repair.candidates import Condition, candidates
from derive.checkers.repair.ends import (
    TooDear,
    holds_outside,
    proof_inside,
    seen_to_hold_outside,
    strictly,
    with_the_end_apart,
)
from derive.checkers.repair.seen import Seen, look
from derive.checkers.repair.thresholds import thresholds
from derive.core import Claim, Evidence, Point, Relation, Repair, Term
from derive.kernel import NotAdmitted
from derive.kernel.conditions import settled_by
from derive.kernel.facts import facts_of
from derive.kernel.narrowing import BOUNDS, narrowed

PROOFS_TRIED = 10
BOUNDS_TRIED = 2
"""Conditions that bound the same quantity on the same side, the weakest first, for which no proof was found: the stronger ones
are left alone then."""
OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
Prove = Callable[[Claim], tuple[Evidence, Point | None] | None]


def repairs(claim: Claim, refutation: Evidence, prove: Prove) -> Iterator[Repair]:
    """Repairs with a proof that ``prove`` found, weakest condition first. Raises TooDear where ``prove`` does."""
    seen = look(claim, getattr(refutation, "point", None))
    if seen.hopeless:
        return
    proofs = _Proofs(claim, prove)
    for condition in filter(proofs.worth_a_try, islice(_worth_a_proof(claim, seen), PROOFS_TRIED)):
        proof = proofs.under(condition)
        if proof is None:
            continue
        beyond = (
            seen_to_hold_outside(claim, condition, seen) if seen.everywhere else holds_outside(claim, condition, prove)
        )
        if not beyond:
            yield Repair(refutation, condition.relations, *proof)


class _Proofs:
    """Proofs of one claim under one condition after the other, and what those that failed say of those to come."""

    def __init__(self, claim: Claim, prove: Prove) -> None:
        self.claim, self.prove = claim, prove
        self.failed: Counter[tuple[Term, str]] = Counter()
        self.hopeless: set[Condition] = set()

    def worth_a_try(self, condition: Condition) -> bool:
        side = _bounded_side(condition)
        return condition not in self.hopeless and (side is None or self.failed[side] < BOUNDS_TRIED)

    def under(self, condition: Condition) -> tuple[Evidence, Point | None] | None:
        """A proof of the claim under the condition, if need be with the end of a half-line apart."""
        try:
            narrow = narrowed(self.claim, condition.relations)
            return self.prove(narrow) or self._with_the_end_apart(narrow, condition)
        except NotAdmitted:
            return None

    def _with_the_end_apart(self, narrow: Claim, condition: Condition) -> tuple[Evidence, Point | None] | None:
        strict = strictly(self.claim, condition)
        inside = None if strict is None else proof_inside(narrow, strict, self.prove)
        if strict is not None and inside is not None:
            return with_the_end_apart(narrow, strict, inside, self.prove)
        if strict is not None:
            self.hopeless.add(strict)
        side = _bounded_side(condition)
        if side is not None:
            self.failed[side] += 1
        return None


def _bounded_side(condition: Condition) -> tuple[Term, str] | None:
    """What a single bound is about, and on which side; None for other conditions."""
    relation = condition.relations[0]
    single = len(condition.relations) == 1 and relation.relation in BOUNDS
    return (relation.lhs, relation.relation[0]) if single else None


def _worth_a_proof(claim: Claim, seen: Seen) -> Iterator[Condition]:
    """From the shape of the claim; where no such condition tells good points from bad ones, from the points themselves."""
    tried: set[Condition] = set()
    found = False
    for source in (candidates, thresholds):
        for condition in () if found and seen.everywhere else source(claim, seen):
            if (
                condition not in tried
                and _says_something(claim, condition, seen)
                and seen.separated_by(condition.relations)
                and not (seen.everywhere and holds_beyond(claim, condition, seen))
                and not _ruled_out(claim, condition)
            ):
                found = True
                yield condition
            tried.add(condition)


def _says_something(claim: Claim, condition: Condition, seen: Seen) -> bool:
    """It is not the claim itself; and an equation repairs an inequality where points were looked at only: where none were, a
    bound would do."""
    sides = {claim.lhs, claim.rhs}
    itself = any(r.relation == claim.relation == "=" and {r.lhs, r.rhs} == sides for r in condition.relations)
    equation = claim.relation != "=" and any(r.relation == "=" for r in condition.relations)
    return not itself and (seen.everywhere or not equation or seen.matrices)


def _ruled_out(claim: Claim, condition: Condition) -> bool:
    """The opposite follows from the declarations, so that there is nothing to prove."""
    facts = facts_of(claim.scope)
    return any(settled_by(against, facts) for r in condition.relations if (against := _opposite(r)) is not None)


def _opposite(relation: Relation) -> Relation | None:
    against = OPPOSITE.get(relation.relation)
    return None if against is None else Relation(relation.lhs, against, relation.rhs)


__all__ = ["TooDear", "repairs"]
