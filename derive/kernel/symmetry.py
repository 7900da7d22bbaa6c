"""An odd integrand over [-a, a] gives 0: f(-x) = -f(x) by normal forms, and f is continuous on the whole range."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.normal.table import with_normaliser
from derive.kernel.path import (
    MINUS_INFINITY,
    conditions_along,
    require_continuous_heads,
    throughout,
    with_letter,
)
from derive.kernel.primitive import fresh_letter
from derive.kernel.terms import INFINITY, add, substitute, symbol


def vanishes_by_symmetry(term: Term, facts: Facts) -> bool:
    """Proved; False where it could not be shown."""
    body, letter, lower, upper = term.args
    if lower in (INFINITY, MINUS_INFINITY) or upper in (INFINITY, MINUS_INFINITY):
        return False
    x = fresh_letter(str(letter.value), facts, body, lower, upper)
    body = substitute(body, str(letter.value), symbol(x))
    mirrored = substitute(body, x, Term("neg", (symbol(x),)))
    try:
        require_continuous(body, x, lower, upper, facts)
        inside = with_letter(x, None, None, facts)

        def zero(normaliser: Normaliser) -> bool:
            odd = normaliser.reduce(normaliser.value(add(body, mirrored)))
            ends = normaliser.reduce(normaliser.value(add(lower, upper)))
            return odd.is_zero and ends.is_zero and not normaliser.visible

        return with_normaliser(inside, zero)
    except (NoNormalForm, ZeroDivisionError):
        return False


def require_continuous(body: Term, x: str, lower: Term, upper: Term, facts: Facts) -> None:
    """On the closed range, so that the integral exists. Raises NoNormalForm."""
    require_continuous_heads(body, x)
    for relation in conditions_along(body, x, lower, upper, facts):
        if not throughout(relation, x, lower, upper, facts):
            raise NoNormalForm("the integrand is not known to be continuous on the range")
