"""Whether a user's function can be worked with at all: it depends on x, and somewhere it has a derivative."""

from __future__ import annotations

from fractions import Fraction

from derive.core import InputError, Term
from derive.functions.rational import quotient_of
from derive.functions.taylor import Outside, Unclear, derivatives, point

POINTS = 101


def require_usable(term: Term, window: Fraction, place: str) -> None:
    """Raises InputError for what contains x and does not depend on it (x - x), or has no derivative at any of the points tried."""
    quotient = quotient_of(term)
    if quotient is not None and quotient.above.degree() < 1 and quotient.below.degree() < 1:
        raise InputError(
            f"{place} is a constant, though it contains x; the derivative, by which is divided, is 0 everywhere"
        )
    if not any(_differentiable(term, window * Fraction(2 * k - POINTS, POINTS)) for k in range(POINTS + 1)):
        raise InputError(
            f"{place} has no derivative at any of {POINTS + 1} points from -{window} to {window}; give a function that is defined there"
        )


def _differentiable(term: Term, q: Fraction) -> bool:
    try:
        derivatives(term, point(q), 1, 128)
    except (Outside, Unclear):
        return False
    return True
