"""The triangle inequality: |s| is at most the sum of the |p_j| for s = sum of p_j, and a factor sin or cos makes none larger."""

from __future__ import annotations

from derive.core import Claim, Relation, Term, Triangle
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, linear_form
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.nested import difference, positive, proved_within, require_defined, with_hypotheses
from derive.kernel.terms import ZERO, add, free_letters, letters_of, mul, number
from derive.kernel.verdict import NotAdmitted

AT_MOST_ONE = ("sin", "cos")


def triangle(claim: Claim, evidence: Triangle, facts: Facts) -> Basis:
    """high - low has the sign with the sum of the |kept_j| in place of |s|, which is subtracted in it."""
    term, strict = difference(claim, facts)
    whole = evidence.whole
    if whole.head != "abs" or linear_form(term).get(whole, 0) >= 0:
        raise NotAdmitted("no modulus that is subtracted")
    scope = with_hypotheses(claim.scope, visible_conditions(claim))
    total = add(*(mul(kept, *dropped) for kept, dropped in evidence.parts)) if evidence.parts else ZERO
    if not letters_of(Relation(total, "=", total)) <= free_letters(whole):
        raise NotAdmitted("a part with a letter of its own")
    for kept, dropped in evidence.parts:
        for factor in (kept, *dropped):
            if facts.kind(factor) == "complex":
                raise NotAdmitted("a part that may be complex")
        if any(factor.head not in AT_MOST_ONE for factor in dropped):
            raise NotAdmitted("only factors sin and cos are left out")
    same = Claim(whole.args[0], "=", total, scope)
    require_defined(visible_conditions(same), facts, "in the parts")
    basis = equal(same, facts)
    if basis is None:
        raise NotAdmitted("the parts do not add up")
    require_defined(basis.visible, facts, "in the parts")
    proof = proved_within(positive(with_sum(term, evidence), strict, scope), evidence.then, facts)
    return Basis(f"by the triangle inequality and |sin|, |cos| <= 1: {proof.why}", basis.trust | proof.trust)


def with_sum(term: Term, evidence: Triangle) -> Term:
    """The difference of the sides with the sum of the kept moduli in place of the modulus."""
    form = dict(linear_form(term))
    coefficient = form.pop(evidence.whole)
    rest = [number(c) if key is None else mul(number(c), key) for key, c in form.items() if c]
    return add(*rest, *(mul(number(coefficient), Term("abs", (kept,))) for kept, _ in evidence.parts), ZERO)
