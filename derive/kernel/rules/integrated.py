"""Integrals worked out: by antiderivatives that are checked, by symmetry, by the closed list; then the rest of the claim."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from derive.core import Claim, Integrated, Term
from derive.kernel.facts import Facts
from derive.kernel.known_integrals import known_integral
from derive.kernel.linear_integrals import integrals_over_unit_range, one_integral_for_each_range
from derive.kernel.normal import NoNormalForm
from derive.kernel.path import MINUS_INFINITY, require_continuous_heads, with_letter
from derive.kernel.primitive import by_primitive, conditions
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.sign import sign
from derive.kernel.symmetry import vanishes_by_symmetry
from derive.kernel.terms import INFINITY, ZERO, free_letters, heads, letters_of, sub, substitute, symbol
from derive.kernel.verdict import NotAdmitted


@dataclass(slots=True)
class Book:
    """What was relied on."""

    primitives: dict[Term, Term]
    trust: set[str] = field(default_factory=lambda: {"flint"})
    used: list[str] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)
    """The letters that sums and integrals around the one at hand bind."""


def integrated(claim: Claim, evidence: Integrated, facts: Facts) -> Basis:
    """Every integral is replaced by its value, F(b) - F(a); what is left is an equation or inequality without integrals."""
    if claim.relation != "=" and claim.relation not in ORDER:
        raise NotAdmitted("neither an equation nor an inequality")
    book = Book(dict(evidence.primitives))
    claim = gathered(claim, evidence.gathered, facts)
    found = worked_out(claim, book, facts)
    basis = equal(found, facts) if claim.relation == "=" else sign(found, facts)
    if basis is None:
        raise NotAdmitted("with the values of the integrals, the two sides do not reach the same normal form")
    why = f"by {' and '.join(dict.fromkeys(book.used))}; then {basis.why}"
    return Basis(why, basis.trust | book.trust, basis.visible)


def gathered(claim: Claim, how: str, facts: Facts) -> Claim:
    """The claim as it is, or with its integrals gathered."""
    if how == "ranges":
        return one_integral_for_each_range(claim, facts)
    return integrals_over_unit_range(claim, facts) if how == "unit" else claim


def worked_out(claim: Claim, book: Book, facts: Facts) -> Claim:
    """The claim with values for its integrals. Raises NotAdmitted where there are none."""
    if "integral" not in heads(claim.lhs, claim.rhs):
        raise NotAdmitted("no integral")
    return replace(claim, lhs=value_of(claim.lhs, book, facts), rhs=value_of(claim.rhs, book, facts))


def value_of(term: Term, book: Book, facts: Facts) -> Term:
    """A term without integrals that has the same value."""
    if not term.args or "integral" not in heads(term):
        return term
    if term.head == "integral":
        return _integral(term, book, facts)
    inner = facts
    if term.head in ("sum", "prod"):
        inner = facts.under(term.args[1], term.args[2], term.args[3])
    elif term.head in ("limit", "derivative", "antiderivative", "gradient", "hessian", "diagonal_family", "expect"):
        raise NotAdmitted(f"an integral inside a {term.head}")
    first, *rest = term.args
    binds = [str(term.args[1].value)] if inner is not facts else []
    return replace(term, args=(_inside(first, binds, book, inner), *(value_of(arg, book, facts) for arg in rest)))


def _inside(body: Term, binds: list[str], book: Book, facts: Facts) -> Term:
    """The value of what stands where these letters are bound."""
    book.bound += binds
    try:
        return value_of(body, book, facts)
    finally:
        del book.bound[len(book.bound) - len(binds) :]


def _integral(term: Term, book: Book, facts: Facts) -> Term:
    body, letter, *ends = term.args
    name = str(letter.value)
    if any(name in letters_of(h) for h in facts.scope.hypotheses):
        raise NotAdmitted(f"a hypothesis speaks of {name}, over which is integrated")
    lower, upper = (value_of(end, book, facts) for end in ends)
    inner = _inside(body, [name], book, with_letter(name, lower, upper, facts))
    term = Term("integral", (inner, letter, lower, upper))
    if (known := known_integral(term, facts)) is not None:
        book.trust.add(f"axiom:{known[1]}")
        book.used.append(f"the theorem {known[1].replace('_', ' ')}")
        return known[0]
    primitive = book.primitives.get(term)
    if primitive is not None:
        try:
            found = by_primitive(term, primitive, facts)
        except NoNormalForm:
            if not vanishes_by_symmetry(term, facts):
                raise
        else:
            book.used.append("an antiderivative whose derivative is the integrand")
            return found
    if vanishes_by_symmetry(term, facts):
        book.used.append("an odd integrand over a symmetric range")
        return ZERO
    return _by_some_primitive(term, book, facts)


def _by_some_primitive(term: Term, book: Book, facts: Facts) -> Term:
    """What is continuous on the whole line has an antiderivative there; equal integrands get the same one.

    Not under a sum or integral whose letter the integrand speaks of: there would be another one for each value."""
    body, letter, lower, upper = term.args
    if (free_letters(body) - {str(letter.value)}) & set(book.bound):
        raise NoNormalForm("no antiderivative was found")
    infinite = (INFINITY, MINUS_INFINITY)
    if lower in infinite or upper in infinite or not heads(body) & {"apply", "prime"}:
        raise NoNormalForm("no antiderivative was found")
    x = "~x"
    body = substitute(body, str(letter.value), symbol(x))
    require_continuous_heads(body, x)
    if any(conditions(body, with_letter(x, None, None, facts))):
        raise NoNormalForm("no antiderivative was found")
    name = symbol(f"~F {body}")
    book.used.append("some antiderivative of each integrand")
    return sub(Term("apply", (name, upper)), Term("apply", (name, lower)))
