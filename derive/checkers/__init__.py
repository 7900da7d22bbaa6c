"""Untrusted search: each checker turns a claim into evidence that the kernel may or may not admit. One file, one idea.

``CHECKERS`` is the ladder, cheapest first. A checker yields candidates; ``search`` keeps the first that the kernel admits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from derive.checkers import agree, asymptotic, cite, enclose, induct, inversion, monotone, normalise, refute
from derive.checkers.repair import repairs
from derive.checkers.sampling import witness_for
from derive.core import Claim, Counterexample, Evidence, Hints, Point, Status
from derive.kernel import NotAdmitted, admit

Checker = Callable[[Claim, Hints], Iterator[Evidence]]

CHECKERS: tuple[tuple[str, Checker], ...] = (
    ("normal form", normalise.find),
    ("enclosure", enclose.find),
    ("limit", asymptotic.find),
    ("induction", induct.find),
    ("monotone function", monotone.find),
    ("cited theorem", cite.find),
    ("counterexample", refute.find),
    ("agreement at points", agree.find),
    ("inversion", inversion.find),
)

DECIDING = (Status.PROVED, Status.REFUTED)
NEVER_PROVE = ("counterexample", "agreement at points", "inversion")


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found: evidence that was admitted here (to be admitted again by whoever receives it), the witness
    that goes with a proof, and for each checker that failed the kernel's reason."""

    proof: Evidence | None = None
    witness: Point | None = None
    refutation: Evidence | None = None
    support: Evidence | None = None
    tried: tuple[str, ...] = ()


def _in_order(hints: Hints) -> list[tuple[str, Checker]]:
    """The ladder, with what the author names first."""
    named = {"cited theorem": hints.axiom is not None, "induction": hints.induction is not None}
    return sorted(CHECKERS, key=lambda entry: not named.get(entry[0], False))


def search(claim: Claim, hints: Hints = Hints(), *, audit: bool = False) -> Found:
    """Ask the checkers in order until one decides; with ``audit`` ask them all, so that a contradiction would show. What is
    refuted is tried again under simple conditions."""
    witness: Point | None = None
    looked = False
    kept: dict[Status, Evidence] = {}
    tried: list[str] = []
    for name, checker in _in_order(hints):
        if not audit and any(status in kept for status in DECIDING):
            break
        if kept and name in ("agreement at points", "inversion"):
            continue
        for evidence in checker(claim, hints):
            if not looked and not isinstance(evidence, Counterexample):
                witness, looked = witness_for(claim), True
            try:
                verdict = admit(claim, evidence, witness)
            except NotAdmitted as reason:
                tried.append(f"{name}: {reason}")
                continue
            kept.setdefault(verdict.status, evidence)
            break
    refutation = kept.get(Status.REFUTED)
    if refutation is not None and Status.PROVED not in kept:
        refutation = _repaired(claim, refutation, witness)
    return Found(kept.get(Status.PROVED), witness, refutation, kept.get(Status.SUPPORTED), tuple(tried))


def _repaired(claim: Claim, refutation: Evidence, witness: Point | None) -> Evidence:
    """The refutation with the first repair that the kernel admits, or as it is."""
    for repair in repairs(claim, refutation, _proof):
        try:
            admit(claim, repair, witness)
        except NotAdmitted:
            continue
        return repair
    return refutation


def _proof(claim: Claim) -> tuple[Evidence, Point | None] | None:
    """A proof that the kernel admits, with its witness."""
    witness = witness_for(claim)
    for name, checker in CHECKERS:
        if name in NEVER_PROVE:
            continue
        for evidence in checker(claim, Hints()):
            try:
                if admit(claim, evidence, witness).status == Status.PROVED:
                    return evidence, witness
            except NotAdmitted:
                continue
    return None
