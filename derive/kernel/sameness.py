"""Whether two terms are equal by normal forms and the hypotheses: True is a proof, False is "could not show it"."""

from __future__ import annotations

from collections.abc import Callable

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.words import polynomial_of, words


def same_matrix(a: Term, b: Term, facts: Facts) -> bool:
    """Equal by matrix algebra and the hypotheses."""

    def difference(normaliser: Normaliser) -> bool:
        algebra = words(normaliser, facts)
        left, right = polynomial_of(algebra, a, facts), polynomial_of(algebra, b, facts)
        return not algebra.plus(left, algebra.scaled(right, normaliser.constant(-1)))

    return _vanishes(difference, facts)


def same_scalar(a: Term, b: Term, facts: Facts) -> bool:
    """Equal numbers by the zero test and the hypotheses."""

    def difference(normaliser: Normaliser) -> bool:
        return normaliser.reduce(normaliser.value(a) - normaliser.value(b)).is_zero

    return _vanishes(difference, facts)


def _vanishes(difference: Callable[[Normaliser], bool], facts: Facts) -> bool:
    """First with defined letters closed, then unfolded."""
    for unfold in (False, True):
        try:
            if with_normaliser(facts, difference, unfold):
                return True
        except (NoNormalForm, ZeroDivisionError):
            continue
    return False
