"""Claims of known truth in any number: true by random rewriting, false by one change that mpmath confirms to be one.

Deterministic for a seed. A rewriting rule replaces a part by one that is equal wherever both are defined, so that both ends of
a chain of them agree. Positive means positive by the declarations: ``p`` and ``q`` are, ``x``, ``y`` and ``z`` may be anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from independent import random_opinions

from derive.core import Claim, Scope, Term
from generated.analysis import derivative_seed, differentiate, integral_seed, integrate
from generated.branches import branch_seed, careless
from generated.changes import changed, ordered
from generated.laws import SCOPE as LAW_SCOPE
from generated.laws import law_rules, law_seed
from generated.rules import (
    Rule,
    angles,
    chance_rules,
    closed_sums,
    common_divisor,
    commute,
    distribute,
    exponentials,
    fold_sign,
    logarithms,
    matrix_rules,
    multiply_out,
    over_sums,
    real_powers,
    roots,
    split_number,
    split_quotient,
    square_out,
    there_and_back,
    whole_powers,
)
from generated.seeds import (
    Seed,
    average,
    exponential,
    matrix_claim,
    polynomial,
    powers,
    rational,
    summation,
    trigonometric,
)
from generated.steps import step_seed, steps
from generated.terms import CHANCES, MATRICES, SCALARS, WITH_INTEGERS, mentions
from generated.walking import inside_binder, places, replaced

SPOTS = 2
LOOKS = 6
CARELESS_LOOKS = 30
CARELESS = ("branches",)
"""Kinds whose rules hold for some signs only: all their claims are false, those that mpmath does not find false thrown away."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A claim, whether it is true, its kind (the field) and how it was made (the rules, or the change)."""

    claim: Claim
    truth: bool
    kind: str
    how: str


class Unsound(Exception):
    """mpmath contradicts a claim that is true by construction: a rule of this file is wrong."""


ALGEBRA: tuple[Rule, ...] = (commute, distribute, square_out, multiply_out, split_number, there_and_back, fold_sign)
KINDS: dict[str, tuple[Scope, Seed, tuple[Rule, ...]]] = {
    "polynomial": (SCALARS, polynomial, ALGEBRA),
    "rational": (SCALARS, rational, (*ALGEBRA, common_divisor, split_quotient)),
    "exponential": (
        SCALARS,
        exponential,
        (exponentials, logarithms, roots, real_powers, commute, distribute, there_and_back),
    ),
    "trigonometric": (SCALARS, trigonometric, (angles, angles, exponentials, commute, distribute, square_out)),
    "powers": (WITH_INTEGERS, powers, (whole_powers, whole_powers, commute, distribute, there_and_back)),
    "sums": (WITH_INTEGERS, summation, (over_sums, over_sums, closed_sums, closed_sums, commute, distribute)),
    "matrices": (MATRICES, matrix_claim, (matrix_rules, matrix_rules, matrix_rules)),
    "derivatives": (SCALARS, derivative_seed, (differentiate, differentiate, commute, distribute, angles)),
    "integrals": (SCALARS, integral_seed, (integrate, integrate, commute, distribute)),
    "steps": (WITH_INTEGERS, step_seed, (steps, steps, commute, distribute)),
    "laws": (LAW_SCOPE, law_seed, (law_rules, law_rules, law_rules, distribute, square_out)),
    "branches": (SCALARS, branch_seed, (careless, careless, careless, commute, exponentials)),
    "expectations": (CHANCES, average, (chance_rules, chance_rules, commute)),
}


def _only_numbers_commute(t: Term, rule: Rule, kind: str) -> bool:
    """Matrix factors keep their order."""
    return not (kind == "matrices" and rule is commute and t.head == "mul")


def rewritten(t: Term, kind: str, r: Random) -> tuple[Term, str] | None:
    """One random rule at one random place where it applies."""
    rules = KINDS[kind][2]
    everywhere = list(places(t))
    for _ in range(12):
        path, part = r.choice(everywhere)
        rule = r.choice(rules)
        if rule in (there_and_back, split_number) and (inside_binder(t, path) or r.random() < 0.75):
            continue
        new = rule(part, r) if _only_numbers_commute(part, rule, kind) else None
        if new is not None and new != part:
            return replaced(t, path, new), rule.__name__
    return None


def chain(r: Random, kind: str) -> tuple[Term, Term, str] | None:
    """A seed and what a few rules make of it."""
    seed = KINDS[kind][1](r, r.choice((1, 2, 2, 3)))
    term, names = seed, []
    for _ in range(r.choice((1, 2, 3, 4))):
        found = rewritten(term, kind, r)
        if found is not None:
            term, name = found
            names.append(name)
    return (seed, term, " ".join(names)) if names and term != seed else None


def generated(count: int, seed: int = 0, kinds: tuple[str, ...] = tuple(KINDS)) -> Iterator[Generated]:
    """``count`` claims, about half of them true. Raises Unsound where mpmath contradicts a true one."""
    r = Random(seed)
    given = 0
    while given < count:
        made = _one(r, kinds[given % len(kinds)])
        if made is not None:
            yield made
            given += 1


def _one(r: Random, kind: str) -> Generated | None:
    found = chain(r, kind)
    if found is None:
        return None
    lhs, rhs, how = found
    scope = _used(KINDS[kind][0], lhs, rhs)
    if r.random() < 0.5:
        lhs, rhs = rhs, lhs
    claim, truth = Claim(lhs, "=", rhs, scope), True
    if kind in CARELESS:
        return _confirmed(Generated(claim, False, kind, how), r)
    if kind in ("polynomial", "rational") and r.random() < 0.2:
        claim, truth, note = ordered(Claim(lhs, "=", rhs, KINDS[kind][0]), r)
        claim = Claim(claim.lhs, claim.relation, claim.rhs, _used(claim.scope, claim.lhs, claim.rhs))
        how = f"{how}; {note}"
    elif r.random() < 0.5:
        slip = changed(rhs, r)
        if slip is None:
            return None
        claim, truth, how = Claim(lhs, "=", slip[0], _used(KINDS[kind][0], lhs, slip[0])), False, f"{how}; {slip[1]}"
    return _confirmed(Generated(claim, truth, kind, how), r)


def _used(scope: Scope, *sides: Term) -> Scope:
    """The declarations that the claim needs."""
    kept = [d for d in scope.declarations if any(mentions(side, d.name) for side in sides)]
    needed = {str(t.value) for d in kept if d.law is not None for t in (d.law.mean, d.law.variance)}
    declarations = tuple(d for d in scope.declarations if d in kept or d.name in needed)
    names = {d.name for d in declarations}
    independent = tuple(group for group in scope.independent if set(group) <= names)
    return Scope(declarations, (), (), independent)


def _opinions(claim: Claim, looks: int, seed: int) -> set[str]:
    """What mpmath finds. A failure counts where it stays with more digits at the same points: at x = -3 the two products of
    3b + bx cancel, and what is left of a large b is rounding."""
    found = {o.outcome for o in random_opinions(claim, looks, seed, 40)}
    return found if "fails" not in found else {o.outcome for o in random_opinions(claim, looks, seed, 110)}


def _confirmed(made: Generated, r: Random) -> Generated | None:
    """A true claim holds wherever mpmath looks; a false one fails somewhere, or it is thrown away."""
    if made.claim.lhs == made.claim.rhs:
        return None
    looks = SPOTS if made.truth else CARELESS_LOOKS if made.kind in CARELESS else LOOKS
    opinions = _opinions(made.claim, looks, r.randrange(10**9))
    if "open" in opinions:  # a slip made it ill-shaped
        return None
    if made.truth and "fails" in opinions:
        raise Unsound(f"{made.kind}: {made.how}: {made.claim}")
    return made if made.truth or "fails" in opinions else None
