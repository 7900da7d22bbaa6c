r"""A relation read with a matrix for a projection: ``M^T = M`` and ``M M = M``, as residual makers and hat matrices have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.core import Claim, Term
from derive.kernel.terms import number, subterms, symbol

MOST = 3
"""Matrices of one claim that are looked at."""
TWO, MINUS_ONE = number(2), number(-1)


def projected(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Each matrix of which nothing is said and which meets itself, with the claim where it is a projection."""
    silent = [d.name for d in claim.scope.declarations if len(d.shape) == 2 and not (d.declared or d.properties)]
    told = {str(one.lhs.value) for one in claim.scope.hypotheses if one.lhs.head == "symbol"}
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    inverted = {part.args[0] for part in parts if part.head == "pow" and part.args[1] == MINUS_ONE}
    for name in [name for name in silent if name not in told and symbol(name) not in inverted][:MOST]:
        letter = symbol(name)
        lhs, rhs = (_read(side, letter) for side in (claim.lhs, claim.rhs))
        if _meets_itself(claim.lhs, letter) or _meets_itself(claim.rhs, letter):
            yield name, replace(claim, lhs=lhs, rhs=rhs)


def _meets_itself(side: Term, letter: Term) -> bool:
    turned = _turned(side, letter)
    return any(
        (part.head == "mul" and any(pair == (letter, letter) for pair in zip(part.args, part.args[1:], strict=False)))
        or part == Term("pow", (letter, TWO))
        for part in subterms(turned)
    )


def _read(side: Term, letter: Term) -> Term:
    return _collapsed(_turned(side, letter), letter)


def _turned(term: Term, letter: Term) -> Term:
    """Transposes of products taken apart, and none left of the letter."""
    args = tuple(_turned(arg, letter) for arg in term.args)
    if term.head == "transpose":
        (inside,) = args
        if inside == letter:
            return letter
        if inside.head == "mul":
            return _flat(tuple(_turned(Term("transpose", (one,)), letter) for one in reversed(inside.args)))
        return inside.args[0] if inside.head == "transpose" else replace(term, args=args)
    if term.head == "mul":
        return _flat(args)
    return replace(term, args=args) if args else term


def _flat(factors: tuple[Term, ...]) -> Term:
    return Term("mul", tuple(part for one in factors for part in (one.args if one.head == "mul" else (one,))))


def _collapsed(term: Term, letter: Term) -> Term:
    args = tuple(_collapsed(arg, letter) for arg in term.args)
    if term.head == "pow" and args == (letter, TWO):
        return letter
    if term.head == "mul":
        kept = tuple(one for place, one in enumerate(args) if not (place and one == letter == args[place - 1]))
        return kept[0] if len(kept) == 1 else replace(term, args=kept)
    return replace(term, args=args) if args else term


__all__ = ["projected"]
