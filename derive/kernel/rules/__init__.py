"""One rule for each kind of evidence that proves: it recomputes everything and says what it relied on, or raises NotAdmitted."""

from __future__ import annotations

from collections.abc import Callable

from derive.core import Asymptotic, Citation, Enclosure, Induction, Monotone, Normal
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.citation import citation
from derive.kernel.rules.enclosure import enclosure
from derive.kernel.rules.induction import induction
from derive.kernel.rules.limits import asymptotic
from derive.kernel.rules.monotone import monotone
from derive.kernel.rules.normal import normal

RULES: dict[type, Callable[..., Basis]] = {
    Normal: normal,
    Induction: induction,
    Enclosure: enclosure,
    Monotone: monotone,
    Asymptotic: asymptotic,
    Citation: citation,
    # sums and series
    # limits, derivatives and integrals
    # matrices
    # inequalities
    # probability
}

__all__ = ["ORDER", "RULES", "Basis"]
