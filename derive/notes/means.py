r"""A bar over the letter of a family for the mean of its members: ``\bar{x}``, ``\bar{X}_n`` beside ``\sum_{i=1}^n X_i``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Relation, Term
from derive.kernel.terms import free_letters, mul, number, subterms, symbol

BAR = "bar"
FIRST = number(Fraction(1))


def is_mean(name: str, claim: Claim) -> bool:
    """Both readings, a number and the mean, are looked at."""
    base, _, rest = name.partition("_")
    if rest != BAR and rest not in _with_size(claim):
        return False
    return any(d.name == base and d.family and not d.shape for d in claim.scope.declarations)


def _with_size(claim: Claim) -> frozenset[str]:
    """``bar_n`` where the sums of the claim run to n."""
    end = upper_end(claim)
    return frozenset([f"{BAR}_{end.value}"] if end is not None and end.head == "symbol" else [])


def with_means(claim: Claim) -> Claim:
    """The claim where each bar of which nothing else is said is the mean of x_1, ..., x_n; n is the end of its sums."""
    upper = upper_end(claim)
    if upper is None:
        return claim
    hypotheses = tuple(Relation(symbol(name), "=", _mean(name.partition("_")[0], upper)) for name in means_of(claim))
    if not hypotheses:
        return claim
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, *hypotheses)))


def means_of(claim: Claim) -> list[str]:
    """The letters with a bar that are read so: the sums of the claim have one end, and nothing is said of the letter."""
    if upper_end(claim) is None:
        return []
    plain = {d.name for d in claim.scope.declarations if d.family and not d.shape and d.law is None}
    told = {str(h.lhs.value) for h in claim.scope.hypotheses}
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    return sorted(name for name in used - told if name.partition("_")[0] in plain and is_mean(name, claim))


def upper_end(claim: Claim) -> Term | None:
    """The end of the sums of the claim that begin at 1."""
    ends = [
        part.args[3]
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head == "sum" and part.args[2] == FIRST
    ]
    return ends[0] if ends and len(set(ends)) == 1 else None


def _mean(name: str, upper: Term) -> Term:
    letter = symbol("i")
    total = Term("sum", (Term("index", (symbol(name), letter)), letter, FIRST, upper))
    return mul(Term("div", (FIRST, upper)), total)


__all__ = ["is_mean", "means_of", "with_means"]
