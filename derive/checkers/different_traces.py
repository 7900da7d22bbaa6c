"""Matrices that differ: their traces may tell."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, DifferentTraces, Evidence, Hints, Normal
from derive.kernel import NotAdmitted
from derive.kernel.facts import facts_of
from derive.kernel.heads import ShapeError
from derive.kernel.normal import NoNormalForm
from derive.kernel.words import is_matrix


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only for ``!=`` between matrices."""
    if claim.relation != "!=":
        return
    try:
        if is_matrix(claim.lhs, facts_of(claim.scope)):
            yield from (DifferentTraces(relation, Normal()) for relation in ("<", ">"))
    except (NotAdmitted, NoNormalForm, ShapeError):
        return
