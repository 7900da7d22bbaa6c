"""What a proof relied on: the result of a rule."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core import Relation
from derive.kernel.normal import Normaliser

ORDER = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Basis:
    """``why``: one sentence for the reader. ``trust``: flint, axiom:<name>. ``visible``: conditions that the formula shows."""

    why: str
    trust: frozenset[str] = frozenset(["flint"])
    visible: tuple[Relation, ...] = ()


def basis_of(normaliser: Normaliser, why: str) -> Basis:
    """With what the normal forms relied on."""
    return Basis(why, frozenset({"flint", *normaliser.trust}), tuple(normaliser.visible))
