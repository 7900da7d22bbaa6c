"""The weakest simple condition under which a refuted claim is true.

The claim is tried at sampled points of its whole domain. A condition is worth a proof if it holds wherever the claim was seen
to hold and nowhere where it was seen to fail; the first that the kernel proves sufficient is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from derive.checkers.repair.beyond import holds_beyond
from derive.checkers.repair.candidates import Condition, candidates
from derive.checkers.repair.ends import holds_outside, seen_to_hold_outside, with_the_end_apart
from derive.checkers.repair.seen import Seen, look
from derive.checkers.repair.thresholds import thresholds
from derive.core import Claim, Evidence, Point, Repair
from derive.kernel import NotAdmitted
from derive.kernel.narrowing import narrowed

PROOFS_TRIED = 10
Prove = Callable[[Claim], tuple[Evidence, Point | None] | None]


def repairs(claim: Claim, refutation: Evidence, prove: Prove) -> Iterator[Repair]:
    """Repairs with a proof that ``prove`` found, weakest condition first."""
    seen = look(claim, getattr(refutation, "point", None))
    if seen.hopeless:
        return
    for condition in islice(_worth_a_proof(claim, seen), PROOFS_TRIED):
        proof = _under(claim, condition, prove)
        if proof is None:
            continue
        beyond = (
            seen_to_hold_outside(claim, condition, seen) if seen.everywhere else holds_outside(claim, condition, prove)
        )
        if not beyond:
            yield Repair(refutation, condition.relations, *proof)


def _under(claim: Claim, condition: Condition, prove: Prove) -> tuple[Evidence, Point | None] | None:
    """A proof of the claim under the condition, if need be with the end of a half-line apart."""
    try:
        narrow = narrowed(claim, condition.relations)
        return prove(narrow) or with_the_end_apart(narrow, condition, prove)
    except NotAdmitted:
        return None


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
