"""One rule for each kind of evidence that proves: it recomputes everything and says what it relied on, or raises NotAdmitted."""

from __future__ import annotations

from collections.abc import Callable

from derive.core import (
    Angles,
    Asymptotic,
    Cases,
    Citation,
    Contradiction,
    CreativeTelescoping,
    DifferentTraces,
    Enclosure,
    FirstValues,
    Induction,
    Injective,
    InRange,
    Integrated,
    Monotone,
    Normal,
    RealParts,
    Rearranged,
    Reflected,
    Residues,
    SameDerivative,
    SquaredNorms,
    Summed,
    WhereVisible,
    WholePart,
)
from derive.kernel.rules.angles import angles
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.cases import cases, contradiction
from derive.kernel.rules.citation import citation
from derive.kernel.rules.creative import creative_telescoping
from derive.kernel.rules.different_traces import different_traces
from derive.kernel.rules.enclosure import enclosure
from derive.kernel.rules.first_values import first_values
from derive.kernel.rules.in_range import in_range
from derive.kernel.rules.induction import induction
from derive.kernel.rules.inequalities import INEQUALITIES
from derive.kernel.rules.injective import injective
from derive.kernel.rules.integrated import integrated
from derive.kernel.rules.limits import asymptotic
from derive.kernel.rules.monotone import monotone
from derive.kernel.rules.normal import normal
from derive.kernel.rules.parts import real_parts, residues, whole_part
from derive.kernel.rules.rearranged import rearranged
from derive.kernel.rules.reflected import reflected
from derive.kernel.rules.same_derivative import same_derivative
from derive.kernel.rules.squared_norms import squared_norms
from derive.kernel.rules.summed import summed
from derive.kernel.rules.where_visible import where_visible

RULES: dict[type, Callable[..., Basis]] = {
    Normal: normal,
    Induction: induction,
    FirstValues: first_values,
    WhereVisible: where_visible,
    Enclosure: enclosure,
    Monotone: monotone,
    Asymptotic: asymptotic,
    Citation: citation,
    # scalars
    Cases: cases,
    Contradiction: contradiction,
    Injective: injective,
    InRange: in_range,
    Rearranged: rearranged,
    WholePart: whole_part,
    Residues: residues,
    RealParts: real_parts,
    SameDerivative: same_derivative,
    Angles: angles,
    # sums and series
    Summed: summed,
    CreativeTelescoping: creative_telescoping,
    # limits, derivatives and integrals
    Integrated: integrated,
    Reflected: reflected,
    # matrices
    SquaredNorms: squared_norms,
    DifferentTraces: different_traces,
    # inequalities
    **INEQUALITIES,
    # probability
}

__all__ = ["ORDER", "RULES", "Basis"]
