"""Summands that are shifts of one another: sum_j c_j B(k + j) with sum_j c_j = 0 telescopes, whatever B is.

G = sum_j c_j (B(k) + ... + B(k + j - 1)), as for log(1 + 1/k) = log(k + 1) - log k.
"""

from __future__ import annotations

from derive.core import Term
from derive.kernel.normal import Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import add, free_letters, number, substitute, symbol

FARTHEST = 3
MOST_MEMBERS = 6


def telescoped(normaliser: Normaliser, groups: list[Ratio], letter: str) -> Ratio | None:
    """G for the sum of the groups, where all of them are multiples of shifts of one."""
    if not 2 <= len(groups) <= MOST_MEMBERS:
        return None
    for base in groups:
        members = [_member(normaliser, base, group, letter) for group in groups]
        if any(member is None for member in members):
            continue
        placed = [member for member in members if member is not None]
        total, balance = normaliser.constant(0), normaliser.constant(0)
        for j, coefficient in placed:
            balance += coefficient
            for i in range(j):
                total += coefficient * _at(normaliser, base, letter, i)
        if normaliser.reduce(balance).is_zero:
            return normaliser.reduce(total)
    return None


def _member(normaliser: Normaliser, base: Ratio, group: Ratio, letter: str) -> tuple[int, Ratio] | None:
    """(j, c) with group = c B(k + j), c free of k, j >= 0."""
    for j in range(FARTHEST + 1):
        quotient = normaliser.reduce(group / _at(normaliser, base, letter, j))
        used = [i for p in (quotient.num, quotient.den) for i, d in enumerate(p.degrees()) if d > 0]
        if not any(letter in free_letters(normaliser.generators[i].term) for i in used):
            return j, quotient
    return None


def _at(normaliser: Normaliser, base: Ratio, letter: str, j: int) -> Ratio:
    term: Term = normaliser.ratio_term(base)
    return normaliser.value(substitute(term, letter, add(symbol(letter), number(j)))) if j else base
