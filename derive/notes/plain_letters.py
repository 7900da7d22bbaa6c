"""Letters of which a text says nothing, as an author means them: positive numbers, acute angles, counts that are no edge case.

Each function makes a claim with such letters of a claim; a letter that is declared stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Relation, Term
from derive.kernel.terms import ZERO, free_letters, heads, number, rational_value, sub, substitute, subterms, symbol


def told_angles(claim: Claim) -> frozenset[str]:
    """Angles of which a sine is given."""
    told = (part for one in claim.scope.hypotheses for side in (one.lhs, one.rhs) for part in subterms(side))
    return frozenset[str]().union(*(free_letters(part) for part in told if part.head in ANGLES))


GREEK_ANGLES = frozenset(["theta", "phi", "varphi", "alpha", "beta", "psi"])


def angles(claim: Claim) -> frozenset[str]:
    """Greek letters by themselves in sines and cosines."""
    parts = (part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head in ANGLES)
    return frozenset(str(part.args[0].value) for part in parts if part.args[0].head == "symbol") & GREEK_ANGLES


def acute(claim: Claim, angles: frozenset[str]) -> Claim:
    """An angle of which no range is given may be one between 0 and pi/2."""
    silent = [
        symbol(d.name)
        for d in claim.scope.declarations
        if d.name in angles and d.domain == "real" and not (d.declared or d.where or d.shape or d.family or d.function)
    ]
    quarter = Term("div", (Term("constant", (), "pi"), number(2)))
    ends = [bound for x in silent for bound in (Relation(x, ">", ZERO), Relation(x, "<", quarter))]
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, *ends)))


def filled(claim: Claim) -> Claim:
    """A letter of which nothing is said and up to which sums run from a numeral on is no smaller than that: ``a_0 + a_1`` and the rest
    from 2 to n are all of a sum from 0 to n only where they occur in it."""
    ranges = [
        (str(part.args[3].value), low)
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head in ("sum", "prod") and part.args[3].head == "symbol"
        if (low := rational_value(part.args[2])) is not None
    ]
    least = {name: max(low for other, low in ranges if other == name) for name, _ in ranges}
    letters = tuple(
        replace(d, where=(Relation(symbol(d.name), ">=", number(least[d.name])),))
        if d.name in least and d.domain == "integer" and not (d.declared or d.family or d.law)
        else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


COUNTING = frozenset("jklmn")
ANGLES = frozenset(["sin", "cos", "tan"])


def whole(claim: Claim) -> Claim:
    r"""``\sin(n \pi)`` is 0: a letter that counts, beside an angle, is a positive whole number where nobody says otherwise."""
    if ANGLES.isdisjoint(heads(claim.lhs, claim.rhs)):
        return claim
    letters = tuple(map(_made_whole, claim.scope.declarations))
    return replace(claim, scope=replace(claim.scope, declarations=letters))


IMAGINARY = Term("constant", (), "i")


def with_imaginary_j(claim: Claim) -> Claim:
    r"""``e^{-j \Omega k}`` and ``\sigma + j \omega``, as engineers write it."""
    j = next((d for d in claim.scope.declarations if d.name == "j" and not d.declared and not d.family), None)
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    indices = frozenset[str]().union(*(free_letters(part.args[1]) for part in parts if part.head == "index"))
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    if j is None or j.shape or "j" not in used - indices:
        return claim
    letters = tuple(d for d in claim.scope.declarations if d is not j)
    lhs, rhs = (substitute(side, "j", IMAGINARY) for side in (claim.lhs, claim.rhs))
    return replace(claim, lhs=lhs, rhs=rhs, scope=replace(claim.scope, declarations=letters))


SIZES = frozenset("nmNMKT")
LEAST_COUNT = 3
"""A sample, a dimension or a number of steps of which nothing is said is no smaller."""


def counted(claim: Claim) -> Claim:
    """``\\frac{2}{n-1} > \\frac{2n-1}{n^2}``: a letter that counts is a whole number, and no edge case."""
    letters = tuple(map(_made_a_count, claim.scope.declarations))
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_a_count(letter: Declaration) -> Declaration:
    plain = not (letter.shape or letter.family or letter.law or letter.function or letter.declared or letter.where)
    if not plain or letter.name not in SIZES or letter.domain not in ("real", "integer"):
        return letter
    return replace(
        letter, domain="integer", where=(Relation(symbol(letter.name), ">=", number(Fraction(LEAST_COUNT))),)
    )


def _made_whole(letter: Declaration) -> Declaration:
    plain = not (letter.shape or letter.family or letter.law or letter.function)
    if not plain or letter.name not in COUNTING or letter.domain != "real":
        return letter
    return replace(letter, domain="integer", where=(*letter.where, Relation(symbol(letter.name), ">", ZERO)))


def positive(claim: Claim) -> Claim:
    """What is defined by random letters has the law that comes of theirs: nothing is asked of it besides."""
    laws = {d.name for d in claim.scope.declarations if d.law is not None}
    defined = {
        str(h.lhs.value)
        for h in claim.scope.hypotheses
        if h.relation == "=" and h.lhs.head == "symbol" and laws & free_letters(h.rhs)
    }
    letters = tuple(d if d.name in defined else _made_positive(d) for d in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_positive(declaration: Declaration) -> Declaration:
    plain = not (declaration.shape or declaration.law or declaration.function or declaration.where)
    if declaration.declared or not plain or declaration.domain == "complex":
        return declaration
    letter = symbol(declaration.name)
    letter = Term("index", (letter, symbol("k"))) if declaration.family else letter
    return replace(declaration, where=(Relation(letter, ">", ZERO),))


TINY = Fraction(1, 1000)
"""Within the radius of convergence of most power series."""


def below_one(claim: Claim, most: Fraction = Fraction(1)) -> Claim:
    """With the letters below 1, or below what is given, that were made positive."""
    letters = tuple(_made_small(letter, most) for letter in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_small(declaration: Declaration, most: Fraction) -> Declaration:
    plain = declaration.domain == "real" and not (declaration.declared or declaration.shape or declaration.family)
    if not plain or len(declaration.where) != 1 or declaration.law or declaration.function:
        return declaration
    return replace(declaration, where=(*declaration.where, Relation(symbol(declaration.name), "<", number(most))))


def complementary(claim: Claim) -> Claim:
    """Where p and q are the probabilities of success and failure, they sum to 1."""
    silent = {
        d.name for d in claim.scope.declarations if not (d.declared or d.shape or d.family or d.law or d.function)
    }
    told = {str(h.lhs.value) for h in claim.scope.hypotheses}
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    if not {"p", "q"} <= silent & used or {"p", "q"} & told:
        return claim
    sum_is_one = Relation(symbol("q"), "=", sub(number(Fraction(1)), symbol("p")))
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, sum_is_one)))


__all__ = [
    "ANGLES",
    "LEAST_COUNT",
    "TINY",
    "acute",
    "angles",
    "below_one",
    "complementary",
    "counted",
    "filled",
    "positive",
    "told_angles",
    "whole",
    "with_imaginary_j",
]
