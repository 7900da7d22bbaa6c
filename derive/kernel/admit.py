"""``admit(claim, evidence)``: the only maker of verdicts. Each kind of evidence has one rule, which recomputes everything.

A rule returns what it relied on, or raises NotAdmitted with a reason. ``proved`` needs, besides, a witness: an exact point at
which all hypotheses and visible conditions hold, so that the claim says something (DEFINED: nothing is proved about an empty set).
"""

from __future__ import annotations

from collections.abc import Callable

from derive.core import Claim, Evidence, Oracle, Overlap, Point, Repair, Sampled, Status
from derive.kernel import points
from derive.kernel.balls import Undefined
from derive.kernel.captured_laws import require_laws_outside
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.late_recurrences import with_early_members, without_early_starts
from derive.kernel.narrowing import narrowed
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.refutations import REFUTATIONS, Refutation
from derive.kernel.rules import RULES
from derive.kernel.sequences import require_given_members, require_written_out, written_out
from derive.kernel.statistics import sampled
from derive.kernel.terms import has_series, heads, letters_of, subterms
from derive.kernel.verdict import NotAdmitted, Verdict, make

ORACLES = {"mellin_inversion": "probability"}
"""The programs whose word supports a claim, and the head of the quantity that each may speak of (``quantity ≈ numeral`` only)."""


Witness = Point | None | Callable[[], Point | None]
"""A point, or who looks for one where a proof stands but for it: what is looked for is checked like what is given."""


def admit(claim: Claim, evidence: Evidence, witness: Witness = None) -> Verdict:
    """Re-check ``evidence`` and seal what it shows of ``claim``.

    Raises NotAdmitted when it shows nothing. ``witness`` is a point at which hypotheses and conditions hold, for proofs.
    """
    try:
        require_laws_outside(claim)
        if isinstance(evidence, Repair):
            return _repaired(claim, evidence, _point(witness))
        if type(evidence) in REFUTATIONS:
            return _refuted(claim, evidence, _point(witness))
        if isinstance(evidence, Overlap | Oracle):
            return _supported(claim, evidence)
        if isinstance(evidence, Sampled):
            trust = (f"oracle:{evidence.estimator}",)
            return make(claim, Status.SUPPORTED, evidence, trust, (), sampled(claim, evidence))
        return _proved(claim, evidence, witness)
    except (NoNormalForm, TooLarge, Undefined) as error:
        raise NotAdmitted(str(error)) from None
    except ZeroDivisionError:
        raise NotAdmitted("a divisor is identically zero") from None
    except RecursionError:
        raise NotAdmitted("nested too deeply") from None


# ------------------------------------------------------------------------------------------------------------ proofs


def _point(witness: Witness) -> Point | None:
    return witness() if callable(witness) else witness


def _proved(claim: Claim, evidence: Evidence, witness: Witness) -> Verdict:
    written = written_out(claim)
    plain, told = without_early_starts(written), with_early_members(written)
    conditions = visible_conditions(plain)
    facts = facts_of(told.scope).assuming(conditions)
    rule = RULES.get(type(evidence))
    if rule is None:
        raise NotAdmitted(f"no rule for {type(evidence).__name__}")
    _require_ordered(plain, facts)
    basis = rule(told, evidence, facts)
    visible = tuple(dict.fromkeys((*conditions, *basis.visible)))
    points.check_witness(plain, visible, _point(witness))
    used = tuple(h for h in claim.scope.hypotheses if h.relation != "=" or h.lhs.head != "symbol")
    return make(claim, Status.PROVED, evidence, tuple(sorted(basis.trust)), visible + used, basis.why)


def _require_ordered(claim: Claim, facts: Facts) -> None:
    """An order stands between numbers that are known to be real. Raises NotAdmitted."""
    if claim.relation in ("<", "<=", ">", ">=") and "complex" in (facts.kind(claim.lhs), facts.kind(claim.rhs)):
        raise NotAdmitted("complex numbers are not ordered")


# ------------------------------------------------------------------------------------------- refutation and support


def _refuted(claim: Claim, evidence: Evidence, witness: Point | None) -> Verdict:
    found = _refutation(claim, evidence, witness)
    return make(claim, Status.REFUTED, evidence, tuple(sorted(found.trust)), (), found.why, found.values)


def _refutation(claim: Claim, evidence: Evidence, witness: Point | None) -> Refutation:
    rule = REFUTATIONS.get(type(evidence))
    if rule is None:
        raise NotAdmitted(f"{type(evidence).__name__} refutes nothing")
    return rule(written_out(claim), evidence, witness)


def _repaired(claim: Claim, evidence: Repair, witness: Point | None) -> Verdict:
    """False as it stands, true under a condition: conditional where the condition restricts a letter of which the text says
    nothing, else refuted with a repair."""
    found = _refutation(claim, evidence.refutation, witness)
    proof = _proved(narrowed(claim, evidence.condition), evidence.proof, evidence.witness)
    restricted = frozenset[str]().union(*map(letters_of, evidence.condition))
    silent = any(not d.declared and d.name in restricted for d in claim.scope.declarations)
    status = Status.CONDITIONAL if silent else Status.REFUTED
    trust = tuple(sorted(found.trust | set(proof.trust)))
    why = f"{found.why}; where the condition holds: {proof.why}"
    assuming = proof.assuming if silent else ()
    rest = tuple(relation for relation in assuming if relation not in evidence.condition)
    return make(claim, status, evidence, trust, rest, why, found.values, evidence.condition)


def _require_whole_ends(claim: Claim) -> None:
    """Ends of sums and products are declared integers: sampling would see none but whole ones."""
    facts = facts_of(claim.scope)
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head in ("sum", "prod") and any(facts.kind(end) != "integer" for end in part.args[2:]):
                raise NotAdmitted("a bound that is not declared an integer")


def _supported(claim: Claim, evidence: Overlap | Oracle) -> Verdict:
    if isinstance(evidence, Oracle):
        if evidence.name not in ORACLES or claim.relation != "~~" or claim.lhs.head != ORACLES[evidence.name]:
            raise NotAdmitted(f"the word of {evidence.name} does not count for such a claim")
        why = f"by {evidence.name}: {evidence.detail}"
        return make(claim, Status.SUPPORTED, evidence, (f"oracle:{evidence.name}",), (), why)
    plain = written_out(claim)
    if without_early_starts(plain) != plain:
        raise NotAdmitted("a recurrence is declared only from later members on than its start values")
    require_written_out(plain)
    require_given_members(plain)
    _require_whole_ends(plain)
    if heads(plain.lhs, plain.rhs) & {"limit", "integral"} or has_series(plain.lhs, plain.rhs):
        raise NotAdmitted("that a limit, integral or series exists at some points does not say that it does at others")
    if points.distinct(plain, evidence.points) < points.OVERLAPS_NEEDED:
        raise NotAdmitted(f"fewer than {points.OVERLAPS_NEEDED} points")
    points.check_dependence(plain, evidence.points)
    for point in evidence.points:
        points.check_overlap(plain, point)
    why = f"the sides agree to {points.OVERLAP_BITS} bits at {len(evidence.points)} exact points"
    return make(claim, Status.SUPPORTED, evidence, ("flint", "sampling"), (), why)
