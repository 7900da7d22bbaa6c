"""Are both sides the same number at a point, though no ball can tell? By normal forms, with the numbers put in for the letters."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.core import Angles, Claim, Normal, Relation, Scope, Value
from derive.kernel.balls import Undefined, evaluate
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.inner import shown
from derive.kernel.terms import heads, letters_of, number, substitute
from derive.kernel.verdict import NotAdmitted

LARGEST = 1000
"""Numerators and denominators: long numbers are slow to factor, and no special points."""
INVERSES = {"arctan", "arcsin", "arccos"}


def same_number(relation: Relation, env: Mapping[str, Value]) -> bool:
    """Both sides are defined and proved equal at the point: rational values for all their letters."""
    lhs, rhs = relation.lhs, relation.rhs
    for name in letters_of(relation):
        value = env.get(name)
        if not isinstance(value, Fraction) or max(abs(value.numerator), value.denominator) > LARGEST:
            return False
        lhs, rhs = (substitute(side, name, number(value)) for side in (lhs, rhs))
    claim = Claim(lhs, "=", rhs, Scope())
    try:
        for side in (lhs, rhs):
            evaluate(side, {}, 128)
    except Undefined:
        return False
    return _shows(claim, Normal()) or (bool(heads(lhs, rhs) & INVERSES) and _shows(claim, Angles()))


def _shows(claim: Claim, evidence: Normal | Angles) -> bool:
    try:
        return not shown(claim, evidence).visible
    except (NotAdmitted, NoNormalForm, TooLarge, Undefined, ZeroDivisionError):
        return False
