"""Letters taken apart: a real one into an integer and a rest, a complex one into its real and imaginary part."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Declaration, RealParts, Relation, Residues, Scope, Term, WholePart
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.inner import shown
from derive.kernel.terms import (
    ONE,
    ZERO,
    add,
    free_letters,
    letters_of,
    mul,
    number,
    substitute,
    substitute_relation,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

LARGEST_MODULUS = 12
I = Term("constant", (), "i")  # noqa: E741  the imaginary unit


def whole_part(claim: Claim, evidence: WholePart, facts: Facts) -> Basis:
    """x = n + r with an integer n and 0 <= r < 1, which every real x is."""
    found = shown(with_whole_part(claim, evidence.letter), evidence.then)
    return _in_old_letters(claim, found, f"with {evidence.letter} = n + r, n an integer, 0 <= r < 1")


def real_parts(claim: Claim, evidence: RealParts, facts: Facts) -> Basis:
    """z = a + i b with real a and b, which every complex z is."""
    return _in_old_letters(
        claim, shown(with_real_parts(claim), evidence.then), "with z = a + i b for each complex letter"
    )


def residues(claim: Claim, evidence: Residues, facts: Facts) -> Basis:
    """n = k m + r with an integer m and r one of 0, ..., k - 1, which every integer n is: one proof for each r."""
    k = len(evidence.parts)
    if not 2 <= k <= LARGEST_MODULUS:
        raise NotAdmitted("residues for a modulus between 2 and 12")
    found = [shown(with_residue(claim, evidence.letter, k, r), proof) for r, proof in enumerate(evidence.parts)]
    trust = frozenset[str]().union(*(basis.trust for basis in found))
    visible = tuple(dict.fromkeys(v for basis in found for v in basis.visible))
    why = "; ".join(dict.fromkeys(basis.why for basis in found))
    return _in_old_letters(claim, Basis(why, trust, visible), f"for each residue of {evidence.letter} modulo {k}")


def _in_old_letters(claim: Claim, found: Basis, how: str) -> Basis:
    known = {declaration.name for declaration in claim.scope.declarations}
    if any(not letters_of(relation) <= known for relation in found.visible):
        raise NotAdmitted("a condition on the parts of a letter is left")
    return replace(found, why=f"{how}: {found.why}")


def with_whole_part(claim: Claim, name: str) -> Claim:
    """The claim in the letters ``x_n`` and ``x_r`` for x. Raises NotAdmitted."""
    letter = _plain_letter(claim, name, "real")
    n, r = _fresh(claim, f"{name}_n"), _fresh(claim, f"{name}_r")
    bounds = (Relation(symbol(r), ">=", ZERO), Relation(symbol(r), "<", ONE))
    new = (Declaration(n, "integer"), Declaration(r, "real", where=bounds))
    return _replaced(claim, letter, add(symbol(n), symbol(r)), new)


def with_residue(claim: Claim, name: str, k: int, r: int) -> Claim:
    """The claim for ``name = k m + r``. Raises NotAdmitted."""
    letter = _plain_letter(claim, name, "integer")
    m = _fresh(claim, f"{name}_m")
    return _replaced(claim, letter, add(mul(number(k), symbol(m)), number(r)), (Declaration(m, "integer"),))


def with_real_parts(claim: Claim) -> Claim:
    """The claim in real letters only. Raises NotAdmitted."""
    letters = [d for d in claim.scope.declarations if d.domain == "complex" and d.name in _letters(claim)]
    if not letters:
        raise NotAdmitted("there is no complex letter")
    for letter in letters:
        _plain_letter(claim, letter.name, "complex")
        a, b = _fresh(claim, f"{letter.name}_a"), _fresh(claim, f"{letter.name}_b")
        z = add(symbol(a), mul(I, symbol(b)))
        claim = _replaced(claim, letter, z, (Declaration(a, "real"), Declaration(b, "real")))
    return claim


def _letters(claim: Claim) -> frozenset[str]:
    return free_letters(claim.lhs) | free_letters(claim.rhs)


def _plain_letter(claim: Claim, name: str, domain: str) -> Declaration:
    """The declaration of a scalar letter that nothing ties to more than plain relations. Raises NotAdmitted."""
    found = next((d for d in claim.scope.declarations if d.name == name), None)
    if found is None or found.domain != domain or found.shape or found.law or found.family or found.function:
        raise NotAdmitted(f"{name} is no plain {domain} letter")
    moments = [t for d in claim.scope.declarations if d.law for t in (d.law.mean, d.law.variance, *d.law.parameters)]
    bounds = [r for d in claim.scope.declarations if d.name != name for r in d.where]
    if any(name in free_letters(t) for t in moments) or any(name in letters_of(r) for r in bounds):
        raise NotAdmitted(f"the declaration of another letter mentions {name}")
    return found


def _fresh(claim: Claim, name: str) -> str:
    taken = {d.name for d in claim.scope.declarations} | {str(s) for d in claim.scope.declarations for s in d.shape}
    while name in taken:
        name += "'"
    return name


def _replaced(claim: Claim, letter: Declaration, by: Term, new: tuple[Declaration, ...]) -> Claim:
    """``by`` for the letter everywhere, its bounds among the hypotheses."""
    kept = tuple(d for d in claim.scope.declarations if d is not letter)
    relations = tuple(substitute_relation(r, letter.name, by) for r in (*claim.scope.hypotheses, *letter.where))
    scope = Scope((*kept, *new), relations, (), claim.scope.independent)
    lhs, rhs = (substitute(side, letter.name, by) for side in (claim.lhs, claim.rhs))
    return Claim(lhs, claim.relation, rhs, scope)
