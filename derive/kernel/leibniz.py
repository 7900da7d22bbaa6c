"""d/dx of an integral whose ends or integrand depend on x: the rule of Leibniz."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Term
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ZERO, add, free_letters, mul, substitute, symbol


def slope_of_integral(term: Term, x: str, facts: Facts | None) -> Term:
    """f(x, b) b' - f(x, a) a' + int_a^b df/dx dt, where f and df/dx are continuous around the path from a to b.

    Raises NoNormalForm where that does not follow from the facts, or an end is infinite."""
    from derive.kernel.path import continuous_around

    body, letter, lower, upper = term.args
    t = str(letter.value)
    if t == x or any("infinity" in str(part) for part in (lower, upper)):
        raise NoNormalForm("the derivative of an improper integral")
    if facts is None:
        raise NoNormalForm("nothing is known of the integrand of a derivative")
    if t in free_letters(lower) | free_letters(upper):
        fresh = symbol(f"{t}'")
        body, letter, t = substitute(body, t, fresh), fresh, str(fresh.value)
    slope = differentiate(body, x, facts)
    for part in (body, slope):
        continuous_around(part, t, lower, upper, facts)
    parts = []
    for end, sign in ((upper, 1), (lower, -1)):
        velocity = differentiate(end, x, facts)
        if velocity != ZERO:
            flow = mul(substitute(body, t, end), velocity)
            parts.append(flow if sign > 0 else Term("neg", (flow,)))
    if slope != ZERO:
        parts.append(replace(term, args=(slope, letter, lower, upper)))
    return add(*parts) if parts else ZERO
