"""One-symbol mutants of the true claims of the bank, each judged by the ladder and looked at by mpmath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from independent import at_point, random_opinions
from labelled_bank import Entry, entries
from mutations import Mutant, mutants, rank

from derive.core import Claim, Relation, Term
from derive.formula import Unread
from derive.formula.claims import read_claim
from derive.judge import judge_claims
from derive.kernel import NotAdmitted
from derive.kernel.balls import holds
from derive.kernel.facts import facts_of
from derive.kernel.heads import Natural, ShapeError, conditions_of, shape_of
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, letters_of, number, rational_value, sub, substitute, subterms
from derive.report import Finding

SPOTS = 6
TERMS_LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class BankMutant:
    """A true claim with one symbol changed, as read."""

    entry: Entry
    mutant: Mutant
    claim: Claim

    @property
    def change(self) -> str:
        """What kind of slip, without the symbols: ``'…' became '…'``."""
        return re.sub(r"'[^']*'", "'…'", re.sub(r" at \d+$", "", self.mutant.change))


@dataclass(frozen=True, slots=True)
class Outcome:
    """``false`` (refuted), ``equivalent`` (proved), ``supported``, ``misfit`` (matrices that do not fit together,
    ``\\infty + 1`` or what is defined nowhere: no claim at all) or ``unresolved``; ``doubt``: what mpmath says against it."""

    mutant: BankMutant
    outcome: str
    reason: str
    doubt: str | None = None


OUTCOMES = {"refuted": "false", "conditional": "false", "proved": "equivalent", "supported": "supported"}


def written(*wanted: str) -> list[tuple[Entry, Claim, Mutant]]:
    """Every mutant with the claim that it was made of, in the order of their SHA-256."""
    found = []
    for entry in entries(*wanted):
        if entry.truth == "true":
            try:
                claim = entry.read()
            except Unread:
                continue
            found += [(entry, claim, mutant) for mutant in mutants(entry.claim, claim.scope, None)]
    return sorted(found, key=lambda made: rank(f"{made[0].id}\n{made[2].formula}"))


def bank_mutants(*wanted: str) -> Iterator[BankMutant]:
    """All that can be read, and read neither as the claim itself nor as another mutant of it."""
    seen: set[tuple[str, Claim]] = set()
    for entry, claim, mutant in written(*wanted):
        try:
            changed = read_claim(mutant.formula, entry.given)
        except Unread:
            continue
        if changed != claim and (entry.id, changed) not in seen:
            seen.add((entry.id, changed))
            yield BankMutant(entry, mutant, changed)


def sampled(count: int | None, *wanted: str) -> list[BankMutant]:
    """The first ``count`` of them."""
    return list(islice(bank_mutants(*wanted), count))


def judged(chosen: Iterable[BankMutant]) -> Iterator[Outcome]:
    chosen = list(chosen)
    for one, finding in zip(chosen, judge_claims([one.claim for one in chosen]), strict=True):
        outcome = OUTCOMES.get(finding.status.value, "misfit" if is_misfit(one.claim) else "unresolved")
        yield Outcome(one, outcome, finding.reason, _doubt(finding, outcome))


def is_misfit(claim: Claim) -> bool:
    """The slip made something that no reader would take for a formula: matrices that do not fit, a sum with infinity, what is defined
    at no point."""
    if any(_calculates_with_infinity(part) for side in (claim.lhs, claim.rhs) for part in subterms(side)):
        return True
    if any(_is_undefined(side, claim) for side in (claim.lhs, claim.rhs)):
        return True
    if any(is_nowhere_defined(part, claim) for side in (claim.lhs, claim.rhs) for part in subterms(side)):
        return True
    try:
        shape_of(Term("add", (claim.lhs, claim.rhs)), claim.scope)
    except ShapeError:
        return True
    return False


def is_nowhere_defined(part: Term, claim: Claim) -> bool:
    """A divisor that is identically 0, a range with its ends the wrong way round, a sum with an undefined term at its lower end."""
    if part.head == "div":
        return _is_zero(part.args[1], claim)
    if part.head == "integral":
        return part.args[2] == part.args[3]
    if part.head not in ("sum", "prod"):
        return False
    body, letter, lower, upper = part.args
    if upper == Term("neg", (INFINITY,)):
        return True
    facts = facts_of(claim.scope)
    first = rational_value(lower)
    listed = [] if first is None else [number(first + j) for j in range(TERMS_LOOKED_AT)]
    there = [k for k in listed if upper == INFINITY or facts.non_negative(sub(upper, k))]
    return any(_is_undefined(substitute(body, str(letter.value), k), claim) for k in there)


def _is_undefined(term: Term, claim: Claim) -> bool:
    """Something that it asks for is false, with no letters left to choose."""
    for condition in conditions_of(term, claim.scope):
        if isinstance(condition, Natural):
            value = rational_value(condition.term)
            if value is not None and value < 0:
                return True
        elif isinstance(condition, Relation) and not letters_of(condition) and holds(condition, {}) is False:
            return True
    return any(_is_zero(part.args[1], claim) for part in subterms(term) if part.head == "div")


def _is_zero(term: Term, claim: Claim) -> bool:
    try:
        return with_normaliser(facts_of(claim.scope), lambda n: n.reduce(n.value(term)).is_zero)
    except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
        return False


def _calculates_with_infinity(term: Term) -> bool:
    return term.head in ("add", "mul", "div", "pow") and any(
        arg in (INFINITY, Term("neg", (INFINITY,))) for arg in term.args
    )


def _doubt(finding: Finding, outcome: str) -> str | None:
    if finding.contradiction is not None:
        return "proved and refuted at once"
    if outcome in ("equivalent", "supported"):
        fails = any(o.outcome == "fails" for o in random_opinions(finding.claim, SPOTS))
        return "fails at a random point" if fails else None
    if outcome == "false" and finding.counterexample is not None:
        opinion = at_point(finding.claim, finding.counterexample)
        return (
            f"the counterexample {opinion.outcome} ({opinion.reason})"
            if opinion.outcome in ("holds", "inadmissible")
            else None
        )
    return None
