"""An inequality that is an inequality of the hypotheses with the same function applied to both sides."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Evidence, Hints, Monotone, Term
from derive.kernel.terms import ONE, free_letters, power, subterms, symbol

ORDER = ("<", "<=", ">", ">=")
VARIABLE = "u"


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Powers with the exponents that occur in the claim or the hypothesis, and their reciprocals; log, exp, multiples."""
    if claim.relation not in ORDER:
        return
    for position, hypothesis in enumerate(claim.scope.hypotheses):
        if hypothesis.relation in ORDER:
            for body in _candidates(claim, hypothesis.lhs, hypothesis.rhs):
                yield Monotone(position, body, VARIABLE)


def _candidates(claim: Claim, *sides: Term) -> Iterator[Term]:
    x = symbol(VARIABLE)
    exponents = [
        part.args[1] for side in (*sides, claim.lhs, claim.rhs) for part in subterms(side) if part.head == "pow"
    ]
    for exponent in dict.fromkeys(exponents):
        if VARIABLE not in free_letters(exponent):
            yield power(x, exponent)
            yield power(x, Term("div", (ONE, exponent)))
    yield Term("log", (x,))
    yield Term("exp", (x,))
