"""What a claim is about: its own letters, and those that what is said of them speaks of. What the text says of other letters
neither helps nor hinders.

A hypothesis on other letters restricts none of those that the claim has: whether there is a point at which it holds is no
matter of the claim. What is dropped here is dropped from what is proved, too.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Declaration, Scope
from derive.kernel.terms import free_letters, letters_of


def relevant(claim: Claim) -> Claim:
    """The claim with the declarations and hypotheses that bear on its letters."""
    scope = claim.scope
    declared = {d.name: d for d in scope.declarations}
    known = free_letters(claim.lhs) | free_letters(claim.rhs)
    while (wider := _one_step_on(known, declared, scope)) != known:
        known = wider
    hypotheses = tuple(h for h in scope.hypotheses if letters_of(h) & known)
    declarations = tuple(d for d in scope.declarations if d.name in known)
    independent = tuple(block for block in scope.independent if known & set(block))
    return replace(
        claim, scope=replace(scope, declarations=declarations, hypotheses=hypotheses, independent=independent)
    )


def _one_step_on(known: frozenset[str], declared: dict[str, Declaration], scope: Scope) -> frozenset[str]:
    """With the letters of their declarations, and of the hypotheses and independent groups in which they are."""
    said = (_spoken_of_with(declared[name]) for name in known & declared.keys())
    told = (letters_of(h) for h in scope.hypotheses if letters_of(h) & known)
    return known.union(*said, *told, *(block for block in scope.independent if known & set(block)))


def _spoken_of_with(declaration: Declaration) -> frozenset[str]:
    """The letters in what a declaration says: bounds, sizes, the parameters of a law."""
    law = declaration.law
    terms = (law.mean, law.variance, *law.parameters) if law is not None else ()
    sizes = frozenset(size for size in declaration.shape if isinstance(size, str))
    return sizes.union(*map(letters_of, declaration.where), *map(free_letters, terms))


__all__ = ["relevant"]
