"""What the reason of a verdict speaks of: the normal form that both sides share, the antiderivative, the antidifference, the
squares. Made only when a person will read it, never while searching.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from derive.core import (
    Antidifference,
    Claim,
    CreativeTelescoping,
    Declaration,
    Evidence,
    Induction,
    Integrated,
    Normal,
    Repair,
    Scope,
    Square,
    Squares,
    Status,
    Summed,
    Term,
)
from derive.formula import show
from derive.kernel import Verdict
from derive.kernel.budget import BudgetSpent
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, fraction
from derive.kernel.terms import ONE, ZERO, add, free_letters, is_nought, mul, number, power, substitute, symbol
from derive.kernel.verdict import NotAdmitted

LONGEST = 80
"""Characters of LaTeX: a longer term is not shown."""
MOST_TERMS = 8
PLAIN = ("symbol", "log", "abs", "radical", "apply", "prime", "factorial", "index")
"""Tags of the generators that a reader recognises."""
SHARED = "both sides have the same normal form"
FACTORED = "every factor of the difference has a sign by the declarations"


def explained(verdict: Verdict) -> str:
    """The kernel's sentence, with the term that it speaks of where that is short."""
    found = _spoken_of(verdict)
    text = show(found[1]) if found is not None else ""
    if found is None or len(text) > LONGEST:
        return verdict.why
    return f"{verdict.why}; {found[0]}: ${text}$" if found[0] else f"{verdict.why}: ${text}$"


def _spoken_of(verdict: Verdict) -> tuple[str, Term] | None:
    """A word for the term, and the term."""
    evidence = verdict.evidence.proof if isinstance(verdict.evidence, Repair) else verdict.evidence
    if verdict.status != Status.PROVED:
        return None
    if isinstance(evidence, Normal):
        form = _form(verdict.claim, verdict.why)
        return ("", form) if form is not None else None
    return _certificate(evidence)


def _certificate(evidence: Evidence) -> tuple[str, Term] | None:
    """What the evidence itself carries."""
    match evidence:
        case Integrated(primitives=(*_, (integral, primitive))):
            return "antiderivative", _tidy(primitive, str(integral.args[1].value))
        case Summed(closed=(*_, last)) if last.antidifference is not None:
            return "antidifference", _with_plain_letter(last.antidifference)
        case CreativeTelescoping(certificate=certificate):
            return "certificate", certificate
        case Squares(multiplier=multiplier, parts=parts) if multiplier == ONE:
            return "", add(*map(_weighted, parts)) if len(parts) > 1 else _weighted(parts[0])
        case Induction(multiplier=Term() as multiplier):
            return "multiplier", multiplier
    return None


def _tidy(primitive: Term, letter: str) -> Term:
    """Its normal form where that is readable."""
    try:
        facts = facts_of(Scope((Declaration(letter),)))
        return with_normaliser(facts, lambda n: _readable(n, n.value(primitive))) or primitive
    except (NoNormalForm, NotAdmitted, ZeroDivisionError, BudgetSpent):
        return primitive


def _with_plain_letter(found: Antidifference) -> Term:
    """In ``k`` instead of the fresh ``k''``, where that is no other letter."""
    plain = found.letter.rstrip("'")
    if plain in free_letters(found.function):
        return found.function
    return substitute(found.function, found.letter, symbol(plain))


def _weighted(part: Square) -> Term:
    factors = [number(part.coefficient)] if part.coefficient != 1 else []
    return mul(*factors, *part.factors, power(part.root, number(2)))


def _form(claim: Claim, why: str) -> Term | None:
    """The normal form of both sides of an equation, unless it is a mere copy of one of them; the factors of a difference."""
    facts = facts_of(claim.scope)
    try:
        if why == SHARED and claim.relation == "=" and not is_nought(claim.lhs) and not is_nought(claim.rhs):
            form = with_normaliser(facts, lambda normaliser: _readable(normaliser, normaliser.value(claim.lhs)))
            return None if form in (claim.lhs, claim.rhs) else form
        if why == FACTORED:
            return with_normaliser(facts, lambda normaliser: _factored(normaliser, claim))
    except (NoNormalForm, NotAdmitted, ZeroDivisionError, BudgetSpent):
        pass
    return None


def _factored(normaliser: Normaliser, claim: Claim) -> Term | None:
    """The larger side less the smaller one, as a product; None where there is but one factor, which says no more than the claim."""
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    content, found = normaliser.factors(normaliser.value(high) - normaliser.value(low))
    parts = [
        _raised(_readable(normaliser, Ratio(factor, normaliser.ring.constant(1))), multiplicity)
        for factor, multiplicity in found
    ]
    if any(part is None for part in parts) or (len(found) == 1 and found[0][1] == 1):
        return None
    size = number(abs(content))
    product = mul(*([size] if size != ONE or not parts else []), *(part for part in parts if part is not None))
    return product if content > 0 else Term("neg", (product,))


def _raised(base: Term | None, exponent: int) -> Term | None:
    if base is None or exponent == 1:
        return base
    return power(base, number(exponent))


def _readable(normaliser: Normaliser, value: Ratio) -> Term | None:
    """As a person writes it, if it is short and made of letters and familiar functions (not of exp(iu) and the like)."""
    value = normaliser.reduce(value)
    if len(value.num) + len(value.den) > MOST_TERMS:
        return None
    degrees = zip(normaliser.generators, value.num.degrees(), value.den.degrees(), strict=False)
    if any(g.tag not in PLAIN for g, *used in degrees if any(used)):
        return None
    top = _signed(normaliser, value.num.to_dict())
    return top if value.den.is_one() else Term("div", (top, _signed(normaliser, value.den.to_dict())))


def _signed(normaliser: Normaliser, terms: Mapping[tuple[int, ...], fmpq]) -> Term:
    """A polynomial as a person writes it: signs before the terms."""
    parts = []
    for exponents, coefficient in terms.items():
        size = abs(fraction(coefficient))
        factors = [number(size)] if size != 1 else []
        for generator, exponent in zip(normaliser.generators, exponents, strict=False):
            if exponent:
                factors.append(generator.term if exponent == 1 else power(generator.term, number(int(exponent))))
        product = mul(*factors) if factors else ONE
        parts.append(product if fraction(coefficient) > 0 else Term("neg", (product,)))
    return add(*parts) if parts else ZERO
