"""A random number with finitely many values, declared by counting cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from derive.authoring import Letter, rational
from derive.core import Declaration, Scope
from derive.formula import read
from derive.formula.given_laws import law_of


def finite_number(name: str, cases: Sequence[Fraction]) -> Letter:
    """Each of the ``cases`` is equally likely."""
    counted = Counter(cases)
    atoms = ", ".join(
        f"{rational(value)}: {rational(Fraction(times, len(cases)))}" for value, times in sorted(counted.items())
    )
    return Letter(Declaration(name, "real", law=law_of(f"finite({atoms})", lambda text: read(text, Scope()))))
